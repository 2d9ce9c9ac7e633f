import { concatSamples, FRAME_MS, SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import { writeWav } from "../audio/wav.ts";
import { type SoundSpan, SoundSpans } from "./sound_spans.ts";

/** Both sides of a call as the caller's phone had them: what was said left, what was heard right. */
export class Recording {
  readonly #said: Int16Array[] = [];
  readonly #heard: Int16Array[] = [];
  readonly #agent = new SoundSpans();
  #startsAtMs = 0;

  /** Takes one frame of each side; `atMs` is when it ended, since the first ring. */
  add(said: Int16Array, heard: Int16Array, atMs: number): void {
    if (this.#said.length === 0) this.#startsAtMs = atMs - FRAME_MS;
    this.#said.push(said);
    this.#heard.push(heard);
    this.#agent.hear(heard);
  }

  /** When the recording begins, in milliseconds since the first ring. */
  get startsAtMs(): number {
    return this.#startsAtMs;
  }

  /** Stretches in which the caller heard something, in milliseconds since the first ring. */
  get heardSpans(): SoundSpan[] {
    return this.#agent.spans.map(({ startMs, endMs }) => ({
      startMs: startMs + this.#startsAtMs,
      endMs: endMs + this.#startsAtMs,
    }));
  }

  /** A stereo WAV file at 16 kHz. */
  toWav(): Uint8Array<ArrayBuffer> {
    return writeWav([concatSamples(this.#said), concatSamples(this.#heard)], SAMPLE_RATE_HZ);
  }
}
