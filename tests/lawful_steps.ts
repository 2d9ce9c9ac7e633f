import assert from "node:assert/strict";
import type { CallEvent } from "../lib/contracts/call_event.ts";
import type { HandOverState } from "../lib/contracts/hand_over.ts";
import { mayBecome } from "../lib/hand_over/states.ts";

/** True of the event with which a hand-over begins in earnest. */
export function isWanted({ state }: CallEvent & { type: "hand_over" }): boolean {
  return state === "consented";
}

/** Checks that what a call's events tell of a hand-over is a way through its states, with proofs. */
export function assertLawful(events: readonly CallEvent[]): void {
  const told = new Map<string, HandOverState>();
  for (const event of events) {
    if (event.type !== "hand_over" || event.state === "refused") continue;
    const before = told.get(event.callId);
    assert.ok(mayBecome(before, event.state), `${before} became ${event.state}`);
    assert.ok(event.state !== "connected" || event.proof, "connected takes a proof");
    assert.ok(event.state !== "failed" || event.reason, "failed takes a reason");
    assert.ok(event.state !== "attempting" || event.strategy, "attempting names its strategy");
    told.set(event.callId, event.state);
  }
}
