import { bytesFromSamples } from "../lib/audio/pcm.ts";
import { readWav } from "../lib/audio/wav.ts";
import { type Exchange, Exchanges, type StreamEnd } from "./fake_exchange.ts";
import { hear, voice } from "./tone_speech.ts";
import { serveWatched } from "./watched_server.ts";

export interface OpenAiScript {
  /** Answers a request in place of the fake models; nothing leaves it to them. */
  answer?(exchange: Exchange, requests: Exchanges): Response | Promise<Response> | undefined;
  /** What the fake models wait before they answer. */
  delayMs?: number;
}

export interface OpenAiServer {
  baseUrl: string;
  requests: Exchanges;
  close(): Promise<void>;
}

/** A fake of an OpenAI-compatible server on loopback; its models are tones and echoes. */
export function startOpenAiServer(script: OpenAiScript = {}): OpenAiServer {
  const requests = new Exchanges();
  const server = serveWatched(async (request, client) => {
    const exchange = await requests.begin(request, client);
    const scripted = await script.answer?.(exchange, requests);
    if (scripted) return scripted;
    if (script.delayMs) await new Promise((resolve) => setTimeout(resolve, script.delayMs));
    return await answer(exchange, requests);
  });
  return {
    baseUrl: `http://127.0.0.1:${server.port}/v1`,
    requests,
    close: () => server.close(),
  };
}

async function answer(exchange: Exchange, requests: Exchanges): Promise<Response> {
  const { path, body, form } = exchange;
  if (path === "/v1/chat/completions") {
    const text: string = body.messages.at(-1).content;
    return chat(requests, exchange, [
      delta({ role: "assistant", content: "You said: " }),
      delta({ content: text }),
      delta({}, "stop"),
      { choices: [], usage: { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 } },
    ]);
  }
  if (path === "/v1/audio/speech") {
    const pcm = bytesFromSamples(voice(body.input));
    return requests.stream(exchange, cut(pcm), { "content-type": "audio/pcm" });
  }
  const file = form!.get("file") as File;
  const { channels, sampleRateHz } = readWav(new Uint8Array(await file.arrayBuffer()));
  return requests.json(exchange, { text: ` ${hear(channels[0], sampleRateHz)}` });
}

/** One chunk of a chat completion. */
export function delta(content: unknown, finish_reason: string | null = null): unknown {
  return {
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta: content, finish_reason }],
  };
}

/** Answers with server-sent events; `done` is the line at the end, which some servers forget. */
export function chat(
  requests: Exchanges,
  exchange: Exchange,
  chunks: unknown[],
  { end = "clean", done = true }: { end?: StreamEnd; done?: boolean } = {},
): Response {
  const lines = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
  if (done && end === "clean") lines.push("data: [DONE]\n\n");
  return requests.stream(exchange, lines, { "content-type": "text/event-stream" }, end);
}

/** Pieces that mostly end in the middle of a sample. */
export async function* cut(bytes: Uint8Array, pieceBytes = 4801) {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    yield bytes.subarray(at, at + pieceBytes);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
