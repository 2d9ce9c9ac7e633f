/** Audio on its way to a recogniser: pushed as it arrives, read by one consumer, then ended. */
export class AudioQueue implements AsyncIterable<Int16Array> {
  #chunks: Int16Array[] = [];
  #ended = false;
  #wake?: () => void;

  push(samples: Int16Array): void {
    if (this.#ended || samples.length === 0) return;
    this.#chunks.push(samples);
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Int16Array> {
    while (true) {
      const chunk = this.#chunks.shift();
      if (chunk) yield chunk;
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }
}
