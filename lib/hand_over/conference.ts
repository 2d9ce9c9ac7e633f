import type { Clock } from "../clock.ts";
import type { CallStore } from "../contracts/call_record.ts";
import { orNothing } from "../platform/ask_promptly.ts";
import { PlatformError } from "../platform/platform_error.ts";
import type { PlatformClient } from "../platform/rest_client.ts";
import { changeHandOver, watchRecord } from "./hand_over_record.ts";
import { causeIn } from "./leg_cause.ts";
import { type AttemptResult, type HandOverStrategy, numbersOf } from "./strategy.ts";
import { reasonOf } from "./supervision.ts";

const ASK_EVERY_MS = 1_000;
/** Voices take this long for a character, and rather less: a person may hear the room's last words. */
const MS_PER_CHARACTER = 60;

export interface ConferenceDeps {
  client: PlatformClient;
  store: CallStore;
  clock: Clock;
  /** Where the platform asks what to do with the person's leg. */
  voiceUrl: string;
  /** What the person is told before they join. */
  whisper(callId: string): Promise<string>;
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
      const whisper = await deps.whisper(request.callId);
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
          stage: leg.stage === "ended" ? "ended" : "handing_over",
          partOf: request.callId,
          handOver: {
            state: "attempting",
            reason: request.reason,
            brief: request.brief,
            whisper,
            target: { queue },
          },
        }));
        await changeHandOver(store, request.callId, () => ({ legId: id }));
        return await untilJoined(deps, request.callId, id, clock.now() + ringMs, signal);
      } catch (error) {
        if (!(error instanceof PlatformError)) throw error;
        return { failure: reasonOf(error) };
      }
    },
  };
}

/** An answered leg is in the room once it was told so, and has heard what is said to it before. */
async function isInRoom({ store, clock }: ConferenceDeps, legId: string): Promise<boolean> {
  const { dialledMs, whisper = "" } = (await store.get(legId))?.handOver ?? {};
  return dialledMs !== undefined &&
    clock.wallMs() - dialledMs >= whisper.length * MS_PER_CHARACTER;
}

async function untilJoined(
  deps: ConferenceDeps,
  callId: string,
  legId: string,
  untilMs: number,
  signal: AbortSignal,
): Promise<AttemptResult> {
  try {
    // Whoever has answered is told who calls, however long that takes; the attempt has its limit.
    for (let isAnswered = false; isAnswered || deps.clock.now() < untilMs;) {
      const { status, failure_code } = await deps.client.call(legId, signal);
      isAnswered = status === "answered";
      if (isAnswered && await isInRoom(deps, legId)) return { proof: `leg ${legId} answered` };
      const failure = status === "completed" ? "declined" : causeIn({ failure_code, status });
      if (failure) return { failure };
      const result = await watchRecord<AttemptResult>(deps, callId, ({ handOver }) => {
        if (handOver?.proof) return { proof: handOver.proof };
        if (handOver?.failure) return { failure: handOver.failure };
      }, { untilMs: deps.clock.now() + ASK_EVERY_MS, signal });
      if (result) return result;
    }
  } catch (error) {
    await deps.client.hangUp(legId).catch(orNothing);
    throw error;
  }
  await deps.client.hangUp(legId).catch(orNothing);
  return { failure: "no_answer" };
}
