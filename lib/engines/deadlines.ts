import type { Clock } from "../clock.ts";
import { EngineError } from "../contracts/engine_error.ts";
import { orAbort } from "./or_abort.ts";

/** How long a provider may keep its reader waiting. */
export interface Deadlines {
  /** Until the first chunk, a retry included; opening a connection proves nothing. */
  firstChunkMs: number;
  /** Between two chunks. */
  gapMs: number;
  /** In all; time that the reader takes itself doesn't count. */
  totalMs: number;
}

/**
 * Runs a provider under deadlines; one that is late is aborted and its error is a `timeout`.
 *
 * @param firstByMs moment by which the first chunk must have come
 * @throws the signal's reason when it aborts
 */
export async function* withDeadlines<T>(
  provider: string,
  run: (signal: AbortSignal) => AsyncIterable<T>,
  deadlines: Deadlines,
  clock: Clock,
  firstByMs: number,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  signal.throwIfAborted();
  const own = new AbortController();
  const follow = () => own.abort(signal.reason);
  signal.addEventListener("abort", follow, { once: true });
  let leftMs = deadlines.totalMs;
  let chunks = 0;
  const iterator = run(own.signal)[Symbol.asyncIterator]();
  try {
    while (true) {
      const startMs = clock.now();
      const waitMs = Math.min(leftMs, chunks === 0 ? firstByMs - startMs : deadlines.gapMs);
      const stopTimer = clock.at(startMs + Math.max(0, waitMs), () => {
        const what = chunks === 0 ? "nothing" : `nothing more after ${chunks} chunks`;
        const message = `${provider} gave ${what} for ${Math.round(waitMs)} ms`;
        own.abort(new EngineError(provider, "timeout", message));
      });
      let step: IteratorResult<T>;
      try {
        step = await orAbort(iterator.next(), own.signal);
      } finally {
        stopTimer();
      }
      leftMs -= clock.now() - startMs;
      if (step.done) return;
      chunks++;
      yield step.value;
    }
  } finally {
    signal.removeEventListener("abort", follow);
    own.abort(); // closes the request when the reader has stopped reading
    iterator.return?.().catch(() => {});
  }
}
