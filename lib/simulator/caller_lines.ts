import {
  concatSamples,
  FRAME_SAMPLES,
  levelDbfs,
  limitPeak,
  SAMPLE_RATE_HZ,
} from "../audio/pcm.ts";
import type { CallerLine, LineStart } from "./caller_script.ts";
import { cough, whiteNoise } from "./noises.ts";

/** A line as sound, keys and the end of the call, in order. */
export interface PreparedLine {
  text: string;
  start: LineStart;
  steps: Step[];
}

export type Step = { samples: Int16Array } | { keys: string } | { hangUp: true };

/** Speaks words: mono 16-bit samples at 16 kHz. */
export type Speak = (text: string) => Promise<Int16Array>;

/** Level of a caller's speech while it lasts; ordinary for telephone speech (ITU-T P.56). */
export const SPEECH_DBFS = -20;

const PEAK_DBFS = -3;
const NOISE_DBFS = -26;
const QUIET_DBFS = -50;
const KEPT_FRAMES = 2;
const DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/** Makes lines ready to play, so that nothing has to be synthesised while the call runs. */
export async function prepareLines(
  lines: CallerLine[],
  speak: Speak,
  random: () => number,
): Promise<PreparedLine[]> {
  const prepared: PreparedLine[] = [];
  for (const { source, start, parts } of lines) {
    const steps: Step[] = [];
    for (const part of parts) {
      if (part.do === "say") steps.push({ samples: level(await speak(spellDigits(part.text))) });
      if (part.do === "pause") steps.push({ samples: silence(part.ms) });
      if (part.do === "cough") steps.push({ samples: cough(random) });
      if (part.do === "noise") {
        steps.push({ samples: whiteNoise(silence(part.ms).length, NOISE_DBFS, random) });
      }
      if (part.do === "press") steps.push({ keys: part.keys });
      if (part.do === "hang up") steps.push({ hangUp: true });
    }
    prepared.push({ text: source, start, steps });
  }
  return prepared;
}

/** Cuts silence off both ends and brings what is left to the level of telephone speech. */
function level(speech: Int16Array): Int16Array {
  const frames: Int16Array[] = [];
  for (let at = 0; at < speech.length; at += FRAME_SAMPLES) {
    frames.push(speech.slice(at, at + FRAME_SAMPLES));
  }
  const isLoud = (frame: Int16Array) => levelDbfs(frame) > QUIET_DBFS;
  const first = Math.max(0, frames.findIndex(isLoud) - KEPT_FRAMES);
  const last = frames.findLastIndex(isLoud) + 1 + KEPT_FRAMES;
  const trimmed = concatSamples(frames.slice(first, last));
  const loud = concatSamples(frames.filter(isLoud));
  const gain = loud.length > 0 ? 10 ** ((SPEECH_DBFS - levelDbfs(loud)) / 20) : 1;
  for (let i = 0; i < trimmed.length; i++) {
    trimmed[i] = Math.max(-32768, Math.min(32767, trimmed[i] * gain));
  }
  limitPeak(trimmed, PEAK_DBFS);
  return trimmed;
}

/** People say phone and account numbers digit by digit. */
function spellDigits(text: string): string {
  return text
    .replace(/\d/g, (digit) => ` ${DIGITS[Number(digit)]} `)
    .replace(/\s+([,.?!])/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

function silence(ms: number): Int16Array {
  return new Int16Array(Math.round(ms * SAMPLE_RATE_HZ / 1000));
}
