/** What the keys pressed so far mean. */
export type KeypadEvent = { type: "person" } | { type: "digits"; digits: string };

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
