/** Mean of the recent past, each frame weighing a little less than the next. */
export class RunningMean {
  value = 0;
  readonly #part: number;

  /** @param frames how far the past reaches: older frames weigh less than a third */
  constructor(frames: number) {
    this.#part = 1 - Math.exp(-1 / frames);
  }

  push(x: number): number {
    this.value += this.#part * (x - this.value);
    return this.value;
  }
}

/** How much something has varied in the recent past: a running standard deviation. */
export class RunningSpread {
  value = 0;
  readonly #part: number;
  #mean = NaN;
  #variance = 0;

  /** @param frames how far the past reaches: older frames weigh less than a third */
  constructor(frames: number) {
    this.#part = 1 - Math.exp(-1 / frames);
  }

  push(x: number): number {
    if (Number.isNaN(this.#mean)) this.#mean = x;
    const difference = x - this.#mean;
    this.#mean += this.#part * difference;
    this.#variance += this.#part * (difference * (x - this.#mean) - this.#variance);
    this.value = Math.sqrt(Math.max(0, this.#variance));
    return this.value;
  }
}
