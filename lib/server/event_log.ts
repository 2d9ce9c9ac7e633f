import type { Clock } from "../clock.ts";
import type { CallEvent } from "../contracts/call_event.ts";
import type { CallStore } from "../contracts/call_record.ts";

/** Events are written together, so that a busy call costs few writes. */
const FLUSH_AFTER_MS = 1000;

/** Writes the events of calls to the store, in order, without any call waiting for it. */
export class EventLog {
  readonly #waiting = new Map<string, CallEvent[]>();
  readonly #writing = new Map<string, Promise<void>>();
  #cancelFlush?: () => void;

  constructor(
    readonly store: CallStore,
    readonly clock: Clock,
    readonly onError: (error: unknown) => void,
  ) {}

  publish(event: CallEvent): void {
    const waiting = this.#waiting.get(event.callId);
    if (waiting) waiting.push(event);
    else this.#waiting.set(event.callId, [event]);
    if (event.type === "ended") this.flush();
    else {this.#cancelFlush ??= this.clock.at(
        this.clock.now() + FLUSH_AFTER_MS,
        () => this.flush(),
      );}
  }

  /** Writes what waits; resolves when all of it, and all before, is written. */
  async flush(): Promise<void> {
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    for (const [callId, events] of this.#waiting) {
      this.#waiting.delete(callId);
      const before = this.#writing.get(callId) ?? Promise.resolve();
      const writing = before
        .then(() => this.store.append(callId, events))
        .catch(this.onError)
        .finally(() => this.#writing.get(callId) === writing && this.#writing.delete(callId));
      this.#writing.set(callId, writing);
    }
    await Promise.all(this.#writing.values());
  }
}
