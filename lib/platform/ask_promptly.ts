import { type Clock, deadline } from "../clock.ts";
import { PlatformError } from "./platform_error.ts";

/**
 * Asks the platform what a caller waits for: resolves with nothing when it refuses, fails, or has
 * not answered within `limitMs`.
 */
export async function askPromptly<T>(
  clock: Clock,
  limitMs: number,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const limit = deadline(clock, limitMs);
  try {
    return await ask(limit.signal);
  } catch (error) {
    if (limit.signal.aborted) return undefined;
    return orNothing(error);
  } finally {
    limit.clear();
  }
}

/** What a refusal or failure of the platform comes to where its answer can be done without. */
export function orNothing(error: unknown): undefined {
  if (!(error instanceof PlatformError)) throw error;
}
