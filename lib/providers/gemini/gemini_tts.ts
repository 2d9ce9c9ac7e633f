import type { GoogleGenAI, Part } from "@google/genai";
import type { Tts, TtsOptions } from "../../contracts/tts.ts";
import { ownedRequest } from "../../engines/owned_request.ts";
import { audible } from "../audible.ts";
import { SpeechBytes } from "../speech_bytes.ts";
import { spokenText } from "../spoken_text.ts";
import { fault, finishError, promptError } from "./gemini_error.ts";
import type { LocaleHints } from "./locale_hints.ts";

export interface GeminiTtsOptions {
  model: string;
  /** Name of a prebuilt voice. */
  voice: string;
  locales: LocaleHints;
  explain: (error: unknown) => unknown;
}

/** Rate of raw audio whose type doesn't tell one; all models answer at it. */
const DEFAULT_RATE_HZ = 24_000;

/** Speaks with a Gemini speech model, streaming. */
export function geminiTts(ai: GoogleGenAI, options: GeminiTtsOptions): Tts {
  return async function* (text, ttsOptions, signal) {
    signal.throwIfAborted();
    const spoken = spokenText(text);
    if (!spoken) return;
    const nothing = () => fault("empty", "Gemini made no sound");
    yield* ownedRequest(
      signal,
      (own) => audible(speak(ai, options, spoken, ttsOptions, own), nothing),
      options.explain,
    );
  };
}

async function* speak(
  ai: GoogleGenAI,
  { model, voice, locales }: GeminiTtsOptions,
  text: string,
  ttsOptions: TtsOptions,
  signal: AbortSignal,
): AsyncGenerator<Int16Array> {
  // The model reads the text verbatim, so a style may only travel beside it.
  const part: Part = { text };
  if (ttsOptions.style) part.speechMetadata = { style: ttsOptions.style };
  const ask = () =>
    ai.models.generateContentStream({
      model,
      contents: [{ role: "user", parts: [part] }],
      config: {
        abortSignal: signal,
        responseModalities: ["AUDIO"],
        speechConfig: {
          languageCode: locales.of(ttsOptions.language),
          voiceConfig: { voice },
        },
        automaticContinuation: false,
      },
    });
  const chunks = await ask().catch((error) => {
    if (locales.refusedBy(error)) return ask();
    throw error;
  });
  let speech: SpeechBytes | undefined;
  for await (const chunk of chunks) {
    const blocked = chunk.promptFeedback?.blockReason;
    if (blocked) throw promptError(blocked);
    const candidate = chunk.candidates?.[0];
    for (const { inlineData } of candidate?.content?.parts ?? []) {
      if (!inlineData?.data) continue;
      speech ??= new SpeechBytes(rateFrom(inlineData.mimeType));
      yield speech.push(Uint8Array.fromBase64(inlineData.data));
    }
    const reason = candidate?.finishReason;
    if (reason && reason !== "STOP") throw finishError(reason, candidate?.finishMessage);
  }
  if (speech) yield speech.flush();
}

/** Reads `audio/L16;codec=pcm;rate=24000`. */
function rateFrom(mimeType: string | undefined): number {
  const rateHz = Number(/rate=(\d+)/.exec(mimeType ?? "")?.[1]);
  return rateHz > 0 ? rateHz : DEFAULT_RATE_HZ;
}
