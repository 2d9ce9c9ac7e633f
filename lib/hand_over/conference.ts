import type { Clock } from "../clock.ts";
import type { CallStore } from "../contracts/call_record.ts";
import { PlatformError } from "../platform/platform_error.ts";
import type { PlatformClient } from "../platform/rest_client.ts";
import { watchRecord } from "./hand_over_record.ts";
import { failureOf } from "./proof.ts";
import { type AttemptResult, type HandOverStrategy, numbersOf } from "./strategy.ts";
import { reasonOf } from "./supervision.ts";

const ASK_EVERY_MS = 1_000;

export interface ConferenceDeps {
  client: PlatformClient;
  store: CallStore;
  clock: Clock;
  /** Where the platform asks what to do with the person's leg. */
  voiceUrl: string;
}

/**
 * For lines whose callers wait in a conference that the agent joined as well: places a call to the
 * person and lets them join.
 */
export function conferenceStrategy(deps: ConferenceDeps): HandOverStrategy {
  const { client, store, clock, voiceUrl } = deps;
  return {
    name: "conference",
    releasesLine: false,
    async unfit({ request, target }) {
      if (!(await store.get(request.callId))?.conference) return "the caller is in no conference";
      if (numbersOf(target).length === 0) return "the target has no phone number";
      if (!request.dialledNumber) return "no number of ours is known to call from";
    },
    async attempt({ request, target, callerId, ringMs, key }, signal) {
      const queue = (await store.get(request.callId))?.conference;
      try {
        const { id } = await client.placeCall({
          from: request.dialledNumber!,
          to: numbersOf(target),
          callerId,
          voiceCallbackUrl: voiceUrl,
          idempotencyKey: key,
        }, signal);
        if (!id) return { failure: "failed" };
        await store.update(id, (leg) => ({
          ...leg,
          stage: "handing_over",
          handOver: {
            state: "attempting",
            reason: request.reason,
            brief: request.brief,
            target: { queue },
          },
        }));
        return await untilJoined(deps, request.callId, id, clock.now() + ringMs, signal);
      } catch (error) {
        if (!(error instanceof PlatformError)) throw error;
        return { failure: reasonOf(error) };
      }
    },
  };
}

async function untilJoined(
  deps: ConferenceDeps,
  callId: string,
  legId: string,
  untilMs: number,
  signal: AbortSignal,
): Promise<AttemptResult> {
  try {
    while (deps.clock.now() < untilMs) {
      const { status } = await deps.client.call(legId, signal);
      // An answered leg is in the room once it was told so.
      const joined = (await deps.store.get(legId))?.handOver?.dialledMs !== undefined;
      if (status === "answered" && joined) return { proof: `leg ${legId} answered` };
      const failure = failureOf(status);
      if (failure) return { failure };
      const result = await watchRecord<AttemptResult>(deps, callId, ({ handOver }) => {
        if (handOver?.proof) return { proof: handOver.proof };
        if (handOver?.failure) return { failure: handOver.failure };
      }, { untilMs: deps.clock.now() + ASK_EVERY_MS, signal });
      if (result) return result;
    }
  } catch (error) {
    await deps.client.hangUp(legId).catch(() => {});
    throw error;
  }
  await deps.client.hangUp(legId).catch(() => {});
  return { failure: "no_answer" };
}
