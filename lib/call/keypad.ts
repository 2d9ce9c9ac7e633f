import { language } from "../languages/languages.ts";

/** What the keys pressed so far mean. */
export type KeypadEvent = { type: "person" } | { type: "digits"; digits: string };

/** The key of the menu with which the caller tries again. */
export const TRY_AGAIN_KEY = "1";

/** A yes or no by key, as a word of `language`; other keys mean neither. */
export function answerByKey(key: string, tag: string): string {
  const { yes, no } = language(tag).answers;
  return { 1: yes[0], 2: no[0] }[key] ?? key;
}

/** Silence after the last key that ends an entry without `#`. */
const ENTRY_MS = 3000;
/** Longest number that anyone is asked for. */
const MAX_DIGITS = 20;

/** Collects keys into an answer: `#` ends it, `*` clears it, and `0` alone asks for a person. */
export class Keypad {
  #digits = "";
  #lastMs = 0;

  /** True while an entry is open. */
  get open(): boolean {
    return this.#digits !== "";
  }

  /**
   * Takes one key.
   *
   * @param wanted digits that complete the answer waited for; 0 when no number is waited for
   */
  press(digit: string, nowMs: number, wanted: number): KeypadEvent | undefined {
    this.#lastMs = nowMs;
    if (digit === "#") return this.#finish();
    if (digit === "*") {
      this.#digits = "";
      return undefined;
    }
    if (digit === "0" && this.#digits === "" && wanted === 0) return { type: "person" };
    this.#digits += digit;
    return this.#digits.length >= (wanted || MAX_DIGITS) ? this.#finish() : undefined;
  }

  /** Ends an entry that nobody has gone on with. */
  check(nowMs: number): KeypadEvent | undefined {
    return this.open && nowMs - this.#lastMs >= ENTRY_MS ? this.#finish() : undefined;
  }

  #finish(): KeypadEvent | undefined {
    const digits = this.#digits;
    this.#digits = "";
    if (digits === "0") return { type: "person" };
    return digits === "" ? undefined : { type: "digits", digits };
  }
}
