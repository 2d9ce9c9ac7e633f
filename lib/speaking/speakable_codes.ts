import type { Language } from "../languages/language.ts";
import { digitNames, spelledCode, spelledDigits } from "../languages/spelling.ts";

/** Reads phone, till and account numbers digit by digit and references letter by letter. */
export function speakableCodes(text: string, words: Language): string {
  const { tag, spoken, numbers } = words;
  const nouns = [...spoken.digitNouns].sort((a, b) => b.length - a.length).join("|");
  const endings = numbers.ordinalEndings.join("|");
  return text
    // Phone numbers, also as 0712-345-678 or +254 712 345 678.
    .replace(
      /(?<![\p{L}\p{N}.,])(?:\+\s?\d|0|254(?=[\s-]?[17]))(?:[\s-]?\d){7,14}(?![\d])/gu,
      (number) => spelledPhone(number, words),
    )
    .replace(
      new RegExp(
        `(?<!\\p{L})(${nouns})((?:\\.|:|#|\\s|is|ni|no|number|est|yako|yangu|n°){0,12}?\\s?[:#]?\\s?)` +
          `(\\d{2,}(?:[\\s-]\\d{2,4})*|\\d{3,})(?![\\p{L}\\p{N}%]|[.,:]\\d|-\\p{L})`,
        "giu",
      ),
      (whole, noun, link, figures) => {
        if (figures.replace(/\D/g, "").length < 3) return whole;
        return noun + link.replace(/[#:]/g, " ") + spelledGroups(figures, tag);
      },
    )
    // Ranks, such as 21st.
    .replace(
      new RegExp(`(?<![\\p{L}\\p{N}.,-])(\\d{1,4})(?:${endings})(?![\\p{L}\\p{N}])`, "giu"),
      (whole, rank) => Number(rank) > 0 ? numbers.ordinal(Number(rank)) : whole,
    )
    // Words with a number before or behind: 24-hour, router2.
    .replace(
      /(?<![\p{L}\p{N}-])(\d{1,4})-(?=\p{Ll}{3,})/gu,
      (_, figures) => `${numbers.cardinal(Number(figures))} `,
    )
    .replace(/(?<!\p{L})(\p{L}?\p{Ll}{3,})-?(?=\d)/gu, "$1 ")
    .replace(/(?<=\d)-?(?=\p{Ll}{3,}(?![\p{L}\p{N}]))/gu, " ")
    // References: TKT-4821, QFX32AB9CD.
    .replace(
      /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}-]*\d)(?=[\p{L}\p{N}-]*\p{L})[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*(?![\p{L}\p{N}]|\.\d)/gu,
      (code) =>
        code.length <= 3 ? spelledCode(code, tag).replaceAll(",", "") : spelledCode(code, tag),
    );
}

function spelledPhone(number: string, { tag, spoken }: Language): string {
  const plus = number.startsWith("+") ? `${spoken.signs.plus} ` : "";
  return plus + spelledGroups(number.replace("+", "").trim(), tag);
}

/** Digits with the pauses that they are written with, or with the usual ones. */
function spelledGroups(figures: string, tag: string): string {
  const groups = figures.split(/[\s-]+/);
  if (groups.length < 2 || groups.some((group) => group.length > 4)) {
    return spelledDigits(groups.join(""), tag);
  }
  return groups.map((group) => digitNames(group, tag)).join(", ");
}
