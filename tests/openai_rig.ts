import { concatSamples } from "../lib/audio/pcm.ts";
import type { Llm, LlmEvent, LlmRequest } from "../lib/contracts/llm.ts";
import type { Stt } from "../lib/contracts/stt.ts";
import type { Tts } from "../lib/contracts/tts.ts";
import { createOpenAiLlm } from "../lib/providers/openai/openai_llm.ts";
import { createOpenAiStt } from "../lib/providers/openai/openai_stt.ts";
import { createOpenAiTts } from "../lib/providers/openai/openai_tts.ts";
import { type OpenAiScript, type OpenAiServer, startOpenAiServer } from "./openai_server.ts";

export interface Stages {
  stt: Stt;
  llm: Llm;
  tts: Tts;
}

export async function open(script: OpenAiScript = {}) {
  const server = startOpenAiServer(script);
  const common = { baseUrl: server.baseUrl, apiKey: "secret-key" };
  const stages: Stages = {
    stt: await createOpenAiStt({ ...common, model: "whisper" }),
    llm: await createOpenAiLlm({ ...common, model: "qwen" }),
    tts: await createOpenAiTts({ ...common, model: "kokoro", voice: "af_heart" }),
  };
  return { ...stages, server, close: () => server.close() };
}

export async function withServer(
  script: OpenAiScript,
  run: (stages: Stages, server: OpenAiServer) => Promise<void>,
) {
  const { server, close, ...stages } = await open(script);
  try {
    await run(stages, server);
  } finally {
    await close();
  }
}

export const never = () => new AbortController().signal;
export const down: OpenAiScript = {
  answer: (exchange, requests) => requests.json(exchange, { error: { message: "busy" } }, 503),
};
export const question: LlmRequest = {
  system: "You are Neema.",
  messages: [{ role: "caller", text: "my balance" }],
  tools: [{ name: "get_account", description: "Looks up.", parameters: { type: "object" } }],
  language: "en",
  maxOutputTokens: 200,
};

export async function replyTo(llm: Llm, request = question): Promise<LlmEvent[]> {
  const events: LlmEvent[] = [];
  for await (const event of llm(request, never())) events.push(event);
  return events;
}

export async function speak(tts: Tts, text: string): Promise<Int16Array> {
  const chunks: Int16Array[] = [];
  for await (const chunk of tts(text, { language: "en" }, never())) chunks.push(chunk);
  return concatSamples(chunks);
}

async function* piecesOf(samples: Int16Array) {
  yield samples;
  await Promise.resolve();
}

export async function recognise(stt: Stt, samples: Int16Array, options = {}) {
  const all = { languages: ["en"], vocabulary: [], expect: "free" as const, ...options };
  for await (const event of stt(piecesOf(samples), all, never())) {
    if (event.type === "final") return event;
  }
  throw new Error("there must be a final");
}
