import { SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import type { Clock } from "../clock.ts";
import type { Stage } from "../contracts/call_event.ts";
import { LLM_DEADLINES, TTS_DEADLINES } from "../engines/fallback.ts";
import { STT_FINAL_MS } from "../engines/fallback_stt.ts";
import type { Engine } from "../engines/engine.ts";
import { type Finding, green, red, wordsOf, yellow } from "./finding.ts";

const TRIPS = 3;
/** What the calls themselves allow, before they take the next provider. */
const DEADLINE_MS: Record<Stage, number> = {
  stt: STT_FINAL_MS,
  llm: LLM_DEADLINES.firstChunkMs,
  tts: TTS_DEADLINES.firstChunkMs,
};
/** A provider this near its deadline misses it when the network has a bad minute. */
const NEAR = 0.6;

/** Uses a provider three times as a call does, and takes the time to its first useful chunk. */
export async function checkRoundTrip<S extends Stage>(
  stage: S,
  run: Engine[S],
  clock: Clock,
  signal: AbortSignal,
): Promise<Finding> {
  const tookMs: number[] = [];
  let failure: unknown;
  for (let trip = 0; trip < TRIPS; trip++) {
    try {
      tookMs.push(await once(stage, run, clock, signal));
    } catch (error) {
      signal.throwIfAborted();
      failure = error;
    }
  }
  const fix = "see the log of the provider; calls go on with the next one of the stage";
  if (tookMs.length === 0) return red(`all ${TRIPS} tries failed: ${wordsOf(failure)}`, fix);
  const middleMs = tookMs.toSorted((a, b) => a - b)[Math.floor(tookMs.length / 2)];
  const said = `${tookMs.map((ms) => Math.round(ms)).join(", ")} ms of ${DEADLINE_MS[stage]}`;
  if (tookMs.length < TRIPS) {
    return yellow(`${TRIPS - tookMs.length} of ${TRIPS} failed: ${wordsOf(failure)}; ${said}`, fix);
  }
  const slow = "take a faster model, or a server nearer to this one";
  if (middleMs > DEADLINE_MS[stage]) return red(`too slow for a call: ${said}`, slow);
  return middleMs > NEAR * DEADLINE_MS[stage] ? yellow(`slow: ${said}`, slow) : green(said);
}

async function once(
  stage: Stage,
  run: Engine[Stage],
  clock: Clock,
  signal: AbortSignal,
): Promise<number> {
  // Given up after the first chunk: the rest would only cost.
  const own = new AbortController();
  const both = AbortSignal.any([signal, own.signal]);
  const startMs = clock.now();
  try {
    for await (const chunk of work(stage, run, both)) {
      if (stage === "stt" && (chunk as { type: string }).type !== "final") continue;
      return clock.now() - startMs;
    }
  } finally {
    own.abort();
  }
  throw new Error("it answered with nothing");
}

function work(
  stage: Stage,
  run: Engine[Stage],
  signal: AbortSignal,
): AsyncIterable<unknown> {
  switch (stage) {
    case "stt":
      return (run as Engine["stt"])(utterance(), STT_OPTIONS, signal);
    case "llm":
      return (run as Engine["llm"])(LLM_REQUEST, signal);
    case "tts":
      return (run as Engine["tts"])("One moment, please.", { language: "en" }, signal);
  }
}

const STT_OPTIONS = { languages: ["en"], vocabulary: [], expect: "free" as const };
const LLM_REQUEST = {
  system: "Answer with one short sentence.",
  messages: [{ role: "caller" as const, text: "Hello" }],
  tools: [],
  language: "en",
  maxOutputTokens: 32,
};

/** Half a second that is as loud as speech; silence would not be sent. */
async function* utterance(): AsyncGenerator<Int16Array> {
  yield Int16Array.from(
    { length: SAMPLE_RATE_HZ / 2 },
    (_, i) => Math.round(6000 * Math.sin(2 * Math.PI * 220 * i / SAMPLE_RATE_HZ)),
  );
}
