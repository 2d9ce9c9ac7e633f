import { FRAME_SAMPLES } from "../audio/pcm.ts";
import { Spectrum, SPECTRUM_BINS, SPECTRUM_POINTS } from "./spectrum.ts";

/**
 * Edges of the lower bands in bins of 31.25 Hz: 94, 312, 500, 750, 1031, 1562, 2250 and 3156 Hz,
 * about equally wide to the ear. One more band holds everything from 4 to 8 kHz.
 */
const EDGES = [3, 10, 16, 24, 33, 50, 72, 101];

/** Bands of a frame. */
export const BAND_COUNT = EDGES.length;

const HIGH_BAND = BAND_COUNT - 1;

/** Pole of the filter that takes away DC and the deepest hum: −3 dB at 51 Hz. */
const DC_POLE = 0.98;

/** How many frames ago the sound was that the present one is compared with: about a phoneme. */
const LIKENESS_FRAMES = 5;

/** Dead frames in a row that are taken for lost packets; more are silence. */
const MAX_LOST_FRAMES = 3;

/** Bins and lags between which a voice's pitch of 72 to 420 Hz shows. */
const PITCH_BINS = [3, 100] as const;
const PITCH_LAGS = [19, 110] as const;

const HALF_FRAME = FRAME_SAMPLES / 2;
/** Samples before a frame that the half-band filter needs. */
const REACH = 6;
const FULL_SCALE = 32768;
const NO_POWER = 1e-10;

const hann = Float64Array.from(
  { length: SPECTRUM_POINTS },
  (_, i) => 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / SPECTRUM_POINTS),
);

/** What the window alone does to the autocorrelation at each lag, bounded so as not to blow up noise. */
const windowFade = Float64Array.from({ length: PITCH_LAGS[1] + 1 }, (_, lag) => {
  let overlap = 0, all = 0;
  for (let i = 0; i < SPECTRUM_POINTS; i++) {
    all += hann[i] * hann[i];
    if (i + lag < SPECTRUM_POINTS) overlap += hann[i] * hann[i + lag];
  }
  return Math.max(0.2, overlap / all);
});

/** The part of the power that a key's two tones hold together, and a voice's strongest two hardly ever. */
const TONE_SHARE = 0.98;
/** Bins to each side of a tone that its power leaks into, with this window. */
const TONE_LEAK = 2;

/**
 * A click leaves the line, its codec and the filters within six blocks of 1 ms, and hardly any of the
 * frame's energy is outside of them; a voice has its next pulse there.
 */
const BLOCK_SAMPLES = 16;
const CLICK_BLOCKS = 6;
const CLICK_REST = 0.02;

/** Mean square of the samples per unit of power in the spectrum, one side of it, Hann window. */
const POWER_SCALE = 2 / (SPECTRUM_POINTS * 96);

// Room to work in, the same for all calls, so that it stays in the processor's nearest cache: nothing
// in it outlives a frame.
const spectrum = new Spectrum();
const windowed = new Float64Array(SPECTRUM_POINTS);
const power = new Float64Array(SPECTRUM_BINS);
const symmetric = new Float64Array(SPECTRUM_POINTS);
const correlation = new Float64Array(SPECTRUM_BINS);

/** Splits frames into the levels of eight bands, and measures how much of a voice's pitch is in them. */
export class FrameBands {
  /** Level of each band in dB below full scale. */
  readonly levelsDb = new Float64Array(BAND_COUNT).fill(-100);
  /** Level of all bands together in dB below full scale. */
  levelDb = -100;
  /** The same of a frame that was lost too: −100. */
  frameLevelDb = -100;
  /** How far the whole is above the bands' sum, in dB: rumble and hiss where voices have little. */
  outsideDb = 0;
  /** How alike the sound is to itself one pitch period later: 0 for noise, to about 1. */
  harmonicity = 0;
  /** How alike the spectrum is to that of 100 ms before: 0.8 in steady noise, near 1 in a held note. */
  likeness = 0;
  /** True in a tone that goes on: a key, a dial tone, a beep. */
  isTone = false;
  /** True when this frame is missing: what stands here is the frame before it. */
  isLost = false;

  readonly #clean = new Float64Array(REACH + FRAME_SAMPLES);
  /** The lower half of the band at half the rate, the last 32 ms. */
  readonly #low = new Float64Array(SPECTRUM_POINTS);
  readonly #blockEnergies = new Float64Array(FRAME_SAMPLES / BLOCK_SAMPLES);
  #dcInput = 0;
  #dcOutput = 0;
  #deadFrames = 0;
  #strongestBin = 0;
  /** Amplitudes of the bins of the last frames, and how much they are together. */
  readonly #amplitudes = new Float64Array(LIKENESS_FRAMES * SPECTRUM_BINS);
  readonly #lengths = new Float64Array(LIKENESS_FRAMES);
  #slot = 0;
  #hasSound = false;

  /** Measures the next frame of 320 samples. */
  push(frame: Int16Array): void {
    this.#deadFrames = isDead(frame) ? this.#deadFrames + 1 : 0;
    this.isLost = this.#hasSound && this.#deadFrames > 0 && this.#deadFrames <= MAX_LOST_FRAMES;
    if (this.isLost) {
      this.frameLevelDb = -100;
      return; // and the filters go on from the frame before, as if nothing had been missing
    }
    const levelDb = this.#removeDc(frame);
    this.frameLevelDb = levelDb;
    const highEnergy = this.#halve();
    this.#hasSound = true;
    this.levelDb = levelDb;
    for (let i = 0; i < SPECTRUM_POINTS; i++) windowed[i] = this.#low[i] * hann[i];
    spectrum.power(windowed, power);
    let sum = highEnergy / HALF_FRAME;
    this.levelsDb[HIGH_BAND] = decibels(sum);
    for (let b = 0; b < HIGH_BAND; b++) {
      let energy = 0;
      for (let k = EDGES[b]; k < EDGES[b + 1]; k++) energy += power[k];
      this.levelsDb[b] = decibels(energy * POWER_SCALE);
      sum += energy * POWER_SCALE;
    }
    this.outsideDb = Math.max(0, levelDb - decibels(sum));
    this.harmonicity = this.#measureHarmonicity();
    this.likeness = this.#measureLikeness();
    this.isTone = this.#findTone();
  }

  #removeDc(frame: Int16Array): number {
    const clean = this.#clean;
    clean.copyWithin(0, FRAME_SAMPLES);
    let input = this.#dcInput, output = this.#dcOutput, energy = 0;
    for (let block = 0, i = 0; i < FRAME_SAMPLES; block++) {
      const before = energy;
      for (const end = i + BLOCK_SAMPLES; i < end; i++) {
        const sample = frame[i] / FULL_SCALE;
        output = sample - input + DC_POLE * output;
        input = sample;
        clean[REACH + i] = output;
        energy += output * output;
      }
      this.#blockEnergies[block] = energy - before;
    }
    this.#dcInput = input;
    // What dies away would become so small that the processor takes many times as long over it.
    this.#dcOutput = Math.abs(output) < 1e-30 ? 0 : output;
    return decibels(this.#removeClick(energy) / FRAME_SAMPLES);
  }

  /** Blanks a click, which is too short for any sound of speech; returns the energy that is left. */
  #removeClick(energy: number): number {
    const blocks = this.#blockEnergies;
    let held = 0, most = 0, end = 0;
    for (let block = 0; block < blocks.length; block++) {
      held += blocks[block] - (block < CLICK_BLOCKS ? 0 : blocks[block - CLICK_BLOCKS]);
      if (held <= most) continue;
      most = held;
      end = block + 1;
    }
    const rest = Math.max(0, energy - most);
    if (rest > CLICK_REST * energy) return energy;
    const first = Math.max(0, end - CLICK_BLOCKS);
    this.#clean.fill(0, REACH + first * BLOCK_SAMPLES, REACH + end * BLOCK_SAMPLES);
    return rest;
  }

  /** Appends the half-rate lower half of the frame; returns the energy of the upper half. */
  #halve(): number {
    const clean = this.#clean, low = this.#low;
    low.copyWithin(0, HALF_FRAME);
    let highEnergy = 0;
    for (let i = 0; i < HALF_FRAME; i++) {
      const at = 3 + 2 * i;
      // The usual 7-tap half-band filter, −1 0 9 16 9 0 −1 over 32, and its mirror image.
      const around = (9 * (clean[at - 1] + clean[at + 1]) - clean[at - 3] - clean[at + 3]) / 16;
      low[SPECTRUM_POINTS - HALF_FRAME + i] = (clean[at] + around) / 2;
      const high = (clean[at] - around) / 2;
      highEnergy += high * high;
    }
    return highEnergy;
  }

  /** Tells whether one or two lines hold all the power, the stronger where it was a frame ago. */
  #findTone(): boolean {
    let strongest = EDGES[0], total = 0;
    for (let k = EDGES[0] - TONE_LEAK; k < EDGES[HIGH_BAND] + TONE_LEAK; k++) {
      total += power[k];
      if (k >= EDGES[0] && power[k] > power[strongest]) strongest = k;
    }
    const isSteady = strongest === this.#strongestBin;
    this.#strongestBin = strongest;
    if (!isSteady) return false;
    let second = Math.abs(EDGES[0] - strongest) > 2 * TONE_LEAK ? EDGES[0] : EDGES[HIGH_BAND];
    for (let k = EDGES[0]; k < EDGES[HIGH_BAND]; k++) {
      if (power[k] > power[second] && Math.abs(k - strongest) > 2 * TONE_LEAK) second = k;
    }
    let held = 0;
    for (let k = strongest - TONE_LEAK; k <= strongest + TONE_LEAK; k++) held += power[k];
    for (let k = second - TONE_LEAK; k <= second + TONE_LEAK; k++) {
      if (Math.abs(k - strongest) > TONE_LEAK) held += power[k];
    }
    return held > TONE_SHARE * total;
  }

  /** Cosine of the angle between the amplitudes of this frame and those of some frames ago. */
  #measureLikeness(): number {
    this.#slot = (this.#slot + 1) % LIKENESS_FRAMES;
    const first = this.#slot * SPECTRUM_BINS;
    let product = 0, squares = NO_POWER;
    for (let k = PITCH_BINS[0]; k <= PITCH_BINS[1]; k++) {
      const amplitude = Math.sqrt(power[k]);
      product += amplitude * this.#amplitudes[first + k];
      squares += power[k];
      this.#amplitudes[first + k] = amplitude;
    }
    const length = Math.sqrt(squares), before = this.#lengths[this.#slot];
    this.#lengths[this.#slot] = length;
    return before > 0 ? product / (length * before) : 0;
  }

  /** Height of the highest peak of the autocorrelation within a voice's range of pitch. */
  #measureHarmonicity(): number {
    let total = 1e-12;
    for (let k = PITCH_BINS[0]; k <= PITCH_BINS[1]; k++) {
      symmetric[k] = symmetric[SPECTRUM_POINTS - k] = power[k];
      total += power[k];
    }
    spectrum.cosine(symmetric, correlation);
    for (let lag = PITCH_LAGS[0] - 1; lag <= PITCH_LAGS[1]; lag++) {
      correlation[lag] /= windowFade[lag];
    }
    let best = 0;
    for (let lag = PITCH_LAGS[0]; lag < PITCH_LAGS[1]; lag++) {
      const height = correlation[lag];
      if (height > best && height >= correlation[lag - 1] && height >= correlation[lag + 1]) {
        best = height;
      }
    }
    return best / (2 * total);
  }
}

function decibels(power: number): number {
  return 10 * Math.log10(power + NO_POWER);
}

function isDead(frame: Int16Array): boolean {
  for (let i = 0; i < frame.length; i++) if (Math.abs(frame[i] - frame[0]) > 1) return false;
  return true;
}
