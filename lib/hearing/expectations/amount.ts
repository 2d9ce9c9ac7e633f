import { language, spokenTogether } from "../../languages/languages.ts";
import { type SpokenNumber, spokenNumbers } from "../../languages/spoken_numbers.ts";
import { wordsOf } from "../../languages/words.ts";
import type { Answer, Expectation } from "./expectation.ts";
import { digitPatience } from "./patience.ts";
import { numberWords } from "./vocabulary.ts";

/** Nobody says more on the phone and means it. */
const LARGEST_AMOUNT = 100_000_000;

/** A sum of money; its value is a decimal, `1500` or `1500.50`. */
export const amount: Expectation = {
  ...digitPatience,
  softPauseMs: 600,
  digits: { min: 1, max: 9 },
  vocabulary: numberWords,
  parse(text, tag): Answer {
    const numbers = spokenNumbers(text, tag).filter(({ start, end }) => {
      return !/^oh?$/i.test(text.slice(start, end));
    });
    const heard = text.trim();
    if (numbers.length === 0) return { incomplete: "" };
    const halves = spokenTogether(tag).flatMap((one) => one.numbers.halves);
    if (wordsOf(text).some((word) => halves.includes(word))) {
      return { invalid: "a half or a quarter of what is not clear", heard };
    }
    const value = withCents(numbers, text, tag);
    if (value === undefined) return { invalid: "more than one amount was named", heard };
    if (value <= 0) return { invalid: "an amount must be more than zero", heard };
    if (value > LARGEST_AMOUNT) return { invalid: "the amount is too large", heard };
    return { value: Number.isInteger(value) ? String(value) : value.toFixed(2) };
  },
  readBack(value, tag) {
    const cents = Math.round(Number(value) * 100);
    return language(tag).spoken.money("KES", Math.floor(cents / 100), cents % 100);
  },
  keypad: { maxDigits: 9, terminator: "#" },
  retry: "retry_amount",
};

/** The one number that was said, with "and fifty cents" behind it; undefined when there are more. */
function withCents([whole, cents, more]: SpokenNumber[], text: string, tag: string) {
  if (cents === undefined) return whole.value;
  if (more !== undefined || !Number.isInteger(cents.value) || cents.value > 99) return undefined;
  const names = spokenTogether(tag)
    .flatMap(({ spoken }) => Object.values(spoken.currencies))
    .flatMap(({ centOne, centMany }) => [centOne, centMany]);
  const around = [
    ...wordsOf(text.slice(whole.end, cents.start)),
    wordsOf(text.slice(cents.end))[0],
  ];
  return around.some((word) => names.includes(word)) ? whole.value + cents.value / 100 : undefined;
}
