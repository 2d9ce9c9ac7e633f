import type { Expect } from "../contracts/expect.ts";
import { isFarewell, isNo, isYes } from "../languages/answers.ts";
import { digitRuns } from "../languages/digit_runs.ts";
import { knownLanguages, language } from "../languages/languages.ts";
import { asksForPerson } from "../languages/person_requests.ts";
import { endsInsideNumber } from "../languages/spoken_numbers.ts";
import { countWhenOnly, endsWithPhrase, wordsOf } from "../languages/words.ts";
import { expectation } from "./expectations.ts";

/**
 * How finished a turn reads, from 0 (more must come) to 1 (nothing more can come), given what was
 * asked for. `text` is the turn so far, with the recogniser's punctuation if it gives any.
 */
export function completeness(
  text: string,
  expect: Expect = "free",
  languages: readonly string[] = knownLanguages(),
): number {
  if (wordsOf(text).length === 0) return 0;
  if (expect === "free") return readsFinished(text, languages);
  const { parse, digits } = expectation(expect);
  const answers = languages.map((tag) => parse(text, tag, 0));
  const valid = answers.flatMap((answer) => "value" in answer ? [answer.value] : [])[0];
  if (expect === "yes_no") {
    const isAll = valid === "yes" || valid === "no" && wordsOf(text).length <= 3;
    return isAll ? 1 : readsFinished(text, languages);
  }
  if (expect === "name" || expect === "date") {
    if (valid === undefined) return Math.min(0.3, readsFinished(text, languages));
    return Math.min(
      expect === "date" && !valid.startsWith("-") ? 1 : 0.8,
      unlessDangling(text, languages),
    );
  }
  if (valid !== undefined) {
    if (expect === "msisdn") return 1;
    if (expect === "amount") return Math.min(0.8, unlessDangling(text, languages));
    // A shorter one of varying length may go on.
    return valid.length === digits?.max ? 1 : Math.min(0.6, unlessDangling(text, languages));
  }
  const begun = answers.some((answer) => "incomplete" in answer && /\d/.test(answer.incomplete));
  if (begun) return 0.1;
  // Too long or wrong: more words won't mend it.
  if (answers.some((answer) => "invalid" in answer)) return 0.7;
  return readsFinished(text, languages);
}

/** How finished anything reads that is no answer to a question for a number. */
function readsFinished(text: string, languages: readonly string[]): number {
  const tables = languages.map((tag) => language(tag).turns);
  const words = wordsOf(text);
  const leadIns = tables.map((table) => table.leadIns);
  // "It is" answers a question or begins a sentence.
  const dangling = unlessDangling(text, languages);
  const isShort = isYes(text, languages) || isFarewell(text, languages) ||
    words.length <= 3 && isNo(text, languages);
  if (isShort && dangling > 0.1) return 0.95;
  if (countWhenOnly(words, tables.map((table) => table.backchannels), []) > 0) return 0.6;
  if (dangling < 1) return dangling;
  if (countWhenOnly(words, leadIns, []) > 0) return 0.3;
  if (asksForPerson(text, languages)) return 0.95;
  const isPunctuated = /[.!?]["'”’»)]*\s*$/.test(text);
  // A number that nobody asked for is being read out.
  const run = digitRuns(text, languages[0]).at(-1);
  const isBegun = run && run.digits.length >= 3 && run.digits.length < 9 &&
    (run.parts > 1 || run.digits.startsWith("0"));
  if (isBegun && /^\W*$/.test(text.slice(run.end))) return 0.3;
  if (isPunctuated) return text.trimEnd().endsWith("?") ? 0.95 : 0.85;
  if (isOpenList(text)) return 0.3;
  return words.length < 3 ? 0.5 : 0.6;
}

/** Below 1 when the text breaks off: after "and", "um", a comma, or within a number. */
function unlessDangling(text: string, languages: readonly string[]): number {
  const tables = languages.map((tag) => language(tag).turns);
  const words = wordsOf(text);
  // Recognisers put a full stop behind everything, so that "and." is as unfinished as "and".
  const endings = tables.flatMap((table) => [table.unfinished, table.hesitations]);
  if (endsWithPhrase(words, endings)) return 0.1;
  if (endsInsideNumber(text, languages[0])) return 0.15;
  if (/(?:[,;:–—-]|\.\.\.|…)\s*$/.test(text)) return 0.2;
  const isPunctuated = /[.!?]["'”’»)]*\s*$/.test(text);
  const perhaps = tables.map((table) => table.perhapsUnfinished);
  return !isPunctuated && endsWithPhrase(words, perhaps) ? 0.25 : 1;
}

/** "The router, the phone, the TV": a list whose last item has not been announced. */
function isOpenList(text: string): boolean {
  const items = text.split(",");
  return items.length >= 3 && items.slice(1).every((item) => wordsOf(item).length <= 3);
}
