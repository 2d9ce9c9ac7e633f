import type { Clock } from "../clock.ts";
import type { CallRecord, CallStore } from "../contracts/call_record.ts";
import { askPromptly } from "../platform/ask_promptly.ts";
import type { PlatformClient } from "../platform/rest_client.ts";
import type { VoiceCallback } from "../platform/voice_callback.ts";

/** How long the agent's own number rings; the call comes back to us within a second or two. */
export const RELAY_RING_MS = 8_000;
/** A number that brought nobody for this long is free again. */
const RESERVED_MS = 15_000;
/** The caller hears nothing while the agent is called into their room. */
const PLACE_LIMIT_MS = 2_000;

export interface RelayOptions {
  store: CallStore;
  clock: Clock;
  /** Numbers of ours at which the agent answers; each brings one caller at a time. */
  numbers: string[];
  /** `dial` puts the caller through; `room` lets both into a conference. */
  way: "dial" | "room";
  /** Calls the agent into a room. */
  client?: PlatformClient;
  /** Where the platform asks what to do with the leg that is called into a room. */
  voiceUrl?: string;
}

/**
 * Leads callers to the agent over a second call, to a number of ours: the caller's own leg then
 * stays at the platform, and can be given to a person when the agent's leg ends.
 */
export class Relay {
  constructor(readonly options: RelayOptions) {}

  /**
   * Keeps a number for a call that is new; nothing when all are taken, and for calls that come over
   * one of them: these the agent takes itself.
   */
  async reserve(callback: VoiceCallback): Promise<CallRecord["relay"]> {
    const { store, numbers, way } = this.options;
    if (!callback.dialledNumber || this.numberOf(callback) !== undefined) return undefined;
    const recent = await this.#recent();
    for (const number of numbers) {
      const used = recent.filter(({ relay }) => relay?.number === number);
      if (used.some(isWaiting)) continue;
      // Of two callers at once one gets the number: both know who had it last.
      const last = used.at(-1)?.callId ?? "";
      if (!await store.once(`relay/${number}/${last}`, RESERVED_MS)) continue;
      return { number, room: way === "room" ? `pokea-${callback.callId}` : undefined };
    }
  }

  /** The caller who waits for the agent's leg that a first callback tells of. */
  async callerOf(callback: VoiceCallback): Promise<CallRecord | undefined> {
    const number = this.numberOf(callback);
    if (number === undefined) return undefined;
    // What was dialled is shown as the caller; nobody else calls from a number of ours.
    const shown = [callback.callerNumber, callback.dialledNumber].find((end) => end !== number);
    return (await this.#recent()).find((record) =>
      record.relay?.number === number && isWaiting(record) && record.dialledNumber === shown
    );
  }

  /** Which of the agent's numbers a call has come over, if any. */
  numberOf({ callerNumber, dialledNumber }: VoiceCallback): string | undefined {
    // Both ends are ours, so whoever reads the callback may have swapped them.
    return this.options.numbers.find((number) =>
      number === dialledNumber || number === callerNumber
    );
  }

  async #recent(): Promise<CallRecord[]> {
    const { store, clock } = this.options;
    return await Array.fromAsync(store.list(clock.wallMs() - RESERVED_MS));
  }

  /** Calls the agent into the room of a caller; false when it can't come. */
  async callAgent({ callId, dialledNumber, relay }: CallRecord): Promise<boolean> {
    const { client, voiceUrl, store, clock } = this.options;
    if (!client || !voiceUrl || !relay?.room || !dialledNumber) return false;
    const placed = await askPromptly(clock, PLACE_LIMIT_MS, (signal) =>
      client.placeCall({
        from: dialledNumber,
        to: [relay.number],
        voiceCallbackUrl: voiceUrl,
        idempotencyKey: `relay/${callId}`,
      }, signal));
    if (!placed?.id) return false;
    const target = { queue: relay.room };
    await store.update(placed.id, (leg) => ({
      ...leg,
      stage: leg.stage === "ended" ? "ended" : "handing_over",
      partOf: callId,
      handOver: { state: "attempting", reason: "", brief: "", target },
    }));
    return true;
  }
}

/** A caller whose agent has not come yet. */
function isWaiting({ stage, partOf }: CallRecord): boolean {
  return stage === "relayed" && partOf === undefined;
}
