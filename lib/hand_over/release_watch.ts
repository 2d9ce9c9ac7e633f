import type { Clock } from "../clock.ts";
import type { CallStore } from "../contracts/call_record.ts";
import type { HangUp } from "../contracts/hand_over.ts";

/**
 * From the moment that the line is released, a caller hears nothing until the platform asks us what
 * to do. This is how long we let that last; the hang-up itself must fit into the fifth second.
 */
export const EDGE_LIMIT_MS = 4_000;
/** How long the call may take from the step that tells it to release the line until it did. */
const CLOSE_LIMIT_MS = 10_000;
const RETRY_MS = 2_000;
const MAX_TRIES = 5;

/** Ends a call that was released into silence, even when nobody goes on with the hand-over. */
export class ReleaseWatch {
  #cancel = () => {};
  #ended = false;

  constructor(
    readonly callId: string,
    readonly store: CallStore,
    readonly clock: Clock,
    readonly hangUp: HangUp | undefined,
  ) {}

  /** The line is about to be released. */
  begin(): void {
    this.#in(CLOSE_LIMIT_MS + EDGE_LIMIT_MS);
  }

  /** The line is released now. Returns the moment by which an edge must have come. */
  released(): number {
    this.#in(EDGE_LIMIT_MS);
    return this.clock.now() + EDGE_LIMIT_MS;
  }

  /** Somebody speaks to the caller, or the call is over. */
  stop(): void {
    this.#cancel();
  }

  /** Ends the call now, and again while the platform does not take it. */
  async end(): Promise<void> {
    this.#cancel();
    if (this.#ended || !this.hangUp) return;
    this.#ended = true;
    await this.#try(this.hangUp, 1);
  }

  async #try(hangUp: HangUp, tries: number): Promise<void> {
    if (await hangUp(this.callId) || tries === MAX_TRIES) return;
    this.#cancel = this.clock.at(
      this.clock.now() + RETRY_MS,
      () => void this.#try(hangUp, tries + 1),
    );
  }

  #in(ms: number): void {
    this.#cancel();
    this.#cancel = this.clock.at(this.clock.now() + ms, () => void this.#endInSilence());
  }

  async #endInSilence(): Promise<void> {
    const record = await this.store.get(this.callId);
    const heard = record?.stage === "ended" || record?.handOver?.dialledMs !== undefined;
    if (!heard) await this.end();
  }
}
