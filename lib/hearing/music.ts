import { RunningMean } from "./running.ts";

/** Frames over which the sound is judged: 0.7 s of it, pauses left out. */
const FRAMES = 35;

/** What speech is usually like, believed until something else was heard. */
const USUAL_LIKENESS = 0.62;
const USUAL_SPREAD = 0.16;
const USUAL_PITCH = 0.38;

/**
 * Tells music, and other sound that moves in jumps, from speech.
 *
 * A note, a chord, wind or a crowd stays what it is and then becomes another all at once; speech is
 * never the same 100 ms later, and its change is even. The weights come from a logistic regression on
 * voiced frames of labelled phone speech against real and made-up music; the threshold takes 2 in 1000
 * frames of that speech for music, 12 in 1000 of evenly made-up voices.
 */
export class Music {
  readonly #likeness = new RunningMean(FRAMES);
  readonly #square = new RunningMean(FRAMES);
  readonly #pitch = new RunningMean(FRAMES);

  constructor() {
    this.#likeness.value = USUAL_LIKENESS;
    this.#square.value = USUAL_LIKENESS ** 2 + USUAL_SPREAD ** 2;
    this.#pitch.value = USUAL_PITCH;
  }

  /**
   * Takes a frame that sounded like speech by itself.
   *
   * @param likeness how alike its spectrum is to that of 100 ms before, 0 to 1
   * @param pitch pitch above what noise has by chance, 0 to 0.6
   */
  push(likeness: number, pitch: number): void {
    this.#likeness.push(likeness);
    this.#square.push(likeness * likeness);
    this.#pitch.push(pitch);
  }

  get isPlaying(): boolean {
    const likeness = this.#likeness.value;
    const spread = Math.sqrt(Math.max(0, this.#square.value - likeness * likeness));
    return likeness + 1.58 * spread - 0.61 * this.#pitch.value > 0.87;
  }
}
