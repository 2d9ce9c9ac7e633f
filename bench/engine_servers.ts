import { startGeminiServer } from "../tests/gemini_server.ts";
import { startOpenAiServer } from "../tests/openai_server.ts";
import type { EngineServers } from "./engines.ts";

/** What each fake model takes before its first answer. */
export const SERVER_DELAY_MS = 100;
/** What a recogniser takes for each second of audio that it gets at once. */
export const DECODE_MS_PER_SECOND = 100;

/** Two bytes a sample at 16 kHz, as base64. */
const CHARACTERS_PER_SECOND = 32_000 * 4 / 3;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

if (self.constructor.name.endsWith("WorkerGlobalScope")) {
  const gemini = startGeminiServer({
    async answer({ body }) {
      const audio: string = body?.contents?.[0].parts[0].inlineData?.data ?? "";
      await wait(SERVER_DELAY_MS + DECODE_MS_PER_SECOND * audio.length / CHARACTERS_PER_SECOND);
      return undefined;
    },
    live: { finalDelayMs: SERVER_DELAY_MS },
  });
  const openai = startOpenAiServer({ delayMs: SERVER_DELAY_MS });
  const silent = startGeminiServer({
    answer: (exchange, requests) => requests.silence(exchange),
  });
  const servers: EngineServers = {
    gemini: gemini.baseUrl,
    openai: openai.baseUrl,
    silent: silent.baseUrl,
  };
  (self as unknown as Worker).postMessage(servers);
}
