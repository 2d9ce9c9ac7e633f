import type { Clock } from "../clock.ts";
import type { CallRecord, CallStore } from "../contracts/call_record.ts";
import { askPromptly, orNothing } from "../platform/ask_promptly.ts";
import type { PlatformClient } from "../platform/rest_client.ts";
import { changeHandOver, watchRecord } from "./hand_over_record.ts";
import { causeIn, failureOf } from "./leg_cause.ts";
import type { Attempt, AttemptResult } from "./strategy.ts";

export interface EdgeDeps {
  store: CallStore;
  clock: Clock;
  /** Asked for the call's record while a person's phone rings, when there is an API key. */
  client?: PlatformClient;
}

/** Between two looks at the platform's record of the call. */
const ASK_EVERY_MS = 2_000;
/** The platform's word on a leg may come this long after the leg has stopped ringing. */
const LATE_MS = 5_000;

/** A caller who was promised a call back waits meanwhile for their line to be released. */
const ARM_LIMIT_MS = 900;

/** Puts the person into a leg's record, where any process finds what to answer with. */
export async function armEdge({ store, clock, client }: EdgeDeps, legId: string): Promise<void> {
  const olderEvents = client &&
    (await askPromptly(clock, ARM_LIMIT_MS, (signal) => client.call(legId, signal)))
      ?.events.length;
  const change = {
    dialledMs: undefined,
    // Of a record whose beginning is not known nothing can be told.
    olderEvents: client && (olderEvents ?? Infinity),
  };
  await changeHandOver(store, legId, () => change, "handing_over");
}

/** Waits until the platform has asked what to do, and then for what becomes of the person's leg. */
export async function awaitEdge(
  deps: EdgeDeps,
  callId: string,
  { edgeByMs, ringMs, onEdge }: Attempt,
  signal: AbortSignal,
): Promise<AttemptResult> {
  const edge = await watchRecord(deps, callId, (record) => {
    if (record.handOver?.dialledMs !== undefined) return "dialled";
    if (record.stage === "ended") return "ended";
  }, { untilMs: edgeByMs, signal });
  if (edge === undefined) return { failure: "no_edge" };
  onEdge?.();
  if (edge === "ended") return { failure: "caller_left" };
  const untilMs = deps.clock.now() + ringMs + LATE_MS;
  while (deps.clock.now() < untilMs) {
    const nextMs = Math.min(untilMs, deps.clock.now() + ASK_EVERY_MS);
    const result = await watchRecord(deps, callId, resultOf, { untilMs: nextMs, signal }) ??
      await askPlatform(deps, callId, signal);
    if (result) return result;
  }
  // It rang long enough, and nothing was heard of it: somebody may well have answered.
  return { failure: "unreached" };
}

function resultOf({ handOver, stage }: CallRecord): AttemptResult | undefined {
  if (handOver?.proof) return { proof: handOver.proof };
  if (handOver?.failure) return { failure: handOver.failure };
  if (stage === "ended") return { failure: "caller_left" };
}

/** Some lines get no events about their legs, but the platform's record lists them. */
export async function askPlatform(
  { client, store }: Pick<EdgeDeps, "client" | "store">,
  callId: string,
  signal: AbortSignal,
): Promise<AttemptResult | undefined> {
  const call = await client?.call(callId, signal).catch(orNothing);
  const { olderEvents } = (await store.get(callId))?.handOver ?? {};
  const legs = call?.events.slice(olderEvents)
    .filter(({ kind }) => /dial|bridge|put_?through/i.test(kind)) ?? [];
  const answered = legs.findLast(({ kind }) =>
    /answered|connected|bridged|put_?through/i.test(kind)
  );
  if (answered) return { proof: `call record ${answered.kind}` };
  const last = legs.at(-1);
  const failure = last && (causeIn(last.payload) ?? failureOf(last.kind));
  return failure && { failure };
}
