import type { FrameActivity } from "./voice_activity.ts";

/**
 * Sums up an utterance and tells whether it is shaped like speech.
 *
 * Speech changes its colour from vowel to consonant and has pitch that comes and goes; a passing
 * car, a door, a tone or a tune lacks one or the other, however loud. The weights come from a
 * logistic regression on utterances found in labelled phone audio with and without speech.
 */
export class UtteranceShape {
  #evidence = 0;
  readonly #tilt = new Spread();
  readonly #pitch = new Spread();

  reset(): void {
    this.#evidence = 0;
    this.#tilt.reset();
    this.#pitch.reset();
  }

  push(activity: Pick<FrameActivity, "voiced" | "evidence" | "tilt" | "pitch">): void {
    this.#evidence += Math.max(0, activity.evidence - 0.46);
    if (!activity.voiced) return; // the way into and out of a sound says nothing about the sound
    this.#tilt.push(activity.tilt);
    this.#pitch.push(activity.pitch);
  }

  get isSpeechLike(): boolean {
    const amount = Math.log1p(this.#evidence);
    return 0.68 * amount + 1.735 * this.#tilt.value + 8.9 * this.#pitch.value > 4.5;
  }
}

/** Standard deviation of everything since the last reset. */
class Spread {
  #count = 0;
  #sum = 0;
  #squares = 0;

  reset(): void {
    this.#count = this.#sum = this.#squares = 0;
  }

  push(x: number): void {
    this.#count++;
    this.#sum += x;
    this.#squares += x * x;
  }

  get value(): number {
    if (this.#count === 0) return 0;
    const mean = this.#sum / this.#count;
    return Math.sqrt(Math.max(0, this.#squares / this.#count - mean * mean));
  }
}
