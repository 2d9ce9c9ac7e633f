import type { Expect } from "../contracts/expect.ts";
import { digitRuns } from "../languages/digit_runs.ts";
import type { PhraseName } from "../languages/phrase_names.ts";
import { expectation } from "./expectations.ts";

/** What to make of an answer to a question for a number or a code. */
export type NumberAnswer =
  /** It is complete: say it back, in words. */
  | { readBack: string }
  /** It can't be right as it was heard: have it said again, never correct it. */
  | { retry: PhraseName }
  /** It is something else, such as "I don't have it". */
  | undefined;

/** Fewer digits than this are no attempt at a number. */
const FEWEST_DIGITS = 3;

/** Holds an answer against what was asked for. */
export function numberAnswer(text: string, expect: Expect, tag: string): NumberAnswer {
  const { digits, parse, readBack, retry } = expectation(expect);
  if (!digits) return undefined;
  const answer = parse(text, tag);
  if ("value" in answer) return { readBack: readBack(answer.value, tag) };
  const heard = Math.max(0, ...digitRuns(text, tag).map((run) => run.digits.length));
  return heard >= FEWEST_DIGITS ? { retry } : undefined;
}
