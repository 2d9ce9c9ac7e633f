import type { Language } from "../languages/language.ts";
import { digitNames, spelledDigits } from "../languages/spelling.ts";
import { figurePattern, figureWords } from "./speakable_figures.ts";

/** Digits in a row from which on a number without separators is read one by one. */
const LONG_NUMBER_DIGITS = 7;

/** Reads the numbers that are nothing in particular. */
export function speakableNumbers(text: string, words: Language): string {
  const { signs } = words.spoken;
  return text
    .replace(/\b24\s?\/\s?7\b/g, "24 7")
    .replace(/(?<=\d)\s?[–—-]\s?(?=\d)/g, ` ${signs.to} `)
    .replace(/(?<=\d)\s?[\/⁄]\s?(?=\d)/g, ` ${signs.slash} `)
    .replace(/#\s?(?=\d)/g, `${signs.number} `)
    .replace(/\b[Nn](?:o\.|°)\s?(?=\d)/g, `${signs.number} `)
    // Versions and addresses: 1.2.3.
    .replace(/\d+(?:\.\d+){2,}/g, (figures) => {
      const parts = figures.split(".").map((part) => digitNames(part, words.tag));
      return ` ${parts.join(` ${signs.dot} `)} `;
    })
    .replace(/(?<![\p{L}\p{N}.,)])[-−](?=\d)/gu, `${signs.minus} `)
    .replace(new RegExp(figurePattern(words), "g"), (figure) => {
      const isSpelled = /^0\d/.test(figure) || /^\d+$/.test(figure) &&
          figure.length >= LONG_NUMBER_DIGITS;
      const spoken = isSpelled
        ? spelledDigits(figure.replace(/\D/g, ""), words.tag)
        : figureWords(figure, words);
      return ` ${spoken} `;
    })
    .replace(/\d+/g, (digits) => ` ${digitNames(digits, words.tag)} `);
}
