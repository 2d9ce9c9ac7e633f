import type { Language } from "../languages/language.ts";
import { digitNames, spelledDigits } from "../languages/spelling.ts";

/** Matches a written number of the language, as the source of a pattern: `1,234.50`, `12`, `1.5`. */
export function figurePattern({ numbers }: Language): string {
  const grouped = "\\d{1,3}(?:,\\d{3})+(?!\\d)(?:\\.\\d+)?";
  return numbers.decimalComma
    ? `${grouped}|\\d+(?:\\.\\d+|,\\d{1,2}(?![\\d,]))?`
    : `${grouped}|\\d+(?:\\.\\d+)?`;
}

/** The largest number that has a name; larger ones are read digit by digit. */
export const LARGEST_NAMED = 999_999_999_999;

/** The value of what `figurePattern` matches. */
export function readFigure(figure: string, { numbers }: Language): number {
  return Number(plainFigure(figure, numbers.decimalComma));
}

/** The words of what `figurePattern` matches: a cardinal, with the decimals read one by one. */
export function figureWords(figure: string, words: Language): string {
  const { numbers, tag } = words;
  const [whole, decimals] = plainFigure(figure, numbers.decimalComma).split(".");
  const value = Number(whole);
  const head = value > LARGEST_NAMED ? spelledDigits(whole, tag) : numbers.cardinal(value);
  return decimals ? `${head} ${numbers.points[0]} ${digitNames(decimals, tag)}` : head;
}

function plainFigure(figure: string, decimalComma: boolean): string {
  if (/^\d{1,3}(?:,\d{3})+(?:\.|$)/.test(figure)) return figure.replaceAll(",", "");
  return decimalComma ? figure.replace(",", ".") : figure.replaceAll(",", "");
}
