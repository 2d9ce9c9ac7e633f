import type { CallStore, HandOverRecord } from "../contracts/call_record.ts";
import type { HangUp } from "../contracts/hand_over.ts";
import type { PlatformEvent } from "../platform/platform_event.ts";
import { changeHandOver } from "./hand_over_record.ts";
import { readEvidence } from "./proof.ts";

/** The platform repeats events for at most seven days. */
const REPEATS_MS = 8 * 24 * 60 * 60 * 1000;

/**
 * Makes the function that takes in what the platform tells about people's legs, once each, whatever
 * process it reaches: it writes the proof or the failure into the call's record, where the
 * hand-over finds it.
 */
export function createProofIntake(
  { store, hangUp }: { store: CallStore; hangUp?: HangUp },
): (event: PlatformEvent) => Promise<void> {
  return async (event) => {
    const evidence = readEvidence(event);
    const record = evidence && await recordOf(store, event);
    if (!evidence || !record?.handOver) return;
    if (!await store.once(`proof/${record.callId}/${event.key}`, REPEATS_MS)) return;
    let personLeft = false;
    await changeHandOver(store, record.callId, (handOver) => {
      personLeft = evidence.left && handOver.state === "connected" &&
        evidence.strategies.includes(handOver.strategy ?? "");
      return changeBy(evidence, handOver);
    });
    // The socket of a call that a person joined is still ours, and silent.
    if (personLeft && hangUp && event.kind !== "dial") await hangUp(record.callId);
  };
}

function changeBy(
  { strategies, result }: NonNullable<ReturnType<typeof readEvidence>>,
  handOver: HandOverRecord,
): Partial<HandOverRecord> | undefined {
  // What is said about a way that was given up changes nothing.
  if (!result || !strategies.includes(handOver.strategy ?? "")) return undefined;
  if (handOver.state === "attempting") return handOver.proof ? undefined : result;
  // A person who answered when nobody waited for the proof any more was there all the same.
  const late = handOver.dialledMs !== undefined && handOver.state !== "connected";
  return late && "proof" in result ? { state: "connected", proof: result.proof } : undefined;
}

async function recordOf(store: CallStore, event: PlatformEvent) {
  for (const id of event.callId ? [event.callId] : event.ids) {
    const record = await store.get(id);
    if (record) return record;
  }
}
