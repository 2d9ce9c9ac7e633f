import { createHmac } from "node:crypto";
import type { CallEvent } from "../contracts/call_event.ts";
import type { CallRecord, CallStore } from "../contracts/call_record.ts";
import { intentsOf } from "./intents.ts";
import { decideOutcome } from "./outcome.ts";

/** Sixteen bytes name a caller uniquely and lead nobody back to the number without the salt. */
const HASH_CHARS = 32;

/**
 * Writes into the record of a call that is over how it ended and what it was about; safe to do again
 * when more has become known. A leg that is part of another call has no outcome of its own. `last` is an event that is not written yet.
 */
export async function finishCall(
  store: CallStore,
  callId: string,
  salt: string,
  last?: CallEvent,
): Promise<CallRecord> {
  const known = await store.get(callId);
  if (known?.partOf !== undefined) return known;
  const events = await Array.fromAsync(store.events(callId));
  if (last && events.at(-1)?.seq !== last.seq) events.push(last);
  return await store.update(callId, (record) => ({
    ...record,
    endReason: record.endReason ?? (last?.type === "ended" ? last.reason : undefined),
    outcome: decideOutcome(events, record),
    intents: intentsOf(events),
    callerHash: record.callerNumber && hashCaller(record.callerNumber, salt),
  }));
}

/** The same for each call of one number, and useless without the salt. */
export function hashCaller(number: string, salt: string): string {
  return createHmac("sha256", salt).update(number).digest("hex").slice(0, HASH_CHARS);
}
