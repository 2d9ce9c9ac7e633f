import type { HandOverRecord } from "../contracts/call_record.ts";
import type { HandOverState } from "../contracts/hand_over.ts";

/**
 * What each state may become. Callers may ask again, and a person may answer late; but nothing
 * follows a person who is on the line, and no promise is taken back.
 */
const NEXT: Record<HandOverState, readonly HandOverState[]> = {
  offered: ["declined", "consented"],
  declined: ["offered", "consented"],
  consented: ["attempting", "promised", "failed"],
  attempting: ["attempting", "promised", "failed", "connected", "consented"],
  promised: ["promised", "attempting", "connected", "offered", "consented"],
  failed: ["failed", "promised", "attempting", "connected", "offered", "consented"],
  connected: [],
};

/** What a hand-over may begin with: a person may be armed for a call that broke off. */
const FIRST: readonly HandOverState[] = ["offered", "consented", "attempting", "promised"];

/** Tells whether a hand-over, or a call without one, may come into a state. */
export function mayBecome(from: HandOverState | undefined, to: HandOverState): boolean {
  return (from === undefined ? FIRST : NEXT[from]).includes(to);
}

/** False of an event that only tells of an offer, which brings nobody. */
export function isUnderWay({ state }: { state: HandOverState | "refused" }): boolean {
  return state !== "offered" && state !== "declined";
}

/**
 * The hand-over after a change, or nothing when it can't come about: `connected` takes a proof,
 * `failed` a reason, and neither is taken back.
 */
export function changed(
  handOver: HandOverRecord,
  change: Partial<HandOverRecord>,
): HandOverRecord | undefined {
  const next = { ...handOver, ...change };
  if (change.state !== undefined && !mayBecome(handOver.state, change.state)) return undefined;
  if (next.state === "connected" && !next.proof) return undefined;
  if (next.state === "failed" && !next.failure) return undefined;
  return next;
}
