import { type Clock, deadline } from "../clock.ts";
import type { CallRecord, CallStore } from "../contracts/call_record.ts";

export interface AnnounceDeps {
  store: CallStore;
  clock: Clock;
  log: { warn(message: string): void };
  announce?: (record: CallRecord, signal: AbortSignal) => Promise<void>;
}

/** Lets the team read about a caller, when it has a way to; what goes wrong is only logged. */
export async function announce(
  { store, clock, log, announce }: AnnounceDeps,
  callId: string,
  limitMs: number,
): Promise<void> {
  const record = announce && await store.get(callId);
  if (!record) return;
  const limit = deadline(clock, limitMs);
  try {
    await announce(record, limit.signal);
  } catch (error) {
    log.warn(`Call ${callId}: ${error instanceof Error ? error.message : error}`);
  } finally {
    limit.clear();
  }
}
