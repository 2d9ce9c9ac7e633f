import type { Language } from "../languages/language.ts";

const CLOCK = "([01]?\\d|2[0-3])[:h]([0-5]\\d)(?::[0-5]\\d(?:\\.\\d+)?)?(?:Z|\\s?(?:EAT|hrs))?";
const HALF = "\\s?([ap])\\.?m\\b\\.?";

/** Reads dates and times of day. */
export function speakableDates(text: string, { spoken }: Language): string {
  const numbers = new Map([
    ...spoken.months.map((month, i) => [month.toLowerCase(), i + 1] as const),
    ...Object.entries(spoken.monthSpellings),
  ]);
  const months = [...numbers.keys()].sort((a, b) => b.length - a.length).join("|");
  const date = (whole: string, day: string, month: number, year?: string) => {
    const isDate = Number(day) >= 1 && Number(day) <= 31 && month >= 1 && month <= 12;
    return isDate ? spoken.date(Number(day), month, year ? Number(year) : undefined) : whole;
  };
  const time = (whole: string, hour: string, minute: string, half?: string) => {
    if (half === undefined) return spoken.time(Number(hour), Number(minute));
    if (Number(hour) < 1 || Number(hour) > 12) return whole;
    return spoken.time(Number(hour) % 12 + (half.toLowerCase() === "p" ? 12 : 0), Number(minute));
  };
  const article = "(?:\\b(?:the|tarehe|le) )?";
  const between = `(?<=\\d(?:\\s?[ap]\\.?m\\.?)?)\\s?[-–—]\\s?(?=`;
  return (spoken.prepare?.(text) ?? text)
    .replace(new RegExp(`${between}(?:${CLOCK}|\\d{1,2}${HALF}))`, "gi"), ` ${spoken.signs.to} `)
    .replace(
      new RegExp(
        `${article}(?<![\\d-])(\\d{4})-(\\d{2})-(\\d{2})(T(?=\\d\\d:\\d\\d)|(?![\\d-]))`,
        "gi",
      ),
      (whole, year, month, day, t) => date(whole, day, Number(month), year) + (t ? ", " : ""),
    )
    .replace(
      new RegExp(
        `${article}(?<![\\d/.-])(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4})(?![\\d/-])`,
        "gi",
      ),
      (whole, day, _, month, year) => date(whole, day, Number(month), year),
    )
    .replace(
      new RegExp(
        `${article}(?<![\\d.,:])(\\d{1,2})(?:st|nd|rd|th|er)?(?: of| ya)? ` +
          `(${months})(?!\\p{L})\\.?(?:,? (\\d{4})(?!\\d))?`,
        "giu",
      ),
      (whole, day, month, year) => date(whole, day, numbers.get(month.toLowerCase())!, year),
    )
    .replace(
      new RegExp(
        `(?<!\\p{L})(${months})\\.? (\\d{1,2})(?:st|nd|rd|th)?(?![\\d:.,%]\\d|\\d)(?:,? (\\d{4})(?!\\d))?`,
        "giu",
      ),
      (whole, month, day, year) => date(whole, day, numbers.get(month.toLowerCase())!, year),
    )
    .replace(new RegExp(`(?<![\\d:.])${CLOCK}${HALF}`, "gi"), time)
    .replace(
      new RegExp(`(?<![\\d:.])(\\d{1,2})${HALF}`, "gi"),
      (whole, hour, half) => time(whole, hour, "0", half),
    )
    .replace(
      new RegExp(`(?<![\\d:.])(?:\\bsaa )?${CLOCK}(?![\\d:])`, "gi"),
      (whole, hour, minute) => time(whole, hour, minute),
    );
}
