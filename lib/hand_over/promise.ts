import { createHash } from "node:crypto";
import { type Clock, deadline } from "../clock.ts";
import type { Backend } from "../contracts/backend.ts";
import type { CallRecord, CallStore } from "../contracts/call_record.ts";
import type { HandOverRequest } from "../contracts/hand_over.ts";

/** A caller waits for the reference meanwhile. */
const TICKET_LIMIT_MS = 2_500;
/** Promises older than this were kept or forgotten by people, not by us. */
const LOOK_BACK_MS = 7 * 24 * 60 * 60 * 1000;

export interface PromiseDeps {
  store: CallStore;
  clock: Clock;
  log: { info(message: string): void; warn(message: string): void };
  backend: Backend;
  /** Tells the team, through their webhook or by text message; rejects when it did not arrive. */
  tellTeam?: (record: CallRecord, signal: AbortSignal) => Promise<void>;
  /** Calls a person and connects them with the caller, when that is wanted. */
  callBack?: (record: CallRecord, signal: AbortSignal) => Promise<void>;
}

export interface Promises {
  /**
   * Promises that somebody will call back: from its return on the promise outlives this process.
   * Resolves with the reference that the caller is told.
   */
  make(request: HandOverRequest): Promise<string>;
  /** Brings every promise that nobody has heard of yet to the team; returns how many are left. */
  deliver(): Promise<number>;
}

/**
 * Makes the promises of a call back: a ticket in the company's own system, or, while that does not
 * answer, a reference of ours that is delivered as soon as it does.
 */
export function createPromises(deps: PromiseDeps): Promises {
  const { store, clock, log } = deps;

  async function make(request: HandOverRequest): Promise<string> {
    const promisedMs = clock.wallMs();
    const known = (await store.get(request.callId))?.handOver?.reference;
    if (known) return known;
    // Kept first: a crash from here on leaves a promise that the next start delivers.
    const own = ownReference(request.callId);
    await store.update(request.callId, (record) => ({
      ...record,
      language: record.language ?? request.language,
      callerNumber: record.callerNumber ?? request.callerNumber,
      handOver: {
        state: "promised",
        reason: request.reason,
        brief: request.brief,
        target: {},
        ...record.handOver,
        reference: own,
        promisedMs,
      },
    }));
    const ticket = await openTicket(request.callId).catch((error) => {
      log.warn(`Call ${request.callId}: the promise ${own} waits for the backend: ${text(error)}`);
    });
    if (ticket) await note(request.callId, { reference: ticket });
    void tell(request.callId, ticket !== undefined).catch((error) => {
      log.warn(`Call ${request.callId}: the promise is not delivered yet: ${text(error)}`);
    });
    return ticket ?? own;
  }

  async function openTicket(callId: string): Promise<string> {
    const record = await store.get(callId);
    if (!record?.handOver) throw new Error("the call is not known any more");
    const limit = deadline(clock, TICKET_LIMIT_MS);
    try {
      const ticket = await deps.backend.openTicket({
        callerNumber: record.callerNumber,
        subject: `Call back: ${record.handOver.reason}`,
        // Our reference stays findable when the caller was told it.
        detail: `${record.handOver.brief}\nReference ${record.handOver.reference}`,
        idempotencyKey: `promise/${callId}`,
      }, limit.signal);
      return ticket.reference;
    } finally {
      limit.clear();
    }
  }

  /** Everything after the ticket; the caller does not wait for it. */
  async function tell(callId: string, ticketed: boolean): Promise<void> {
    if (!ticketed) await openTicket(callId);
    const record = await store.get(callId);
    if (!record) return;
    const limit = deadline(clock, 4 * TICKET_LIMIT_MS);
    try {
      await deps.tellTeam?.(record, limit.signal);
      await deps.callBack?.(record, limit.signal);
    } finally {
      limit.clear();
    }
    await note(callId, { deliveredMs: clock.wallMs() });
  }

  async function note(
    callId: string,
    change: { reference?: string; deliveredMs?: number },
  ): Promise<void> {
    await store.update(callId, (record) => {
      return record.handOver && { ...record, handOver: { ...record.handOver, ...change } };
    });
  }

  async function deliver(): Promise<number> {
    let left = 0;
    for await (const { callId, handOver } of store.list(clock.wallMs() - LOOK_BACK_MS)) {
      if (handOver?.promisedMs === undefined || handOver.deliveredMs !== undefined) continue;
      try {
        await tell(callId, false);
        log.info(`Call ${callId}: the promise ${handOver.reference} is delivered`);
      } catch (error) {
        left++;
        log.warn(`Call ${callId}: the promise is not delivered yet: ${text(error)}`);
      }
    }
    return left;
  }

  return { make, deliver };
}

/** Six digits, easy to say and to write down, and the same for every try of one call. */
function ownReference(callId: string): string {
  const number = createHash("sha256").update(callId).digest().readUInt32BE() % 1_000_000;
  return String(number).padStart(6, "0");
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
