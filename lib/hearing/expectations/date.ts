import type { Language } from "../../languages/language.ts";
import { language, spokenTogether } from "../../languages/languages.ts";
import { type SpokenNumber, spokenNumbers } from "../../languages/spoken_numbers.ts";
import { wordsOf } from "../../languages/words.ts";
import type { Answer, Expectation } from "./expectation.ts";
import { freePatience } from "./patience.ts";
import { unique } from "./vocabulary.ts";

/** Where "today" is. */
const TIME_ZONE = "Africa/Nairobi";
const DAY_MS = 86_400_000;

/** A date; its value is ISO, `2026-11-25`, or `--11-25` when no year was said. */
export const date: Expectation = {
  ...freePatience,
  totalMs: 12_000,
  digits: { min: 3, max: 8 },
  vocabulary: (tag) =>
    unique(tag, ({ spoken }) => [
      ...spoken.months,
      ...Object.keys(spoken.relativeDays),
      ...spoken.weekdays,
    ]),
  parse(text, tag, wallMs): Answer {
    const heard = text.trim();
    const relative = relativeDay(text, tag);
    if (relative !== undefined) {
      if (wallMs === undefined) return { invalid: "which day today is, is not known", heard };
      return { value: isoDay(wallMs + relative * DAY_MS) };
    }
    const parts = keyedDate(heard) ?? isoDate(heard) ?? spokenDate(text, tag);
    if (parts === undefined) return { incomplete: heard };
    const { day, month, year } = parts;
    // A leap year stands in for an unknown one.
    const made = new Date(Date.UTC(year ?? 2024, month - 1, day));
    if (made.getUTCMonth() !== month - 1 || made.getUTCDate() !== day) {
      return { invalid: "there is no such day", heard };
    }
    const head = year === undefined ? "-" : String(year).padStart(4, "0");
    return { value: `${head}-${twoDigits(month)}-${twoDigits(day)}` };
  },
  readBack(value, tag) {
    const [, year, month, day] = /^(\d{4}|-)-(\d\d)-(\d\d)$/.exec(value) ?? [];
    if (day === undefined) return value;
    return language(tag).spoken.date(
      Number(day),
      Number(month),
      year === "-" ? undefined : Number(year),
    );
  },
  keypad: { maxDigits: 8, terminator: "#" },
  retry: "retry_date",
};

interface DateParts {
  day: number;
  month: number;
  year?: number;
}

/** Keyed in as DDMM or DDMMYYYY. */
function keyedDate(text: string): DateParts | undefined {
  const [, day, month, year] = /^(\d\d)(\d\d)(\d{4})?$/.exec(text) ?? [];
  if (day === undefined) return undefined;
  return { day: Number(day), month: Number(month), year: year ? Number(year) : undefined };
}

function isoDate(text: string): DateParts | undefined {
  const [, year, month, day] = /(?<!\d)(\d{4})-(\d\d?)-(\d\d?)(?!\d)/.exec(text) ?? [];
  if (day === undefined) return undefined;
  return { day: Number(day), month: Number(month), year: Number(year) };
}

/** "The twenty-fifth of November", "tarehe 25 mwezi wa kumi na moja", "25/11/2026". */
function spokenDate(text: string, tag: string): DateParts | undefined {
  const languages = spokenTogether(tag);
  const plain = withCardinals(text, languages);
  const numbers = spokenNumbers(plain, tag);
  const named = namedMonth(plain, languages);
  const day = numbers.find(({ value }) => value >= 1 && value <= 31);
  if (!day) return undefined;
  if (named !== undefined) {
    return { day: day.value, month: named, year: yearIn(numbers.filter((one) => one !== day)) };
  }
  const rest = numbers.slice(numbers.indexOf(day) + 1);
  if (rest.length === 0 || rest[0].value > 12) return undefined;
  return { day: day.value, month: rest[0].value, year: yearIn(rest.slice(1)) };
}

function namedMonth(text: string, languages: Language[]): number | undefined {
  const words = wordsOf(text);
  for (const { spoken } of languages) {
    const at = spoken.months.findIndex((month) => words.includes(month.toLowerCase()));
    if (at >= 0) return at + 1;
    const short = Object.keys(spoken.monthSpellings).find((one) => words.includes(one));
    if (short !== undefined) return spoken.monthSpellings[short];
  }
}

/** Also "twenty twenty-six". */
function yearIn([first, second]: SpokenNumber[]): number | undefined {
  if (first === undefined) return undefined;
  if (first.value >= 1900 && first.value <= 2199) return first.value;
  const year = first.value * 100 + (second?.value ?? -1);
  return second && second.value < 100 && year >= 1900 && year <= 2199 ? year : undefined;
}

/** Ranks as plain numbers: "twenty fifth" is "twenty-five", "25th" is "25". */
function withCardinals(text: string, languages: Language[]): string {
  let plain = text;
  for (const { numbers } of languages) {
    const endings = numbers.ordinalEndings.join("|");
    plain = plain.replace(new RegExp(`(\\d)(?:${endings})(?!\\p{L})`, "giu"), "$1");
    for (let day = 31; day >= 1; day--) {
      const rank = wordsOf(numbers.ordinal(day)).join("[\\s-]+");
      plain = plain.replace(
        new RegExp(`(?<![\\p{L}-])${rank}(?!\\p{L})`, "giu"),
        numbers.cardinal(day),
      );
    }
  }
  return plain;
}

function relativeDay(text: string, tag: string): number | undefined {
  const words = ` ${wordsOf(text).join(" ")} `;
  const days = spokenTogether(tag)
    .flatMap(({ spoken }) => Object.entries(spoken.relativeDays))
    .sort(([a], [b]) => b.length - a.length);
  return days.find(([name]) => words.includes(` ${name} `))?.[1];
}

function isoDay(wallMs: number): string {
  // The Canadian way of writing dates is ISO.
  return new Intl.DateTimeFormat("en-CA", { timeZone: TIME_ZONE }).format(wallMs);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
