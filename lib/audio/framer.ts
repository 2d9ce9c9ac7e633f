import { FRAME_SAMPLES } from "./pcm.ts";

const FRAME_BYTES = 2 * FRAME_SAMPLES;

/** How samples of one or two parties lie in the stream; of two, the caller's come first. */
export type Channels = 1 | 2;

/**
 * Cuts a stream of little-endian 16-bit audio into frames, byte for byte, wherever the messages
 * that carry it happen to end. Every machine that Deno runs on is little-endian, so bytes are
 * samples as they stand.
 */
export class Framer {
  readonly #block: Uint8Array;
  readonly #samples: Int16Array;
  readonly #frame: Int16Array;
  readonly #channels: Channels;
  #filled = 0;

  constructor(channels: Channels = 1) {
    this.#channels = channels;
    this.#block = new Uint8Array(FRAME_BYTES * channels);
    this.#samples = new Int16Array(this.#block.buffer);
    this.#frame = channels === 1 ? this.#samples : new Int16Array(FRAME_SAMPLES);
  }

  /** Bytes that wait for the rest of their frame. */
  get waitingBytes(): number {
    return this.#filled;
  }

  /** Hands each completed frame of the caller's samples to `hear`, which must not keep the array. */
  push(bytes: Uint8Array, hear: (frame: Int16Array) => void): void {
    let at = 0;
    while (at < bytes.length) {
      const end = Math.min(bytes.length, at + this.#block.length - this.#filled);
      this.#block.set(
        at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end),
        this.#filled,
      );
      this.#filled += end - at;
      at = end;
      if (this.#filled < this.#block.length) return;
      this.#filled = 0;
      if (this.#channels === 2) this.#takeFirstChannel();
      hear(this.#frame);
    }
  }

  #takeFirstChannel(): void {
    for (let i = 0; i < FRAME_SAMPLES; i++) this.#frame[i] = this.#samples[2 * i];
  }
}
