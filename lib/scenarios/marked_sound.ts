import { FRAME_SAMPLES, SAMPLE_RATE_HZ } from "../audio/pcm.ts";

/** Telephone speech has about so many letters a second. */
const LETTERS_PER_SECOND = 15;
const SHORTEST_MS = 600;
const LONGEST_MS = 20_000;
/** Begins every sound that stands for words; the number of the words follows. */
const MARK = [1201, -1847, 1201] as const;
const PITCH_HZ = 130;
const SYLLABLES_PER_SECOND = 4.5;
const FORMANTS = [[650, 80], [1400, 120], [2500, 180]] as const;
const LEVEL_DBFS = -20;

/** What a recogniser makes of a sound. */
export interface Heard {
  text: string;
  /** 0 to 1. */
  confidence?: number;
}

/**
 * Sounds that stand for words in a call without real speech: shaped like speech, so that the
 * detector of voice takes them for it, each with a mark by which a recogniser reads what it stands
 * for. Words that were not listened to are lost, like in a real call.
 */
export class MarkedSounds {
  readonly #heard: Heard[] = [];
  readonly #read = new Set<number>();

  /** Sound as long as `text` takes to say, in whole frames: mono 16-bit samples at 16 kHz. */
  say(text: string, heard: Heard = { text }): Int16Array {
    const sound = speechLike(text);
    sound.set([...MARK, this.#heard.push(heard) - 1]);
    return sound;
  }

  /** What the sound stands for and was not read before. */
  read(samples: Int16Array): Heard[] {
    const found: Heard[] = [];
    for (let at = 0; at + MARK.length < samples.length; at++) {
      if (samples[at] !== MARK[0] || samples[at + 1] !== MARK[1] || samples[at + 2] !== MARK[2]) {
        continue;
      }
      const number = samples[at + 3];
      const heard = this.#heard[number];
      if (heard === undefined || this.#read.has(number)) continue;
      this.#read.add(number);
      found.push(heard);
    }
    return found;
  }
}

let longest: Int16Array | undefined;

/** A sound like speech, as long as the words take to say. */
export function speechLike(text: string): Int16Array {
  const ms = Math.min(
    LONGEST_MS,
    Math.max(SHORTEST_MS, text.length / LETTERS_PER_SECOND * 1000),
  );
  const frames = Math.ceil(ms * SAMPLE_RATE_HZ / 1000 / FRAME_SAMPLES);
  longest ??= makeSpeech(LONGEST_MS * SAMPLE_RATE_HZ / 1000);
  return longest.slice(0, frames * FRAME_SAMPLES);
}

/** A gliding voice through three formants, in syllables. */
function makeSpeech(length: number): Int16Array {
  const sound = new Float64Array(length);
  const state = FORMANTS.map(() => [0, 0]);
  const filters = FORMANTS.map(([hz, width]) => {
    const r = Math.exp(-Math.PI * width / SAMPLE_RATE_HZ);
    return [2 * r * Math.cos(2 * Math.PI * hz / SAMPLE_RATE_HZ), -r * r];
  });
  let phase = 0;
  let energy = 0;
  for (let i = 0; i < length; i++) {
    const t = i / SAMPLE_RATE_HZ;
    phase += PITCH_HZ * (1 + 0.15 * Math.sin(2 * Math.PI * 0.7 * t)) / SAMPLE_RATE_HZ;
    const pulse = phase >= 1 ? 1 : 0;
    phase -= pulse;
    let sum = 0;
    filters.forEach(([a, b], f) => {
      const y = pulse + a * state[f][0] + b * state[f][1];
      state[f][1] = state[f][0];
      state[f][0] = y;
      sum += y / (f + 1);
    });
    sound[i] = sum * (0.56 - 0.44 * Math.cos(2 * Math.PI * SYLLABLES_PER_SECOND * t));
    energy += sound[i] ** 2;
  }
  const gain = 10 ** (LEVEL_DBFS / 20) * 32768 / Math.sqrt(energy / length);
  return Int16Array.from(sound, (y) => Math.max(-32768, Math.min(32767, Math.round(y * gain))));
}
