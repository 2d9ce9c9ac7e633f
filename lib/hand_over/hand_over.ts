import { deadline } from "../clock.ts";
import type { CallRecord, DialTarget } from "../contracts/call_record.ts";
import type {
  FailureReason,
  HandOver,
  HandOverRequest,
  HandOverStep,
  HangUp,
} from "../contracts/hand_over.ts";
import { announce } from "./announce.ts";
import { changeHandOver } from "./hand_over_record.ts";
import type { Promises } from "./promise.ts";
import { refusal, type RefusalDeps } from "./refusal.ts";
import { ReleaseWatch } from "./release_watch.ts";
import { StepQueue } from "./step_queue.ts";
import { mayBecome } from "./states.ts";
import { type Attempt, type AttemptResult, type HandOverStrategy, numbersOf } from "./strategy.ts";
import { inOrder } from "./strategy_order.ts";

export interface HandOverDeps extends RefusalDeps {
  log: { info(message: string): void; warn(message: string): void };
  strategies: HandOverStrategy[];
  /** Names of the strategies to try, in order. @default all, those that keep the line first */
  order?: string[];
  promises: Promises;
  /** Absent without an API key: then nothing can end a released call but its caller. */
  hangUp?: HangUp;
  /** Whether that API answers now. @default always */
  isReachable?(callId: string): Promise<boolean>;
  target: DialTarget;
  callerId?: string;
  /** How long one person's phone rings. */
  ringMs: number;
  /** Watches over a caller whom a person has joined on our line. */
  watchBeside?(callId: string): void;
  /** Lets the team read about the caller while a phone rings; nobody waits for it. */
  announce?: (record: CallRecord, signal: AbortSignal) => Promise<void>;
}

/** Beyond its ringing a strategy needs time for the platform's answers, and to tell the person. */
const OVERHEAD_MS = 15_000;
/** How long the document that follows a failed `<Dial>` takes to be spoken. */
const GOODBYE_MS = 15_000;

/**
 * Makes the function that brings a person to a caller.
 *
 * Ways that keep the caller on our line come first. Before one that releases it, a call back is
 * promised and the caller has heard so, since a platform that asks for nothing more leaves them in
 * silence until we hang up.
 *
 * @throws {RangeError} when `order` names a strategy that is not there
 */
export function createHandOver(deps: HandOverDeps): HandOver {
  const { store, clock, promises } = deps;
  const strategies = inOrder(deps.strategies, deps.order);
  const holding = strategies.filter(({ releasesLine }) => !releasesLine);
  const releasing = strategies.filter(({ releasesLine }) => releasesLine);

  return async function* handOver(request, signal): AsyncGenerator<HandOverStep> {
    const record = await begin(deps, request);
    const isThere = presence(record);
    if (isThere) return yield isThere;
    const attempt = attemptOf(deps, request);
    let reason = await refusal(deps, record);
    if (!reason) {
      void announce(deps, request.callId, OVERHEAD_MS);
      for (const strategy of await fitting(holding, attempt)) {
        const cameLate = await enter(deps, request.callId, strategy);
        if (cameLate) return yield cameLate;
        yield { type: "attempting", strategy: strategy.name, releaseLine: false };
        const result = await limited(deps, strategy, attempt, signal);
        if ("proof" in result) return yield await connected(deps, request.callId, strategy, result);
        reason = result.failure;
        if (reason === "caller_left") return yield await failed(deps, request.callId, reason);
        yield { type: "refused", strategy: strategy.name, reason, onLine: true };
      }
    }
    // Nobody can call a withheld number back, so it gets neither a promise nor a released line.
    if (!request.callerNumber) {
      return yield await failed(deps, request.callId, reason ?? "not_possible");
    }
    if (signal.aborted) return yield await failed(deps, request.callId, "caller_left");
    const reference = await promises.make(request);
    const isHopeless = reason === "closed" || reason === "all_busy";
    const ways = isHopeless || !await mayRelease(deps, request.callId)
      ? []
      : await fitting(releasing, attempt);
    if (ways.length === 0) {
      return yield await failed(deps, request.callId, reason ?? "not_possible", reference);
    }
    yield { type: "promised", reference };
    // A line that is gone can't be released; whoever noticed sees to the caller.
    if (signal.aborted) return yield await failed(deps, request.callId, "caller_left", reference);
    yield* release(ways, attempt, reference);
  };

  async function* release(
    ways: HandOverStrategy[],
    attempt: Attempt,
    reference: string,
  ): AsyncGenerator<HandOverStep> {
    const { callId } = attempt.request;
    const watch = new ReleaseWatch(callId, store, clock, deps.hangUp);
    const steps = new StepQueue();
    const cameLate = await enter(deps, callId, ways[0]);
    if (cameLate) return yield cameLate;
    await ways[0].arm?.(attempt);
    watch.begin();
    try {
      yield { type: "attempting", strategy: ways[0].name, releaseLine: true };
    } finally {
      // Whoever followed the hand-over may go away with the socket; the caller is still there.
      void afterRelease(ways, attempt, reference, watch, (step) => steps.push(step))
        .catch((error) => deps.log.warn(`Call ${callId}: hand-over broke off: ${message(error)}`))
        .finally(() => steps.end());
    }
    yield* steps;
  }

  async function afterRelease(
    ways: HandOverStrategy[],
    attempt: Attempt,
    reference: string,
    watch: ReleaseWatch,
    emit: (step: HandOverStep) => void,
  ): Promise<void> {
    const { callId } = attempt.request;
    const releasedMs = clock.now();
    const edgeByMs = watch.released();
    await changeHandOver(store, callId, () => ({ releasedMs: clock.wallMs() }));
    const signal = new AbortController().signal;
    let reason: FailureReason = "no_edge";
    for (const [i, strategy] of ways.entries()) {
      if (i > 0) {
        if (await enter(deps, callId, strategy)) break;
        await strategy.arm?.(attempt);
        emit({ type: "attempting", strategy: strategy.name, releaseLine: true });
      }
      // All ways share the one silence that a caller is given.
      const endMs = releasedMs + (edgeByMs - releasedMs) * (i + 1) / ways.length;
      const result = await limited(deps, strategy, { ...attempt, edgeByMs: endMs }, signal, watch);
      if ("proof" in result) {
        watch.stop();
        return emit(await connected(deps, callId, strategy, result));
      }
      reason = result.failure;
      emit({ type: "refused", strategy: strategy.name, reason, onLine: false });
      if (reason !== "no_edge" && reason !== "not_possible") break;
    }
    await seeOff(watch, callId, reason);
    emit(await failed(deps, callId, reason, reference));
  }

  /** A caller whose `<Dial>` failed is being told so by the next document; others hear nothing. */
  async function seeOff(watch: ReleaseWatch, callId: string, reason: FailureReason): Promise<void> {
    if (reason === "caller_left") return watch.stop();
    const record = await store.get(callId);
    if (record?.stage === "ended" || record?.handOver?.state === "connected") return watch.stop();
    if (record?.handOver?.dialledMs === undefined) return await watch.end();
    watch.stop();
    // A `<Dial>` of which nothing is heard still rings or talks: its end would have been an edge.
    if (reason === "unreached" && record.handOver.failure === undefined) return;
    clock.at(clock.now() + GOODBYE_MS, () => {
      void store.get(callId).then((later) => later?.stage === "ended" ? undefined : watch.end());
    });
  }
}

/** A person is wanted: this is the state from which attempts begin. */
async function begin(deps: HandOverDeps, request: HandOverRequest): Promise<CallRecord> {
  const { reason, brief, verified, account, costMinor } = request;
  return await deps.store.update(
    request.callId,
    (record) =>
      mayBecome(record.handOver?.state, "consented")
        ? {
          ...record,
          callerNumber: record.callerNumber ?? request.callerNumber,
          dialledNumber: record.dialledNumber ?? request.dialledNumber,
          language: request.language,
          handOver: {
            state: "consented",
            reason,
            brief,
            verified,
            account,
            costMinor,
            target: deps.target,
            consentedMs: deps.clock.wallMs(),
            reference: record.handOver?.reference,
            promisedMs: record.handOver?.promisedMs,
            deliveredMs: record.handOver?.deliveredMs,
          },
        }
        : undefined,
  );
}

function attemptOf(deps: HandOverDeps, request: HandOverRequest): Attempt {
  return {
    request,
    target: deps.target,
    callerId: deps.callerId ?? request.dialledNumber,
    ringMs: deps.ringMs,
    edgeByMs: deps.clock.now(),
    key: `hand-over/${request.callId}/${deps.clock.wallMs()}`,
  };
}

/** A released line is silent until the platform asks: we must be able to end that. */
async function mayRelease(deps: HandOverDeps, callId: string): Promise<boolean> {
  // Whoever names the ways knows how their platform goes on.
  if (!deps.hangUp) return deps.order !== undefined;
  return await deps.isReachable?.(callId) ?? true;
}

async function fitting(ways: HandOverStrategy[], attempt: Attempt): Promise<HandOverStrategy[]> {
  const unfit = await Promise.all(ways.map((strategy) => strategy.unfit?.(attempt)));
  return ways.filter((_, i) => unfit[i] === undefined);
}

/** Begins a strategy, unless the person of the one before has come after all. */
async function enter(
  deps: HandOverDeps,
  callId: string,
  { name }: HandOverStrategy,
): Promise<HandOverStep | undefined> {
  const record = await changeHandOver(deps.store, callId, () => {
    return { state: "attempting", strategy: name, proof: undefined, failure: undefined };
  });
  return presence(record);
}

/** Runs one attempt under its limit; whatever goes wrong in it becomes a reason. */
async function limited(
  deps: HandOverDeps,
  strategy: HandOverStrategy,
  attempt: Attempt,
  signal: AbortSignal,
  watch?: ReleaseWatch,
): Promise<AttemptResult> {
  const rings = Math.max(1, numbersOf(attempt.target).length);
  const limit = deadline(deps.clock, attempt.ringMs * rings + OVERHEAD_MS, signal);
  try {
    return await strategy.attempt({ ...attempt, onEdge: () => watch?.stop() }, limit.signal);
  } catch (error) {
    if (signal.aborted) return { failure: "caller_left" };
    if (limit.signal.aborted) return { failure: "no_answer" };
    deps.log.warn(`Call ${attempt.request.callId}: ${strategy.name}: ${message(error)}`);
    return { failure: "failed" };
  } finally {
    limit.clear();
  }
}

async function connected(
  deps: HandOverDeps,
  callId: string,
  { name }: HandOverStrategy,
  { proof }: { proof: string },
): Promise<HandOverStep> {
  await changeHandOver(deps.store, callId, () => ({ state: "connected", proof }));
  deps.log.info(`Call ${callId}: a person is on the line (${name}, ${proof})`);
  deps.watchBeside?.(callId);
  return { type: "connected", strategy: name, proof };
}

async function failed(
  deps: HandOverDeps,
  callId: string,
  reason: FailureReason,
  reference?: string,
): Promise<HandOverStep> {
  const state = reference ? "promised" : "failed";
  const record = await changeHandOver(deps.store, callId, () => ({ state, failure: reason }));
  const cameLate = presence(record);
  if (cameLate) return cameLate;
  deps.log.info(`Call ${callId}: no person could be reached (${reason})`);
  return { type: "failed", reason, reference };
}

/** The last step of a hand-over whose record shows a person on the line. */
function presence({ handOver }: CallRecord): HandOverStep | undefined {
  const { state, strategy = "", proof = "" } = handOver ?? {};
  return state === "connected" ? { type: "connected", strategy, proof } : undefined;
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
