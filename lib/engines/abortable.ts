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
      const step = await nextOrAbort(iterator, signal);
      if (step.done) return;
      yield step.value;
    }
  } finally {
    iterator.return?.().catch(() => {}); // whatever it says now, nobody listens any more
  }
}

function nextOrAbort<T>(
  iterator: AsyncIterator<T>,
  signal: AbortSignal,
): Promise<IteratorResult<T>> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    iterator.next().then((step) => {
      signal.removeEventListener("abort", abort);
      resolve(step);
    }, (error) => {
      signal.removeEventListener("abort", abort);
      reject(error);
    });
  });
}
