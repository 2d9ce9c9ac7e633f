import { SAMPLE_RATE_HZ } from "../lib/audio/pcm.ts";
import { systemClock } from "../lib/clock.ts";
import type { Llm } from "../lib/contracts/llm.ts";
import type { Stt } from "../lib/contracts/stt.ts";
import type { Tts } from "../lib/contracts/tts.ts";
import { Breaker } from "../lib/engines/breaker.ts";
import { fallbackLlm } from "../lib/engines/fallback.ts";
import { createGemini } from "../lib/providers/gemini/gemini.ts";
import { createOpenAiLlm } from "../lib/providers/openai/openai_llm.ts";
import { createOpenAiStt } from "../lib/providers/openai/openai_stt.ts";
import { createOpenAiTts } from "../lib/providers/openai/openai_tts.ts";
import { say } from "../tests/tone_speech.ts";
import { DECODE_MS_PER_SECOND, SERVER_DELAY_MS } from "./engine_servers.ts";
import { percentile } from "./percentile.ts";

/** Addresses of the servers that run beside the bench, in a thread of their own. */
export interface EngineServers {
  gemini: string;
  openai: string;
  /** Takes every request and never answers. */
  silent: string;
}

const CALLS = 20;
const ROUNDS = 4;
/** Callers don't speak together; each takes its turn at a moment of its own in this time. */
const SPREAD_MS = 2000;
const SENTENCE = "Your balance is five hundred shillings.";
/** Short, so that the bench is; the real deadline is 2500 ms. */
const FIRST_CHUNK_MS = 200;

const utterance = say("balance", "order", "outage", "person", "balance", "order");
const sttOptions = { languages: ["en"], vocabulary: [], expect: "free" as const };
const never = () => new AbortController().signal;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What providers add to their servers, what streaming saves, and what a dead provider costs. */
export async function benchEngines(print: (line: string) => void): Promise<void> {
  const worker = new Worker(new URL("./engine_servers.ts", import.meta.url), { type: "module" });
  try {
    const servers = await new Promise<EngineServers>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
    await benchOverhead(servers, print);
    await benchTranscription(servers, print);
    await benchBreaker(servers, print);
  } finally {
    worker.terminate();
  }
}

async function benchOverhead(servers: EngineServers, print: (line: string) => void) {
  print(`Method: fake servers on loopback that answer after ${SERVER_DELAY_MS} ms, in another`);
  print(
    `thread; ${CALLS} calls take a turn each within ${SPREAD_MS} ms, ${ROUNDS} rounds after one to`,
  );
  print(
    "warm up: 3 s of speech → transcript, → first text, → first samples of a sentence; each less",
  );
  print("the server's delay. The fakes' own work counts as ours.");
  const gemini = await createGemini({ apiKey: "k", baseUrl: servers.gemini });
  const at = { baseUrl: servers.openai, model: "fake" };
  const openai = {
    stt: await createOpenAiStt(at),
    llm: await createOpenAiLlm(at),
    tts: await createOpenAiTts({ ...at, voice: "fake" }),
  };
  const decodeMs = DECODE_MS_PER_SECOND * utterance.length / SAMPLE_RATE_HZ;
  await benchTurns("gemini", gemini, SERVER_DELAY_MS + decodeMs, print);
  await benchTurns("openai", openai, SERVER_DELAY_MS, print);
  await gemini.close();
}

async function benchTurns(
  name: string,
  { stt, llm, tts }: { stt: Stt; llm: Llm; tts: Tts },
  sttDelayMs: number,
  print: (line: string) => void,
) {
  const times = { stt: [] as number[], llm: [] as number[], tts: [] as number[] };
  for (let round = 0; round <= ROUNDS; round++) {
    await Promise.all(Array.from({ length: CALLS }, async (_, i) => {
      await wait(SPREAD_MS * i / CALLS);
      const turn = {
        stt: await transcript(stt, whole()) - sttDelayMs,
        llm: await firstText(llm) - SERVER_DELAY_MS,
        tts: await firstSamples(tts) - SERVER_DELAY_MS,
      };
      if (round === 0) return;
      times.stt.push(turn.stt);
      times.llm.push(turn.llm);
      times.tts.push(turn.tts);
    }));
  }
  for (const [stage, all] of Object.entries(times)) {
    print(
      `${name} ${stage}: p50 +${percentile(all, 0.5).toFixed(1)} ms, ` +
        `p95 +${percentile(all, 0.95).toFixed(1)} ms (goal: p50 ≤ 15 ms)`,
    );
  }
}

async function benchTranscription(servers: EngineServers, print: (line: string) => void) {
  print(
    `Method: ${CALLS} calls at once, 3 s of speech in real time; end of the audio → final text.`,
  );
  print(`The server needs ${SERVER_DELAY_MS} ms after the end, and for audio that it gets whole`);
  print(`${DECODE_MS_PER_SECOND} ms more for each second; uploading over loopback takes no time.`);
  for (const sttLiveModel of [undefined, "gemini-3.5-transcribe-live"]) {
    const gemini = await createGemini({ apiKey: "k", baseUrl: servers.gemini, sttLiveModel });
    const times = await Promise.all(Array.from({ length: CALLS }, async (_, i) => {
      await wait(SPREAD_MS * i / CALLS);
      let endMs = 0;
      await transcript(gemini.stt, inRealTime(() => endMs = performance.now()));
      return performance.now() - endMs;
    }));
    print(
      `${sttLiveModel ? "streamed" : "whole"}: p50 ${percentile(times, 0.5).toFixed(0)} ms, ` +
        `p95 ${percentile(times, 0.95).toFixed(0)} ms`,
    );
    await gemini.close();
  }
}

async function benchBreaker(servers: EngineServers, print: (line: string) => void) {
  print(`Method: a provider that never answers (deadline ${FIRST_CHUNK_MS} ms here, 2500 ms in`);
  print("use) before one that answers at once; request → first text, calls one after another.");
  const gemini = await createGemini({ apiKey: "k", baseUrl: servers.silent });
  const instant: Llm = async function* () {
    await Promise.resolve();
    yield { type: "text", text: "Yes." };
    yield { type: "end", reason: "stop" };
  };
  let failures = 0;
  const llm = fallbackLlm(
    [
      { name: "dead", run: gemini.llm, breaker: new Breaker(systemClock) },
      { name: "alive", run: instant, breaker: new Breaker(systemClock) },
    ],
    { clock: systemClock, watch: { fault: () => failures++ } },
    {
      firstChunkMs: FIRST_CHUNK_MS,
      gapMs: FIRST_CHUNK_MS,
      totalMs: 2000,
    },
  );
  const times: number[] = [];
  for (let i = 0; i < 100; i++) {
    times.push(await firstText(llm));
  }
  const later = times.slice(failures);
  print(`breaker: opened after ${failures} failures (goal: ≤ 3), which cost`);
  print(`${times.slice(0, failures).map((ms) => ms.toFixed(0)).join(", ")} ms; later calls cost`);
  print(
    `p50 ${percentile(later, 0.5).toFixed(2)} ms, ` +
      `at most ${Math.max(...later).toFixed(2)} ms (goal: < 50 ms)`,
  );
  await gemini.close();
}

/** Time to the first item; the rest is read too, as a call does. */
async function firstOf<T>(items: AsyncIterable<T>): Promise<number> {
  const startMs = performance.now();
  let firstMs: number | undefined;
  for await (const _ of items) firstMs ??= performance.now() - startMs;
  if (firstMs === undefined) throw new Error("Cannot measure: nothing came");
  return firstMs;
}

function firstText(llm: Llm): Promise<number> {
  const request = {
    system: "You are a support agent.",
    messages: [{ role: "caller" as const, text: "my balance" }],
    tools: [],
    language: "en",
    maxOutputTokens: 200,
  };
  return firstOf(llm(request, never()));
}

function firstSamples(tts: Tts): Promise<number> {
  return firstOf(tts(SENTENCE, { language: "en" }, never()));
}

async function transcript(stt: Stt, audio: AsyncIterable<Int16Array>): Promise<number> {
  const startMs = performance.now();
  for await (const event of stt(audio, sttOptions, never())) {
    if (event.type === "final" && event.text === "") throw new Error("nothing was recognised");
  }
  return performance.now() - startMs;
}

async function* whole() {
  yield utterance;
  await Promise.resolve();
}

async function* inRealTime(ended: () => void) {
  const startMs = performance.now();
  for (let at = 0; at < utterance.length; at += 320) {
    yield utterance.subarray(at, at + 320);
    await wait(Math.max(0, startMs + (at + 320) / 16 - performance.now()));
  }
  ended();
}

if (import.meta.main) await benchEngines(console.log);
