import { FRAME_SAMPLES, SAMPLE_RATE_HZ } from "../audio/pcm.ts";

/** Telephone speech has about so many letters a second. */
const LETTERS_PER_SECOND = 15;
const SHORTEST_MS = 600;
/** Begins every sound that stands for words; the number of the words follows. */
const MARK = [1201, -1847, 1201] as const;

/** What a recogniser makes of a sound. */
export interface Heard {
  text: string;
  /** 0 to 1. */
  confidence?: number;
}

/**
 * Sounds that stand for words in a call without real speech: as long as the words take to say, each
 * with a mark by which a recogniser reads what it stands for. Words that were not listened to are
 * lost, like in a real call.
 */
export class MarkedSounds {
  readonly #heard: Heard[] = [];
  readonly #read = new Set<number>();

  /** @param shape speech of which every sound is a piece: mono 16-bit samples at 16 kHz */
  constructor(readonly shape: Int16Array) {}

  /** Sound as long as `text` takes to say, in whole frames. */
  unmarked(text: string): Int16Array {
    const ms = Math.max(SHORTEST_MS, text.length / LETTERS_PER_SECOND * 1000);
    const frames = Math.ceil(ms * SAMPLE_RATE_HZ / 1000 / FRAME_SAMPLES);
    return this.shape.slice(0, frames * FRAME_SAMPLES);
  }

  /** The same, to be read as `heard`. */
  say(text: string, heard: Heard = { text }): Int16Array {
    const sound = this.unmarked(text);
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
