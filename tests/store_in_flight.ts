import { type FakeClock, settle } from "./fake_clock.ts";

/**
 * Counts real work that is under way (database, sockets), so that a test with a fake clock can let
 * it come back before it moves time on.
 */
export class InFlight {
  #count = 0;

  /** The same object; every promise that one of its methods returns is counted. */
  watch<T extends object>(real: T): T {
    return new Proxy(real, {
      get: (target, name) => {
        const value = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        return (...args: unknown[]) => this.#counted(value.apply(target, args));
      },
    });
  }

  /** The same function, its promises counted. */
  watchFunction<A extends unknown[], R>(real: (...args: A) => R): (...args: A) => R {
    return (...args) => this.#counted(real(...args));
  }

  /** Resolves when nothing is under way and nothing new begins of itself. */
  async idle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet = this.#count === 0 ? quiet + 1 : 0) await settle(1);
  }

  /** Moves time on in small steps, each after all real work has come back. */
  async advance(clock: FakeClock, ms: number, stepMs = 100): Promise<void> {
    await this.idle();
    for (let left = ms; left > 0; left -= stepMs) {
      await clock.advance(Math.min(stepMs, left));
      await this.idle();
    }
  }

  #counted<R>(result: R): R {
    if (result instanceof Promise) {
      this.#count++;
      const done = () => void this.#count--;
      result.then(done, done);
    } else if (typeof result === "object" && result !== null && Symbol.asyncIterator in result) {
      return this.#countedItems(result as unknown as AsyncIterable<unknown>) as R;
    }
    return result;
  }

  async *#countedItems(items: AsyncIterable<unknown>): AsyncIterable<unknown> {
    const iterator = items[Symbol.asyncIterator]();
    while (true) {
      const { done, value } = await this.#counted(Promise.resolve(iterator.next()));
      if (done) return;
      yield value;
    }
  }
}
