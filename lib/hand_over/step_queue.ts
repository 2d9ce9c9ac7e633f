import type { HandOverStep } from "../contracts/hand_over.ts";

/** Steps that were made while nobody asked for one; a hand-over makes a dozen at most. */
export class StepQueue implements AsyncIterable<HandOverStep> {
  readonly #steps: HandOverStep[] = [];
  #ended = false;
  #wake = () => {};

  push(step: HandOverStep): void {
    this.#steps.push(step);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<HandOverStep> {
    while (true) {
      const step = this.#steps.shift();
      if (step) yield step;
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }
}
