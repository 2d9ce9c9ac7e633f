import { finishCall } from "../outcomes/finish_call.ts";
import { askBill } from "../outcomes/reconcile.ts";
import type { CallEndsDeps } from "./call_ends.ts";

/** By then a living process has decided the outcome. */
const UNDECIDED_MS = 30_000;
/** By then a living process has asked for the bill as often as it does. */
const UNBILLED_MS = 3 * 60_000;
/** Calls that ended while nobody ran are found by a process that starts within this time. */
const FIRST_LOOK_BACK_MS = 7 * 24 * 60 * 60 * 1000;
const LOOK_BACK_MS = 2 * 60 * 60 * 1000;
/** A platform that did not have the bill is asked again after this time. */
const RETRY_MS = 10 * 60_000;
/** Calls that are finished in one look. */
const MAX_FINISHED = 50;

/** Finishes what processes that went down have left undone of calls that are over: outcome and bill. */
export class CatchUp {
  #lookBackMs = FIRST_LOOK_BACK_MS;

  constructor(readonly deps: Omit<CallEndsDeps, "ending">) {}

  /** To be called about once a minute; of several processes that look, one gets each call. */
  async look(): Promise<void> {
    const { store, clock } = this.deps;
    const nowMs = clock.wallMs();
    let finished = 0;
    for await (const record of store.list(nowMs - this.#lookBackMs)) {
      const isDecided = record.outcome !== undefined || record.partOf !== undefined;
      const sinceMs = nowMs - (record.endedMs ?? nowMs);
      if (record.stage !== "ended" || sinceMs < (isDecided ? UNBILLED_MS : UNDECIDED_MS)) continue;
      if (isDecided && (record.billed || !this.deps.client)) continue;
      if (!await store.once(`catch-up/${record.callId}/${isDecided}`, RETRY_MS)) continue;
      if (++finished > MAX_FINISHED) return;
      await this.#finish(record.callId, isDecided);
    }
    this.#lookBackMs = LOOK_BACK_MS;
  }

  async #finish(callId: string, isDecided: boolean): Promise<void> {
    const { store, clock, log, salt, client } = this.deps;
    if (!isDecided) await finishCall(store, callId, salt);
    else if (client) await askBill({ client, store, clock, log }, callId);
  }
}
