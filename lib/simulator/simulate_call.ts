import type { Clock } from "../clock.ts";
import type { CallEvent } from "../contracts/call_event.ts";
import { bridgeEvents } from "./bridge_events.ts";
import { type CallReport, reportCall } from "./call_report.ts";
import type { ExchangeCall } from "./exchange.ts";
import type { LegEntry } from "./leg_log.ts";
import type { Party } from "./party.ts";
import type { SimulatedPlatform } from "./platform.ts";
import { Recording } from "./recording.ts";

export interface SimulateCallOptions {
  platform: SimulatedPlatform;
  clock: Clock;
  bridgeUrl: string;
  callerNumber: string;
  dialledNumber: string;
  party: Party;
  /** Lines that the party means to speak. */
  lineCount: number;
  /** The right to read the call's events; without it only what the phone hears is known. */
  eventsToken?: (callId: string) => string;
  /** @default 10 minutes */
  maxMs?: number;
  onStart?(call: ExchangeCall): void;
  onEntry?(entry: LegEntry): void;
  /** `atMs` counts from the first ring. */
  onEvent?(event: CallEvent, atMs: number): void;
  /** Told why events can't be shown. */
  onEventsLost?(reason: string): void;
}

export interface SimulatedCall {
  report: CallReport;
  recording: Recording;
}

const MAX_MS = 10 * 60_000;

/** How long the bridge may take to tell of the end of a call that is over. */
const LAST_EVENTS_MS = 3_000;

/** Rings the bridge once and lives through the call, watching it from both ends. */
export async function simulateCall(options: SimulateCallOptions): Promise<SimulatedCall> {
  const { platform, clock, bridgeUrl, eventsToken } = options;
  const recording = new Recording();
  const events: CallEvent[] = [];
  const startedWallMs = clock.wallMs();
  const unwatch = new AbortController();
  let watching = Promise.resolve();

  const watch = async () => {
    if (!eventsToken) return;
    const { callId } = call.plan;
    try {
      const stream = bridgeEvents(bridgeUrl, callId, eventsToken(callId), unwatch.signal);
      for await (const event of stream) {
        events.push(event);
        options.onEvent?.(event, event.wallMs - startedWallMs);
      }
    } catch (error) {
      if (unwatch.signal.aborted) return;
      options.onEventsLost?.(error instanceof Error ? error.message : String(error));
    }
  };
  const call = platform.exchange.ring({
    callerNumber: options.callerNumber,
    dialledNumber: options.dialledNumber,
    direction: "Inbound",
    voiceUrl: `${bridgeUrl}/voice`,
    eventsUrl: `${bridgeUrl}/events`,
    party: options.party,
  }, {
    onEntry(entry) {
      if (entry.type === "stream_open") watching = watch();
      options.onEntry?.(entry);
    },
    onFrame: (said, heard, atMs) => recording.add(said, heard, atMs),
  });
  options.onStart?.(call);
  const maxMs = options.maxMs ?? MAX_MS;
  const cancelLimit = clock.at(clock.now() + maxMs, () => {
    call.leg.hangUp("platform", `the call took longer than ${maxMs / 1000} s`);
  });
  const ended = await call.done;
  cancelLimit();
  const cancelWatch = clock.at(clock.now() + LAST_EVENTS_MS, () => unwatch.abort());
  await watching;
  cancelWatch();
  const report = reportCall({
    callId: call.plan.callId,
    startedWallMs,
    audioStartsAtMs: recording.startsAtMs,
    lineCount: options.lineCount,
    log: call.leg.log,
    events,
    heardSpans: recording.heardSpans,
    ended,
  });
  return { report, recording };
}

/** Writes `call.wav` and `call.json` into `directory`. */
export async function saveCall(directory: string, { report, recording }: SimulatedCall) {
  await Deno.mkdir(directory, { recursive: true });
  await Deno.writeFile(`${directory}/call.wav`, recording.toWav());
  await Deno.writeTextFile(`${directory}/call.json`, JSON.stringify(report, null, 2) + "\n");
}
