import type { Language } from "../languages/language.ts";
import { language } from "../languages/languages.ts";
import { speakableAmounts } from "./speakable_amounts.ts";
import { speakableCodes } from "./speakable_codes.ts";
import { speakableDates } from "./speakable_dates.ts";
import { withoutMarkup } from "./speakable_markup.ts";
import { speakableNumbers } from "./speakable_numbers.ts";
import { speakableSigns } from "./speakable_signs.ts";

/**
 * Writes out text as it is said in the language of the tag: words only, without digits, Markdown,
 * tags, emoji or links. Plain words stay as they are; empty when there are none.
 */
export function speakable(text: string, tag: string): string {
  const words = language(tag);
  const plain = withoutMarkup(text, words);
  const spoken = /\p{N}/u.test(plain) ? withoutFigures(plain, words) : plain;
  return speakableSigns(spoken, words);
}

/** What each step leaves is free of the figures that it knows, so that order decides who reads them. */
function withoutFigures(text: string, words: Language): string {
  return [speakableDates, speakableAmounts, speakableCodes, speakableNumbers]
    .reduce((spoken, step) => step(spoken, words), text);
}
