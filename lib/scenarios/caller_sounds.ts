import { FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import type { PreparedLine, Step } from "../simulator/caller_lines.ts";
import { parseLine, type Part } from "../simulator/caller_script.ts";
import { cough, seededRandom, whiteNoise } from "../simulator/noises.ts";
import type { MarkedSounds } from "./marked_sound.ts";
import type { ScenarioTurn } from "./scenario.ts";

const NOISE_DBFS = -26;

/** The caller's lines as sounds that stand for words. */
export function callerSounds(
  turns: Pick<ScenarioTurn, "caller" | "heard" | "confidence">[],
  sounds: MarkedSounds,
): PreparedLine[] {
  const random = seededRandom(1);
  return turns.map(({ caller, heard, confidence }) => {
    const { source, start, parts } = parseLine(caller);
    let spoken = 0;
    const steps = parts.map((part): Step => {
      if (part.do !== "say") return { ...noiseOf(part, random) };
      // What was misheard stands for the whole line.
      const text = heard === undefined ? part.text : spoken++ === 0 ? heard : "";
      return { samples: sounds.say(part.text, { text, confidence }) };
    });
    return { text: source, start, steps };
  });
}

function noiseOf(part: Exclude<Part, { do: "say" }>, random: () => number): Step {
  switch (part.do) {
    case "pause":
      return { samples: silence(part.ms) };
    case "cough":
      return { samples: wholeFrames(cough(random)) };
    case "noise":
      return { samples: whiteNoise(silence(part.ms).length, NOISE_DBFS, random) };
    case "press":
      return { keys: part.keys };
    case "hang up":
      return { hangUp: true };
  }
}

function silence(ms: number): Int16Array {
  return new Int16Array(Math.ceil(ms / FRAME_MS) * FRAME_MS * SAMPLE_RATE_HZ / 1000);
}

function wholeFrames(sound: Int16Array): Int16Array {
  const whole = new Int16Array(Math.ceil(sound.length / FRAME_SAMPLES) * FRAME_SAMPLES);
  whole.set(sound);
  return whole;
}
