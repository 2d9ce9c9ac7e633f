/** Samples waiting in line, taken out in any length; grows with what is put in. */
export class SampleQueue {
  #chunks: Int16Array[] = [];
  /** Samples of the first chunk that are gone already. */
  #taken = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Keeps `samples` itself, so they must not change afterwards. */
  push(samples: Int16Array): void {
    if (samples.length === 0) return;
    this.#chunks.push(samples);
    this.#length += samples.length;
  }

  /** Takes `count` samples, or as many as there are. */
  take(count: number): Int16Array {
    const taken = new Int16Array(Math.min(count, this.#length));
    let at = 0;
    while (at < taken.length) {
      const rest = this.#chunks[0].subarray(this.#taken, this.#taken + taken.length - at);
      taken.set(rest, at);
      at += rest.length;
      this.#taken += rest.length;
      if (this.#taken === this.#chunks[0].length) {
        this.#chunks.shift();
        this.#taken = 0;
      }
    }
    this.#length -= taken.length;
    return taken;
  }

  clear(): void {
    this.#chunks = [];
    this.#taken = 0;
    this.#length = 0;
  }
}
