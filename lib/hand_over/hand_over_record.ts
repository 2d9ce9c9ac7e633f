import type { Clock } from "../clock.ts";
import type { CallRecord, CallStore, HandOverRecord } from "../contracts/call_record.ts";
import { changed } from "./states.ts";

/**
 * How often another process's entries are looked for; a read takes about a millisecond, and a
 * caller does not notice a quarter of a second.
 */
const POLL_MS = 250;

/** Changes the hand-over of a call that has one; what can't follow its state changes nothing. */
export function changeHandOver(
  store: CallStore,
  callId: string,
  change: (handOver: HandOverRecord, record: CallRecord) => Partial<HandOverRecord> | undefined,
  stage?: CallRecord["stage"],
): Promise<CallRecord> {
  return store.update(callId, (record) => {
    const wanted = record.handOver && change(record.handOver, record);
    const handOver = wanted && changed(record.handOver!, wanted);
    if (!handOver) return undefined;
    return {
      ...record,
      stage: record.stage === "ended" ? "ended" : stage ?? record.stage,
      handOver,
    };
  });
}

/**
 * Looks at a record again and again until `look` finds what it wants, whichever process wrote it;
 * resolves with nothing when `untilMs` is reached.
 *
 * @throws the signal's reason
 */
export async function watchRecord<T>(
  { store, clock }: { store: CallStore; clock: Clock },
  callId: string,
  look: (record: CallRecord) => T | undefined,
  { untilMs, signal }: { untilMs: number; signal: AbortSignal },
): Promise<T | undefined> {
  while (true) {
    signal.throwIfAborted();
    const record = await store.get(callId);
    const found = record && look(record);
    if (found !== undefined) return found;
    if (clock.now() >= untilMs) return undefined;
    await clock.until(Math.min(untilMs, clock.now() + POLL_MS), signal);
  }
}
