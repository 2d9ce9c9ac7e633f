import { SAMPLE_RATE_HZ } from "../audio/pcm.ts";

/** Keeps the last stretch of audio, so that an utterance begins before its onset was noticed. */
export class PreRoll {
  readonly #ring: Int16Array;
  #written = 0;

  constructor(readonly capacityMs = 800) {
    this.#ring = new Int16Array(capacityMs * SAMPLE_RATE_HZ / 1000);
  }

  push(frame: Int16Array): void {
    const at = this.#written % this.#ring.length;
    const room = this.#ring.length - at;
    if (frame.length <= room) this.#ring.set(frame, at);
    else {
      this.#ring.set(frame.subarray(0, room), at);
      this.#ring.set(frame.subarray(room), 0);
    }
    this.#written += frame.length;
  }

  /** Copies the last `ms`, or what there is. */
  last(ms: number): Int16Array {
    const count = Math.min(this.#written, this.#ring.length, ms * SAMPLE_RATE_HZ / 1000);
    const samples = new Int16Array(count);
    const start = this.#written - count;
    for (let i = 0; i < count; i++) samples[i] = this.#ring[(start + i) % this.#ring.length];
    return samples;
  }
}
