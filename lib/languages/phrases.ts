import { language } from "./languages.ts";
import type { PhraseName } from "./phrase_names.ts";

/**
 * What the agent says, in a language; `variant` counts up and wraps around the phrase's variants.
 * Values are put in as they are: make the result speakable before synthesis.
 *
 * @throws {RangeError} when the language is unknown or a value is missing
 */
export function phrase(
  tag: string,
  name: PhraseName,
  values: Readonly<Record<string, string>> = {},
  variant = 0,
): string {
  const variants = language(tag).phrases[name];
  return variants[variant % variants.length].replace(/\{(\w+)\}/g, (_, field: string) => {
    const value = values[field];
    if (value === undefined) {
      throw new RangeError(`Cannot say "${name}": the value "${field}" must be given`);
    }
    return value;
  });
}

/** All variants of a phrase that takes no values, so that their sound can be made in advance. */
export function phraseVariants(tag: string, name: PhraseName): readonly string[] {
  return language(tag).phrases[name];
}
