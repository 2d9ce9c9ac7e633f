import type OpenAI from "openai";
import { SAMPLE_RATE_HZ } from "../../audio/pcm.ts";
import { writeWav } from "../../audio/wav.ts";
import type { Stt, SttEvent, SttOptions } from "../../contracts/stt.ts";
import { ownedRequest } from "../../engines/owned_request.ts";
import { Tape } from "../../engines/tape.ts";
import { isPlausible, maySpeak, voicedMsOf } from "../plausible_words.ts";
import { openAiClient, type OpenAiServer } from "./openai_client.ts";
import { fault, openAiError } from "./openai_error.ts";
import { transcriptFrom } from "./transcript.ts";

export interface OpenAiSttOptions extends OpenAiServer {
  model: string;
}

/** Whisper reads the last 224 tokens of a prompt; names beyond that would push out the first ones. */
const MAX_PROMPT_CHARACTERS = 600;
/** Fewer words than this may well be what the caller said. */
const ECHOED_WORDS = 3;

/** Recognises an utterance with a server's `/audio/transcriptions`, once it has ended. */
export async function createOpenAiStt(options: OpenAiSttOptions): Promise<Stt> {
  const recogniser = new Recogniser(await openAiClient(options), options.model);
  return async function* (audio, sttOptions, signal) {
    signal.throwIfAborted();
    const tape = new Tape();
    const explain = (error: unknown) =>
      tape.failedWith(error) ? error : openAiError(error, options.apiKey);
    yield* ownedRequest(signal, (own) => {
      tape.record(audio, own);
      return recogniser.transcribe(tape, sttOptions, own);
    }, explain);
  };
}

class Recogniser {
  /** Tells how sure the server is; some models only know the plain form. */
  #format: "verbose_json" | "json";

  constructor(readonly client: OpenAI, readonly model: string) {
    this.#format = /^gpt-.*transcribe/.test(model) ? "json" : "verbose_json";
  }

  async *transcribe(
    tape: Tape,
    options: SttOptions,
    signal: AbortSignal,
  ): AsyncGenerator<SttEvent> {
    for await (const _ of tape.read()); // throws when the audio failed
    const { samples } = tape;
    const voicedMs = voicedMsOf(samples);
    if (!maySpeak(voicedMs)) return yield { type: "final", text: "" };
    const prompt = options.vocabulary.join(", ").slice(0, MAX_PROMPT_CHARACTERS);
    const answer = await this.#ask(writeWav([samples], SAMPLE_RATE_HZ), prompt, options, signal);
    const transcript = transcriptFrom(answer);
    if (!transcript) throw fault("broken", "The server answered without a transcript");
    const { text, confidence } = transcript;
    const believed = isPlausible(text, voicedMs) && !isEcho(text, prompt);
    const language = tagOf(transcript.language, options.languages);
    yield {
      type: "final",
      text: believed ? text : "",
      ...confidence === undefined ? {} : { confidence },
      ...language ? { language } : {},
      usage: { model: this.model, audioMs: samples.length / SAMPLE_RATE_HZ * 1000 },
    };
  }

  async #ask(
    wav: Uint8Array<ArrayBuffer>,
    prompt: string,
    options: SttOptions,
    signal: AbortSignal,
  ): Promise<unknown> {
    const request = () =>
      this.client.audio.transcriptions.create({
        file: new File([wav], "utterance.wav", { type: "audio/wav" }),
        model: this.model,
        response_format: this.#format,
        temperature: 0,
        ...prompt ? { prompt } : {},
        // With several languages the server tells them apart itself.
        ...options.languages.length === 1 ? { language: options.languages[0] } : {},
      }, { signal }) as Promise<unknown>;
    try {
      return await request();
    } catch (error) {
      const { status, message } = error as { status?: number; message?: string };
      const refused = (status === 400 || status === 422) && /response_?format/i.test(message ?? "");
      if (!refused || this.#format === "json") throw error;
      this.#format = "json";
      return await request();
    }
  }
}

/** Recognisers that hear nothing sometimes say their prompt. */
function isEcho(text: string, prompt: string): boolean {
  const words = (sentence: string) => sentence.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const said = words(text);
  return said.length >= ECHOED_WORDS && words(prompt).join(" ").includes(said.join(" "));
}

/** Makes a primary tag of `en`, `en-US` or `english`. */
function tagOf(named: string | undefined, languages: string[]): string | undefined {
  if (!named) return undefined;
  const lower = named.toLowerCase();
  if (/^[a-z]{2,3}(-|$)/.test(lower)) return lower.split("-")[0];
  const names = new Intl.DisplayNames(["en"], { type: "language" });
  return languages.find((tag) => names.of(tag)?.toLowerCase() === lower);
}
