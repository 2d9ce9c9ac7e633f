import { language } from "./languages.ts";

/** Figures read one by one in groups, with a comma's pause between: `0712345678`. */
export function spelledDigits(digits: string, tag: string): string {
  return digitGroups(digits).map((group) => digitNames(group, tag)).join(", ");
}

/** Letters and figures read one by one: `TKT-4821` is "T K T, four eight two one". */
export function spelledCode(code: string, tag: string): string {
  const parts = code.toUpperCase().match(/\p{L}+|\p{Nd}+/gu) ?? [];
  return parts
    .map((part) => /^\p{L}/u.test(part) ? [...part].join(" ") : spelledDigits(part, tag))
    .join(", ");
}

/** The names of digits, without pauses. */
export function digitNames(digits: string, tag: string): string {
  const names = language(tag).numbers.digits;
  return Array.from(digits, (digit) => names[Number(digit)]).join(" ");
}

/**
 * Cuts digits into the groups in which people say them: a Kenyan phone number as 4-3-3, other
 * numbers in threes, without a group of one.
 */
export function digitGroups(digits: string): string[] {
  if (/^0\d{9}$/.test(digits)) return [digits.slice(0, 4), digits.slice(4, 7), digits.slice(7)];
  if (digits.length <= 4) return digits === "" ? [] : [digits];
  const size = digits.length % 4 === 0 && digits.length % 3 !== 0 ? 4 : 3;
  const groups = digits.match(new RegExp(`\\d{1,${size}}`, "g"))!;
  if (groups.at(-1)!.length === 1) groups.push(groups.splice(-2).join(""));
  return groups;
}
