import { setImmediate } from "node:timers";
import type { Clock } from "../clock.ts";

/** Real time between two looks at work that is not over yet. */
const LOOK_EVERY_MS = 2;

interface Timer {
  atMs: number;
  order: number;
  task: () => void;
}

/**
 * A clock on which a call of minutes is over in milliseconds: it leaps from one timer to the next.
 * While work is held to be real, such as a request to a server, it runs at its own pace instead.
 */
export class VirtualClock implements Clock {
  #nowMs = 0;
  #timers: Timer[] = [];
  #order = 0;
  #held = 0;

  constructor(readonly startWallMs: number) {}

  now(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return this.startWallMs + this.#nowMs;
  }

  at(atMs: number, task: () => void): () => void {
    const timer: Timer = { atMs, order: this.#order++, task };
    this.#timers.push(timer);
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
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

  /** Makes time run at its own pace until `work` settles. */
  async hold<T>(work: Promise<T>): Promise<T> {
    this.#held++;
    try {
      return await work;
    } finally {
      this.#held--;
    }
  }

  /** Lets time leap within held work while it waits for nothing but this clock. */
  async leap<T>(waiting: Promise<T>): Promise<T> {
    this.#held--;
    try {
      return await waiting;
    } finally {
      this.#held++;
    }
  }

  /** Moves on by `ms`, running each timer at its own moment and letting promises settle around it. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await settled();
    let realMs = performance.now();
    while (true) {
      const due = this.#first();
      const nextMs = Math.min(due?.atMs ?? endMs, endMs);
      if (this.#held > 0 && nextMs > this.#nowMs) {
        await new Promise<void>((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
        const passedMs = performance.now() - realMs;
        realMs += passedMs;
        this.#nowMs = Math.min(nextMs, this.#nowMs + passedMs);
        continue;
      }
      realMs = performance.now();
      this.#nowMs = Math.max(this.#nowMs, nextMs);
      if (!due || due.atMs > endMs) return;
      this.#timers.splice(this.#timers.indexOf(due), 1);
      due.task();
      if (!this.#timers.some(({ atMs }) => atMs <= this.#nowMs)) await settled();
    }
  }

  #first(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      const isSooner = !first || timer.atMs < first.atMs ||
        timer.atMs === first.atMs && timer.order < first.order;
      if (isSooner) first = timer;
    }
    return first;
  }
}

/** Resolves when everything that waits for promises only has gone on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
