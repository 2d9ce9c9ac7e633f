import assert from "node:assert/strict";
import { bytesFromSamples, concatSamples } from "../lib/audio/pcm.ts";
import { systemClock } from "../lib/clock.ts";
import { EngineError } from "../lib/contracts/engine_error.ts";
import type { LlmRequest } from "../lib/contracts/llm.ts";
import { Breaker } from "../lib/engines/breaker.ts";
import { fallbackLlm, fallbackTts, SpeechCutError } from "../lib/engines/fallback.ts";
import { fallbackStt } from "../lib/engines/fallback_stt.ts";
import type { Provider, Watch } from "../lib/engines/provider.ts";
import { createGemini, type Gemini } from "../lib/providers/gemini/gemini.ts";
import { createOpenAiLlm } from "../lib/providers/openai/openai_llm.ts";
import { createOpenAiStt } from "../lib/providers/openai/openai_stt.ts";
import { createOpenAiTts } from "../lib/providers/openai/openai_tts.ts";
import {
  audioPart,
  chunk,
  type GeminiScript,
  type GeminiServer,
  problem,
  sse,
  startGeminiServer,
} from "./gemini_server.ts";
import { startOpenAiServer } from "./openai_server.ts";
import { say, tone } from "./tone_speech.ts";

/** Short, so that tests are; the order of things is the same. */
const deadlines = { firstChunkMs: 400, gapMs: 300, totalMs: 2000 };
/** The caller never hears more silence than this, whatever breaks. */
const MAX_SILENCE_MS = 3000;
const request: LlmRequest = {
  system: "",
  messages: [{ role: "caller", text: "my balance" }],
  tools: [],
  language: "en",
  maxOutputTokens: 100,
};
const never = () => new AbortController().signal;

interface Bench {
  gemini: Gemini;
  server: GeminiServer;
  notes: string[];
  llm: () => Promise<{ text: string; tookMs: number }>;
  speak: (text: string) => Promise<{ samples: Int16Array; tookMs: number }>;
  hear: (samples: Int16Array) => Promise<{ text: string; tookMs: number }>;
}

/** A Gemini that misbehaves in front of a server that works, over real sockets. */
async function withBoth(script: GeminiScript, run: (bench: Bench) => Promise<void>) {
  const server = startGeminiServer(script);
  const own = startOpenAiServer();
  const gemini = await createGemini({ apiKey: "k", baseUrl: server.baseUrl });
  const at = { baseUrl: own.baseUrl, model: "own" };
  const notes: string[] = [];
  const watch: Watch = {
    fault: (stage, name, { fault }) => notes.push(`${stage} ${name} ${fault}`),
    fallback: (stage, from, to) => notes.push(`${stage} ${from} → ${to}`),
  };
  const options = { clock: systemClock, watch };
  const pair = <Run>(first: Run, second: Run): Provider<Run>[] => [
    { name: "gemini", run: first, breaker: new Breaker(systemClock) },
    { name: "openai", run: second, breaker: new Breaker(systemClock) },
  ];
  const llms = pair(gemini.llm, await createOpenAiLlm(at));
  const voices = pair(gemini.tts, await createOpenAiTts({ ...at, voice: "own" }));
  const ears = pair(gemini.stt, await createOpenAiStt(at));
  const timed = async <T>(work: () => Promise<T>) => {
    const startMs = performance.now();
    return { ...await work(), tookMs: performance.now() - startMs };
  };
  try {
    await run({
      gemini,
      server,
      notes,
      llm: () =>
        timed(async () => {
          let text = "";
          for await (const event of fallbackLlm(llms, options, deadlines)(request, never())) {
            if (event.type === "text") text += event.text;
          }
          return { text };
        }),
      speak: (words) =>
        timed(async () => {
          const chunks: Int16Array[] = [];
          const tts = fallbackTts(voices, options, deadlines);
          for await (const samples of tts(words, { language: "en" }, never())) chunks.push(samples);
          return { samples: concatSamples(chunks) };
        }),
      hear: (samples) =>
        timed(async () => {
          async function* audio() {
            yield samples;
            await Promise.resolve();
          }
          const stt = fallbackStt(ears, options, 500);
          const sttOptions = { languages: ["en"], vocabulary: [], expect: "free" as const };
          for await (const event of stt(audio(), sttOptions, never())) {
            if (event.type === "final") return { text: event.text };
          }
          throw new Error("there must be a final");
        }),
    });
  } finally {
    await gemini.close();
    await server.close();
    await own.close();
  }
}

const brokenBeforeTheFirstChunk: [string, NonNullable<GeminiScript["answer"]>][] = [
  ["opens a stream and sends nothing", (exchange, requests) => sse(requests, exchange, [], "hang")],
  ["takes the request and never answers", (exchange, requests) => requests.silence(exchange)],
  ["sends nothing and ends", (exchange, requests) => sse(requests, exchange, [])],
  ["cuts the line at once", (exchange, requests) => sse(requests, exchange, [], "cut")],
  [
    "is overloaded",
    (exchange, requests) => requests.json(exchange, problem(503, "UNAVAILABLE", "busy"), 503),
  ],
  [
    "stops for no reason that it tells",
    (exchange, requests) => sse(requests, exchange, [chunk([], "OTHER")]),
  ],
];

for (const [name, answer] of brokenBeforeTheFirstChunk) {
  Deno.test(`when Gemini ${name}, the next provider thinks, speaks and hears`, async () => {
    await withBoth({ answer }, async ({ llm, speak, hear, notes, server }) => {
      const reply = await llm();
      assert.equal(reply.text, "You said: my balance");
      const speech = await speak("Your balance is low.");
      assert.ok(speech.samples.length > 16_000);
      const heard = await hear(say("balance", "order"));
      assert.equal(heard.text, "balance order");
      for (const { tookMs } of [reply, speech, heard]) {
        assert.ok(tookMs < MAX_SILENCE_MS, `${tookMs} ms`);
      }
      for (const stage of ["llm", "tts", "stt"]) {
        assert.ok(notes.includes(`${stage} gemini → openai`), `${stage}: ${notes}`);
      }
      while (server.requests.openCount > 0) await new Promise((r) => setTimeout(r, 5));
    });
  });
}

Deno.test("a voice killed in the middle of a word says how much was made, and the next sentence is spoken", async () => {
  await withBoth({
    answer: (exchange, requests) =>
      sse(requests, exchange, [
        chunk([audioPart(bytesFromSamples(tone(220, 500, 24_000)))]),
      ], "cut"),
  }, async ({ speak }) => {
    for (let i = 0; i < 3; i++) {
      await assert.rejects(
        speak("Your balance is low."),
        (error) => error instanceof SpeechCutError && error.madeMs > 450 && error.madeMs <= 500,
      );
    }
    assert.ok((await speak("Your balance is low.")).samples.length > 16_000);
  });
});

Deno.test("a voice that stops sending in the middle of a word is noticed within its gap", async () => {
  await withBoth({
    answer: (exchange, requests) =>
      sse(requests, exchange, [
        chunk([audioPart(bytesFromSamples(tone(220, 500, 24_000)))]),
      ], "hang"),
  }, async ({ speak, server }) => {
    const startMs = performance.now();
    await assert.rejects(
      speak("Your balance is low."),
      (error) => error instanceof SpeechCutError && error.fault === "timeout",
    );
    assert.ok(performance.now() - startMs < 1000);
    await server.requests.last.dropped;
  });
});

Deno.test("half a sentence of text stands, and its failure is thrown", async () => {
  await withBoth({
    answer: (exchange, requests) => sse(requests, exchange, [chunk([{ text: "Your bal" }])], "cut"),
  }, async ({ llm, notes }) => {
    await assert.rejects(llm(), (error) => error instanceof EngineError);
    assert.deepEqual(notes, ["llm gemini unavailable"]);
  });
});

Deno.test("429 for a minute is asked for once, and later replies lose no time", async () => {
  await withBoth({
    answer: (exchange, requests) =>
      requests.json(
        exchange,
        problem(429, "RESOURCE_EXHAUSTED", "quota", [{ retryDelay: "60s" }]),
        429,
      ),
  }, async ({ llm, server }) => {
    const times: number[] = [];
    for (let i = 0; i < 6; i++) {
      const { text, tookMs } = await llm();
      assert.equal(text, "You said: my balance");
      times.push(tookMs);
    }
    assert.equal(server.requests.all.length, 1);
    assert.ok(Math.min(...times.slice(1)) < 50, `${times}`);
  });
});
