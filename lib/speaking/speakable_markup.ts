import type { Language } from "../languages/language.ts";
import { digitNames } from "../languages/spelling.ts";

const ADDRESS_END =
  "(?:com|org|net|info|io|africa|app|dev|biz|me|ke|tz|ug|rw|et|ng|gh|za|cd|bi|fr|eu|uk)";
const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const LINK = new RegExp(
  `\\b(?:https?:\\/\\/|www\\.)[^\\s<>()\\[\\]"']+|` +
    `(?<![\\p{L}\\p{N}@.-])(?:[\\p{L}\\p{N}-]+\\.)+${ADDRESS_END}(?![\\p{L}\\p{N}-])(?:\\/[\\w\\/.-]*\\w)?`,
  "giu",
);

/** Takes away what is seen and not said; e-mail and web addresses become words. */
export function withoutMarkup(text: string, words: Language): string {
  return asciiDigits(text.normalize("NFKC"))
    .replace(/```\w*|[`]/g, " ")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<[^<>\n]{0,200}>/g, " ")
    .replace(/\[[a-z ]{1,24}\]/g, " ")
    .replace(/[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/gu, " ")
    .replace(/[\uFE00-\uFE0F\u200B-\u200D\u20E3\uFEFF]|\p{Cc}(?<![\n\t])/gu, "")
    .replace(EMAIL, (address) => spokenAddress(address, words))
    .replace(LINK, (address) => spokenAddress(address, words))
    .replace(/^[ \t]*(?:#{1,6}|>+|[-*+•‣◦▪–—](?=\s))[ \t]*/gm, "")
    .replace(/^[ \t]*[-*_=]{3,}[ \t]*$/gm, "")
    .replace(/[ \t]*\|[ \t]*/g, ", ")
    .replace(/\*+|~~+|_{2,}|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "")
    .replace(/([^\s.!?…:;,])?[ \t]*\n\s*/g, (_, last?: string) => last ? `${last}. ` : " ");
}

function spokenAddress(address: string, { tag, spoken: { signs } }: Language): string {
  const trailing = /[.,;:!?]+$/.exec(address)?.[0] ?? "";
  return address
    .slice(0, address.length - trailing.length)
    .replace(/^https?:\/\//i, "")
    .replace(/^www\./i, "")
    .replace(/[?#].*$|\/$/g, "")
    .replace(/\d+/g, (digits) => ` ${digitNames(digits, tag)} `)
    .replaceAll("@", ` ${signs.at} `)
    .replaceAll(".", ` ${signs.dot} `)
    .replaceAll("-", ` ${signs.dash} `)
    .replaceAll("_", ` ${signs.underscore} `)
    .replaceAll("+", ` ${signs.plus} `)
    .replaceAll("/", ` ${signs.slash} `)
    .replace(/ +/g, " ")
    .trim() + trailing;
}

/** Digits of every script as 0–9; Unicode keeps ten of each in a row. */
function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0)!;
    let zero = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String((code - zero) % 10);
  });
}
