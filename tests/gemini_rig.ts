import assert from "node:assert/strict";
import { concatSamples } from "../lib/audio/pcm.ts";
import type { LlmEvent, LlmRequest } from "../lib/contracts/llm.ts";
import { createGemini, type Gemini, type GeminiOptions } from "../lib/providers/gemini/gemini.ts";
import {
  type GeminiScript,
  type GeminiServer,
  problem,
  startGeminiServer,
} from "./gemini_server.ts";

export const question: LlmRequest = {
  system: "You are Neema.",
  messages: [{ role: "caller", text: "my balance" }],
  tools: [{
    name: "get_account",
    description: "Looks up the caller's account.",
    parameters: { type: "object", properties: {} },
  }],
  language: "sw",
  maxOutputTokens: 200,
};

export async function collect(events: AsyncIterable<LlmEvent>): Promise<LlmEvent[]> {
  const all: LlmEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

export const down: GeminiScript = {
  answer: (exchange, requests) => requests.json(exchange, problem(503, "UNAVAILABLE", "busy"), 503),
};

export async function open(script: GeminiScript = {}, options: Partial<GeminiOptions> = {}) {
  const server = startGeminiServer(script);
  const gemini = await createGemini({ apiKey: "secret-key", baseUrl: server.baseUrl, ...options });
  return {
    server,
    gemini,
    async close() {
      await gemini.close();
      await server.close();
    },
  };
}

export async function withGemini(
  script: GeminiScript,
  run: (gemini: Gemini, server: GeminiServer) => Promise<void>,
  options: Partial<GeminiOptions> = {},
) {
  const { gemini, server, close } = await open(script, options);
  try {
    await run(gemini, server);
  } finally {
    await close();
  }
}

export const never = () => new AbortController().signal;
const english = { languages: ["en", "sw"], vocabulary: ["M-Pesa"], expect: "free" as const };

async function* piecesOf(samples: Int16Array) {
  for (let at = 0; at < samples.length; at += 320) yield samples.subarray(at, at + 320);
  await Promise.resolve();
}

export async function speak(gemini: Gemini, text: string, style?: string): Promise<Int16Array> {
  const chunks: Int16Array[] = [];
  const options = { language: "sw", ...style ? { style } : {} };
  for await (const samples of gemini.tts(text, options, never())) chunks.push(samples);
  return concatSamples(chunks);
}

export async function recognise(gemini: Gemini, samples: Int16Array) {
  const events = [];
  for await (const event of gemini.stt(piecesOf(samples), english, never())) events.push(event);
  const last = events.at(-1);
  assert.ok(last?.type === "final");
  return last;
}
