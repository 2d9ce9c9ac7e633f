import { english } from "./en.ts";
import { french } from "./fr.ts";
import type { Language } from "./language.ts";
import { swahili } from "./sw.ts";

const languages: ReadonlyMap<string, Language> = new Map(
  [english, swahili, french].map((one) => [one.tag, one]),
);

/**
 * The tables of a language, by its tag: `sw`, also `sw-KE`.
 *
 * @throws {RangeError} when there are none
 */
export function language(tag: string): Language {
  const found = languages.get(tag.toLowerCase().split(/[-_]/)[0]);
  if (found) return found;
  throw new RangeError(
    `Cannot speak a language: its tag must be one of ${knownLanguages().join(", ")}: received ${
      JSON.stringify(tag)
    }`,
  );
}

/** Tags of the languages that have tables. */
export function knownLanguages(): string[] {
  return [...languages.keys()];
}

/** The languages of the tags; for a single tag also those whose words callers mix into it. */
export function spokenTogether(tags: string | readonly string[]): Language[] {
  if (typeof tags !== "string") return tags.map(language);
  const one = language(tags);
  return [one, ...one.mixesWith.map(language)];
}
