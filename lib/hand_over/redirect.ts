import { armEdge, awaitEdge, type EdgeDeps } from "./edge.ts";
import type { HandOverStrategy } from "./strategy.ts";

/**
 * Waits for the platform to run the `<Redirect>` that stands behind the stream in the document that
 * answered the call. Like {@linkcode nextCallbackStrategy}, but for platforms that go on with their
 * document: it needs longer, since these first notice that the stream has ended.
 */
export function redirectStrategy(deps: EdgeDeps): HandOverStrategy {
  return {
    name: "redirect",
    releasesLine: true,
    arm: ({ request }) => armEdge(deps, request.callId),
    attempt: (attempt, signal) => awaitEdge(deps, attempt.request.callId, attempt, signal),
  };
}
