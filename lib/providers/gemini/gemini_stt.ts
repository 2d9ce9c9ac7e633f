import type { AudioTranscriptionConfig, GenerateContentResponse, GoogleGenAI } from "@google/genai";
import { SAMPLE_RATE_HZ } from "../../audio/pcm.ts";
import { writeWav } from "../../audio/wav.ts";
import type { Stt, SttEvent, SttOptions } from "../../contracts/stt.ts";
import { ownedRequest } from "../../engines/owned_request.ts";
import { Tape } from "../../engines/tape.ts";
import { isPlausible, maySpeak, voicedMsOf } from "../plausible_words.ts";
import { fault, finishError, promptError } from "./gemini_error.ts";
import { usageFrom } from "./gemini_usage.ts";
import type { LocaleHints } from "./locale_hints.ts";

export interface GeminiSttOptions {
  model: string;
  locales: LocaleHints;
  explain: (error: unknown) => unknown;
}

/** Google finds the best results with no more; the hard limit is 1000. */
const MAX_VOCABULARY = 100;

/** Recognises a whole utterance in one request, once it has ended. */
export function geminiStt(ai: GoogleGenAI, options: GeminiSttOptions): Stt {
  return async function* (audio, sttOptions, signal) {
    signal.throwIfAborted();
    const tape = new Tape();
    const explain = (error: unknown) => tape.failedWith(error) ? error : options.explain(error);
    yield* ownedRequest(signal, (own) => {
      tape.record(audio, own);
      return transcribe(ai, options, tape, sttOptions, own);
    }, explain);
  };
}

/** Languages and words that the recogniser may expect. */
export function transcriptionConfig(
  options: Pick<SttOptions, "languages" | "vocabulary">,
  locales: LocaleHints,
): AudioTranscriptionConfig {
  const config: AudioTranscriptionConfig = { languageCodes: locales.all(options.languages) };
  if (options.vocabulary.length > 0) {
    config.customVocabulary = options.vocabulary.slice(0, MAX_VOCABULARY);
  }
  return config;
}

async function* transcribe(
  ai: GoogleGenAI,
  options: GeminiSttOptions,
  tape: Tape,
  sttOptions: SttOptions,
  signal: AbortSignal,
): AsyncGenerator<SttEvent> {
  for await (const _ of tape.read()); // throws when the audio failed
  const { samples } = tape;
  const voicedMs = voicedMsOf(samples);
  if (!maySpeak(voicedMs)) return yield { type: "final", text: "" };
  const wav = writeWav([samples], SAMPLE_RATE_HZ).toBase64();
  const ask = () => request(ai, options, wav, sttOptions, signal);
  const response = await ask().catch((error) => {
    if (options.locales.refusedBy(error)) return ask();
    throw error;
  });
  const { text, heardLanguage } = wordsOf(response);
  yield {
    type: "final",
    text: isPlausible(text, voicedMs) ? text : "",
    ...heardLanguage ? { language: heardLanguage } : {},
    usage: {
      ...usageFrom(response.usageMetadata, options.model),
      audioMs: samples.length / SAMPLE_RATE_HZ * 1000,
    },
  };
}

function request(
  ai: GoogleGenAI,
  { model, locales }: GeminiSttOptions,
  wav: string,
  sttOptions: SttOptions,
  signal: AbortSignal,
): Promise<GenerateContentResponse> {
  return ai.models.generateContent({
    model,
    // Words beside the audio would make this model answer with nothing.
    contents: [{ role: "user", parts: [{ inlineData: { mimeType: "audio/wav", data: wav } }] }],
    config: {
      abortSignal: signal,
      audioTranscriptionConfig: transcriptionConfig(sttOptions, locales),
      automaticContinuation: false,
    },
  });
}

/** A recogniser that stops normally and says nothing heard no words. */
function wordsOf(response: GenerateContentResponse): { text: string; heardLanguage?: string } {
  const blocked = response.promptFeedback?.blockReason;
  if (blocked) throw promptError(blocked);
  const candidate = response.candidates?.[0];
  if (!candidate) throw fault("empty", "Gemini answered without a transcript");
  const { finishReason, finishMessage, content } = candidate;
  if (finishReason && finishReason !== "STOP") throw finishError(finishReason, finishMessage);
  let text = "", heardLanguage: string | undefined;
  for (const part of content?.parts ?? []) {
    text += part.audioTranscription?.text ?? part.text ?? "";
    heardLanguage ??= part.audioTranscription?.languageCode?.split("-")[0];
  }
  return { text: text.trim(), heardLanguage };
}
