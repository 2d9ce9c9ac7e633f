import type { Language } from "../languages/language.ts";

/** Reads abbreviations and signs, and tidies the punctuation and spaces that are left. */
export function speakableSigns(text: string, { spoken }: Language): string {
  const { signs, abbreviations } = spoken;
  let words = text;
  for (const [short, long] of Object.entries(abbreviations)) {
    const first = short[0].toLowerCase() + short[0].toUpperCase();
    const head = short[0] === short[0].toLowerCase() ? `[${first}]` : short[0];
    const pattern = head + short.slice(1).replace(/[.]/g, "\\.");
    words = words.replace(new RegExp(`(?<!\\p{L}|\\p{L}\\.)${pattern}(?!\\p{L})`, "gu"), long);
  }
  const tidy = words
    .replaceAll("&", ` ${signs.and} `)
    .replace(/\+/g, ` ${signs.plus} `)
    .replaceAll("@", ` ${signs.at} `)
    .replace(/(?<=\s|^)[-–—−]+(?=\s|$)|[–—−]|-{2,}/g, ",")
    .replace(/(?<!\p{L})-|-(?!\p{L})/gu, " ")
    .replace(/[()[\]{}]/g, ",")
    .replace(/[^\p{L}\p{M}\s.,;:!?…'’-]/gu, " ")
    .replace(/\.{2,}/g, "…")
    .replace(/\s+/g, " ")
    .replace(/([.,;:!?…])(?=\p{L})(?<!\p{L}\.)/gu, "$1 ")
    .replace(/ (?=[.,;:!?…])/g, "")
    .replace(/[,;:](?=[.,;:!?…])/g, "")
    .replace(/(?<=[.!?…])[,;:]/g, "")
    .replace(/\.{2,}/g, ".")
    .replace(/^[\s.,;:!?…'’-]+/, "")
    .trim();
  return /\p{L}/u.test(tidy) ? tidy : "";
}
