import type { Clock } from "../clock.ts";
import type { BilledCall, CallStore } from "../contracts/call_record.ts";
import { PlatformError } from "../platform/platform_error.ts";
import type { PlatformCall, PlatformClient } from "../platform/rest_client.ts";

/** The platform's figures are up to five seconds behind the call. */
const FIRST_ASK_MS = 6_000;
const MAX_ASKS = 4;
/** Ours begins when the call is announced to us, theirs when it is answered. */
const TOLERANCE_S = 5;

export interface ReconcileDeps {
  client: PlatformClient;
  store: CallStore;
  clock: Clock;
  log: { warn(message: string): void };
}

/**
 * Fetches what the platform says of a call that is over, and keeps it with the call: its cost is the
 * true one. Resolves with nothing when the platform never has it finished.
 */
export async function reconcile(
  deps: ReconcileDeps,
  callId: string,
  signal?: AbortSignal,
): Promise<BilledCall | undefined> {
  for (let asks = 1; asks <= MAX_ASKS; asks++) {
    await deps.clock.until(deps.clock.now() + FIRST_ASK_MS * 2 ** (asks - 1), signal);
    const billed = await askBill(deps, callId, signal);
    if (billed) return billed;
  }
  deps.log.warn(
    `Call ${callId}: the platform has no finished record of it, so its cost is not known`,
  );
}

/** Asks once, and keeps the answer with the call; nothing when the platform has it not finished. */
export async function askBill(
  deps: ReconcileDeps,
  callId: string,
  signal?: AbortSignal,
): Promise<BilledCall | undefined> {
  const { clock, store, log } = deps;
  const call = await ask(deps, callId, signal);
  if (!call?.ended_at) return undefined;
  const billed: BilledCall = {
    status: call.status,
    durationSeconds: call.duration_seconds ?? 0,
    costMinor: call.cost_minor ?? 0,
    currency: call.cost_currency ?? "KES",
  };
  const record = await store.update(callId, (record) => ({ ...record, billed }));
  const oursS = ((record.endedMs ?? clock.wallMs()) - record.createdMs) / 1000;
  if (billed.durationSeconds - oursS > TOLERANCE_S) {
    log.warn(
      `Call ${callId}: the platform counts ${billed.durationSeconds} s, we saw ${
        Math.round(oursS)
      } s`,
    );
  }
  return billed;
}

async function ask(
  { client, log }: ReconcileDeps,
  callId: string,
  signal?: AbortSignal,
): Promise<PlatformCall | undefined> {
  try {
    return await client.call(callId, signal);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    log.warn(`Call ${callId}: ${error.message}`);
  }
}
