import type { Clock } from "../clock.ts";
import type { CallRecord, CallStore } from "../contracts/call_record.ts";
import type { HangUp } from "../contracts/hand_over.ts";
import { orNothing } from "../platform/ask_promptly.ts";
import type { PlatformClient } from "../platform/rest_client.ts";

/** Between two looks: what a missed event would have told is found within five seconds. */
const LOOK_EVERY_MS = 2_500;

export interface BesideWatchDeps {
  client: Pick<PlatformClient, "call" | "supervision">;
  store: CallStore;
  clock: Clock;
  hangUp: HangUp;
  /** Aborted when this process goes down. */
  ending: AbortSignal;
  onError(error: unknown): void;
}

/**
 * Makes the function that watches over callers whom a person has joined while the agent's line stays
 * up: when the person is gone nobody speaks there any more, and the call is ended. The platform
 * tells so by an event as well, which may get lost.
 */
export function createBesideWatch(deps: BesideWatchDeps): (callId: string) => void {
  const { store, clock, hangUp, ending, onError } = deps;

  async function watch(callId: string): Promise<void> {
    let wasThere = false;
    while (!ending.aborted) {
      const record = await store.get(callId);
      if (!record || record.stage === "ended" || !isBeside(record)) return;
      const presence = await presenceOf(deps, record);
      wasThere ||= presence === "there";
      // A platform that has never shown the person does not show that they have left either.
      const hasLeft = presence === "left" || (presence === "absent" && wasThere);
      if (hasLeft && await hangUp(record.callerLeg ?? callId)) return;
      await clock.until(clock.now() + LOOK_EVERY_MS, ending);
    }
  }

  return (callId) => {
    watch(callId).catch((error) => ending.aborted || onError(error));
  };
}

/** A person who was dialled takes the platform's own leg with them when they leave. */
function isBeside({ handOver }: CallRecord): boolean {
  return handOver?.state === "connected" &&
    (handOver.strategy === "supervision" || handOver.strategy === "conference");
}

/** Whether the person is on the line, as far as the platform tells. */
async function presenceOf(
  { client, ending }: BesideWatchDeps,
  { callId, handOver }: CallRecord,
): Promise<"there" | "left" | "absent" | undefined> {
  if (handOver?.strategy === "conference") {
    const leg = handOver.legId && await client.call(handOver.legId, ending).catch(orNothing);
    return leg ? leg.ended_at ? "left" : "there" : undefined;
  }
  const answer = await client.supervision(callId, ending)
    .then((supervision) => ({ supervision }), orNothing);
  if (!answer) return undefined;
  const { state } = answer.supervision ?? {};
  return state === "connected" ? "there" : state === undefined ? "absent" : "left";
}
