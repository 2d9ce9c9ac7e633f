import type { PhraseName } from "../../languages/phrase_names.ts";

/** How one kind of answer is waited for, read and read back. */
export interface Expectation {
  /** Silence after which work may start. */
  softPauseMs: number;
  /** Shortest and longest silence that ends the turn. */
  minCommitMs: number;
  maxCommitMs: number;
  /** The longest time for the whole answer, pauses included. */
  totalMs: number;
  /** Fewest and most digits or characters of the answer, when it is a number or a code. */
  digits?: { min: number; max: number };
  /** What the recogniser may expect to hear, in the language of the tag and those mixed into it. */
  vocabulary(language: string): string[];
  /** Reads the answer; never corrects it. `wallMs` says what day "today" is. */
  parse(text: string, language: string, wallMs?: number): Answer;
  /** The value in words, grouped as people say it, to be repeated to the caller. */
  readBack(value: string, language: string): string;
  /** How it can be keyed in; absent when it can't. */
  keypad?: { maxDigits: number; terminator: "#" };
  /** What to say when it has to be given again. */
  retry: PhraseName;
}

/** What an answer holds. */
export type Answer =
  /** Complete and valid. */
  | { value: string }
  /** So far so good, but more must come; what was heard of it. */
  | { incomplete: string }
  /** What was heard can't be right, and why. */
  | { invalid: string; heard: string };
