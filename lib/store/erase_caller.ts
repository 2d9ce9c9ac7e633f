import type { CallRecord } from "../contracts/call_record.ts";
import { whenUnlocked } from "./locked_file.ts";

/** Holds a number that changes with every erasure, and tells nothing of who was erased. */
export const ERASURES: Deno.KvKey = ["erasures"];

/** What was erased of a caller. */
export interface Erased {
  callIds: string[];
  /** Pieces of transcripts and other events. */
  events: number;
  /** Names under which calls and the caller's memory were found. */
  names: number;
  /** Sums of what was spent on the caller. */
  sums: number;
}

/**
 * Erases everything that the call store holds of a caller: calls from and to the number, their
 * events, the names that lead to them, and what was counted for the caller. Running processes are
 * told to forget what they remember.
 *
 * @param callerHash of {@linkcode hashCaller}; calls are found by it, too
 */
export async function eraseCaller(
  kv: Deno.Kv,
  number: string,
  callerHash: string,
): Promise<Erased> {
  const erased: Erased = { callIds: [], events: 0, names: 0, sums: 0 };
  const remove = (key: Deno.KvKey) => whenUnlocked(() => kv.delete(key));
  const calls: CallRecord[] = [];
  for await (const { value } of kv.list<CallRecord>({ prefix: ["call"] })) {
    if (isOf(value, number, callerHash)) calls.push(value);
  }
  // What leads to a call goes first, so that a second try finds what the first one left.
  const ids = new Set(calls.map(({ callId }) => callId));
  for await (const { key, value } of kv.list<{ callId: string }>({ prefix: ["alias"] })) {
    if (!ids.has(value.callId) && !String(key[1]).includes(callerHash)) continue;
    await remove(key);
    erased.names++;
  }
  for await (const { key } of kv.list({ prefix: ["sum"] })) {
    if (!String(key[1]).includes(callerHash)) continue;
    await remove(key);
    erased.sums++;
  }
  for (const { callId, createdMs } of calls) {
    for await (const { key, value } of kv.list<unknown[]>({ prefix: ["event", callId] })) {
      await remove(key);
      erased.events += value.length;
    }
    await remove(["began", createdMs, callId]);
    await remove(["call", callId]);
    erased.callIds.push(callId);
  }
  // Last: what a running process reads until now, it forgets when it sees this.
  const { value } = await kv.get<number>(ERASURES);
  await whenUnlocked(() => kv.set(ERASURES, (value ?? 0) + 1));
  return erased;
}

function isOf(record: CallRecord, number: string, callerHash: string): boolean {
  return record.callerNumber === number || record.callerHash === callerHash ||
    record.dialledNumber === number || record.handOver?.target.number === number;
}
