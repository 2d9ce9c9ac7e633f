import type { Clock } from "../clock.ts";
import type { CallEvent } from "../contracts/call_event.ts";
import type { CallRecord, CallStore, DialTarget } from "../contracts/call_record.ts";
import type { HangUp } from "../contracts/hand_over.ts";
import type { Promises } from "../hand_over/promise.ts";
import { changed } from "../hand_over/states.ts";
import { ReleaseWatch } from "../hand_over/release_watch.ts";
import { Lives } from "./lives.ts";
import type { Owners } from "../store/owners.ts";

/** From here on the platform has this long to ask about a call before it is ended. */
const EDGE_MS = 500;
/** Calls of processes that left the list before we began to look are found by looking at all calls. */
const ALL_EVERY_MS = 60_000;
/** Calls last an hour at most; what is open and older has ended unseen. */
export const OLDEST_MS = 2 * 60 * 60 * 1000;

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
  /** Watches over a caller whom a person has joined on our line. */
  watchBeside?(callId: string): void;
  /** Called for each call that is over now, to decide its outcome. */
  onEnded?(callId: string): void | Promise<void>;
}

/**
 * Takes care of the calls of processes that have died: their callers sit in silence. Each look tells
 * who has died since the one before; of several processes that look, one gets each call.
 */
export class Recovery {
  readonly #deps: RecoveryDeps;
  readonly #lives: Lives;
  #allAgainMs = -Infinity;

  constructor(deps: RecoveryDeps) {
    this.#deps = deps;
    this.#lives = new Lives(deps.store, deps.clock, deps.ownerId);
  }

  /**
   * Takes care of what can be seen now, and delivers the promises of the dead; resolves with the
   * number of calls. To be called several times a second.
   */
  async look(): Promise<number> {
    const { store, clock, log, promises } = this.#deps;
    const dead = await this.#lives.dead();
    if (!dead || (dead.size === 0 && clock.now() < this.#allAgainMs)) return 0;
    this.#allAgainMs = clock.now() + ALL_EVERY_MS;
    const lost = await this.#claimAll((owner) => !this.#lives.mayLive(owner));
    const rescued = await Promise.all(lost.map((claimed) => this.#rescue(claimed)));
    for (const [owner, beat] of dead) {
      if (!await this.#beatsAgain(owner, beat)) await store.retire(owner);
    }
    await promises.deliver();
    const count = rescued.filter(Boolean).length;
    if (count > 0) log.info(`Took care of ${count} calls of processes that died`);
    return count;
  }

  /** True unless the owner was only slow, and goes on with the call. */
  async #rescue({ before, record }: Claimed): Promise<boolean> {
    const owner = before.owner!;
    const beat = this.#lives.lastBeat(owner);
    const isRescued = await rescue(this.#deps, record, () => this.#beatsAgain(owner, beat));
    if (!isRescued) await giveBack(this.#deps, before);
    return isRescued;
  }

  /** Whether a process that looked dead has shown itself since. */
  async #beatsAgain(owner: string, lastBeat: number | undefined): Promise<boolean> {
    const beat = (await this.#deps.store.beats()).get(owner);
    return beat !== undefined && beat !== lastBeat;
  }

  async #claimAll(isDead: (owner: string) => boolean): Promise<Claimed[]> {
    const { store, clock } = this.#deps;
    const lost: Claimed[] = [];
    for await (const record of store.list(clock.wallMs() - OLDEST_MS)) {
      if (record.stage === "ended" || !record.owner || !isDead(record.owner)) continue;
      const { callId, owner } = record;
      const claimed = await claim(this.#deps, callId, (now) => now.owner === owner, "process_died");
      if (claimed) lost.push(claimed);
    }
    return lost;
  }
}

/** A call that was taken over, and what its record was before. */
export interface Claimed {
  before: CallRecord;
  record: CallRecord;
}

/**
 * Makes a call ours and arms it with a person, so that the platform's next question is answered
 * with them; nothing when the call has ended, or is no longer as it was seen.
 */
export async function claim(
  { store, ownerId, person }: Pick<RecoveryDeps, "store" | "ownerId" | "person">,
  callId: string,
  isAsSeen: (record: CallRecord) => boolean,
  endReason: string,
): Promise<Claimed | undefined> {
  let before: CallRecord | undefined;
  const record = await store.update(callId, (record) => {
    before = record.stage !== "ended" && isAsSeen(record) ? record : undefined;
    if (!before) return undefined;
    if (record.handOver?.state === "connected") return { ...record, owner: ownerId };
    const target = record.handOver?.target ?? person();
    return {
      ...record,
      owner: ownerId,
      endReason,
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
  return before && { before, record };
}

async function giveBack({ store, ownerId }: RecoveryDeps, before: CallRecord): Promise<void> {
  const { owner, stage, handOver, endReason } = before;
  await store.update(before.callId, (record) => {
    const isOurs = record.owner === ownerId && record.stage !== "ended";
    return isOurs ? { ...record, owner, stage, handOver, endReason } : undefined;
  });
}

/**
 * Sees to a caller whom nobody talks to: a person when the platform asks, else a promise and the
 * end. Resolves with false when somebody talks to them after all.
 */
export async function rescue(
  deps: RecoveryDeps,
  record: CallRecord,
  isServed: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<boolean> {
  const { store, clock, log, promises, hangUp } = deps;
  const { callId } = record;
  try {
    if (record.handOver?.state === "connected") {
      // A caller and a person who talk to each other need nothing of us until one of them leaves.
      deps.watchBeside?.(callId);
      return true;
    }
    const dialled = record.handOver?.dialledMs !== undefined;
    if (!dialled) await clock.until(clock.now() + EDGE_MS);
    const now = await store.get(callId);
    if (dialled || now?.handOver?.dialledMs !== undefined || now?.stage === "ended") return true;
    if (await isServed()) return false;
    // At once: the company's system may take its time, and the caller hears nothing meanwhile.
    const [ended] = await Promise.all([
      hangUp ? hangUp(callId) : false,
      record.callerNumber ? promise(promises, record) : undefined,
    ]);
    if (!ended) {
      log.warn(`Call ${callId}: nobody talks to its caller, and it could not be ended`);
      void new ReleaseWatch(callId, store, clock, hangUp).end();
    }
    await close(deps, callId);
  } catch (error) {
    log.warn(
      `Call ${callId}: could not be recovered: ${error instanceof Error ? error.message : error}`,
    );
  }
  return true;
}

async function promise(promises: Promises, record: CallRecord): Promise<void> {
  await promises.make({
    callId: record.callId,
    callerNumber: record.callerNumber,
    dialledNumber: record.dialledNumber,
    language: record.language ?? "en",
    reason: record.handOver?.reason ?? "The call broke off on our side",
    brief: record.handOver?.brief || "The call broke off on our side before it was finished.",
  });
}

async function close({ store, clock, onEnded }: RecoveryDeps, callId: string): Promise<void> {
  const { endReason = "process_died" } = await store.get(callId) ?? {};
  let last: CallEvent | undefined;
  for await (const event of store.events(callId)) last = event;
  if (last?.type !== "ended") {
    await store.append(callId, [{
      type: "ended",
      reason: endReason,
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
    handOver: record.handOver && (changed(record.handOver, {
      state: record.handOver.reference ? "promised" : "failed",
      failure: "no_edge",
    }) ?? record.handOver),
  }));
  await onEnded?.(callId);
}
