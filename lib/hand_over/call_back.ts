import type { CallRecord, CallStore, DialTarget } from "../contracts/call_record.ts";
import type { PlatformClient } from "../platform/rest_client.ts";
import { numbersOf } from "./strategy.ts";

export interface CallBackDeps {
  client: PlatformClient;
  store: CallStore;
  /** The people who call back. */
  target: DialTarget;
  /** Where the platform asks what to do with the person's leg. */
  voiceUrl: string;
  /** What the person is told before the caller's phone rings. */
  whisper(callId: string): Promise<string>;
}

/**
 * Makes the function that keeps a promise by itself: it calls a person, and when they answer, our
 * voice callback dials the caller. One promise leads to one call, however often it is asked for.
 */
export function createCallBack(
  { client, store, target, voiceUrl, whisper }: CallBackDeps,
): (record: CallRecord, signal: AbortSignal) => Promise<void> {
  return async ({ callId, callerNumber, dialledNumber, handOver }, signal) => {
    if (!callerNumber || !dialledNumber || !handOver) return;
    const { id } = await client.placeCall({
      from: dialledNumber,
      to: numbersOf(target),
      voiceCallbackUrl: voiceUrl,
      idempotencyKey: `call-back/${callId}`,
    }, signal);
    if (!id) throw new Error("Cannot call back: the platform did not name the call that it placed");
    const words = await whisper(callId);
    await store.update(id, (leg) => ({
      ...leg,
      stage: leg.stage === "ended" ? "ended" : "handing_over",
      partOf: callId,
      handOver: {
        state: "attempting",
        reason: handOver.reason,
        brief: handOver.brief,
        whisper: words,
        target: { number: callerNumber },
        ...leg.handOver,
      },
    }));
  };
}
