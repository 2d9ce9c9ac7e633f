import type { Clock } from "../clock.ts";
import type { CallRecord, CallStore } from "../contracts/call_record.ts";
import type { FailureReason } from "../contracts/hand_over.ts";

/** Calls that began before are over, whatever their records say. */
const LOOK_BACK_MS = 2 * 60 * 60 * 1000;

export interface RefusalDeps {
  store: CallStore;
  clock: Clock;
  /** Most people on the phone at once, over all processes. */
  maxLegs: number;
  isOpen(wallMs: number): boolean;
}

/** Why nobody's phone may ring now for a caller who wants a person, if so. */
export async function refusal(
  { store, clock, maxLegs, isOpen }: RefusalDeps,
  own: CallRecord,
): Promise<FailureReason | undefined> {
  const nowMs = clock.wallMs();
  if (!isOpen(nowMs)) return "closed";
  // Two legs of one call have one person between them.
  const ahead = new Set<string>();
  for await (const record of store.list(nowMs - LOOK_BACK_MS)) {
    const callId = record.partOf ?? record.callId;
    if (record.stage !== "ended" && callId !== own.callId && isAhead(record, own)) {
      ahead.add(callId);
    }
  }
  return ahead.size >= maxLegs ? "all_busy" : undefined;
}

/** Has a person, rings one, or wants one since before; all processes see the same order. */
function isAhead({ handOver, callId }: CallRecord, own: CallRecord): boolean {
  const { state, strategy, consentedMs = 0 } = handOver ?? {};
  if (state === "connected" || state === "attempting") return strategy !== undefined;
  if (state !== "consented") return false;
  const ownMs = own.handOver?.consentedMs ?? 0;
  return consentedMs < ownMs || (consentedMs === ownMs && callId < own.callId);
}
