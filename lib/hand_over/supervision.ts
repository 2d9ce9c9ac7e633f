import type { Clock } from "../clock.ts";
import type { CallStore } from "../contracts/call_record.ts";
import type { FailureReason } from "../contracts/hand_over.ts";
import { PlatformError } from "../platform/platform_error.ts";
import type { PlatformClient } from "../platform/rest_client.ts";
import { watchRecord } from "./hand_over_record.ts";
import { type Attempt, type AttemptResult, type HandOverStrategy, numbersOf } from "./strategy.ts";

/** Between two questions to the platform whether the person has answered. */
const ASK_EVERY_MS = 1_000;

export interface SupervisionDeps {
  client: PlatformClient;
  store: CallStore;
  clock: Clock;
}

/**
 * Rings a person and puts them on the running call as a supervisor who can speak, so that the
 * caller never leaves our line before somebody is there.
 */
export function superviseStrategy(deps: SupervisionDeps): HandOverStrategy {
  return {
    name: "supervision",
    releasesLine: false,
    unfit: ({ target }) =>
      Promise.resolve(numbersOf(target).length > 0 ? undefined : "the target has no phone number"),
    async attempt(attempt, signal) {
      let result: AttemptResult = { failure: "not_possible" };
      for (const number of numbersOf(attempt.target)) {
        result = await ring(deps, number, attempt, signal);
        if ("proof" in result || !["no_answer", "busy", "declined"].includes(result.failure)) break;
      }
      return result;
    },
  };
}

async function ring(
  deps: SupervisionDeps,
  number: string,
  { request: { callId }, ringMs, key }: Attempt,
  signal: AbortSignal,
): Promise<AttemptResult> {
  const { client, clock } = deps;
  try {
    const person = { number, label: "support call", idempotencyKey: `${key}/${number}` };
    const { supervision_id } = await client.supervise(callId, person, signal);
    const untilMs = clock.now() + ringMs;
    while (clock.now() < untilMs) {
      const result = await heard(deps, callId, signal) ??
        await asked(client, callId, supervision_id, signal);
      if (result) return result;
    }
    await takeBack(client, callId);
    return { failure: "no_answer" };
  } catch (error) {
    if (signal.aborted) {
      await takeBack(client, callId);
      throw error;
    }
    if (!(error instanceof PlatformError)) throw error;
    return { failure: reasonOf(error) };
  }
}

/** What an event has told, in one interval. */
function heard(deps: SupervisionDeps, callId: string, signal: AbortSignal) {
  return watchRecord<AttemptResult>(deps, callId, ({ handOver }) => {
    if (handOver?.proof) return { proof: handOver.proof };
    if (handOver?.failure) return { failure: handOver.failure };
  }, { untilMs: deps.clock.now() + ASK_EVERY_MS, signal });
}

async function asked(
  client: PlatformClient,
  callId: string,
  id: string | undefined,
  signal: AbortSignal,
): Promise<AttemptResult | undefined> {
  let state: string | undefined;
  try {
    state = (await client.supervision(callId, signal))?.state;
  } catch (error) {
    // One question without an answer is no failure of the person's leg.
    if (error instanceof PlatformError && !["not_found", "not_allowed"].includes(error.fault)) {
      return;
    }
    throw error;
  }
  if (state === "connected") return { proof: `supervision ${id ?? ""} connected` };
  if (state === "failed") return { failure: "failed" };
  if (state === "ended" || state === undefined) return { failure: "no_answer" };
}

/** Whether nobody supervises a call any more; false when the platform does not say. */
export async function personLeft(client: PlatformClient, callId: string): Promise<boolean> {
  try {
    const { state = "ended" } = await client.supervision(callId) ?? {};
    return state === "ended" || state === "failed";
  } catch (error) {
    if (error instanceof PlatformError) return false;
    throw error;
  }
}

/** A person who answers now would come to a caller who was told otherwise. */
async function takeBack(client: PlatformClient, callId: string): Promise<void> {
  await client.stopSupervision(callId).catch((error) => {
    if (!(error instanceof PlatformError)) throw error;
  });
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
