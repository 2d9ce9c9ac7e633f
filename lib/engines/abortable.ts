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
  // One listener for all items: there are some ten a second in every call.
  let giveUp = () => {};
  const onAbort = () => giveUp();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    while (true) {
      const step = await new Promise<IteratorResult<T>>((resolve, reject) => {
        giveUp = () => reject(signal.reason);
        iterator.next().then(resolve, reject);
      });
      if (step.done) return;
      yield step.value;
      signal.throwIfAborted();
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    iterator.return?.().catch(() => {}); // whatever it says now, nobody listens any more
  }
}
