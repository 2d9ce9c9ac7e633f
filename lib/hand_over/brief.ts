import type { CallEvent } from "../contracts/call_event.ts";
import type { CallRecord, HandOverRecord } from "../contracts/call_record.ts";
import { intentsOf } from "../outcomes/intents.ts";
import { type Mood, moodOf } from "./mood.ts";

/** What is read of a call's record. */
export type BriefRecord =
  & Pick<CallRecord, "callId" | "callerNumber" | "dialledNumber" | "language">
  & {
    handOver?: Pick<HandOverRecord, "reason" | "reference" | "verified" | "account" | "costMinor">;
  };

export interface BriefFacts {
  record: BriefRecord;
  events: readonly CallEvent[];
  /** Hides numbers and secrets. */
  mask(text: string): string;
}

/** What a person gets to read, and to hear, before they speak with the caller. */
export interface Brief {
  /** At most 60 words. */
  text: string;
  document: BriefDocument;
  /** A few words for the person's ear, before they are put through. */
  whisper: string;
}

export interface BriefDocument {
  call_id: string;
  reference?: string;
  reason: string;
  caller?: string;
  dialled?: string;
  language?: string;
  verified: { level: string; how: string };
  account?: string;
  intents: string[];
  tried: { tool: string; effect: string; ok: boolean; result?: string; error?: string }[];
  mood: Mood;
  /** The last turns, oldest first. */
  transcript: { who: "caller" | "agent"; text: string; at_ms: number }[];
  /** The call's own cost in KES cents, so far or in all. */
  cost_minor?: number;
}

export const MAX_BRIEF_WORDS = 60;
const MAX_WHISPER_WORDS = 25;
const MAX_REASON_WORDS = 25;
const TAIL = 12;
/** Longer turns are cut: the page shows the last twelve. */
const MAX_TURN_UNITS = 400;
/** Two sentences tell what was found. */
const MAX_RESULT_UNITS = 300;
/** More tool calls than these tell a reader nothing new. */
const MAX_TRIED = 10;

/** Writes the brief of a call from its record and events; everything in it went through `mask`. */
export function makeBrief(facts: BriefFacts): Brief {
  const document = documentOf(facts);
  const { reason, caller, verified, tried, mood, account } = document;
  const done = tried.map(({ tool, ok }) =>
    `${tool.replaceAll("_", " ")} ${ok ? "done" : "failed"}`
  );
  const text = [
    `${words(reason, MAX_REASON_WORDS)}.`,
    `Caller ${caller ?? "withheld"}, ${verified.level === "none" ? "not verified" : verified.how}.`,
    ...(account ? [`Account ${account}.`] : []),
    ...(done.length > 0 ? [`Tried: ${[...new Set(done)].join(", ")}.`] : []),
    `Mood ${mood}. Language ${document.language ?? "unknown"}.`,
  ].join(" ");
  return {
    text: words(text, MAX_BRIEF_WORDS),
    document,
    whisper: words(`Support call. ${reason}. The caller seems ${mood}.`, MAX_WHISPER_WORDS),
  };
}

function documentOf(facts: BriefFacts): BriefDocument {
  const { record, events, mask } = facts;
  return {
    call_id: record.callId,
    reference: record.handOver?.reference,
    reason: mask(record.handOver?.reason ?? "").replace(/[.\s]+$/, ""),
    caller: record.callerNumber && mask(record.callerNumber),
    dialled: record.dialledNumber,
    language: record.language,
    verified: record.handOver?.verified ?? { level: "none", how: "not verified" },
    account: record.handOver?.account && mask(record.handOver.account),
    intents: intentsOf(events),
    tried: events.filter((event) => event.type === "tool_call")
      .filter(({ name }) => name !== "hand_over").slice(-MAX_TRIED)
      .map(({ name, effect, ok, result, error }) => ({
        tool: name,
        effect,
        ok,
        result: result === undefined ? undefined : mask(result).slice(0, MAX_RESULT_UNITS),
        error: error === undefined ? undefined : mask(error),
      })),
    mood: moodOf(events),
    transcript: transcriptOf(events, mask),
    cost_minor: costOf(events) ?? record.handOver?.costMinor,
  };
}

function costOf(events: readonly CallEvent[]): number | undefined {
  const cost = events.findLast((event) => event.type === "cost");
  return cost && Math.round(cost.totalKes * 100);
}

function transcriptOf(events: readonly CallEvent[], mask: (text: string) => string) {
  const lines: BriefDocument["transcript"] = [];
  for (const event of events) {
    const said = event.type === "caller_turn"
      ? { who: "caller" as const, text: event.text }
      : event.type === "agent_turn"
      ? { who: "agent" as const, text: event.heard }
      : undefined;
    if (!said?.text) continue;
    lines.push({ ...said, text: mask(said.text).slice(0, MAX_TURN_UNITS), at_ms: event.atMs });
  }
  return lines.slice(-TAIL);
}

function words(text: string, most: number): string {
  const all = text.split(/\s+/).filter(Boolean);
  return all.length <= most ? all.join(" ") : `${all.slice(0, most).join(" ")}…`;
}
