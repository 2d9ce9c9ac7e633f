import { spokenTogether } from "./languages.ts";
import { type SpokenNumber, spokenNumbers } from "./spoken_numbers.ts";
import { countWhenOnly, wordsOf } from "./words.ts";

/** Digits said or written in a row, perhaps with pauses. */
export interface DigitRun {
  start: number;
  end: number;
  digits: string;
  /** How many numbers it was said in. */
  parts: number;
}

/**
 * The rows of digits in a text: "zero seven one two, um, 345" is one. Single numbers are rows too.
 */
export function digitRuns(text: string, tag: string): DigitRun[] {
  const runs: DigitRun[] = [];
  let last: SpokenNumber | undefined;
  for (const number of spokenNumbers(text, tag)) {
    const run = runs.at(-1);
    if (run && last && isGap(text.slice(last.end, number.start), tag)) {
      run.end = number.end;
      run.digits += number.digits;
      run.parts++;
    } else {
      runs.push({ start: number.start, end: number.end, digits: number.digits, parts: 1 });
    }
    last = number;
  }
  return runs;
}

/** True when what stands between two numbers doesn't part them: a pause, "um", "and", a dash. */
function isGap(between: string, tag: string): boolean {
  const words = wordsOf(between);
  if (words.length === 0) return true;
  const languages = spokenTogether(tag);
  const fillers = languages.flatMap(({ turns, numbers, spoken }) => [
    turns.hesitations,
    numbers.joiners,
    [spoken.signs.dash],
  ]);
  return countWhenOnly(words, fillers, []) > 0;
}
