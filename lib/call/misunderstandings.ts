import type { PhraseName } from "../languages/phrase_names.ts";

/** What to do when no words could be made out. */
export interface Rung {
  say: PhraseName;
  /** What the words ask the caller for. */
  expect: "same" | "yes_no";
  /** True when a person is called without asking again. */
  handOver?: boolean;
}

/** What the agent waits for, as far as keys can give it. */
export type Wanted = "words" | "number" | "yes_no";

/** After these a number goes on as it was heard, and the reply deals with it. */
const MAX_RETRIES = 2;

/** Where no recogniser works, keys do: each menu has a way to a person. */
const MENUS: Record<Wanted, Rung> = {
  words: { say: "keypad_menu", expect: "yes_no" },
  number: { say: "keypad_menu_number", expect: "same" },
  yes_no: { say: "keypad_menu_yes_no", expect: "same" },
};
/** Who has been given the menu so often in a row gets a person. */
const MAX_MENUS = 2;

const PERSON: Rung = { say: "hand_over_start", expect: "same", handOver: true };

/**
 * The ladder for turns that could not be understood, one rung at a time: ask again, offer the
 * keypad, offer a person, get a person. A turn that is understood leads back to the ground.
 */
export class Misunderstandings {
  #count = 0;
  #menus = 0;
  /** The menu of the caller's present question; its keys keep their meaning. */
  #menu?: Rung;
  #retries = 0;

  understood(): void {
    this.#count = 0;
    this.#menus = 0;
    this.#menu = undefined;
    this.#retries = 0;
  }

  /** True while a number that can't be right may be asked for again by itself. */
  mayRetry(): boolean {
    return this.#retries++ < MAX_RETRIES;
  }

  /** The next rung for words that could not be made out. */
  next(wanted: Wanted, isNoisy: boolean): Rung {
    this.#count++;
    if (this.#count === 1) {
      return { say: isNoisy ? "noisy_line" : "didnt_catch", expect: "same" };
    }
    if (this.#count === 2) {
      return { say: wanted === "number" ? "didnt_catch_digits" : "keypad_help", expect: "same" };
    }
    if (this.#count === 3) {
      this.#menu = MENUS.words; // it offers the person, too
      return { say: "offer_person", expect: "yes_no" };
    }
    return PERSON;
  }

  /** The next rung when no recogniser works: speaking once more would not help. */
  nextUnheard(wanted: Wanted): Rung {
    this.#menus++;
    this.#menu ??= MENUS[wanted];
    return this.#menus <= MAX_MENUS ? this.#menu : PERSON;
  }
}
