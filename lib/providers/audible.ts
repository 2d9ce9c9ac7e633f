import type { EngineError } from "../contracts/engine_error.ts";

/**
 * Passes on speech from its first sound on: a voice that makes only digital silence made nothing,
 * and silence before the first word only makes the caller wait.
 *
 * @throws what `nothing` makes, when there was no sound at all
 */
export async function* audible(
  chunks: AsyncIterable<Int16Array>,
  nothing: () => EngineError,
): AsyncGenerator<Int16Array, void, undefined> {
  let heard = false;
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue;
    if (!heard) {
      const first = chunk.findIndex((sample) => sample !== 0);
      if (first < 0) continue;
      heard = true;
      yield chunk.subarray(first);
    } else yield chunk;
  }
  if (!heard) throw nothing();
}
