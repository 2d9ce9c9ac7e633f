import { systemClock } from "../clock.ts";

/** One commit holds the file for 3 ms at the median and 11 ms at p99, so this is several turns. */
const LONGEST_WAIT_MS = 40;
/** Together about two seconds, after which the file is not busy but stuck. */
const MAX_TRIES = 100;

/**
 * Runs one operation on the embedded database, again while another process holds its file: Deno KV
 * opens it without a busy timeout and rejects at once, having changed nothing.
 */
export async function whenUnlocked<T>(operation: () => Promise<T>): Promise<T> {
  for (let tries = 1;; tries++) {
    try {
      return await operation();
    } catch (error) {
      if (tries === MAX_TRIES || !isLocked(error)) throw error;
      // Chance keeps two processes from meeting again; the lock is real, so the wait is real time.
      await systemClock.until(systemClock.now() + Math.random() * LONGEST_WAIT_MS);
    }
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && /database (table )?is (locked|busy)/i.test(error.message);
}
