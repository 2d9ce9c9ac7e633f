/** Work that is done after a request was answered. */
export class Background {
  readonly #running = new Set<Promise<void>>();
  readonly #onError: (error: unknown) => void;
  readonly #maxRunning: number;

  constructor(onError: (error: unknown) => void, maxRunning = 1_000) {
    this.#onError = onError;
    this.#maxRunning = maxRunning;
  }

  /** Starts `task`; false when too much is running and it was not started. */
  run(task: () => Promise<void>): boolean {
    if (this.#running.size >= this.#maxRunning) return false;
    const running = task().catch(this.#onError).finally(() => this.#running.delete(running));
    this.#running.add(running);
    return true;
  }

  /** Resolves when all that was started is done. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
