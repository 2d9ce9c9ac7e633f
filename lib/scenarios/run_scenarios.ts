import { judge, type Verdict } from "./judge.ts";
import type { Scenario } from "./scenario.ts";
import type { Evidence } from "./witness.ts";

/** One scenario with all that came of it. */
export interface Result {
  scenario: Scenario;
  verdict: Verdict;
  evidence: Evidence;
  /** How long it took to act. */
  tookMs: number;
}

export interface RunOptions {
  act(scenario: Scenario): Promise<Evidence>;
  /** How many are acted at once. */
  jobs: number;
  onResult?(result: Result, done: number): void;
  signal?: AbortSignal;
}

/** Acts scenarios, several at a time, and judges them; results come in the order given. */
export async function runScenarios(
  scenarios: readonly Scenario[],
  { act, jobs, onResult, signal }: RunOptions,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  let done = 0;
  const work = async () => {
    while (next < scenarios.length && !signal?.aborted) {
      const number = next++;
      const scenario = scenarios[number];
      const startMs = performance.now();
      const evidence = await act(scenario).catch((error): Evidence => ({
        sightings: [],
        events: [],
        startedWallMs: scenario.atWallMs,
        callerHungUp: false,
        broken: error instanceof Error ? error.message : String(error),
      }));
      const verdict = judge(scenario, evidence);
      const result = { scenario, verdict, evidence, tookMs: performance.now() - startMs };
      results[number] = result;
      onResult?.(result, ++done);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return results.filter(Boolean);
}
