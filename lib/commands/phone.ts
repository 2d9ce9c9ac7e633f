import { readWav, WavError } from "../audio/wav.ts";
import { Resampler } from "../audio/resample.ts";
import { concatSamples, SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import type { Clock } from "../clock.ts";
import type { Env } from "../settings/env.ts";
import { Caller, personOnThePhone } from "../simulator/caller.ts";
import { type PreparedLine, prepareLines } from "../simulator/caller_lines.ts";
import { seededRandom } from "../simulator/noises.ts";
import { onPhoneLine } from "../simulator/phone_line.ts";
import { startPlatform } from "../simulator/platform.ts";
import { saveCall, simulateCall, type SimulatedCall } from "../simulator/simulate_call.ts";
import {
  type BridgeUnderCall,
  runningBridge,
  type StartBridge,
  startOwnBridge,
} from "./bridge_under_call.ts";
import { type CallOptions, UsageError } from "./call_options.ts";
import type { CallScreen } from "./call_screen.ts";
import { CallerVoices } from "./caller_voice.ts";

export interface PhoneOptions {
  options: CallOptions;
  /** Starts the bridge when none runs already. */
  start: StartBridge;
  env: Env;
  clock: Clock;
  screen: CallScreen;
  /** Told when the caller begins a line, from 0. */
  onLine?(line: number): void;
  /** Aborted when the caller has had enough. */
  signal: AbortSignal;
}

/** Key of the simulated API. */
const API_KEY = "simulated-key";

/** What a person says who answers for the company, and how long they stay. */
const PERSON_SAYS =
  "Hello, this is Amina. I have read what you asked for. I will take it from here.";
const PERSON_STAYS_MS = 7_000;
const RING_MS = 2_000;
const SEED = 1;

/** Places one simulated call, shows it, and saves it; the result has the directory it is in. */
export async function callWithPhone(
  phone: PhoneOptions,
): Promise<SimulatedCall & { directory: string }> {
  const { options, env, clock, screen, signal } = phone;
  const voices = new CallerVoices();
  const closing: (() => Promise<void>)[] = [];
  try {
    const lines = await prepare(options, voices);
    const person = options.dial === "answered"
      ? await voices.speak("awb", PERSON_SAYS, "en")
      : null;
    const platform = startPlatform({
      clock,
      quirks: options.quirks,
      signing: { secret: env.SAUTIKIT_SIGNING_SECRETS?.split(",")[0].trim() || undefined },
      apiPort: options.apiPort,
      ownedNumbers: [options.to],
      dial: () => ({
        outcome: options.dial,
        ringMs: RING_MS,
        person: person ? personOnThePhone(person, PERSON_STAYS_MS) : undefined,
      }),
      speak: (text, language) => voices.speak("awb", text, language?.slice(0, 2) ?? "en"),
      seed: SEED,
    });
    closing.push(() => platform.close());
    const bridge = await openBridge(phone, platform.api.url);
    closing.push(() => bridge.close());
    if (!bridge.eventsToken) {
      screen.note(
        "The bridge's TOKEN_SECRET is not known here, so only what the phone hears is shown.",
      );
    }
    const call = await simulateCall({
      platform,
      clock,
      bridgeUrl: bridge.url,
      callerNumber: options.from,
      dialledNumber: options.to,
      party: onPhoneLine(new Caller({ ...options, lines }), { ...options.phoneLine, seed: SEED }),
      lineCount: lines.length,
      eventsToken: bridge.eventsToken,
      maxMs: options.maxMs,
      onStart(call) {
        screen.note(`${options.from} calls ${options.to} at ${bridge.url} (${call.plan.callId})`);
        const hangUp = () => call.leg.hangUp("caller", "the caller was interrupted");
        if (signal.aborted) hangUp();
        else signal.addEventListener("abort", hangUp, { once: true });
      },
      onEntry(entry) {
        if (entry.type === "line_begins") phone.onLine?.(entry.line);
        screen.entry(entry);
      },
      onEvent: (event, atMs) => screen.event(event, atMs),
      onEventsLost: (reason) => screen.note(reason),
    });
    const directory = options.out ?? `calls/${call.report.callId}`;
    await saveCall(directory, call);
    return { ...call, directory };
  } finally {
    for (const close of closing.reverse()) await close();
    voices.close();
  }
}

function openBridge(
  { options, start, env, clock }: PhoneOptions,
  apiUrl: string,
): Promise<BridgeUnderCall> {
  if (options.url) return runningBridge(options.url, env);
  return startOwnBridge(start, env, clock, { url: apiUrl, key: API_KEY });
}

/** Everything is spoken before the call begins, so that synthesis can't delay a frame. */
async function prepare(options: CallOptions, voices: CallerVoices): Promise<PreparedLine[]> {
  const prepared: PreparedLine[] = [];
  const speak = (text: string) => voices.speak(options.voice, text, options.language);
  for (const line of options.lines) {
    if ("line" in line) {
      prepared.push(...await prepareLines([line.line], speak, seededRandom(SEED)));
    } else {
      prepared.push({
        text: line.file,
        start: { when: "agent is silent" },
        steps: [{ samples: await readCallerAudio(line.file) }],
      });
    }
  }
  return prepared;
}

/** Reads the caller's side of a recording: the left channel, at 16 kHz. */
async function readCallerAudio(path: string): Promise<Int16Array> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (cause) {
    throw new UsageError(
      `Cannot call: ${path} must be a WAV file that can be read: ${
        cause instanceof Error ? cause.message : cause
      }`,
      { cause },
    );
  }
  try {
    const { sampleRateHz, channels } = readWav(bytes);
    const resampler = new Resampler(sampleRateHz, SAMPLE_RATE_HZ);
    return concatSamples([resampler.push(channels[0]), resampler.flush()]);
  } catch (error) {
    if (error instanceof WavError || error instanceof RangeError) {
      throw new UsageError(`Cannot call with ${path}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}
