/** Points of the transform. */
export const SPECTRUM_POINTS = 256;

/** Bins from 0 Hz up to and including half the sample rate. */
export const SPECTRUM_BINS = SPECTRUM_POINTS / 2 + 1;

const HALF = SPECTRUM_POINTS / 2;

const cosines = Float64Array.from(
  { length: HALF },
  (_, k) => Math.cos(2 * Math.PI * k / SPECTRUM_POINTS),
);
const sines = Float64Array.from(
  { length: HALF },
  (_, k) => Math.sin(2 * Math.PI * k / SPECTRUM_POINTS),
);
const reversed = Uint8Array.from({ length: HALF }, (_, i) => {
  let bits = 0;
  for (let b = 0; b < 7; b++) if (i >> b & 1) bits |= HALF >> (b + 1);
  return bits;
});

/**
 * Fourier transform of 256 real values, as one of 128 complex ones: about 2 µs, which is what makes
 * a spectrum of every frame of every call affordable.
 */
export class Spectrum {
  readonly #re = new Float64Array(HALF);
  readonly #im = new Float64Array(HALF);

  /** Writes the power of each of the 129 bins. */
  power(values: Float64Array, power: Float64Array): void {
    this.#transform(values);
    const re = this.#re, im = this.#im;
    power[0] = (re[0] + im[0]) ** 2;
    power[HALF] = (re[0] - im[0]) ** 2;
    for (let k = 1; k < HALF; k++) {
      const evenRe = (re[k] + re[HALF - k]) / 2, evenIm = (im[k] - im[HALF - k]) / 2;
      const oddRe = (im[k] + im[HALF - k]) / 2, oddIm = (re[HALF - k] - re[k]) / 2;
      const x = evenRe + oddRe * cosines[k] + oddIm * sines[k];
      const y = evenIm + oddIm * cosines[k] - oddRe * sines[k];
      power[k] = x * x + y * y;
    }
  }

  /** Writes the cosine transform, bins 0 to 127: of a symmetric power spectrum, its autocorrelation. */
  cosine(values: Float64Array, sums: Float64Array): void {
    this.#transform(values);
    const re = this.#re, im = this.#im;
    sums[0] = re[0] + im[0];
    for (let k = 1; k < HALF; k++) {
      const evenRe = (re[k] + re[HALF - k]) / 2;
      const oddRe = (im[k] + im[HALF - k]) / 2, oddIm = (re[HALF - k] - re[k]) / 2;
      sums[k] = evenRe + oddRe * cosines[k] + oddIm * sines[k];
    }
  }

  /** Radix-2 transform of the even values as real and the odd ones as imaginary parts. */
  #transform(values: Float64Array): void {
    const re = this.#re, im = this.#im;
    // The first two of seven stages need no multiplication.
    for (let i = 0; i < HALF; i += 4) {
      const a = 2 * reversed[i], b = 2 * reversed[i + 1];
      const c = 2 * reversed[i + 2], d = 2 * reversed[i + 3];
      const sumRe = values[a] + values[b], sumIm = values[a + 1] + values[b + 1];
      const difRe = values[a] - values[b], difIm = values[a + 1] - values[b + 1];
      const otherSumRe = values[c] + values[d], otherSumIm = values[c + 1] + values[d + 1];
      const otherDifRe = values[c] - values[d], otherDifIm = values[c + 1] - values[d + 1];
      re[i] = sumRe + otherSumRe;
      im[i] = sumIm + otherSumIm;
      re[i + 1] = difRe + otherDifIm;
      im[i + 1] = difIm - otherDifRe;
      re[i + 2] = sumRe - otherSumRe;
      im[i + 2] = sumIm - otherSumIm;
      re[i + 3] = difRe - otherDifIm;
      im[i + 3] = difIm + otherDifRe;
    }
    for (let half = 4; half < HALF; half *= 2) {
      const step = HALF / half;
      for (let j = 0; j < half; j++) {
        const c = cosines[j * step], s = sines[j * step];
        for (let i = j; i < HALF; i += 2 * half) {
          const k = i + half;
          const x = re[k] * c + im[k] * s, y = im[k] * c - re[k] * s;
          re[k] = re[i] - x;
          im[k] = im[i] - y;
          re[i] += x;
          im[i] += y;
        }
      }
    }
  }
}
