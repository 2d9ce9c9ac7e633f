import type { Clock } from "../clock.ts";

export interface HangingUpOptions {
  /** Asks the platform to end the call; false when it did not. */
  hangUp(): Promise<boolean>;
  /** Tells the caller that the call is over, so that they may hang up themselves. */
  sayGoodbye(): Promise<unknown>;
  onFailed(): void;
  clock: Clock;
  /** Aborted when the call is over. */
  signal: AbortSignal;
}

const RETRY_MS = 2_000;
const MAX_TRIES = 10;

/**
 * Ends a phone call at the platform. While the platform does not do it the caller hears goodbye
 * again and again: a line on which nobody speaks would look like a fault to them.
 */
export async function hangUpFirmly(options: HangingUpOptions): Promise<void> {
  const { clock, signal } = options;
  for (let tries = 1; !await options.hangUp(); tries++) {
    options.onFailed();
    if (tries === MAX_TRIES || signal.aborted) return;
    await options.sayGoodbye();
    await clock.until(clock.now() + RETRY_MS, signal).catch(() => {});
    if (signal.aborted) return;
  }
}
