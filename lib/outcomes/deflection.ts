import type { CallRecord } from "../contracts/call_record.ts";
import { type Share, shareOf } from "./wilson.ts";

const HOUR_MS = 60 * 60 * 1000;
/** A caller whose matter came back within three days had not been helped. */
export const REPEAT_WINDOW_MS = 72 * HOUR_MS;

export interface Deflection {
  /** Calls resolved with the caller's word, and not followed by another about the same. */
  deflected: Share;
  /** Calls in which no person was reached or promised; says nothing about help. */
  noHuman: Share;
  /** Confirmed calls that a repeat has taken back. */
  repeated: number;
  /** Confirmed calls so young that a repeat may still come. */
  provisional: number;
}

const HUMAN = new Set(["escalated_connected", "escalated_failed", "callback_promised"]);

/** Works out deflection from ended calls, oldest first; what is worked out later knows more repeats. */
export function deflection(
  calls: readonly CallRecord[],
  nowMs: number,
  windowMs = REPEAT_WINDOW_MS,
): Deflection {
  let deflected = 0;
  let repeated = 0;
  let provisional = 0;
  const next = new Map<string, CallRecord[]>();
  for (const call of calls.toReversed()) {
    const later = call.callerHash ? next.get(call.callerHash) ?? [] : [];
    if (call.outcome === "resolved_confirmed") {
      if (later.some((other) => isRepeat(call, other, windowMs))) repeated++;
      else {
        deflected++;
        if (nowMs - call.createdMs < windowMs) provisional++;
      }
    }
    if (call.callerHash) next.set(call.callerHash, [call, ...later]);
  }
  const noHuman = calls.filter(({ outcome }) => outcome && !HUMAN.has(outcome)).length;
  return {
    deflected: shareOf(deflected, calls.length),
    noHuman: shareOf(noHuman, calls.length),
    repeated,
    provisional,
  };
}

/** Of a call about which nothing is known, any other may be a repeat. */
function isRepeat(call: CallRecord, later: CallRecord, windowMs: number): boolean {
  if (later.createdMs - call.createdMs > windowMs) return false;
  const [about, again] = [call.intents ?? [], later.intents ?? []];
  if (about.length === 0 || again.length === 0) return true;
  return about.some((intent) => again.includes(intent));
}
