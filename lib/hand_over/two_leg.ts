import type { HangUp } from "../contracts/hand_over.ts";
import { armEdge, awaitEdge, type EdgeDeps } from "./edge.ts";
import { changeHandOver } from "./hand_over_record.ts";
import type { Attempt, HandOverStrategy } from "./strategy.ts";

/**
 * For lines whose callers reach the agent through a `<Dial>` to a second number of ours: ends the
 * agent's leg, whereupon the platform asks what to do with the caller's own, and gets the person.
 */
export function twoLegStrategy(deps: EdgeDeps & { hangUp: HangUp }): HandOverStrategy {
  const callerLeg = async ({ request }: Attempt) => {
    return (await deps.store.get(request.callId))?.callerLeg;
  };
  return {
    name: "two_leg",
    releasesLine: true,
    async unfit(attempt) {
      return await callerLeg(attempt) ? undefined : "the caller has no leg of their own";
    },
    async arm(attempt) {
      const record = await deps.store.get(attempt.request.callId);
      if (!record?.callerLeg || !record.handOver) return;
      const { handOver } = record;
      await deps.store.update(record.callerLeg, (leg) => ({
        ...leg,
        owner: record.owner,
        language: record.language,
        handOver: { ...handOver, proof: undefined, failure: undefined },
      }));
      // The platform's record of the caller's leg tells of the agent's as well.
      await armEdge(deps, record.callerLeg);
    },
    async attempt(attempt, signal) {
      const leg = await callerLeg(attempt);
      if (!leg) return { failure: "not_possible" };
      if (!await deps.hangUp(attempt.request.callId)) return { failure: "failed" };
      const result = await awaitEdge(deps, leg, attempt, signal);
      if ("proof" in result) {
        await changeHandOver(deps.store, leg, () => ({ state: "connected", proof: result.proof }));
      } // Whoever watches over the agent's own leg knows nothing of this one.
      else if (result.failure === "no_edge") await deps.hangUp(leg);
      return result;
    },
  };
}
