/** One word of a text and where it stands. */
export interface Word {
  /** Lower case, with straight apostrophes. */
  text: string;
  start: number;
  end: number;
}

const WORD = /\p{L}[\p{L}\p{M}]*(?:['’]\p{L}[\p{L}\p{M}]*)*|\p{Nd}+(?:[.,]\p{Nd}+)*/gu;

/** The words and figures of a text; hyphens part words, `1,234.50` is one. */
export function wordsWithPlaces(text: string): Word[] {
  return Array.from(text.matchAll(WORD), (match) => ({
    text: match[0].toLowerCase().replaceAll("’", "'"),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The words of a text in lower case, without punctuation. */
export function wordsOf(text: string): string[] {
  return wordsWithPlaces(text).map((word) => word.text);
}

type PhraseIndex = ReadonlyMap<string, readonly (readonly string[])[]>;

// The index of a list goes when the list goes; those of language tables stay.
const indexes = new WeakMap<readonly string[], PhraseIndex>();

/** The phrases by their first word, the longest first, so that a text isn't compared with them all. */
function indexOf(phrases: readonly string[]): PhraseIndex {
  const known = indexes.get(phrases);
  if (known) return known;
  const index = Map.groupBy(phrases.map(wordsOf), ([first]) => first);
  for (const group of index.values()) group.sort((a, b) => b.length - a.length);
  indexes.set(phrases, index);
  return index;
}

/** Lists of phrases from language tables; they must not change. */
export type PhraseLists = readonly (readonly string[])[];

/** How many words of `words` from `from` on one of the phrases takes; the longest wins, 0 is none. */
export function longestPhraseAt(
  words: readonly string[],
  from: number,
  lists: PhraseLists,
): number {
  let longest = 0;
  for (const list of lists) {
    const found = indexOf(list).get(words[from])?.find((parts) => {
      return parts.every((part, i) => words[from + i] === part);
    });
    if (found) longest = Math.max(longest, found.length);
  }
  return longest;
}

/**
 * Counts how often phrases of `wanted` occur when `words` can be read as a row of phrases from both
 * lists and nothing else; 0 when they can't.
 */
export function countWhenOnly(
  words: readonly string[],
  wanted: PhraseLists,
  allowed: PhraseLists,
): number {
  let count = 0;
  for (let at = 0; at < words.length;) {
    const wantedWords = longestPhraseAt(words, at, wanted);
    const allowedWords = longestPhraseAt(words, at, allowed);
    if (wantedWords === 0 && allowedWords === 0) return 0;
    if (wantedWords >= allowedWords) count++;
    at += Math.max(wantedWords, allowedWords);
  }
  return count;
}

/** True when the words end with one of the phrases. */
export function endsWithPhrase(words: readonly string[], lists: PhraseLists): boolean {
  return words.some((_, from) => longestPhraseAt(words, from, lists) === words.length - from);
}
