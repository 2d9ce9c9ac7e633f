import type { Clock } from "../clock.ts";
import type { CallStore, HandOverRecord } from "../contracts/call_record.ts";
import type { HangUp } from "../contracts/hand_over.ts";
import { askPromptly } from "../platform/ask_promptly.ts";
import type { PlatformEvent } from "../platform/platform_event.ts";
import type { PlatformClient } from "../platform/rest_client.ts";
import { askPlatform } from "./edge.ts";
import { changeHandOver } from "./hand_over_record.ts";
import { type Evidence, readEvidence } from "./proof.ts";

/** The platform repeats events for at most seven days. */
const REPEATS_MS = 8 * 24 * 60 * 60 * 1000;

/** Between a phone's last ring and the platform's word on it. */
const LATE_MS = 5_000;
/** A caller may be waiting meanwhile for the words that follow a `<Dial>`. */
const ASK_LIMIT_MS = 900;

export interface ProofIntakeDeps {
  store: CallStore;
  clock: Clock;
  /** How long a dialled phone rings at most. */
  ringMs: number;
  hangUp?: HangUp;
  /** Asked why nobody came, when an event does not say. */
  client?: PlatformClient;
}

/**
 * Makes the function that takes in what the platform tells about people's legs, once each, whatever
 * process it reaches: it writes the proof or the failure into the call's record, where the
 * hand-over finds it.
 */
export function createProofIntake(
  { store, clock, ringMs, hangUp, client }: ProofIntakeDeps,
): (event: PlatformEvent) => Promise<void> {
  return async (event) => {
    const told = readEvidence(event);
    const record = told && await recordOf(store, event);
    if (!told || !record?.handOver) return;
    if (!await store.once(`proof/${record.callId}/${event.key}`, REPEATS_MS)) return;
    const evidence = event.kind === "dial" && isUnexplained(told)
      ? { ...told, result: await explain(record.callId) ?? told.result }
      : told;
    let personLeft = false;
    await changeHandOver(store, record.callId, (handOver) => {
      personLeft = evidence.left && handOver.state === "connected" &&
        evidence.strategies.includes(handOver.strategy ?? "");
      const lastedMs = clock.wallMs() - (handOver.dialledMs ?? Infinity);
      // A `<Dial>` that outlasts its ringing has put somebody through, whatever else is said of it.
      const talked = event.kind === "dial" && evidence.left && lastedMs > ringMs + LATE_MS;
      return changeBy(
        talked ? { ...evidence, result: { proof: `dial lasted ${lastedMs} ms` } } : evidence,
        handOver,
      );
    });
    // The socket of a call that a person joined is still ours, and silent.
    if (personLeft && hangUp && event.kind !== "dial") await hangUp(record.callId);
  };

  function explain(callId: string) {
    return askPromptly(
      clock,
      ASK_LIMIT_MS,
      (signal) => askPlatform({ client, store }, callId, signal),
    );
  }
}

function isUnexplained({ result }: Evidence): boolean {
  return result !== undefined && "failure" in result && result.failure === "unreached";
}

function changeBy(
  { strategies, result, legId }: Evidence,
  { state, strategy, dialledMs, legId: rungId }: HandOverRecord,
): Partial<HandOverRecord> | undefined {
  if (!result || state === "connected") return undefined;
  // A call that went to a person at its start has no strategy that waits for the proof.
  if (strategy === undefined && dialledMs === undefined) return undefined;
  // What is said about a way that was given up changes nothing.
  if (!strategies.includes(strategy ?? "next_callback")) return undefined;
  // A person who answered when nobody waited for the proof any more was there all the same.
  const counts = state === "attempting" || dialledMs !== undefined;
  if ("proof" in result) return counts ? { state: "connected", proof: result.proof } : undefined;
  if (state !== "attempting") return undefined;
  // The phone that was rung before may still be told to have failed.
  if (legId && rungId && legId !== rungId) return undefined;
  return strategy === undefined ? { state: "failed", failure: result.failure } : result;
}

async function recordOf(store: CallStore, event: PlatformEvent) {
  for (const id of event.callId ? [event.callId] : event.ids) {
    const record = await store.get(id);
    if (record) return record;
  }
}
