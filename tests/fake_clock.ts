import { setImmediate } from "node:timers";
import type { Clock } from "../lib/clock.ts";

/** A clock that moves only when told to, and lets everything that became due run in between. */
export class FakeClock implements Clock {
  #nowMs = 0;
  #timers: { atMs: number; order: number; task: () => void }[] = [];
  #order = 0;

  constructor(readonly startWallMs: number = Date.UTC(2026, 10, 23, 9, 0, 0)) {}

  now(): number {
    return this.#nowMs;
  }

  /** Whole, as `Date.now()` is. */
  wallMs(): number {
    return Math.floor(this.startWallMs + this.#nowMs);
  }

  at(atMs: number, task: () => void): () => void {
    const timer = { atMs, order: this.#order++, task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  until(atMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      if (atMs <= this.#nowMs) return resolve();
      const cancel = this.at(atMs, () => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      });
      const onAbort = () => {
        cancel();
        reject(signal!.reason);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  /** Moves time on by `ms`, running each timer at its own moment and letting promises settle around it. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await settle();
    while (true) {
      const due = this.#timers
        .filter((timer) => timer.atMs <= endMs)
        .sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
      if (!due) break;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      this.#nowMs = Math.max(this.#nowMs, due.atMs);
      due.task();
      await settle();
    }
    this.#nowMs = endMs;
    await settle();
  }

  get pending(): number {
    return this.#timers.length;
  }
}

/** Lets queued promise reactions and work that is ready run, without waiting for time. */
export async function settle(rounds = 3): Promise<void> {
  for (let i = 0; i < rounds; i++) await new Promise<void>((resolve) => setImmediate(resolve));
}
