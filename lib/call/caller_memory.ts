import type { Clock } from "../clock.ts";
import type { CallStore } from "../contracts/call_record.ts";
import { hashCaller } from "../outcomes/finish_call.ts";

/** What is remembered of a caller's last call: what it was about, never what was said. */
export interface PastCall {
  /** Milliseconds since 1970. */
  beganMs: number;
  /** Names of tools and topics, most telling first. */
  intents: string[];
  resolved: boolean;
}

export interface CallerMemoryOptions {
  store: CallStore;
  clock: Clock;
  /** Makes the hashes of callers' numbers useless to others. */
  salt: string;
  /** How long a call is remembered. */
  days: number;
}

const DAY_MS = 86_400_000;
const RESOLVED = new Set(["resolved_confirmed", "resolved_unconfirmed", "escalated_connected"]);

/** Recognises callers by the salted hash of their number; keeps nothing but a pointer to a call. */
export class CallerMemory {
  constructor(readonly options: CallerMemoryOptions) {}

  /** The caller's last call that was about something. */
  async recall(callerNumber: string): Promise<PastCall | undefined> {
    const { store, clock, salt, days } = this.options;
    const record = await store.get(memoryName(hashCaller(callerNumber, salt)));
    if (!record?.intents?.length) return undefined;
    if (clock.wallMs() - record.createdMs > days * DAY_MS) return undefined;
    return {
      beganMs: record.createdMs,
      intents: record.intents,
      resolved: RESOLVED.has(record.outcome ?? ""),
    };
  }

  /** Remembers a call that is over, in place of the one before. */
  async keep(callId: string): Promise<void> {
    const { store } = this.options;
    const record = await store.get(callId);
    if (!record?.callerHash || !record.intents?.length) return;
    await store.alias(memoryName(record.callerHash), record.callId);
  }
}

/** The name under which the last call of a caller is found. */
export function memoryName(callerHash: string): string {
  return `caller:${callerHash}`;
}
