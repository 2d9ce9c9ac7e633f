import { armEdge, awaitEdge, type EdgeDeps } from "./edge.ts";
import type { HandOverStrategy } from "./strategy.ts";

/**
 * Releases the line and answers whatever callback the platform then makes with the person. The
 * platform documents such a callback; on live lines it has not been seen.
 */
export function nextCallbackStrategy(deps: EdgeDeps): HandOverStrategy {
  return {
    name: "next_callback",
    releasesLine: true,
    arm: ({ request }) => armEdge(deps, request.callId),
    attempt: (attempt, signal) => awaitEdge(deps, attempt.request.callId, attempt, signal),
  };
}
