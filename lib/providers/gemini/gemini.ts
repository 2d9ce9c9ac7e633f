import type { Llm } from "../../contracts/llm.ts";
import type { Stt, SttOptions } from "../../contracts/stt.ts";
import type { Tts } from "../../contracts/tts.ts";
import { type Clock, systemClock } from "../../clock.ts";
import { Breaker } from "../../engines/breaker.ts";
import { geminiError } from "./gemini_error.ts";
import { geminiLlm, type GeminiLlmOptions } from "./gemini_llm.ts";
import { geminiLiveStt } from "./gemini_live_stt.ts";
import { geminiStt, transcriptionConfig } from "./gemini_stt.ts";
import { geminiTts } from "./gemini_tts.ts";
import type { LiveSocket } from "./live_socket.ts";
import { LocaleHints } from "./locale_hints.ts";
import { SpareConnections } from "./spare_connections.ts";

/** Models and prices move; the names here are the ones of November 2026. */
export interface GeminiOptions {
  apiKey: string;
  /** @default Google's own address */
  baseUrl?: string;
  /** @default "v1beta" */
  apiVersion?: string;
  /** Model that recognises a whole utterance. @default "gemini-3.5-transcribe" */
  sttModel?: string;
  /** @default "gemini-3.5-flash-lite" */
  llmModel?: string;
  /** Answers requests in a hurry. @default the same model */
  llmSmallModel?: string;
  /** @default "minimal" for flash-lite models, "low" for others, which have no lower level */
  llmThinking?: GeminiLlmOptions["thinking"];
  /** @default "gemini-3.8-flash-lite-tts" */
  ttsModel?: string;
  /** Name of a prebuilt voice. @default "Kore" */
  voice?: string;
  /** Makes a full language tag of a primary one: `sw-KE` of `sw`. @default the tag itself */
  locale?: (tag: string) => string;
  /** Model that recognises while the caller speaks; absent for whole utterances only. */
  sttLiveModel?: string;
  /** What the recogniser will be told, so that its connection can be open before the first word. */
  expected?: Pick<SttOptions, "languages" | "vocabulary">;
  clock?: Clock;
}

/** The three stages over one client, so that they share connections. */
export interface Gemini {
  stt: Stt;
  llm: Llm;
  tts: Tts;
  /** Opens the connections that a call will need; nothing in it is billed. */
  warm(signal: AbortSignal): Promise<void>;
  /** Closes what stays open between utterances. */
  close(): Promise<void>;
}

/** Connects to Gemini; the SDK is loaded only now, so that a bridge without Gemini never does. */
export async function createGemini(options: GeminiOptions): Promise<Gemini> {
  const { GoogleGenAI, Live } = await import("@google/genai");
  const {
    apiKey,
    baseUrl,
    apiVersion = "v1beta",
    sttModel = "gemini-3.5-transcribe",
    llmModel = "gemini-3.5-flash-lite",
    ttsModel = "gemini-3.8-flash-lite-tts",
    voice = "Kore",
    locale = (tag: string) => tag,
    clock = systemClock,
    expected,
  } = options;
  const sttLocales = new LocaleHints(locale), liveLocales = new LocaleHints(locale);
  class Client extends GoogleGenAI {
    /** The SDK's Live client over a socket of ours; the key travels in the URL. */
    liveOver(socket: LiveSocket) {
      return new Live(this.apiClient, { addAuthHeaders: () => Promise.resolve() }, socket);
    }
  }
  // No `timeout` here: the SDK leaves its timer armed and its error can't be told from an abort.
  const ai = new Client({ apiKey, httpOptions: { baseUrl, apiVersion } });
  const explain = (error: unknown) => geminiError(error, apiKey);
  const writer = (model: string) => {
    const thinking = options.llmThinking ?? (model.includes("flash-lite") ? "minimal" : "low");
    return geminiLlm(ai, { model, thinking, explain });
  };
  const llm = writer(llmModel);
  const smallLlm = options.llmSmallModel ? writer(options.llmSmallModel) : llm;
  const unary = geminiStt(ai, { model: sttModel, locales: sttLocales, explain });
  const connections = options.sttLiveModel
    ? new SpareConnections((socket) => ai.liveOver(socket), options.sttLiveModel, clock)
    : undefined;
  return {
    stt: connections
      ? geminiLiveStt({
        connections,
        unary,
        breaker: new Breaker(clock),
        locales: liveLocales,
        clock,
        explain,
      })
      : unary,
    llm: (request, signal) => (request.isHurried ? smallLlm : llm)(request, signal),
    tts: geminiTts(ai, { model: ttsModel, voice, locales: new LocaleHints(locale), explain }),
    async warm(signal) {
      if (expected) {
        connections?.warm({ inputAudioTranscription: transcriptionConfig(expected, liveLocales) });
      }
      try {
        await ai.models.get({ model: llmModel, config: { abortSignal: signal } });
      } catch (error) {
        signal.throwIfAborted();
        throw explain(error);
      }
    },
    close: async () => await connections?.close(),
  };
}
