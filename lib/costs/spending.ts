import type { Clock } from "../clock.ts";
import type { CallStore } from "../contracts/call_record.ts";

/** What was spent today, over all processes; sums are kept two days, longer than any day is. */
export interface Spending {
  /** Adds to what was spent and resolves with today's sums, in KES. */
  charge(kes: number): Promise<{ caller: number; all: number }>;
}

const KEEP_MS = 2 * 24 * 60 * 60 * 1000;
/** Sums are kept as whole numbers, which add up without error. */
const PER_KES = 10_000;

/**
 * Keeps the spending of one caller and of all in the call store.
 *
 * @param caller what stands for the caller's number, which must not be readable from it
 */
export function spendingOf(
  store: CallStore,
  clock: Clock,
  timeZone: string,
  caller: string | undefined,
): Spending {
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" });
  return {
    async charge(kes) {
      const key = `spent/${day.format(clock.wallMs())}`;
      const amount = Math.round(kes * PER_KES);
      // At the same time, so that both are written in one commit.
      const [all, own] = await Promise.all([
        store.add(key, amount, KEEP_MS),
        caller === undefined ? 0 : store.add(`${key}/${caller}`, amount, KEEP_MS),
      ]);
      return { caller: own / PER_KES, all: all / PER_KES };
    },
  };
}
