import { isOpen } from "../agent/hours.ts";
import type { Agent } from "../agent/agent.ts";
import type { Clock } from "../clock.ts";
import type { HandOver } from "../contracts/hand_over.ts";
import type { Scenario } from "./scenario.ts";

/** The reference that callers hear in text mode when a call back is promised. */
export const CALL_BACK_REFERENCE = "4821";
const RING_MS = 4_000;

/**
 * Brings a person, or doesn't, without a platform: what text mode has instead of phones that ring.
 * Audio mode goes through the real hand-over.
 */
export function simulatedPerson(
  agent: Agent,
  clock: Clock,
  person: Scenario["person"],
): HandOver {
  return async function* (_, signal) {
    const strategy = "supervise";
    if (!isOpen(agent.hours, clock.wallMs())) {
      yield { type: "failed", reason: "closed", reference: CALL_BACK_REFERENCE };
      return;
    }
    yield { type: "attempting", strategy, releaseLine: false };
    const rings = person === "answers" ? RING_MS : agent.handOver.timeoutMs;
    await clock.until(clock.now() + rings, signal);
    if (person === "answers") {
      yield { type: "connected", strategy, proof: "simulated" };
      return;
    }
    yield { type: "refused", strategy, reason: "no_answer", onLine: true };
    yield { type: "failed", reason: "no_answer", reference: CALL_BACK_REFERENCE };
  };
}
