import { inTexts } from "../privacy/in_texts.ts";
import type { Result } from "./run_scenarios.ts";

/** A result as it may be printed and kept; what the scenario's own file says stays as it is there. */
export function maskedResult(result: Result, mask: (text: string) => string): Result {
  const { verdict, evidence } = result;
  const masked = <T>(tree: T) => inTexts(tree, mask) as T;
  return {
    ...result,
    verdict: {
      ...masked(verdict),
      turns: verdict.turns.map((turn) => ({ ...masked(turn), caller: turn.caller })),
    },
    evidence: masked(evidence),
  };
}
