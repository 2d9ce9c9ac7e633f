import type { PhraseName } from "../languages/phrase_names.ts";

/** What to do when no words could be made out. */
export interface Rung {
  say: PhraseName;
  /** What the words ask the caller for. */
  expect: "same" | "yes_no";
  /** True when a person is called without asking again. */
  handOver?: boolean;
}

/** After these a number goes on as it was heard, and the reply deals with it. */
const MAX_RETRIES = 2;

/**
 * The ladder for turns that could not be understood, one rung at a time: ask again, offer the
 * keypad, offer a person, get a person. A turn that is understood leads back to the ground.
 */
export class Misunderstandings {
  #count = 0;
  #retries = 0;

  understood(): void {
    this.#count = 0;
    this.#retries = 0;
  }

  /** True while a number that can't be right may be asked for again by itself. */
  mayRetry(): boolean {
    return this.#retries++ < MAX_RETRIES;
  }

  /** @param wantsDigits whether the answer waited for can be keyed in */
  next(wantsDigits: boolean, isNoisy: boolean): Rung {
    this.#count++;
    if (this.#count === 1) {
      return { say: isNoisy ? "noisy_line" : "didnt_catch", expect: "same" };
    }
    if (this.#count === 2) {
      return { say: wantsDigits ? "didnt_catch_digits" : "keypad_help", expect: "same" };
    }
    if (this.#count === 3) return { say: "offer_person", expect: "yes_no" };
    return { say: "hand_over_start", expect: "same", handOver: true };
  }
}
