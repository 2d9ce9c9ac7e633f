import type { CallEvent } from "../contracts/call_event.ts";
import type { CallRecord } from "../contracts/call_record.ts";
import { isFarewell, isOnlyNo } from "../languages/answers.ts";
import { isUnderWay } from "../hand_over/states.ts";

export const OUTCOMES = [
  "resolved_confirmed",
  "resolved_unconfirmed",
  "escalated_connected",
  "escalated_failed",
  "callback_promised",
  "abandoned_early",
  "abandoned_mid",
  "agent_fault",
  "silent",
] as const;

/** How a call ended. */
export type Outcome = (typeof OUTCOMES)[number];

/** Nobody has got an answer by then: the greeting alone takes five seconds. */
const EARLY_MS = 10_000;
/** Ends that are ours, not the caller's. */
const OUR_ENDS = /process_died|broke|fault|shutdown|error/;
/** What these tools do is no help by itself; what was found is told by an event of its own. */
const NO_EVIDENCE = ["hand_over", "end_call", "search_knowledge"];

/**
 * Decides how a call ended from what happened in it, never from what the agent said of itself: a
 * call counts as resolved when something was done or known, the caller heard the answer, and, for
 * `resolved_confirmed`, then said that this was all.
 */
export function decideOutcome(events: readonly CallEvent[], record: CallRecord): Outcome {
  const facts = gather(events);
  const { state, reference, failure } = record.handOver ?? {};
  if (state === "connected") return "escalated_connected";
  if (facts.confirmed) return "resolved_confirmed";
  if (reference) return "callback_promised";
  if (failure === "caller_left") return "abandoned_mid";
  if (record.handOver) return "escalated_failed";
  const ends = events.filter((event) => event.type === "ended").map(({ reason }) => reason);
  if (facts.faulty || OUR_ENDS.test(`${record.endReason} ${ends}`)) return "agent_fault";
  const lastedMs = lengthOf(events, record);
  if (record.streamStartedMs === undefined && events.length === 0) {
    // A caller who waited and never got the agent's socket was failed by us.
    return lastedMs < EARLY_MS ? "abandoned_early" : "agent_fault";
  }
  if (lastedMs < EARLY_MS) return "abandoned_early";
  if (!facts.spoke) return facts.misheard ? "abandoned_mid" : "silent";
  return facts.answered ? "resolved_unconfirmed" : "abandoned_mid";
}

interface Facts {
  /** The caller said words or pressed keys. */
  spoke: boolean;
  /** There was speech of which no words could be made out. */
  misheard: boolean;
  /** The last thing that the caller asked got an answer from evidence, heard to its end. */
  answered: boolean;
  /** After such an answer the caller said that this was all. */
  confirmed: boolean;
  /** An engine failed, and the caller got no answer afterwards. */
  faulty: boolean;
}

function gather(events: readonly CallEvent[]): Facts {
  const facts = { spoke: false, misheard: false, answered: false, confirmed: false, faulty: false };
  let evidence = false;
  let offered = false;
  for (const event of events) {
    switch (event.type) {
      case "caller_turn":
        facts.spoke = true;
        if (isFarewell(event.text)) {
          facts.confirmed ||= facts.answered;
          break;
        }
        // Who only declines a person asks for nothing.
        if (offered && isOnlyNo(event.text)) break;
        facts.answered = facts.confirmed = evidence = false;
        break;
      case "digits":
        facts.spoke = true;
        break;
      case "not_understood":
        facts.misheard = true;
        break;
      case "tool_call":
        if (event.ok && !NO_EVIDENCE.includes(event.name)) evidence = true;
        break;
      case "looked_up":
        if (event.topic !== undefined) evidence = true;
        break;
      case "agent_turn":
        if (event.heard === "" || event.interrupted) break;
        // An apology is heard, too, but answers nothing.
        if (evidence) {
          facts.answered = true;
          facts.faulty = false;
        }
        break;
      case "engine_fault":
        facts.faulty = true;
        break;
      case "hand_over":
        offered = event.state === "offered";
        if (!isUnderWay(event)) break;
        facts.answered = facts.confirmed = evidence = false;
    }
  }
  return facts;
}

function lengthOf(events: readonly CallEvent[], record: CallRecord): number {
  const startMs = record.streamStartedMs ?? record.createdMs;
  return (record.endedMs ?? events.at(-1)?.wallMs ?? startMs) - startMs;
}
