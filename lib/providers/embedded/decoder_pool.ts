import type { Clock } from "../../clock.ts";
import { EngineError } from "../../contracts/engine_error.ts";

/** Something of which each is used by one caller at a time. */
export interface Pooled {
  readonly dead: boolean;
  close(): void;
}

/** How many there may be, and how long a caller may wait for one. */
export interface PoolLimits {
  max: number;
  maxWaiting: number;
  maxWaitMs: number;
}

/** Lends out decoders: an idle one, else a new one, else the first that comes back. */
export class DecoderPool<T extends Pooled> {
  #idle: T[] = [];
  #lent = new Set<T>();
  #waiting: ((decoder: T) => void)[] = [];
  #closed = false;

  constructor(
    private readonly make: () => T,
    private readonly limits: PoolLimits,
    private readonly clock: Clock,
  ) {}

  get size(): number {
    return this.#idle.length + this.#lent.size;
  }

  /** Makes decoders until there are `count`, and gives the idle ones. */
  fill(count: number): T[] {
    while (!this.#closed && this.size < Math.min(count, this.limits.max)) {
      this.#idle.push(this.make());
    }
    return [...this.#idle];
  }

  /**
   * @throws {EngineError} when all stay lent for too long, too many wait already, or it is closed
   * @throws the signal's reason when it aborts first
   */
  async acquire(signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    if (this.#closed) throw busy("the recogniser is closed");
    this.#idle = this.#idle.filter((decoder) => !decoder.dead);
    const decoder = this.#idle.pop() ?? (this.size < this.limits.max ? this.make() : undefined);
    if (decoder) {
      this.#lent.add(decoder);
      return decoder;
    }
    const { maxWaiting, maxWaitMs, max } = this.limits;
    if (this.#waiting.length >= maxWaiting) {
      throw busy(`at most ${maxWaiting} callers must wait for one of ${max}: received one more`);
    }
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#waiting.push(resolve);
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    const cancelTimer = this.clock.at(this.clock.now() + maxWaitMs, () => {
      reject(busy(`one of ${max} must become free within ${maxWaitMs} ms: none did`));
    });
    try {
      return await promise;
    } finally {
      cancelTimer();
      signal.removeEventListener("abort", abort);
      this.#waiting = this.#waiting.filter((other) => other !== resolve);
    }
  }

  /** Takes a decoder back; a dead one is forgotten. */
  release(decoder: T): void {
    this.#lent.delete(decoder);
    if (this.#closed) return decoder.close();
    const next = this.#waiting.shift();
    if (!next) {
      if (!decoder.dead) this.#idle.push(decoder);
      return;
    }
    const lent = decoder.dead ? this.make() : decoder;
    this.#lent.add(lent);
    next(lent);
  }

  close(): void {
    this.#closed = true;
    for (const decoder of [...this.#idle.splice(0), ...this.#lent]) decoder.close();
  }
}

function busy(why: string): EngineError {
  return new EngineError("embedded", "unavailable", `Cannot recognise: ${why}`);
}
