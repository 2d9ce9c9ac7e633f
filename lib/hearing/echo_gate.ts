import { FRAME_MS } from "../audio/pcm.ts";

export interface EchoGateOptions {
  /** Echo taken for granted until the line has shown its own, relative to our voice. @default -15 */
  startCouplingDb: number;
  /** How far above the expected echo a caller must be. @default 6 */
  marginDb: number;
  /** Frames of both envelopes compared when in doubt. @default 32 */
  compareFrames: number;
  /** Correlation of the envelopes above which what we hear is our own voice. @default 0.9 */
  echoCorrelation: number;
}

const defaults: EchoGateOptions = {
  startCouplingDb: -15,
  marginDb: 6,
  compareFrames: 32,
  echoCorrelation: 0.9,
};

/** Not even a loudspeaker phone gives our voice back louder than this. */
const LOUDEST_ECHO_DB = -6;
const HISTORY = 64; // frames: 1.28 s, longer than any echo path of a phone call

/**
 * Tells the caller's voice from the agent's own, coming back over the line.
 *
 * Two witnesses: the level, against what this line's echo has been so far; and the shape of the
 * envelope, against that of what the agent just said, at every delay up to half a second.
 */
export class EchoGate {
  readonly #options: EchoGateOptions;
  #couplingDb: number;
  readonly #heard = new Float32Array(HISTORY).fill(-100);
  readonly #played = new Float32Array(HISTORY).fill(-100);
  #frame = 0;

  constructor(options: Partial<EchoGateOptions> = {}) {
    this.#options = { ...defaults, ...options };
    this.#couplingDb = this.#options.startCouplingDb;
  }

  /**
   * Takes the level of one frame from the caller beside what the agent was playing at that moment;
   * true when the frame is too quiet to be anything but echo.
   *
   * @param loudestDb loudest level played within the echo's delay; -100 when the agent was silent
   * @param learn false while the caller may be speaking
   */
  push(levelDb: number, playedDb: number, loudestDb: number, learn: boolean): boolean {
    this.#heard[this.#frame % HISTORY] = levelDb;
    this.#played[this.#frame % HISTORY] = playedDb;
    this.#frame++;
    if (loudestDb <= -60) return false;
    const relativeDb = levelDb - loudestDb;
    if (learn) {
      const speed = relativeDb > this.#couplingDb ? 0.1 : 0.02; // reaches a new value in 0.2 s, 1 s
      this.#couplingDb += (relativeDb - this.#couplingDb) * speed;
    }
    return relativeDb < this.#couplingDb + this.#options.marginDb;
  }

  /** True when the last frames have the shape of what the agent said; then their level is learnt. */
  isEcho(): boolean {
    const { compareFrames, echoCorrelation } = this.#options;
    if (this.#frame < compareFrames) return false;
    for (let delay = 0; delay * FRAME_MS <= 500; delay++) {
      const { correlation, differenceDb } = this.#compare(delay, compareFrames);
      if (correlation < echoCorrelation || differenceDb > LOUDEST_ECHO_DB) continue;
      this.#couplingDb = Math.max(this.#couplingDb, differenceDb);
      return true;
    }
    return false;
  }

  /** Expected level of the echo relative to our voice, in dB. */
  get couplingDb(): number {
    return this.#couplingDb;
  }

  #compare(delay: number, frames: number): { correlation: number; differenceDb: number } {
    let x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    let n = 0;
    for (let i = 1; i <= frames; i++) {
      const at = this.#frame - i;
      if (at - delay < Math.max(0, this.#frame - HISTORY)) break;
      const a = Math.max(-70, this.#heard[at % HISTORY]);
      const b = Math.max(-70, this.#played[(at - delay) % HISTORY]);
      x += a;
      y += b;
      xx += a * a;
      yy += b * b;
      xy += a * b;
      n++;
    }
    const varX = xx - x * x / n;
    const varY = yy - y * y / n;
    // A flat envelope has no shape to compare.
    if (n < 20 || varX < n * 4 || varY < n * 4) return { correlation: 0, differenceDb: 0 };
    const correlation = (xy - x * y / n) / Math.sqrt(varX * varY);
    return { correlation, differenceDb: (x - y) / n };
  }
}
