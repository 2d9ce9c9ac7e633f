/** A sentence that callers may say, as words, and how much it counts. */
export interface WeightedSentence {
  words: string[];
  weight: number;
}

/** Ends every sentence; a word of the model like the others. */
export const END = "</s>";
/** What comes before the first word. */
export const BEGIN = "<s>";

/** How likely each word is on its own, and after each other word. */
export interface Bigram {
  unigrams: Map<string, number>;
  followers: Map<string, Map<string, number>>;
}

/** Taken off every count of a pair and given to pairs never seen (absolute discounting). */
const DISCOUNT = 0.5;
/** At least this part of a count stays, so that pairs seen once keep their lead. */
const KEPT_SHARE = 0.3;
const LONGEST_WORD = 40;

/** Cuts text into words as the recogniser knows them: lower-case letters and apostrophes. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’‘]/g, "'").toLowerCase();
  return (plain.match(/[a-z]+(?:'[a-z]+)*/g) ?? []).filter((word) => word.length <= LONGEST_WORD);
}

/** Counts words and pairs of words; counts are weights, so a weight of 1 is one sentence heard. */
export function trainBigram(sentences: Iterable<WeightedSentence>): Bigram {
  const unigrams = new Map<string, number>();
  const followers = new Map<string, Map<string, number>>();
  let total = 0;
  for (const { words, weight } of sentences) {
    let before = BEGIN;
    for (const word of [...words, END]) {
      unigrams.set(word, (unigrams.get(word) ?? 0) + weight);
      total += weight;
      let counts = followers.get(before);
      if (!counts) followers.set(before, counts = new Map());
      counts.set(word, (counts.get(word) ?? 0) + weight);
      before = word;
    }
  }
  for (const [word, count] of unigrams) unigrams.set(word, count / total);
  for (const counts of followers.values()) {
    let sum = 0;
    for (const count of counts.values()) sum += count;
    for (const [word, count] of counts) {
      counts.set(word, Math.max(count - DISCOUNT, KEPT_SHARE * count) / sum);
    }
  }
  return { unigrams, followers };
}

/** The weight of a word's unigram after `before` when the pair itself was never seen. */
export function backoffOf({ unigrams, followers }: Bigram, before: string): number {
  const seen = followers.get(before);
  if (!seen) return 1;
  let pairs = 0, singles = 0;
  for (const [word, probability] of seen) {
    pairs += probability;
    singles += unigrams.get(word) ?? 0;
  }
  return Math.max(1e-4, (1 - pairs) / Math.max(1e-4, 1 - singles));
}
