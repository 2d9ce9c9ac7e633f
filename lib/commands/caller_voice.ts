import { concatSamples } from "../audio/pcm.ts";
import { createEmbeddedTts, type EmbeddedVoice } from "../providers/embedded/voice.ts";
import type { CallerVoice } from "./call_options.ts";

/** Voices of a simulated phone, each started when it first speaks. */
export class CallerVoices {
  readonly #voices = new Map<CallerVoice, EmbeddedVoice>();

  /** Speaks text: mono samples at 16 kHz. */
  async speak(voice: CallerVoice, text: string, language: string): Promise<Int16Array> {
    const { tts } = this.#voices.get(voice) ?? this.#start(voice);
    const chunks: Int16Array[] = [];
    for await (const samples of tts(text, { language }, new AbortController().signal)) {
      chunks.push(samples);
    }
    return concatSamples(chunks);
  }

  close(): void {
    for (const voice of this.#voices.values()) voice.close();
    this.#voices.clear();
  }

  #start(name: CallerVoice): EmbeddedVoice {
    const voice = createEmbeddedTts({ voice: name });
    this.#voices.set(name, voice);
    return voice;
  }
}
