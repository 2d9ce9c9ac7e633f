import type { DialTarget } from "../contracts/call_record.ts";
import type { FailureReason, HandOverRequest } from "../contracts/hand_over.ts";

export type AttemptResult = { proof: string } | { failure: FailureReason };

/** What a strategy knows of the hand-over that it is to bring about. */
export interface Attempt {
  request: HandOverRequest;
  target: DialTarget;
  /** Number that the person sees; one of ours. */
  callerId?: string;
  /** How long a person's phone rings. */
  ringMs: number;
  /** Moment on the clock by which the platform must have asked what to do with a released line. */
  edgeByMs: number;
  /** Called when the platform has asked, and the caller hears a phone ring. */
  onEdge?: () => void;
  /** Differs for each hand-over of one call. */
  key: string;
}

/** One way to bring a person to the caller. */
export interface HandOverStrategy {
  name: string;
  /** The socket must be closed before it can work. */
  releasesLine: boolean;
  /** Says why it can't work for this call, without trying. */
  unfit?(attempt: Attempt): Promise<string | undefined>;
  /** What must be in place before the line is released. */
  arm?(attempt: Attempt): Promise<void>;
  /**
   * Resolves with a proof that a person speaks with the caller, or with the reason why not. When
   * the signal aborts, it takes back what it began.
   */
  attempt(attempt: Attempt, signal: AbortSignal): Promise<AttemptResult>;
}

/** The phone numbers of a target, in the order in which they are rung. */
export function numbersOf(target: DialTarget): string[] {
  return target.numbers ?? (target.number === undefined ? [] : [target.number]);
}
