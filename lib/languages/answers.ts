import { knownLanguages, spokenTogether } from "./languages.ts";
import { countWhenOnly, longestPhraseAt, wordsOf } from "./words.ts";

/**
 * True when the text is a clear yes in one of the languages and nothing more: "yes please go ahead",
 * "ndio sawa". "Yes but…" is no yes.
 */
export function isYes(
  text: string,
  languages: string | readonly string[] = knownLanguages(),
): boolean {
  const { yes, polite } = answerWords(languages);
  return countWhenOnly(wordsOf(text), yes, polite) > 0;
}

/**
 * True when the text refuses: it begins with a no and holds no yes. More may follow, as in "no, I
 * want another number", so the caller of this still has to look at the whole text.
 */
export function isNo(
  text: string,
  languages: string | readonly string[] = knownLanguages(),
): boolean {
  const { yes, no, polite } = answerWords(languages);
  const words = wordsOf(text);
  let refused = false;
  for (let at = 0; at < words.length;) {
    const noWords = longestPhraseAt(words, at, no);
    const yesWords = longestPhraseAt(words, at, yes);
    const politeWords = longestPhraseAt(words, at, polite);
    if (yesWords > noWords) return false;
    if (noWords > 0) refused = true;
    if (!refused && politeWords === 0) return false;
    at += Math.max(noWords, yesWords, politeWords, 1);
  }
  return refused;
}

/** True when the text is a no and nothing more: "hapana asante", "no no". */
export function isOnlyNo(
  text: string,
  languages: string | readonly string[] = knownLanguages(),
): boolean {
  const { no, polite } = answerWords(languages);
  return countWhenOnly(wordsOf(text), no, polite) > 0;
}

/** True when the text says goodbye, or that nothing more is wanted, and nothing else. */
export function isFarewell(
  text: string,
  languages: string | readonly string[] = knownLanguages(),
): boolean {
  const tables = spokenTogether(languages).map((one) => one.answers);
  return countWhenOnly(
    wordsOf(text),
    tables.map((table) => table.farewells),
    tables.flatMap((table) => [table.polite, table.yes]),
  ) > 0;
}

function answerWords(languages: string | readonly string[]) {
  const tables = spokenTogether(languages).map((one) => one.answers);
  return {
    yes: tables.map((table) => table.yes),
    no: tables.map((table) => table.no),
    polite: tables.map((table) => table.polite),
  };
}
