import type { Language } from "../../languages/language.ts";
import { spokenTogether } from "../../languages/languages.ts";

/** The words with which digits are said. */
export function digitWords(tag: string): string[] {
  return unique(tag, ({ numbers }) => [
    ...numbers.digits,
    ...Object.keys(numbers.heard).filter((word) => numbers.heard[word] < 10 && word.length > 1),
    ...Object.keys(numbers.repeats),
  ]);
}

/** The words with which numbers and money are said. */
export function numberWords(tag: string): string[] {
  return unique(tag, ({ numbers, spoken }) => [
    ...Array.from({ length: 20 }, (_, value) => numbers.cardinal(value)),
    ...Array.from({ length: 8 }, (_, ten) => numbers.cardinal(20 + ten * 10)),
    ...Object.keys(numbers.multipliers).filter((word) => word.length > 1),
    ...Object.values(spoken.currencies).slice(0, 1).flatMap(({ one, many }) => [one, many]),
  ]);
}

/** What `words` gives for each language that is spoken together, each once, at most 100. */
export function unique(tag: string, words: (one: Language) => readonly string[]): string[] {
  return [...new Set(spokenTogether(tag).flatMap(words))].slice(0, 100);
}
