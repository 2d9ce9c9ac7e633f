import { ANSWER_SLOTS } from "./expected_answers.ts";
import { BEGIN, END } from "./language_model.ts";

/** Which words callers are expected to say one after another. */
export interface Wording {
  /** Share of the steps from word to word that no expected phrase has, 0 to 1. */
  unexpectedShare(words: readonly string[]): number;
}

/** Slots of which every word may stand where another one may. */
const ALIKE = ["digit", "teen", "ten", "unit", "letter", "weekday", "month", "ordinal"];
/** Hardly heard, and one for another they change no meaning; "it's" stands for both of the second. */
const LIGHT_WORDS = { article: ["a", "an", "the"], is: ["is", "has"] };
/** Beside the digits of a number. */
const IN_NUMBERS = ["double", "triple", "hundred", "thousand"];

/**
 * Learns the rows of two and three words in phrases.
 *
 * A recogniser that may put its words in any order puts those together that sound right, and says
 * so with a good fit: "what does it cost to get a fault". That nobody is expected to speak like this
 * tells that it is likely not what was said.
 */
export function learnWording(
  phrases: Iterable<readonly string[]>,
  slots: Readonly<Record<string, readonly string[]>>,
): Wording {
  const kinds = kindsOf(slots);
  const pairs = new Set<string>();
  const triples = new Set<string>();
  for (const phrase of phrases) {
    const row = rowOf(phrase, kinds);
    for (let at = 1; at < row.length; at++) {
      pairs.add(`${row[at - 1]} ${row[at]}`);
      if (at > 1) triples.add(`${row[at - 2]} ${row[at - 1]} ${row[at]}`);
    }
  }
  return {
    unexpectedShare(words) {
      if (words.length === 0) return 0;
      const row = rowOf(words, kinds);
      const isPair = (at: number) => pairs.has(`${row[at - 1]} ${row[at]}`);
      const isTriple = (at: number) => triples.has(`${row[at - 2]} ${row[at - 1]} ${row[at]}`);
      let unexpected = 0;
      for (let at = 1; at < row.length; at++) {
        // Three in a row count only where their pairs don't: one odd word is one odd step.
        const isNewRow = at > 1 && isPair(at - 1) && !isTriple(at);
        if (!isPair(at) || isNewRow) unexpected++;
      }
      return unexpected / (row.length - 1);
    },
  };
}

/** Words by what they may be exchanged for: an area for an area, a digit for a digit. */
function kindsOf(slots: Readonly<Record<string, readonly string[]>>): Map<string, string> {
  const kinds = new Map<string, string>();
  const all = [
    ...Object.entries(LIGHT_WORDS),
    ...ALIKE.map((name) => [name, ANSWER_SLOTS[name]] as const),
    ...Object.entries(slots),
  ];
  for (const [name, values] of all) {
    const isNumber = ["digit", "teen", "ten", "unit"].includes(name);
    for (const value of values) {
      if (!/^[a-z']+$/.test(value) || kinds.has(value)) continue;
      kinds.set(value, isNumber ? "<number>" : `<${name}>`);
    }
  }
  for (const word of IN_NUMBERS) kinds.set(word, "<number>");
  return kinds;
}

/** The phrase as kinds of words, with its ends; a number is one, however many words it has. */
function rowOf(words: readonly string[], kinds: ReadonlyMap<string, string>): string[] {
  const row = [BEGIN];
  for (const word of words) {
    const kind = kinds.get(word) ?? word;
    if (kind !== "<number>" || row.at(-1) !== kind) row.push(kind);
  }
  return [...row, END];
}
