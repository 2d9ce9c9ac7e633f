/** Time as a parameter: production passes {@linkcode systemClock}, tests a clock that they move by hand. */
export interface Clock {
  /** Milliseconds on a clock that never goes back; its zero means nothing. */
  now(): number;
  /** Milliseconds since 1970, for records and tokens. */
  wallMs(): number;
  /**
   * Resolves when `now()` has reached `atMs`, at once when it has already.
   * @throws the signal's reason when it aborts first
   */
  until(atMs: number, signal?: AbortSignal): Promise<void>;
  /** Runs `task` once when `now()` reaches `atMs`; the returned function cancels it. */
  at(atMs: number, task: () => void): () => void;
}

/** Tasks that are due within these few milliseconds share a timer: a busy bridge has hundreds a second. */
const SLOT_MS = 10;

interface Slot {
  entries: Set<{ task: () => void }>;
  timer: ReturnType<typeof setTimeout>;
}

const slots = new Map<number, Slot>();

function openSlot(due: number): Slot {
  const entries: Slot["entries"] = new Set();
  const waitMs = Math.max(0, Math.ceil(due * SLOT_MS - performance.now()));
  const timer = setTimeout(() => {
    slots.delete(due);
    for (const { task } of entries) {
      try {
        task();
      } catch (error) {
        reportError(error); // as if it had a timer of its own
      }
    }
  }, waitMs);
  const slot = { entries, timer };
  slots.set(due, slot);
  return slot;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wallMs: () => Date.now(),
  until(atMs, signal) {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const cancel = systemClock.at(atMs, () => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      });
      const onAbort = () => {
        cancel();
        reject(signal!.reason);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  },
  at(atMs, task) {
    const due = Math.ceil(atMs / SLOT_MS);
    const slot = slots.get(due) ?? openSlot(due);
    const entry = { task };
    slot.entries.add(entry);
    return () => {
      slot.entries.delete(entry);
      if (slot.entries.size > 0 || slots.get(due) !== slot) return;
      slots.delete(due);
      clearTimeout(slot.timer);
    };
  },
};

/** Aborts with a `TimeoutError` when the clock has moved `ms` on, or with the parent's reason. */
export function deadline(clock: Clock, ms: number, parent?: AbortSignal): Deadline {
  const controller = new AbortController();
  const cancel = clock.at(clock.now() + ms, () => {
    controller.abort(new DOMException(`No answer within ${ms} ms`, "TimeoutError"));
  });
  const follow = () => controller.abort(parent!.reason);
  if (parent?.aborted) follow();
  else parent?.addEventListener("abort", follow, { once: true });
  return {
    signal: controller.signal,
    clear() {
      cancel();
      parent?.removeEventListener("abort", follow);
    },
  };
}

/** A signal with a time limit; `clear` must be called when the work is done, else its timer stays. */
export interface Deadline {
  signal: AbortSignal;
  clear(): void;
}
