import { bytesFromSamples } from "../lib/audio/pcm.ts";
import { readWav } from "../lib/audio/wav.ts";
import { type Exchange, Exchanges, type StreamEnd } from "./fake_exchange.ts";
import { GeminiLivePeer, type LiveScript } from "./gemini_live_peer.ts";
import { serveWatched } from "./watched_server.ts";
import { hear, voice } from "./tone_speech.ts";

export interface GeminiServer {
  baseUrl: string;
  requests: Exchanges;
  /** Live sockets, oldest first. */
  sockets: GeminiLivePeer[];
  close(): Promise<void>;
}

export interface GeminiScript {
  /** Answers a request in place of the fake models; nothing leaves it to them. */
  answer?(
    exchange: Exchange,
    requests: Exchanges,
  ): Response | undefined | Promise<Response | undefined>;
  live?: LiveScript;
  /** What the fake models wait before they answer. */
  delayMs?: number;
}

/** A fake that speaks Gemini's wire format on loopback; its models are tones and echoes. */
export function startGeminiServer(script: GeminiScript = {}): GeminiServer {
  const requests = new Exchanges();
  const sockets: GeminiLivePeer[] = [];
  const server = serveWatched(async (request, client) => {
    if (request.headers.get("upgrade") === "websocket") {
      const refusal = script.live?.refuse?.(sockets.length);
      if (refusal) return refusal;
      const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
      sockets.push(new GeminiLivePeer(socket, request.url, script.live ?? {}));
      return response;
    }
    const exchange = await requests.begin(request, client);
    const scripted = await script.answer?.(exchange, requests);
    if (scripted) return scripted;
    if (script.delayMs) await new Promise((resolve) => setTimeout(resolve, script.delayMs));
    return answer(exchange, requests);
  });
  return {
    baseUrl: `http://127.0.0.1:${server.port}`,
    requests,
    sockets,
    async close() {
      for (const peer of sockets) peer.close();
      await server.close();
    },
  };
}

function answer(exchange: Exchange, requests: Exchanges): Response {
  const { path, body } = exchange;
  if (path.endsWith(":generateContent")) return requests.json(exchange, transcript(body));
  if (path.endsWith(":streamGenerateContent")) {
    const speaking = body.generationConfig?.responseModalities?.includes("AUDIO");
    const text: string = body.contents.at(-1).parts[0].text ?? "";
    return sse(
      requests,
      exchange,
      speaking ? speech(text) : [
        chunk([{ text: "You said: " }]),
        chunk([{ text }], "STOP", { promptTokenCount: 12, candidatesTokenCount: 5 }),
      ],
    );
  }
  return requests.json(exchange, { name: path.split("/v1beta/")[1] ?? "models/fake" });
}

/** One answer of a text or speech model. */
export function chunk(parts: unknown[], finishReason?: string, usageMetadata?: unknown): unknown {
  return {
    candidates: [{ content: { parts, role: "model" }, finishReason, index: 0 }],
    usageMetadata,
    modelVersion: "fake",
  };
}

/** Answers with server-sent events in Gemini's form. */
export function sse(
  requests: Exchanges,
  exchange: Exchange,
  events: Iterable<unknown> | AsyncIterable<unknown>,
  end: StreamEnd = "clean",
): Response {
  async function* lines() {
    for await (const event of events) yield `data: ${JSON.stringify(event)}\r\n\r\n`;
  }
  return requests.stream(exchange, lines(), { "content-type": "text/event-stream" }, end);
}

/** A part of speech as the models send it. */
export function audioPart(bytes: Uint8Array, mimeType = "audio/L16;codec=pcm;rate=24000") {
  return { inlineData: { mimeType, data: bytes.toBase64() } };
}

/** What the service says when it refuses. */
export function problem(code: number, status: string, message: string, details: unknown[] = []) {
  return { error: { code, status, message, details } };
}

/** Cut so that most pieces end in the middle of a sample. */
async function* speech(text: string) {
  const bytes = bytesFromSamples(voice(text));
  const pieceBytes = 4801;
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const last = at + pieceBytes >= bytes.length;
    yield chunk([audioPart(bytes.subarray(at, at + pieceBytes))], last ? "STOP" : undefined);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

// deno-lint-ignore no-explicit-any -- a body as it came
function transcript(body: any): unknown {
  const [part] = body.contents[0].parts;
  const { channels, sampleRateHz } = readWav(Uint8Array.fromBase64(part.inlineData.data));
  const text = hear(channels[0], sampleRateHz);
  return {
    ...chunk(
      [{ text: "" }, { audioTranscription: { text, languageCode: "en-US" } }],
      "STOP",
    ) as object,
    usageMetadata: {
      promptTokenCount: 30,
      promptTokensDetails: [{ modality: "AUDIO", tokenCount: 25 }, {
        modality: "TEXT",
        tokenCount: 5,
      }],
    },
  };
}
