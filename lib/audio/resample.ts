/**
 * Taps at the lower of the two rates. 64 keeps 0.1–7 kHz within 0.05 dB and aliases below −85 dB
 * between 24 kHz and 16 kHz, with 2 ms of delay; `tests/resample_test.ts` measures it.
 */
const TAPS = 64;

/** Pass-band edge as a part of the lower rate's Nyquist frequency. */
const PASS_BAND = 0.95;

/** Kaiser window shape: side lobes about 90 dB down. */
const KAISER_BETA = 9;

/** Bound of the filter table, so that a strange ratio can't take hundreds of megabytes. */
const MAX_COEFFICIENTS = 1 << 20;

/**
 * Changes the sample rate of a stream by a polyphase FIR filter.
 *
 * The samples that come out don't depend on how the input was cut into chunks, and are aligned in
 * time with the input. Equal rates pass through untouched.
 */
export class Resampler {
  /** Output samples per `#down` input samples, in lowest terms. */
  readonly #up: number;
  readonly #down: number;
  readonly #taps: number;
  readonly #filter: Float64Array;
  #buffer: Float64Array;
  /** Samples held in the buffer. */
  #held = 0;
  /** Where in the buffer the next output's first tap lies, and between which input samples. */
  #at = 0;
  #phase = 0;

  /** @throws {RangeError} when a rate is not a whole number above 0 or their ratio is too odd. */
  constructor(fromHz: number, toHz: number) {
    for (const rateHz of [fromHz, toHz]) {
      if (!Number.isInteger(rateHz) || rateHz <= 0) {
        throw new RangeError(
          `Cannot resample: a rate must be a whole number of Hz above 0: received ${rateHz}`,
        );
      }
    }
    const divisor = greatestCommonDivisor(fromHz, toHz);
    this.#up = toHz / divisor;
    this.#down = fromHz / divisor;
    this.#taps = fromHz === toHz ? 1 : 2 * Math.ceil(TAPS / 2 * Math.max(1, fromHz / toHz));
    if (this.#up * this.#taps > MAX_COEFFICIENTS) {
      throw new RangeError(
        `Cannot resample: rates must have a simple ratio: received ${fromHz} Hz to ${toHz} Hz`,
      );
    }
    this.#filter = polyphaseFilter(this.#up, this.#taps, Math.min(1, toHz / fromHz) * PASS_BAND);
    this.#buffer = new Float64Array(4 * this.#taps);
    this.#begin();
  }

  /** Takes the next chunk and gives every output sample that it completes. */
  push(samples: Int16Array): Int16Array {
    if (this.#up === this.#down) return samples;
    this.#hold(samples);
    const output = new Int16Array(this.#readyOutputs());
    this.#convolve(output);
    this.#forget();
    return output;
  }

  /** Gives the samples still inside the filter, as if silence followed, and starts anew. */
  flush(): Int16Array {
    if (this.#up === this.#down) return new Int16Array(0);
    const tail = this.push(new Int16Array(this.#taps / 2));
    this.#begin();
    return tail;
  }

  #begin(): void {
    this.#buffer.fill(0);
    this.#held = this.#taps / 2 - 1; // the first output is centred on the first input
    this.#at = 0;
    this.#phase = 0;
  }

  #hold(samples: Int16Array): void {
    const needed = this.#held + samples.length;
    if (needed > this.#buffer.length) {
      const larger = new Float64Array(needed + this.#taps);
      larger.set(this.#buffer.subarray(0, this.#held));
      this.#buffer = larger;
    }
    this.#buffer.set(samples, this.#held);
    this.#held = needed;
  }

  /** Outputs whose last tap lies inside the buffer. */
  #readyOutputs(): number {
    const lastStart = this.#held - this.#taps;
    if (lastStart < this.#at) return 0;
    const steps = (lastStart - this.#at + 1) * this.#up - this.#phase;
    return Math.max(0, Math.ceil(steps / this.#down));
  }

  #convolve(output: Int16Array): void {
    const taps = this.#taps, filter = this.#filter, buffer = this.#buffer;
    let at = this.#at, phase = this.#phase;
    for (let n = 0; n < output.length; n++) {
      let sum = 0;
      const row = phase * taps;
      for (let tap = 0; tap < taps; tap++) sum += filter[row + tap] * buffer[at + tap];
      const rounded = Math.round(sum);
      output[n] = rounded > 32767 ? 32767 : rounded < -32768 ? -32768 : rounded;
      phase += this.#down;
      while (phase >= this.#up) {
        phase -= this.#up;
        at++;
      }
    }
    this.#at = at;
    this.#phase = phase;
  }

  #forget(): void {
    const gone = Math.min(this.#at, this.#held);
    this.#buffer.copyWithin(0, gone, this.#held);
    this.#held -= gone;
    this.#at -= gone;
  }
}

/** Windowed sinc, one row of taps per phase, each row with unity gain at 0 Hz. */
function polyphaseFilter(phases: number, taps: number, cutoff: number): Float64Array {
  const filter = new Float64Array(phases * taps);
  const half = taps / 2;
  for (let phase = 0; phase < phases; phase++) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const distance = tap - (half - 1) - phase / phases; // in input samples from the output
      const x = Math.PI * cutoff * distance;
      const sinc = x === 0 ? 1 : Math.sin(x) / x;
      const edge = Math.min(1, Math.abs(distance) / half);
      const window = besselI0(KAISER_BETA * Math.sqrt(1 - edge * edge));
      sum += filter[phase * taps + tap] = sinc * window;
    }
    for (let tap = 0; tap < taps; tap++) filter[phase * taps + tap] /= sum;
  }
  return filter;
}

/** Modified Bessel function of the first kind, order zero, by its power series. */
function besselI0(x: number): number {
  let term = 1, sum = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
