import type { Language } from "./language.ts";
import { knownLanguages, language } from "./languages.ts";
import { longestPhraseAt, type PhraseLists, wordsOf } from "./words.ts";

/** What language a turn is in. */
export interface Detection {
  /** Primary tag. */
  language: string;
  /** 0 to 1. */
  confidence: number;
  /** The caller asked for this language by name. */
  asked: boolean;
}

const tables = knownLanguages().map(language);
/** The courtesies and short answers that callers say in any language. */
const shared = tables.flatMap(({ answers, turns }) => [
  answers.yes,
  answers.polite,
  answers.farewells,
  turns.backchannels,
]);
const requests = tables.map(({ marks }) => marks.switchRequests);
const refusals = tables.map(({ marks }) => marks.switchRefusals);
const hesitations = tables.map(({ turns }) => turns.hesitations);
/** All that a turn can hold that asks for a language and for nothing else. */
const asking = [...tables.map(({ marks }) => marks.names), ...requests, ...hesitations];

/** How many more marks of another language than of the present one make the agent switch. */
const SWITCH_MARGIN = 2;

/**
 * Tells the language of a turn. It stays with `previous` unless the caller asks for another by name
 * or clearly speaks another: single words and even mixtures change nothing.
 */
export function detectLanguage(
  text: string,
  previous: string,
  languages: readonly string[] = knownLanguages(),
): Detection {
  const words = wordsOf(text);
  const asked = askedLanguage(words, languages);
  if (asked !== undefined) return { language: asked, confidence: 1, asked: true };
  const telling = withoutShared(words);
  const scores = languages.map((tag) => ({ tag, marks: countMarks(telling, language(tag)) }));
  const own = scores.find((score) => score.tag === previous)?.marks ?? 0;
  const best = scores.reduce((a, b) => (b.marks > a.marks ? b : a), { tag: previous, marks: own });
  const all = scores.reduce((sum, score) => sum + score.marks, 0);
  const chosen = best.marks >= own + SWITCH_MARGIN ? best : { tag: previous, marks: own };
  const confidence = all === 0 ? 0.5 : chosen.marks / all;
  return { language: chosen.tag, confidence, asked: false };
}

/** More words than this around a request for a language ask for something else, too. */
const MOST_WORDS_AROUND = 4;

/** True when a turn asks for a language and for nothing else: "can we speak Swahili please". */
export function onlyAsksForLanguage(text: string, languages: readonly string[]): boolean {
  const words = wordsOf(text);
  if (askedLanguage(words, languages) === undefined) return false;
  const around: string[] = [];
  for (let at = 0; at < words.length;) {
    const length = longestPhraseAt(words, at, asking);
    if (length === 0) around.push(words[at]);
    at += Math.max(1, length);
  }
  const left = withoutShared(around);
  return left.length <= MOST_WORDS_AROUND &&
    left.every((word) => tables.some(({ marks }) => marks.words.includes(word)));
}

function withoutShared(words: readonly string[]): string[] {
  const left: string[] = [];
  for (let at = 0; at < words.length;) {
    const length = longestPhraseAt(words, at, shared);
    if (length === 0) left.push(words[at]);
    at += Math.max(1, length);
  }
  return left;
}

function countMarks(words: readonly string[], { marks }: Language): number {
  return words.filter((word) => {
    return marks.words.includes(word) || marks.forms.some((form) => form.test(word));
  }).length;
}

/** The language asked for by name, as in "tuongee Kiswahili" or "speak English please". */
function askedLanguage(words: readonly string[], languages: readonly string[]): string | undefined {
  const bare = withoutShared(words).filter((word) =>
    !hesitations.some((list) => list.includes(word))
  );
  for (const tag of languages) {
    const names = language(tag).marks.names;
    for (let at = 0; at < words.length; at++) {
      if (!names.includes(words[at])) continue;
      const before = words.slice(Math.max(0, at - 4), at);
      if (occursIn(before, refusals)) continue;
      if (bare.length === 1 && bare[0] === words[at]) return tag;
      if (occursIn(before, requests)) return tag;
    }
  }
}

function occursIn(words: readonly string[], phrases: PhraseLists): boolean {
  return words.some((_, at) => longestPhraseAt(words, at, phrases) > 0);
}
