const FULL_SCALE = 32_768;

/** Keeps peaks below a limit with a gain that only falls until it is reset: no pumping. */
export class Limiter {
  readonly #limit: number;
  #gain = 1;

  constructor(peakDbfs: number) {
    this.#limit = FULL_SCALE * 10 ** (peakDbfs / 20);
  }

  reset(): void {
    this.#gain = 1;
  }

  /** Changes the frame in place. */
  apply(frame: Int16Array): void {
    let peak = 0;
    for (let i = 0; i < frame.length; i++) peak = Math.max(peak, Math.abs(frame[i]));
    if (peak * this.#gain > this.#limit) this.#gain = this.#limit / peak;
    if (this.#gain === 1) return;
    for (let i = 0; i < frame.length; i++) frame[i] *= this.#gain;
  }
}
