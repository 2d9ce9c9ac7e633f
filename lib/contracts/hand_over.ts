import type { Verified } from "./call_record.ts";

/** What the call asks for when a person is needed. */
export interface HandOverRequest {
  callId: string;
  callerNumber?: string;
  dialledNumber?: string;
  language: string;
  /** Why a person is needed, in words for the person. */
  reason: string;
  /** What the person reads first; at most 60 words. */
  brief: string;
  verified?: Verified;
  /** The account that was looked at, masked. */
  account?: string;
  /** What the call has cost so far, in KES cents. */
  costMinor?: number;
}

/** Why a hand-over did not bring a person; each has its own words for the caller. */
export type FailureReason =
  | "no_answer"
  | "busy"
  | "declined"
  | "failed"
  /** The person's phone was rung, and the platform does not say why nobody came. */
  | "unreached"
  /** The line was released and the platform asked for nothing. */
  | "no_edge"
  /** This way does not exist for this call, or the platform forbids it. */
  | "not_possible"
  | "no_money"
  /** Outside business hours. */
  | "closed"
  /** As many people are on the phone as may be at once. */
  | "all_busy"
  | "caller_left";

/** How far the hand-over of a call has come. */
export type HandOverState =
  /** The caller was asked whether they want a person; */
  | "offered"
  /** and went on without one. */
  | "declined"
  /** A person is to be brought: the caller wants one, or the agent can't go on. */
  | "consented"
  /** A strategy is at work. */
  | "attempting"
  /** The platform has shown that a person is on the line. */
  | "connected"
  /** Nobody came, */
  | "failed"
  /** and somebody will call back. */
  | "promised";

/** One step of a hand-over, in order; the last is `connected` or `failed`. */
export type HandOverStep =
  /** A strategy begins. With `releaseLine` the call must stop speaking and close the socket. */
  | { type: "attempting"; strategy: string; releaseLine: boolean }
  /** A strategy did not work out; the caller is still on our line when `onLine`. */
  | { type: "refused"; strategy: string; reason: FailureReason; onLine: boolean }
  /**
   * Somebody will call back, whatever happens next. The caller must have heard it, with the
   * reference, before the next step is asked for: it may release the line.
   */
  | { type: "promised"; reference: string }
  /** The platform has shown that a person is on the line. */
  | { type: "connected"; strategy: string; proof: string }
  /** Nobody could be reached; `reference` names the ticket when a call back was promised. */
  | { type: "failed"; reason: FailureReason; reference?: string };

/**
 * Brings a person to the caller, one strategy after another, each with a time limit and a proof.
 * It keeps working after the line was released, and sees to it that nobody sits in silence: at the
 * end it hangs up through the platform.
 */
export type HandOver = (
  request: HandOverRequest,
  signal: AbortSignal,
) => AsyncIterable<HandOverStep>;

/** Ends a phone call at the platform; true when the platform confirmed it. */
export type HangUp = (callId: string) => Promise<boolean>;
