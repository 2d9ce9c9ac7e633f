import type { Expect } from "../contracts/expect.ts";
import type { BrainTexts, SmallTalkKind } from "./brain_texts.ts";
import type { PhraseName } from "./phrase_names.ts";
import type { RetrievalWords } from "./retrieval_words.ts";
import type { ToolTexts, ToolWords } from "./tool_words.ts";

/**
 * Everything there is to know of a language, and the only place for it. One file holds how it is
 * built and heard, a second what the agent says in it; `languages.ts` names them.
 *
 * Word lists are lower case; an entry may have several words. Callers' words are compared after
 * `wordsOf`, so that case, punctuation and hyphens don't matter.
 */
export interface Language {
  /** Primary tag: `en`. */
  tag: string;
  /** Full tag for engines that want a region: `en-KE`. */
  locale: string;
  englishName: string;
  ownName: string;
  /** Languages whose number words and short answers callers mix into this one. */
  mixesWith: readonly string[];
  numbers: NumberGrammar;
  spoken: SpokenForms;
  answers: AnswerWords;
  turns: TurnWords;
  marks: LanguageMarks;
  asks: AskPatterns;
  /** What a question of the agent's asks for; tested against its last sentence in lower case. */
  questions: QuestionPatterns;
  /** What a caller says before a secret, and what the agent says of things done. */
  secrets: SecretPatterns;
  claims: ClaimPatterns;
  /** Whole turns that ask for no fact; they may stand next to polite words. */
  smallTalk: Readonly<Record<SmallTalkKind, readonly string[]>>;
  retrieval: RetrievalWords;
  phrases: Phrases;
  brain: BrainTexts;
  toolTexts: ToolTexts;
  /** What the tools that come with the project say; `undefined` where their own files do. */
  tools: ToolWords | undefined;
}

/** What the agent says; several entries are variants, used in turn. */
export type Phrases = Readonly<Record<PhraseName, readonly string[]>>;

/** How numbers are said and heard. */
export interface NumberGrammar {
  /** The digits 0 to 9, as read out one by one. */
  digits: readonly string[];
  /** Other words heard for numbers below 100, such as "oh" for 0. */
  heard: Readonly<Record<string, number>>;
  /** Words that multiply: hundred, thousand. */
  multipliers: Readonly<Record<string, number>>;
  /** True where the multiplier comes first: "mia mbili" is 200. */
  multiplierFirst: boolean;
  /** Words between the parts of one number: "and". */
  joiners: readonly string[];
  /** Words that repeat the digit after them: "double". */
  repeats: Readonly<Record<string, number>>;
  /** True where `1,5` is one and a half. */
  decimalComma: boolean;
  /** Words for the decimal point. */
  points: readonly string[];
  /** Words for a half, which make an amount ambiguous. */
  halves: readonly string[];
  /** The words of a whole number from 0 to 999,999,999,999. */
  cardinal(value: number): string;
  /** What follows figures that mean a rank: "th". */
  ordinalEndings: readonly string[];
  /** The words of a rank from 1 to 9,999. */
  ordinal(value: number): string;
}

/** How written things are said. */
export interface SpokenForms {
  /** January to December. */
  months: readonly string[];
  /** Short and other spellings of months that appear in text, to the month's number from 1. */
  monthSpellings: Readonly<Record<string, number>>;
  /** Sunday to Saturday. */
  weekdays: readonly string[];
  /** Words for days near today, as an offset in days. */
  relativeDays: Readonly<Record<string, number>>;
  /** A date in words; `year` may be absent. */
  date(day: number, month: number, year?: number): string;
  /** A time of day in words, from hours 0–23 and minutes 0–59. */
  time(hour: number, minute: number): string;
  /** A sum of money; `currency` is one of `currencies`. */
  money(currency: string, whole: number, cents: number): string;
  /** Currencies by code, with the spellings that mean them. */
  currencies: Readonly<Record<string, CurrencyWords>>;
  percent(words: string): string;
  /** `words` of something measured; `one` when it is exactly one. */
  measure(words: string, unit: UnitWords, one: boolean): string;
  /** True where the unit comes before the number. */
  unitFirst: boolean;
  /** Units by the way they are written after a number. */
  units: Readonly<Record<string, UnitWords>>;
  /** Rewrites written forms that only this language has, before anything else is. */
  prepare?(text: string): string;
  /** Written abbreviations with their dots, to words; lower-case ones also match capitalised. */
  abbreviations: Readonly<Record<string, string>>;
  /** Names of signs that are read out. */
  signs: Readonly<Record<SignName, string>>;
  /** Words before one that explains a letter: "Q for Queen". */
  letterLinks: readonly string[];
  /** Nouns after which figures are a number to dial or type, read digit by digit. */
  digitNouns: readonly string[];
}

export type SignName =
  | "plus"
  | "minus"
  | "and"
  | "at"
  | "dot"
  | "dash"
  | "underscore"
  | "slash"
  | "to"
  | "number";

export interface CurrencyWords {
  one: string;
  many: string;
  centOne: string;
  centMany: string;
  /** Lower-case spellings in text and speech: `kes`, `ksh`, `bob`. */
  spellings: readonly string[];
}

export interface UnitWords {
  one: string;
  many: string;
}

/** Short answers. */
export interface AnswerWords {
  yes: readonly string[];
  no: readonly string[];
  /** May stand around an answer without changing it: "please". */
  polite: readonly string[];
  farewells: readonly string[];
}

/** Words that steer the turn. */
export interface TurnWords {
  /** Show attention and take no turn: "mm-hm". */
  backchannels: readonly string[];
  /** Make the agent stop, and ask for nothing else: "wait". */
  stops: readonly string[];
  /** Fill a pause: "um". */
  hesitations: readonly string[];
  /** Words after which more must follow: "and", "the". */
  unfinished: readonly string[];
  /** Words after which more may follow, unless punctuation ends the sentence. */
  perhapsUnfinished: readonly string[];
  /** Whole utterances that only begin something: "my number is". */
  leadIns: readonly string[];
}

/** What tells this language from others. */
export interface LanguageMarks {
  /** Frequent words that the other languages don't have. */
  words: readonly string[];
  /** Forms of words, such as verb prefixes. */
  forms: readonly RegExp[];
  /** What callers call this language, in any language. */
  names: readonly string[];
  /** Asks for a language; the name comes after it. */
  switchRequests: readonly string[];
  /** Before a request or a name: it is not asked for. */
  switchRefusals: readonly string[];
  /** Matches a letter that this language's writing has. */
  script: RegExp;
}

/** Requests understood without a model; tested against text from `wordsOf` joined by spaces. */
export interface AskPatterns {
  /** Asks for a human. */
  person: readonly RegExp[];
  /** Speaks of people without asking for one; checked first. */
  notPerson: readonly RegExp[];
}

/** The first pattern that matches, in the order written, tells what kind of answer is wanted. */
export type QuestionPatterns = Readonly<Record<Exclude<Expect, "free">, RegExp>>;

/** How callers give away secrets. */
export interface SecretPatterns {
  /** Names of secrets, by kind. */
  nouns: Readonly<Record<SecretKind, readonly string[]>>;
  /** Words that may stand between the name and the secret: "is". */
  links: readonly string[];
  /** Other words that may stand between a secret and its name: "1234 is the PIN". */
  linksBefore: readonly string[];
  /** How one is asked for, as patterns of lower-case text; `{secret}` stands for its names. */
  asks: readonly string[];
  /** In a sentence that warns of giving one away. */
  warnings: RegExp;
  /** Words that follow a name of a secret when it is only talked about: "my password is wrong". */
  aboutThem: readonly string[];
}

export type SecretKind = "pin" | "password" | "cvv" | "one_time_code";

/** Says that something was done; tested against one lower-case sentence. */
export type ClaimPatterns = Readonly<Record<ClaimedAction, readonly RegExp[]>>;

/** Something that a reply may claim and that needs proof. */
export type ClaimedAction =
  | "sent"
  | "reset"
  | "paid"
  | "transferred"
  | "connected"
  | "changed"
  | "cancelled"
  | "opened"
  | "booked";
