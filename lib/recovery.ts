import type { Clock } from "./clock.ts";
import type { CallEvent } from "./contracts/call_event.ts";
import type { CallRecord, CallStore, DialTarget } from "./contracts/call_record.ts";
import type { HangUp } from "./contracts/hand_over.ts";
import type { Promises } from "./hand_over/promise.ts";
import { BEAT_MS } from "./heartbeat.ts";
import type { Owners } from "./store/owners.ts";

/** A process that missed two beats, and a little more for a slow disk, is dead. */
const DEAD_AFTER_MS = 2.5 * BEAT_MS;
/** From here on the platform has this long to ask about a call before it is ended. */
const EDGE_MS = 1_000;
/** Calls last an hour at most; what is open and older has ended unseen. */
const OLDEST_MS = 2 * 60 * 60 * 1000;

export interface RecoveryDeps {
  store: CallStore & Owners;
  clock: Clock;
  log: { info(message: string): void; warn(message: string): void };
  promises: Promises;
  /** This process, whose own calls are not recovered. */
  ownerId: string;
  /** Where a person would be; nothing when nobody is at work. */
  person(): DialTarget | undefined;
  hangUp?: HangUp;
  /** Called for each call that is over now, to decide its outcome. */
  onEnded?(callId: string): Promise<void>;
}

/**
 * Takes care of the calls of processes that have died: their callers sit in silence. The platform's
 * next question about such a call is answered with a person; when none comes, the call is ended.
 * Promises that the dead process made are delivered. Of several processes that do this at once, one
 * gets each call. Resolves with the number of calls it took care of.
 */
export async function recoverCalls(deps: RecoveryDeps): Promise<number> {
  const { store, clock, log } = deps;
  const before = await store.beats();
  await clock.until(clock.now() + DEAD_AFTER_MS);
  const beats = await store.beats();
  const isDead = (owner: string) =>
    owner !== deps.ownerId && (!beats.has(owner) || beats.get(owner) === before.get(owner));
  const lost: CallRecord[] = [];
  for await (const record of store.list(clock.wallMs() - OLDEST_MS)) {
    if (record.stage === "ended" || !record.owner || !isDead(record.owner)) continue;
    const claimed = await claim(deps, record.callId, record.owner);
    if (claimed) lost.push(claimed);
  }
  await Promise.all(lost.map((record) => recover(deps, record)));
  for (const owner of beats.keys()) if (isDead(owner)) await store.retire(owner);
  await deps.promises.deliver();
  if (lost.length > 0) log.info(`Took care of ${lost.length} calls of processes that died`);
  return lost.length;
}

/** Makes a dead process's call ours and arms it with a person; nothing when another was faster. */
async function claim(
  { store, ownerId, person }: RecoveryDeps,
  callId: string,
  deadOwner: string,
): Promise<CallRecord | undefined> {
  let claimed = false;
  const record = await store.update(callId, (record) => {
    claimed = record.owner === deadOwner && record.stage !== "ended";
    if (!claimed) return undefined;
    if (record.handOver?.state === "connected") return { ...record, owner: ownerId };
    const target = record.handOver?.target ?? person();
    return {
      ...record,
      owner: ownerId,
      endReason: "process_died",
      stage: target ? "handing_over" : record.stage,
      handOver: target && {
        reason: "The call broke off on our side",
        brief: "",
        ...record.handOver,
        state: "attempting",
        target,
      },
    };
  });
  return claimed ? record : undefined;
}

async function recover(deps: RecoveryDeps, record: CallRecord): Promise<void> {
  const { store, clock, log, promises, hangUp } = deps;
  const { callId } = record;
  try {
    // A caller and a person who talk to each other need nothing of us.
    if (record.handOver?.state === "connected") return;
    const dialled = record.handOver?.dialledMs !== undefined;
    if (!dialled) await clock.until(clock.now() + EDGE_MS);
    const now = await store.get(callId);
    if (dialled || now?.handOver?.dialledMs !== undefined || now?.stage === "ended") return;
    if (record.callerNumber) {
      await promises.make({
        callId,
        callerNumber: record.callerNumber,
        dialledNumber: record.dialledNumber,
        language: record.language ?? "en",
        reason: record.handOver?.reason ?? "The call broke off on our side",
        brief: record.handOver?.brief || "The call broke off on our side before it was finished.",
      });
    }
    const ended = hangUp ? await hangUp(callId) : false;
    if (!ended) log.warn(`Call ${callId}: its process died, and it could not be ended`);
    await close(deps, callId);
  } catch (error) {
    log.warn(
      `Call ${callId}: could not be recovered: ${error instanceof Error ? error.message : error}`,
    );
  }
}

async function close({ store, clock, onEnded }: RecoveryDeps, callId: string): Promise<void> {
  let last: CallEvent | undefined;
  for await (const event of store.events(callId)) last = event;
  if (last?.type !== "ended") {
    await store.append(callId, [{
      type: "ended",
      reason: "process_died",
      callId,
      seq: (last?.seq ?? -1) + 1,
      atMs: last ? last.atMs + clock.wallMs() - last.wallMs : 0,
      wallMs: clock.wallMs(),
    }]);
  }
  await store.update(callId, (record) => ({
    ...record,
    stage: "ended",
    endedMs: record.endedMs ?? clock.wallMs(),
    handOver: record.handOver && {
      ...record.handOver,
      state: record.handOver.reference ? "promised" : "failed",
      failure: "no_edge",
    },
  }));
  await onEnded?.(callId);
}
