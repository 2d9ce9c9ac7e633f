import type { CallEvent } from "../contracts/call_event.ts";
import type { CallRecord } from "../contracts/call_record.ts";
import { finishCall } from "../outcomes/finish_call.ts";
import { reconcile } from "../outcomes/reconcile.ts";
import { TOKEN_LIFE_MS } from "../platform/audio_token.ts";
import { PlatformError } from "../platform/platform_error.ts";
import type { PlatformCall, PlatformClient } from "../platform/rest_client.ts";
import { endedRecord } from "../platform/voice_decision.ts";
import { claim, OLDEST_MS, type RecoveryDeps, rescue } from "./recovery.ts";

export interface CallEndsDeps extends RecoveryDeps {
  /** Makes the hashes of callers' numbers useless to others. */
  salt: string;
  client?: PlatformClient;
  /** Aborted when this process goes down: nothing is waited for any more. */
  ending: AbortSignal;
}

/** The platform's word that the caller hung up comes with the closing of the line, or soon after. */
const WORD_MS = 700;
/** The agent's last events are written by then, and a hand-over knows what became of it. */
const SETTLED_MS = 3_000;
/** How long a caller waits in a room, with the hang-up itself within five seconds. */
const AGENT_COMES_MS = 3_500;
/** The end of one call is told several times, for seven days at most. */
const KEEP_MS = 8 * 24 * 60 * 60 * 1000;
/** How long a socket may take once its stream was answered; the hang-up takes less than a second. */
const SOCKET_COMES_MS = 3_500;
/** A call of which nothing was heard for this long may have ended unseen. */
const UNSEEN_MS = 60_000;
/** Calls that the platform is asked about in one sweep. */
const MAX_ASKED = 50;

/** Sees every call to its end: outcome, bill, and nobody left on a line on which no one speaks. */
export class CallEnds {
  constructor(readonly deps: CallEndsDeps) {}

  /** Decides the outcome of a call whose agent has ended, and adds it to the event that says so. */
  async agentEnded(event: CallEvent & { type: "ended" }): Promise<CallEvent> {
    const { store, salt } = this.deps;
    const { outcome } = await finishCall(store, event.callId, salt, event);
    return { ...event, outcome };
  }

  /** Decides the outcome with all that is known once a call is over, and fetches its bill. */
  async platformEnded(callId: string): Promise<void> {
    const { store, clock, client, log, ending } = this.deps;
    if (!await store.once(`over/${callId}`, KEEP_MS)) return;
    await this.#endOtherLeg(callId);
    await this.#wait(SETTLED_MS);
    await this.#decide(callId);
    if (!client || ending.aborted) return;
    await reconcile({ client, store, clock, log }, callId, ending).catch((error) => {
      if (!ending.aborted) throw error;
    });
  }

  /** A caller waits in a room for the agent: unless the agent comes, nobody will speak to them. */
  async relayed(callId: string): Promise<void> {
    await this.#wait(AGENT_COMES_MS);
    await this.#seeTo(callId, "agent_missing", ({ stage, partOf }) => {
      return stage === "relayed" && partOf === undefined;
    });
  }

  /** A caller was given a stream: unless its socket comes, nobody will speak to them. */
  async offered(callId: string): Promise<void> {
    const { store, clock, hangUp, ending } = this.deps;
    if (!hangUp) return;
    const untilMs = clock.now() + TOKEN_LIFE_MS;
    do {
      await this.#wait(SOCKET_COMES_MS);
      if (ending.aborted || (await store.get(callId))?.stage !== "offered") return;
    } while (await this.#rings(callId) && clock.now() < untilMs);
    if (await this.#isOver(callId)) return await this.#end(callId);
    await this.#seeTo(callId, "socket_missing", ({ stage }) => stage === "offered");
  }

  /**
   * A call's line has closed, or did not open. Unless the call is over, or with a person, its caller
   * hears nothing from now on: they get a person if the platform asks, else a promise and the end.
   */
  async lineGone(callId: string): Promise<void> {
    const { store } = this.deps;
    const wasClosed = await store.get(callId);
    if (!isStranded(wasClosed)) return;
    await this.#wait(WORD_MS);
    const record = await store.get(callId);
    if (!isStranded(record) || record.owner !== wasClosed.owner) return;
    if (await this.#isOver(callId)) return await this.#end(callId);
    await this.#seeTo(callId, "line_broke", ({ owner }) => owner === record.owner);
  }

  /** Sees to a caller to whom nobody speaks, as long as the call is as it was seen. */
  async #seeTo(
    callId: string,
    endReason: string,
    isAsSeen: (record: CallRecord) => boolean,
  ): Promise<void> {
    const claimed = await claim(this.deps, callId, isAsSeen, endReason);
    if (claimed && this.deps.hangUp) await rescue(this.deps, claimed.record);
  }

  /** Looks for calls that ended without a word of it; `hasLine` tells whether one is open here. */
  async sweep(hasLine: (callId: string) => boolean): Promise<void> {
    const { store, clock, ownerId } = this.deps;
    const nowMs = clock.wallMs();
    let asked = 0;
    for await (const { callId, stage, owner, changedMs } of store.list(nowMs - OLDEST_MS)) {
      if (stage === "ended" || nowMs - changedMs < UNSEEN_MS || hasLine(callId)) continue;
      if (owner !== undefined && owner !== ownerId) continue;
      if (++asked > MAX_ASKED) return;
      if (await this.#isOver(callId)) await this.#end(callId);
    }
  }

  /** What became of a leg may change how the call ended that it is part of. */
  async #decide(callId: string): Promise<void> {
    const { store, salt } = this.deps;
    const { partOf = callId } = await store.get(callId) ?? {};
    const { stage } = await store.get(partOf) ?? {};
    if (partOf === callId || stage === "ended") await finishCall(store, partOf, salt);
  }

  /** In a room neither leg ends by itself when the other has. */
  async #endOtherLeg(callId: string): Promise<void> {
    const { store, hangUp } = this.deps;
    const record = await store.get(callId);
    const isAgent = record?.conference !== undefined && record.handOver?.state !== "connected";
    const isCaller = record?.relay?.room !== undefined;
    const other = isAgent ? record?.callerLeg : isCaller ? record?.partOf : undefined;
    if (other && (await store.get(other))?.stage !== "ended") await hangUp?.(other);
  }

  async #wait(ms: number): Promise<void> {
    const { clock, ending } = this.deps;
    await clock.until(clock.now() + ms, ending).catch(() => {});
  }

  /** What the platform says; false when it can't be asked. */
  async #isOver(callId: string): Promise<boolean> {
    const call = await this.#asked(callId);
    return call === "unknown" || call?.ended_at !== undefined;
  }

  /** Whether the platform says that nobody has picked up yet. */
  async #rings(callId: string): Promise<boolean> {
    const call = await this.#asked(callId);
    if (call === undefined || call === "unknown") return false;
    return call.status === "ringing" && call.answered_at === undefined;
  }

  /** The platform's record of a call; nothing when it can't be asked. */
  async #asked(callId: string): Promise<PlatformCall | "unknown" | undefined> {
    try {
      return await this.deps.client?.call(callId);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      return error.fault === "not_found" ? "unknown" : undefined;
    }
  }

  async #end(callId: string): Promise<void> {
    const { store, clock } = this.deps;
    await store.update(callId, (record) => endedRecord(record, clock.wallMs(), "hung up"));
    await this.platformEnded(callId);
  }
}

/** A caller to whom nobody speaks and nobody will. */
function isStranded(record: CallRecord | undefined): record is CallRecord {
  return record !== undefined && (record.stage === "offered" || record.stage === "streaming") &&
    record.handOver?.state !== "connected";
}
