import { SAMPLE_RATE_HZ, samplesFromBytes } from "../audio/pcm.ts";
import { Resampler } from "../audio/resample.ts";
import { beginsWav, readWavHead, type WavHead } from "./wav_head.ts";

const NO_SAMPLES = new Int16Array(0);

/**
 * Turns the bytes of a speech stream into samples at 16 kHz: raw little-endian 16-bit PCM, or the
 * same inside a WAV file, at any rate, cut anywhere.
 */
export class SpeechBytes {
  #rateHz: number;
  #channelCount = 1;
  #resampler?: Resampler;
  /** Bytes that wait for more: of a header, or half a sample. */
  #held: Uint8Array = new Uint8Array(0);
  #state: "unknown" | "header" | "samples" = "unknown";
  #leftBytes = Infinity;

  /** @param rateHz of raw samples; a WAV header overrules it */
  constructor(rateHz: number) {
    this.#rateHz = rateHz;
  }

  /** @throws {RangeError} when the audio has a form that can't be played */
  push(bytes: Uint8Array): Int16Array {
    let all = this.#held.length > 0 ? joined(this.#held, bytes) : bytes;
    if (this.#state === "unknown") {
      if (all.length < 4) return this.#hold(all);
      this.#state = beginsWav(all) ? "header" : "samples";
    }
    if (this.#state === "header") {
      const head = readWavHead(all);
      if (!head) return this.#hold(all);
      this.#begin(head);
      all = all.subarray(head.dataAt);
    }
    return this.#samples(all);
  }

  /** Gives what is still inside the filter; a last half sample is dropped. */
  flush(): Int16Array {
    return this.#resampler?.flush() ?? NO_SAMPLES;
  }

  #begin(head: WavHead): void {
    this.#state = "samples";
    this.#rateHz = head.sampleRateHz;
    this.#channelCount = head.channelCount;
    this.#leftBytes = head.dataBytes;
  }

  #samples(bytes: Uint8Array): Int16Array {
    const stepBytes = 2 * this.#channelCount;
    const usableBytes = Math.min(bytes.length, this.#leftBytes);
    const wholeBytes = usableBytes - usableBytes % stepBytes;
    this.#leftBytes -= wholeBytes;
    this.#hold(bytes.subarray(wholeBytes, usableBytes));
    const interleaved = samplesFromBytes(bytes.subarray(0, wholeBytes));
    this.#resampler ??= new Resampler(this.#rateHz, SAMPLE_RATE_HZ);
    return this.#resampler.push(firstChannel(interleaved, this.#channelCount));
  }

  #hold(bytes: Uint8Array): Int16Array {
    this.#held = bytes.slice();
    return NO_SAMPLES;
  }
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const all = new Uint8Array(head.length + tail.length);
  all.set(head);
  all.set(tail, head.length);
  return all;
}

function firstChannel(interleaved: Int16Array, channelCount: number): Int16Array {
  if (channelCount === 1) return interleaved;
  return Int16Array.from(
    { length: interleaved.length / channelCount },
    (_, i) => interleaved[i * channelCount],
  );
}
