import { type Clock, deadline } from "../clock.ts";
import { orAbort } from "../engines/or_abort.ts";
import { type Check, type CheckResult, red, wordsOf } from "./finding.ts";

export interface RunOptions {
  clock: Clock;
  /** @default 20 seconds for each check */
  limitMs?: number;
  onStart?(name: string): void;
  onResult?(result: CheckResult): void;
}

/** Three round trips under the longest deadline of an engine, and some more. */
const LIMIT_MS = 20_000;

/** Makes the checks one after the other, so that none slows the next one down. */
export async function runChecks(
  checks: Check[],
  { clock, limitMs = LIMIT_MS, onStart, onResult }: RunOptions,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { name, run } of checks) {
    onStart?.(name);
    const limit = deadline(clock, limitMs);
    let result: CheckResult;
    try {
      const finding = await orAbort(Promise.resolve(run(limit.signal)), limit.signal);
      result = { name, ...finding };
    } catch (error) {
      const why = limit.signal.aborted ? `it took longer than ${limitMs} ms` : wordsOf(error);
      result = { name, ...red(`could not be checked: ${why}`, "mend that, and run it again") };
    } finally {
      limit.clear();
    }
    results.push(result);
    onResult?.(result);
  }
  return results;
}

/** 1 when anything is red; yellow is for people, not for scripts. */
export function exitCode(results: CheckResult[]): 0 | 1 {
  return results.some(({ level }) => level === "red") ? 1 : 0;
}
