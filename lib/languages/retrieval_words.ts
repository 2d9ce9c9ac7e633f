/** The words by which questions are found; callers mix languages, so they work together. */
export interface RetrievalWords {
  /** Words that carry no topic. */
  stopWords: readonly string[];
  /** Words and ideas that callers mention in passing: they count for little, known or not. */
  faintWords: readonly string[];
  /**
   * Frequent words of general speech. They carry a little, so a passage with them is preferred, but
   * that a passage lacks them says nothing: callers tell stories.
   */
  commonWords: readonly string[];
  /**
   * Words that mean the same, by the idea they stand for, parted by spaces. The ideas join the
   * languages. A word after `-` is a verb without its beginnings, and with `-` behind it too,
   * without its endings: `-badilish-` is in `nitakubadilishia`.
   */
  ideas: Readonly<Record<string, string>>;
  /**
   * What callers ask about that a support line may have nothing to do with, by idea. A passage
   * without the idea is about something else, however well the other words fit.
   */
  subjects: Readonly<Record<string, string>>;
  /** Ideas of `ideas` that are subjects too. */
  subjectIdeas: readonly string[];
  /** Several words that are one. */
  joined: Readonly<Record<string, string>>;
  /** What stands above the example questions in a knowledge file. */
  questionsTitles: readonly string[];
  forms: WordForms;
}

/** How words change their form. */
export interface WordForms {
  /** Rewrites a text before it is cut into words. */
  prepare?(text: string): string;
  /** True for words that only point, own or say that something is. */
  isSmall?(word: string): boolean;
  /** A word without its commonest endings. */
  stem?(word: string): string;
  /** A word without the ending that says where. */
  withoutCase?(word: string): string;
  /** Present where much of a sentence stands in its verb. */
  verbs?: VerbForms;
}

export interface VerbForms {
  /** True when `text` is what may stand before a verb's root, or nothing. */
  isPrefix(text: string): boolean;
  /** The root of a word that is a verb with subject and tense; none for other words. */
  root(word: string): string | undefined;
  /** What may stand after a verb that is listed with its ending. */
  openEnding: RegExp;
  /** An ending that asks how. */
  howEnding: string;
}
