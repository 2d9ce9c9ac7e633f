import type { CallEvent } from "../contracts/call_event.ts";

/** Hands the events of running calls to those who watch them in this process. */
export class LiveEvents {
  readonly #watchers = new Map<string, Set<(event: CallEvent) => void>>();

  publish(event: CallEvent): void {
    for (const watch of this.#watchers.get(event.callId) ?? []) watch(event);
  }

  /** Calls `watch` with every event to come; the returned function ends it. */
  watch(callId: string, watch: (event: CallEvent) => void): () => void {
    const watchers = this.#watchers.get(callId) ?? new Set();
    this.#watchers.set(callId, watchers.add(watch));
    return () => {
      watchers.delete(watch);
      if (watchers.size === 0) this.#watchers.delete(callId);
    };
  }
}
