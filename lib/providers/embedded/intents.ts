import type { Tool } from "../../contracts/tool.ts";
import { coverage, likeness, Vocabulary, weightFor } from "../../knowledge/likeness.ts";
import { digitRuns } from "../../languages/digit_runs.ts";
import { spokenTogether } from "../../languages/languages.ts";
import { wordsOf } from "../../languages/words.ts";
import { termsOf } from "../../knowledge/terms.ts";
import { expandPattern } from "./phrase_patterns.ts";
import { type Slot, slotsOfTool, withoutAreas } from "./tool_slots.ts";

/** A tool that a caller may ask for in words. */
export interface Intent {
  tool: Tool;
  slots: Slot[];
}

export interface IntentMatch {
  intent: Intent;
  /** 0 to 1, on the same scale as the knowledge's. */
  score: number;
  /** The share of what was asked that the tool's phrases speak of. */
  covered: number;
}

/** Phrases compared per pattern; patterns that allow more are sampled evenly. */
const PHRASES_PER_PATTERN = 120;
/** Tools list their phrases in many forms, so a request for one is much like one of them. */
const MIN_LIKENESS = 0.65;
/** As in the knowledge, so that the scores compare. */
const LIKENESS_SHARE = 0.7;
/** "Internet in Karen" asks something else than "no internet in Karen": a phrase must be whole. */
const PHRASE_ONLY_SHARE = 1;
/** Stand for the values of slots, so that any area and any number match. */
const ANY_AREA = "anyarea";
const ANY_DIGITS = "anydigits";

/** Tools by what callers say for them. */
export interface IntentIndex {
  readonly intents: Intent[];
  /** Best first. */
  match(text: string, language: string): IntentMatch[];
}

/**
 * Learns the phrases of all tools in all languages.
 *
 * @param otherTexts what callers may also speak about, to know which words tell nothing
 * @throws {PatternError} when a phrase can't be read
 */
export function indexIntents(
  tools: readonly Tool[],
  areas: readonly string[],
  otherTexts: readonly string[],
): IntentIndex {
  const entries = tools.map((tool) => {
    const slots = slotsOfTool(tool);
    const values = Object.fromEntries(
      slots.map(({ field, kind }) => [field, [kind === "area" ? ANY_AREA : ANY_DIGITS]]),
    );
    const phrases = Object.entries(tool.phrases ?? {}).flatMap(([tag, patterns]) =>
      patterns.flatMap((pattern) => expandPattern(pattern, values, PHRASES_PER_PATTERN))
        .map((text) => ({ tag, text, terms: new Set(termsOf(text)) }))
    );
    const distinct = new Map(
      phrases.map((phrase) => [`${phrase.tag} ${[...phrase.terms].sort().join(" ")}`, phrase]),
    );
    return {
      intent: { tool, slots },
      // "What about Karen" is known word for word alone: with other words it may ask anything.
      examples: [...distinct.values()].filter(({ terms }) =>
        [...terms].some((term) => term !== ANY_AREA && term !== ANY_DIGITS)
      ),
      phrases: new Set(phrases.map(({ text }) => plainWords(text))),
    };
  });
  const known = entries.map(({ examples }) => new Set(examples.flatMap(({ terms }) => [...terms])));
  const vocabulary = new Vocabulary([
    ...known,
    ...otherTexts.map((text) => new Set(termsOf(text))),
  ]);
  const weighed = entries.map(({ examples }) =>
    examples.map(({ tag, terms }) => ({ tag, ...vocabulary.example(terms) }))
  );

  return {
    intents: entries.map(({ intent }) => intent),
    match(text, language) {
      const plain = withoutValues(text, areas, language);
      const exact = entries.filter(({ phrases }) => phrases.has(plainWords(plain)));
      // Word for word beats what is only made of the same words: "an open ticket", "open a ticket".
      if (exact.length === 1) return [{ intent: exact[0].intent, score: 1, covered: 1 }];
      const asked = vocabulary.ask(termsOf(plain));
      // The small words that tell "my plan" from "your plans" are gone, and other languages have
      // phrases that are nothing without them.
      const spoken = new Set(spokenTogether(language).map(({ tag }) => tag));
      return entries
        .map(({ intent }, i) => {
          const total = weightFor(asked, known[i]);
          const best = Math.max(
            0,
            ...weighed[i].filter(({ tag }) => spoken.has(tag))
              .map((example) => likeness(asked, example, total, PHRASE_ONLY_SHARE)),
          );
          const covered = coverage(asked, known[i]);
          return { intent, score: LIKENESS_SHARE * best + (1 - LIKENESS_SHARE) * covered, covered };
        })
        .filter(({ score }) => score >= MIN_LIKENESS)
        .sort((a, b) => b.score - a.score);
    },
  };
}

/** A phrase as it sounds: words in order, without signs. */
function plainWords(text: string): string {
  return wordsOf(text).join(" ");
}

function withoutValues(text: string, areas: readonly string[], language: string): string {
  let rest = text;
  for (const { start, end, digits } of digitRuns(text, language).reverse()) {
    // A lone "one" is a word; four figures or more are a number that was asked for.
    if (digits.length >= 4) rest = `${rest.slice(0, start)} ${ANY_DIGITS} ${rest.slice(end)}`;
  }
  return withoutAreas(rest, areas, ANY_AREA);
}
