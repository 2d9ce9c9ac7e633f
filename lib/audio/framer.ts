import { FRAME_SAMPLES } from "./pcm.ts";

const FRAME_BYTES = 2 * FRAME_SAMPLES;

/** Frames that wait for each other at most: 100 ms. */
export const MAX_TOGETHER = 5;

/** Takes a frame of the caller's samples, which it must not keep, and how many follow at once. */
export type Hear = (frame: Int16Array, following: number) => void;

/** How samples of one or two parties lie in the stream; of two, the caller's come first. */
export type Channels = 1 | 2;

/**
 * Cuts a stream of little-endian 16-bit audio into frames, byte for byte, wherever the messages
 * that carry it happen to end. Every machine that Deno runs on is little-endian, so bytes are
 * samples as they stand.
 */
export class Framer {
  readonly #frameBytes: number;
  readonly #block: Uint8Array;
  readonly #frames: Int16Array[];
  readonly #channels: Channels;
  #filled = 0;

  constructor(channels: Channels = 1) {
    this.#channels = channels;
    this.#frameBytes = FRAME_BYTES * channels;
    this.#block = new Uint8Array(this.#frameBytes * MAX_TOGETHER);
    this.#frames = Array.from(
      { length: MAX_TOGETHER },
      (_, i) => new Int16Array(this.#block.buffer, i * this.#frameBytes, FRAME_SAMPLES * channels),
    );
  }

  /** Bytes that wait for the rest of their frame, or for other frames. */
  get waitingBytes(): number {
    return this.#filled;
  }

  /**
   * Hands completed frames to `hear`.
   *
   * @param together how many frames may wait for each other, {@linkcode MAX_TOGETHER} at most
   */
  push(bytes: Uint8Array, hear: Hear, together = 1): void {
    let at = 0;
    while (at < bytes.length) {
      const end = Math.min(bytes.length, at + this.#block.length - this.#filled);
      this.#block.set(
        at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end),
        this.#filled,
      );
      this.#filled += end - at;
      at = end;
      if (this.#filled >= this.#frameBytes * together) this.flush(hear);
    }
  }

  /** Hands over the completed frames that wait. */
  flush(hear: Hear): void {
    const count = Math.floor(this.#filled / this.#frameBytes);
    for (let i = 0; i < count; i++) hear(this.#callers(this.#frames[i]), count - 1 - i);
    this.#block.copyWithin(0, count * this.#frameBytes, this.#filled);
    this.#filled -= count * this.#frameBytes;
  }

  #callers(frame: Int16Array): Int16Array {
    if (this.#channels === 1) return frame;
    for (let i = 0; i < FRAME_SAMPLES; i++) frame[i] = frame[2 * i];
    return frame.subarray(0, FRAME_SAMPLES);
  }
}
