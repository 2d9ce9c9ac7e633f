import { type DigitRun, digitRuns } from "../languages/digit_runs.ts";
import type { Language, SecretKind } from "../languages/language.ts";
import { knownLanguages, language } from "../languages/languages.ts";
import { longestPhraseAt, type Word, wordsWithPlaces } from "../languages/words.ts";

/** A text without the secrets that were in it. */
export interface WithoutSecrets {
  text: string;
  /** What kind was dropped first; absent when there was none. */
  found?: SecretKind;
}

/** Fewer digits are no PIN or code. */
const FEWEST_DIGITS = 3;
/** How many words may stand between the name of a secret and the secret. */
const MOST_LINKS = 5;

/**
 * Drops PINs, passwords, card codes and one-time codes that a caller says: "my pin is one two three
 * four", "PIN yangu ni 1234", "1234 is my PIN". Talking about them stays: "I forgot my PIN".
 */
export function dropSpokenSecrets(
  text: string,
  languages: readonly string[] = knownLanguages(),
): WithoutSecrets {
  const words = wordsWithPlaces(text);
  const tables = languages.map(language);
  const runs = languages.flatMap((tag) => digitRuns(text, tag))
    .filter(({ digits }) => digits.length >= FEWEST_DIGITS);
  const spans = tables.flatMap((table) => namesOf(words, table))
    .map((name) => secretOf(name, text, words, tables, runs))
    .filter((span) => span !== undefined)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  let left = "";
  let at = 0;
  for (const { start, end } of spans) {
    if (start < at) continue;
    left += text.slice(at, start);
    at = end;
  }
  if (spans.length === 0) return { text };
  const tidy = (left + text.slice(at)).replace(/\s+([,.;!?])/g, "$1").replace(/\s+/g, " ").trim();
  return { text: tidy, found: spans[0].kind };
}

interface Name {
  kind: SecretKind;
  /** Indexes of its first word and of the word after it. */
  from: number;
  to: number;
}

interface Span {
  kind: SecretKind;
  start: number;
  end: number;
}

function namesOf(words: readonly Word[], { secrets }: Language): Name[] {
  const texts = words.map((word) => word.text);
  return Object.entries(secrets.nouns).flatMap(([kind, nouns]) => {
    return texts.flatMap((_, from) => {
      const length = longestPhraseAt(texts, from, [nouns]);
      return length === 0 ? [] : [{ kind: kind as SecretKind, from, to: from + length }];
    });
  });
}

/** Where the secret of that name stands, behind it or before it. */
function secretOf(
  { kind, from, to }: Name,
  text: string,
  words: readonly Word[],
  tables: readonly Language[],
  runs: readonly DigitRun[],
): Span | undefined {
  const links = new Set(tables.flatMap(({ secrets, turns }) => [
    ...secrets.links,
    ...turns.hesitations,
  ]));
  const beings = new Set(tables.flatMap(({ secrets }) => secrets.linksBefore));
  let at = to;
  while (at - to < MOST_LINKS && links.has(words[at]?.text)) at++;
  const next = words[at];
  const behind = next && runs
    .filter(({ start, end }) => start <= next.start && next.start < end)
    .sort((a, b) => b.end - a.end)[0];
  if (behind) return { kind, start: next.start, end: behind.end };
  const before = runs.find(({ end }) => {
    const between = words.slice(0, from).filter((word) => word.start >= end);
    return end <= words[from].start && between.length > 0 && between.length <= MOST_LINKS &&
      between.every((word) => links.has(word.text) || beings.has(word.text));
  });
  if (before) return { kind, start: before.start, end: before.end };
  if (kind !== "password" || next === undefined) return undefined;
  // A password may be any word, but only "my password is …" gives it away.
  const token = /^\S+/.exec(text.slice(next.start))![0].replace(/[.,;!?]+$/, "");
  const isAbout = tables.some(({ secrets }) => secrets.aboutThem.includes(next.text));
  const isTold = at > to && !isAbout;
  const looksSecret = /\p{L}/u.test(token) && /[\d@#$%^&*_]/.test(token);
  if (!isTold && !looksSecret) return undefined;
  return { kind, start: next.start, end: next.start + token.length };
}
