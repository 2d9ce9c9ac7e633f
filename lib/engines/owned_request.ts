import { abortable } from "./abortable.ts";

/**
 * Runs one request under a signal of its own, which aborts when the reader stops reading, for
 * whatever reason: reading no further doesn't close a request by itself.
 *
 * @param explain turns what the vendor's client threw into an `EngineError`
 * @throws the reason of `signal` when it aborts
 */
export async function* ownedRequest<T>(
  signal: AbortSignal,
  start: (signal: AbortSignal) => AsyncIterable<T>,
  explain: (error: unknown) => unknown,
): AsyncGenerator<T, void, undefined> {
  signal.throwIfAborted();
  const own = new AbortController();
  const follow = () => own.abort(signal.reason);
  signal.addEventListener("abort", follow, { once: true });
  try {
    yield* abortable(start(own.signal), signal);
  } catch (error) {
    signal.throwIfAborted();
    throw explain(error);
  } finally {
    signal.removeEventListener("abort", follow);
    own.abort();
  }
}
