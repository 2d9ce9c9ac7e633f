import type { Clock } from "../clock.ts";
import type { CallStore } from "../contracts/call_record.ts";
import type { FailureReason } from "../contracts/hand_over.ts";
import { orNothing } from "../platform/ask_promptly.ts";
import { PlatformError } from "../platform/platform_error.ts";
import type { PlatformClient } from "../platform/rest_client.ts";
import { changeHandOver, watchRecord } from "./hand_over_record.ts";
import { causeIn } from "./leg_cause.ts";
import { type Attempt, type AttemptResult, type HandOverStrategy, numbersOf } from "./strategy.ts";

/** Between two questions to the platform whether the person has answered. */
const ASK_EVERY_MS = 1_000;

export interface SupervisionDeps {
  client: PlatformClient;
  store: CallStore;
  clock: Clock;
}

/**
 * Rings one person after another and puts the first who answers on the running call as a supervisor
 * who can speak, so that the caller never leaves our line before somebody is there.
 */
export function superviseStrategy(deps: SupervisionDeps): HandOverStrategy {
  return {
    name: "supervision",
    releasesLine: false,
    unfit: ({ target }) =>
      Promise.resolve(numbersOf(target).length > 0 ? undefined : "the target has no phone number"),
    async attempt(attempt, signal) {
      let result: AttemptResult = { failure: "not_possible" };
      try {
        for (const number of numbersOf(attempt.target)) {
          result = await ring(deps, number, attempt, signal);
          if ("proof" in result) break;
        }
        return result;
      } catch (error) {
        if (!(error instanceof PlatformError)) throw error;
        return { failure: reasonOf(error) };
      }
    },
  };
}

async function ring(
  deps: SupervisionDeps,
  number: string,
  { request: { callId }, ringMs, key }: Attempt,
  signal: AbortSignal,
): Promise<AttemptResult> {
  const { client, clock, store } = deps;
  try {
    const person = { number, label: "support call", idempotencyKey: `${key}/${number}` };
    const { supervision_id: legId } = await client.supervise(callId, person, signal);
    // What was heard of the phone before is no news of this one.
    await changeHandOver(store, callId, () => ({ legId, failure: undefined }));
    const untilMs = clock.now() + ringMs;
    while (clock.now() < untilMs) {
      const result = await heard(deps, callId, signal) ?? await asked(client, callId, signal);
      if (result) return isUnexplained(result) ? await explained(deps, callId, signal) : result;
    }
    await takeBack(client, callId);
    return { failure: "no_answer" };
  } catch (error) {
    if (signal.aborted) await takeBack(client, callId);
    throw error;
  }
}

/** What an event has told, in one interval. */
function heard(
  deps: SupervisionDeps,
  callId: string,
  signal: AbortSignal,
  isTelling = (_: FailureReason) => true,
) {
  return watchRecord<AttemptResult>(deps, callId, ({ handOver }) => {
    if (handOver?.proof) return { proof: handOver.proof };
    const { failure } = handOver ?? {};
    if (failure && isTelling(failure)) return { failure };
  }, { untilMs: deps.clock.now() + ASK_EVERY_MS, signal });
}

async function asked(
  client: PlatformClient,
  callId: string,
  signal: AbortSignal,
): Promise<AttemptResult | undefined> {
  let found;
  try {
    found = await client.supervision(callId, signal);
  } catch (error) {
    // One question without an answer is no failure of the person's leg.
    if (error instanceof PlatformError && !["not_found", "not_allowed"].includes(error.fault)) {
      return;
    }
    throw error;
  }
  const { state, supervision_id: id = "", ...told } = found ?? {};
  if (state === "connected") return { proof: `supervision ${id} connected` };
  if (state === "connecting" || state === "ringing") return;
  return { failure: causeIn(told) ?? "unreached" };
}

function isUnexplained(result: AttemptResult): boolean {
  return "failure" in result && result.failure === "unreached";
}

/** Looks for the reason wherever the platform may tell it, and in an event that comes a little later. */
async function explained(
  deps: SupervisionDeps,
  callId: string,
  signal: AbortSignal,
): Promise<AttemptResult> {
  const answer = await asked(deps.client, callId, signal);
  if (answer && !isUnexplained(answer)) return answer;
  const failure = await recorded(deps.client, callId, signal);
  if (failure) return { failure };
  return await heard(deps, callId, signal, (failure) => failure !== "unreached") ??
    { failure: "unreached" };
}

/** What the platform's record of the call says of the last person who did not come. */
async function recorded(
  client: PlatformClient,
  callId: string,
  signal: AbortSignal,
): Promise<FailureReason | undefined> {
  const call = await client.call(callId, signal).catch(orNothing);
  const last = call?.events.findLast(({ kind }) => /supervis/i.test(kind));
  if (typeof last?.payload !== "object") return undefined;
  // That it failed is known; the cause is not.
  return causeIn({ ...last.payload, state: undefined, status: undefined });
}

/** A person who answers now would come to a caller who was told otherwise. */
async function takeBack(client: PlatformClient, callId: string): Promise<void> {
  await client.stopSupervision(callId).catch(orNothing);
}

/** What a refusal of the platform means for a hand-over. */
export function reasonOf(error: PlatformError): FailureReason {
  switch (error.fault) {
    case "no_money":
      return "no_money";
    case "conflict":
    case "not_allowed":
    case "not_found":
    case "bad_request":
      return "not_possible";
    default:
      return "failed";
  }
}
