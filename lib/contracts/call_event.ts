import type { Expect } from "./expect.ts";
import type { HandOverState } from "./hand_over.ts";
import type { Usage } from "./stt.ts";

/** Something that happened in a call, in order; what records, reports and the simulated phone read. */
export type CallEvent = CallEventBody & {
  callId: string;
  /** Counts from 0 within the call. */
  seq: number;
  /** Milliseconds since the socket opened. */
  atMs: number;
  /** Milliseconds since 1970. */
  wallMs: number;
};

/** Which engine stage an event is about. */
export type Stage = "stt" | "llm" | "tts";

export type CallEventBody =
  | { type: "started"; engines: Record<Stage, string> }
  | { type: "caller_speaking" }
  | { type: "caller_partial"; text: string }
  /** The caller's whole turn, as it goes to the model. `text` is masked. */
  | {
    type: "caller_turn";
    turn: number;
    text: string;
    language: string;
    confidence?: number;
    keypad?: boolean;
  }
  /** A turn of which no words could be made out. */
  | { type: "not_understood"; turn: number; reason: string }
  /** A sentence begins to be sent to the caller. */
  | { type: "agent_sentence"; turn: number; text: string }
  /** The agent's turn is over; `heard` is what the caller heard of it. */
  | { type: "agent_turn"; turn: number; heard: string; interrupted: boolean }
  | {
    type: "tool_call";
    turn: number;
    name: string;
    effect: "read" | "write" | "irreversible";
    ok: boolean;
    durationMs: number;
    error?: string;
    /** What it found or did, in words; masked. */
    result?: string;
  }
  /** The knowledge was searched; without a topic it had no answer. */
  | { type: "looked_up"; turn: number; question: string; topic?: string }
  /** The caller spoke over the agent: playout was held, then stopped or resumed. */
  | { type: "held" }
  | { type: "resumed" }
  | { type: "barge_in"; turn: number; heardMs: number }
  | { type: "filler"; text: string }
  | { type: "prompt"; name: string; text: string }
  | { type: "digits"; digits: string; expect: Expect }
  | { type: "latency"; turn: number; waterfall: Waterfall }
  | { type: "usage"; stage: Stage; provider: string; usage: Usage }
  | { type: "engine_fault"; stage: Stage; provider: string; fault: string; message: string }
  /** Another engine does the work; `fault` is what the first choice failed with, where known. */
  | { type: "engine_fallback"; stage: Stage; from: string; to: string; fault?: string }
  /** A model gave nothing for so long, and was asked for less. */
  | { type: "engine_slow"; stage: Stage; waitedMs: number }
  /**
   * A person was offered, wanted or brought. `refused` tells of one strategy that did not work out,
   * `reason` why it or all of them did not.
   */
  | {
    type: "hand_over";
    state: HandOverState | "refused";
    strategy?: string;
    proof?: string;
    reason?: string;
    reference?: string;
  }
  /** What may be spent is nearly (`soft`) or wholly (`hard`) spent, and of what. */
  | { type: "budget"; step: "soft" | "hard"; limit: "call" | "caller_day" | "day" }
  /** What the call cost until its line closed, as far as we can tell; the last event but one. */
  | ({ type: "cost" } & CallCost)
  /** The platform did not confirm that it hung up. */
  | { type: "hang_up_failed" }
  | { type: "ended"; reason: string; outcome?: string };

/** What a call costs by itself: the engines by stage, the line, and the leg to a person. */
export type CostItem = Stage | "inbound" | "stream" | "dial";

/** Costs in KES from the dated price file. */
export interface CallCost {
  kes: Record<CostItem, number>;
  totalKes: number;
  /** What a person would have cost for the same minutes; no part of the total. */
  personKes?: number;
  /** Items of which a part was worked out from sound and letters, or from a price by hearsay. */
  estimated: CostItem[];
  /** Models that did work and that the price file doesn't know. */
  unpriced: string[];
  /** The prices hold no more. */
  stale: boolean;
}

/**
 * Moments of one exchange, in milliseconds since the socket opened; absent ones did not happen.
 * First-audio latency is `firstSampleSentMs - speechEndMs`.
 */
export interface Waterfall {
  speechEndMs: number;
  softPauseMs?: number;
  commitMs?: number;
  transcriptMs?: number;
  firstTokenMs?: number;
  firstSentenceMs?: number;
  firstAudioMs?: number;
  firstSampleSentMs?: number;
  firstSampleHeardMs?: number;
}
