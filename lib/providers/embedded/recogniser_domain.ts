import { ANSWER_PATTERNS, ANSWER_SLOTS } from "./expected_answers.ts";
import { type Bigram, trainBigram, type WeightedSentence, wordsOf } from "./language_model.ts";
import { expandPattern } from "./phrase_patterns.ts";
import { FREE } from "./word_graph.ts";
import { learnWording, type Wording } from "./wording.ts";

/** What callers may say to this agent; everything else is "not understood". */
export interface RecogniserDomain {
  /** Phrases with `(a|b)`, `[x]` and `<slot>`; each counts the same, however many it writes out. */
  patterns: string[];
  slots: Record<string, string[]>;
  /** Whole sentences, such as the questions that the knowledge answers. */
  sentences: string[];
  /** Single words and names that may come up anywhere. */
  words: string[];
}

/** Phrases written out per pattern; more changed no result and slows the start. */
const PHRASES_PER_PATTERN = 80;
/** For the wording, in which a row of words that is not written out counts as unexpected. */
const PHRASES_FOR_WORDING = 300;
/** What one pattern counts, in sentences heard. */
const PATTERN_WEIGHT = 80;
const SENTENCE_WEIGHT = 20;
const WORD_WEIGHT = 1;

/** Trains one model for all that the domain has, and one for each kind of answer. */
export function trainDomain(domain: RecogniserDomain): Map<string, Bigram> {
  const slots = { ...ANSWER_SLOTS, ...domain.slots };
  const sentences: WeightedSentence[] = [
    ...written(domain.patterns, slots),
    ...domain.sentences.map((text) => ({ words: wordsOf(text), weight: SENTENCE_WEIGHT })),
    ...domain.words.map((text) => ({ words: wordsOf(text), weight: WORD_WEIGHT })),
  ].filter(({ words }) => words.length > 0);
  const parts = new Map([[FREE, trainBigram(sentences)]]);
  for (const [expect, patterns] of Object.entries(ANSWER_PATTERNS)) {
    parts.set(expect, trainBigram(written(patterns, slots)));
  }
  return parts;
}

/** Learns which words callers are expected to say one after another. */
export function wordingOf({ patterns, slots, sentences, words }: RecogniserDomain): Wording {
  const all = { ...ANSWER_SLOTS, ...slots };
  const asked = [...patterns, ...Object.values(ANSWER_PATTERNS).flat()];
  const phrases = asked.flatMap((pattern, i) =>
    expandPattern(pattern, all, PHRASES_FOR_WORDING, i + 1)
  );
  return learnWording([...phrases, ...sentences, ...words].map(wordsOf), slots);
}

/** Every word of the models, each once. */
export function vocabularyOf(parts: Map<string, Bigram>): string[] {
  const words = new Set<string>();
  for (const { unigrams } of parts.values()) for (const word of unigrams.keys()) words.add(word);
  return [...words].filter((word) => !word.startsWith("<"));
}

function written(patterns: string[], slots: Record<string, string[]>): WeightedSentence[] {
  return patterns.flatMap((pattern, i) => {
    const phrases = expandPattern(pattern, slots, PHRASES_PER_PATTERN, i + 1);
    return phrases.map((phrase) => ({
      words: wordsOf(phrase),
      weight: PATTERN_WEIGHT / phrases.length,
    }));
  });
}
