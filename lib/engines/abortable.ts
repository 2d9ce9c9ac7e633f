import { orAbort } from "./or_abort.ts";

/**
 * Passes on the items of `items` until the signal aborts, and then throws its reason at once, even
 * when the source is stuck. The source is told to stop, and not waited for.
 */
export async function* abortable<T>(
  items: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  signal.throwIfAborted();
  const iterator = items[Symbol.asyncIterator]();
  try {
    while (true) {
      signal.throwIfAborted();
      const step = await orAbort(iterator.next(), signal);
      if (step.done) return;
      yield step.value;
    }
  } finally {
    iterator.return?.().catch(() => {}); // whatever it says now, nobody listens any more
  }
}
