import type { Clock } from "../clock.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { Recovery, type RecoveryDeps } from "./recovery.ts";

/** How often the other processes are looked after: their callers may be silent for five seconds. */
const LOOK_EVERY_MS = 250;
/** Between two tries to deliver promises that did not arrive, and to find calls that ended unseen. */
const TIDY_EVERY_MS = 60_000;

export interface CaretakerDeps extends RecoveryDeps {
  /** Looks for calls that ended unseen. */
  sweep(): Promise<void>;
  /** Finishes what other processes left undone of calls that are over. */
  catchUp(): Promise<void>;
  onError(error: unknown): void;
}

/**
 * Shows that this process lives, takes care of the calls of those that don't, and delivers promises;
 * until the returned function is called.
 */
export async function startCaretaker(deps: CaretakerDeps): Promise<() => Promise<void>> {
  const { store, clock, ownerId, onError } = deps;
  const stopBeating = await startHeartbeat({ owners: store, clock, ownerId, onError });
  const recovery = new Recovery(deps);
  const stops = [
    every(clock, LOOK_EVERY_MS, () => recovery.look(), onError, 0),
    every(clock, TIDY_EVERY_MS, () => deps.promises.deliver(), onError),
    every(clock, TIDY_EVERY_MS, deps.sweep, onError),
    every(clock, TIDY_EVERY_MS, deps.catchUp, onError),
  ];
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
    await stopBeating();
  };
}

/** Does `work` again and again, one at a time; the returned function ends it and waits for it. */
function every(
  clock: Clock,
  ms: number,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
  firstMs = ms,
): () => Promise<void> {
  let stopped = false;
  let running = Promise.resolve();
  let cancel = () => {};
  const next = (waitMs: number) => {
    if (stopped) return;
    cancel = clock.at(clock.now() + waitMs, () => {
      running = work().catch(onError).then(() => next(ms));
    });
  };
  next(firstMs);
  return () => {
    stopped = true;
    cancel();
    return running;
  };
}
