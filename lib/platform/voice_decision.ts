import type { CallRecord } from "../contracts/call_record.ts";
import type { VoiceCallback } from "./voice_callback.ts";

/**
 * What a callback is answered with. `stream`: the agent; `relay`: another leg, at which the agent
 * answers; `hand_over`: the person who waits in the
 * record; `dial_over`: the call to that person has ended; `recover`: the stream broke off and
 * nobody knows more; `refuse`: no agent can be spared; `empty`: nothing is asked of us.
 */
export type VoiceAnswer =
  | "stream"
  | "relay"
  | "hand_over"
  | "dial_over"
  | "recover"
  | "refuse"
  | "hang_up"
  | "empty";

export interface VoiceDecision {
  answer: VoiceAnswer;
  /** The record as it must be kept. */
  record: CallRecord;
}

/** How a call comes to the agent when it does not get the stream itself. */
export interface Way {
  /** For a call that is new. */
  relay?: CallRecord["relay"];
  /** For a call that was led to another leg: that leg broke off on our side. */
  hasBroken?: boolean;
}

const OVER = new Set([
  "completed",
  "failed",
  "noanswer",
  "busy",
  "canceled",
  "cancelled",
  "ended",
  "hangup",
]);
/** A callback that comes again this soon is a retry of the platform, not the next edge. */
const RETRY_MS = 10_000;

/**
 * Decides what a callback means, by what we have answered so far: the platform's own words can't
 * tell the first callback of a call from its last, since either may say `Completed`.
 */
export function decide(
  record: CallRecord,
  callback: VoiceCallback,
  nowMs: number,
  /** Asked of a call that is new, whether it must not reach the agent. */
  isRefused: () => boolean,
  way: Way = {},
): VoiceDecision {
  const known = withNumbers(record, callback);
  if (isEnd(record, callback)) {
    return { answer: "empty", record: endedRecord(known, nowMs, "hung up") };
  }
  switch (record.stage) {
    case "ended":
      return { answer: "hang_up", record };
    case "handing_over":
      return handOver(known, callback, nowMs);
    case "streaming":
      return { answer: callback.after === "stream" ? "recover" : "empty", record };
    case "offered":
      if (callback.after === "stream") return { answer: "recover", record };
      // A leg that is answered follows the stream it was given, and can't be forked twice.
      if (isLaterEdge(callback) || callback.state === "answered") {
        return { answer: "empty", record };
      }
      // No socket has come yet, so the platform asks again or never got our answer.
      return { answer: "stream", record };
    case "relayed":
      return relayed(record, callback, way);
    case "ringing":
      if (isLaterEdge(callback)) return { answer: "empty", record: known };
      if (callback.after) return { answer: "recover", record: known };
      if (way.relay) {
        return { answer: "relay", record: { ...known, stage: "relayed", relay: way.relay } };
      }
      if (isRefused()) return { answer: "refuse", record: known };
      return { answer: "stream", record: { ...known, stage: "offered" } };
  }
}

/**
 * A call is over when the platform says so and gives it a length. Without one only a call that had
 * its stream can be over: the first callback of a call may say `Completed`, too.
 */
function isEnd(record: CallRecord, callback: VoiceCallback): boolean {
  if (!OVER.has(callback.state ?? "") || callback.active === true) return false;
  if ((callback.durationSeconds ?? 0) > 0) return true;
  if (callback.state !== "completed") return callback.active === false;
  const answered = record.stage === "streaming" || record.stage === "handing_over";
  return callback.active === false && answered;
}

/** Edges that tell of a stream or dial that was answered before, and ask for no new one. */
function isLaterEdge(callback: VoiceCallback): boolean {
  return /^(stream|dial)/.test(callback.state ?? "");
}

function relayed(
  record: CallRecord,
  callback: VoiceCallback,
  { hasBroken = false }: Way,
): VoiceDecision {
  if (callback.after === "dial" || /^dial(completed|ended|failed)/.test(callback.state ?? "")) {
    if (record.partOf !== undefined) return { answer: hasBroken ? "recover" : "hang_up", record };
    // The agent's number did not answer: this leg gets the stream after all.
    return { answer: "stream", record: { ...record, stage: "offered", relay: undefined } };
  }
  const isAnswered = isLaterEdge(callback) || callback.state === "answered";
  return { answer: isAnswered ? "empty" : "relay", record };
}

function handOver(record: CallRecord, callback: VoiceCallback, nowMs: number): VoiceDecision {
  const wanted = record.handOver;
  if (!wanted) return { answer: "recover", record };
  if (wanted.dialledMs === undefined) {
    return {
      answer: "hand_over",
      record: { ...record, handOver: { ...wanted, dialledMs: nowMs } },
    };
  }
  if (callback.after === "dial" || /^dial(completed|ended|failed)/.test(callback.state ?? "")) {
    return { answer: "dial_over", record };
  }
  const retried = nowMs - wanted.dialledMs < RETRY_MS && !isLaterEdge(callback);
  return { answer: retried ? "hand_over" : "empty", record };
}

function withNumbers(record: CallRecord, callback: VoiceCallback): CallRecord {
  return {
    ...record,
    callerNumber: record.callerNumber ?? callback.callerNumber,
    dialledNumber: record.dialledNumber ?? callback.dialledNumber,
  };
}

/** Ends a record; the first reason given stays. */
export function endedRecord(record: CallRecord, nowMs: number, reason: string): CallRecord {
  if (record.stage === "ended") return record;
  return { ...record, stage: "ended", endedMs: nowMs, endReason: record.endReason ?? reason };
}
