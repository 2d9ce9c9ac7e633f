import { BAND_COUNT, type FrameBands } from "./frame_bands.ts";
import { NoiseFloor, QUIETEST_DBFS } from "./noise_floor.ts";
import { RunningMean, RunningSpread } from "./running.ts";

/** The bands below 750 Hz, where voices are strongest, and the next three. */
const LOW_BANDS = 3;
const MIDDLE_BANDS = 6;

/** The band after the last holds the level of the whole frame. */
const WHOLE = BAND_COUNT;

/** Noise has to be left behind by this much, and by its own spread on top, to count as one unit. */
const UNIT_DB = 4.5;

/** A voice this far above the noise is as clear as can be. */
const MOST_DB = 25;

/** How likely a frame is to be speech after one that was not, and after one that was. */
const SPEECH_BEGINS = 0.01;
const SPEECH_GOES_ON = 0.98;

/** How fast the memory of the caller's loudest sound fades, as a factor per frame: 7 s to half. */
const PEAK_FADE = 0.998;

/**
 * Weighs what is heard into the odds that the caller speaks.
 *
 * The measures are sums of things with a meaning: how far the frame stands out of the noise, in the
 * low bands and where it does most; how much of that is usual for this caller; how much level and
 * pitch vary, since speech alternates between vowels and consonants as music, hum and crowds do not.
 * The weights come from logistic regressions on labelled phone audio, checked on speakers and noises
 * that they were not fitted to.
 */
export class SpeechEvidence {
  /** Log-odds that a caller who was silent speaks in this frame. */
  beginning = 0;
  /** Log-odds that a caller who was speaking just now speaks in this frame. */
  goingOn = 0;
  /** How far the two bands that stand out most are above the noise, in dB, −3 to 25. */
  snrDb = 0;
  /** How much more the low bands stand out than the middle ones, in √dB: the colour of the sound. */
  tilt = 0;
  /** Pitch above what noise has by chance, 0 to 0.6. */
  pitch = 0;

  readonly #floor = new NoiseFloor(BAND_COUNT + 1);
  readonly #levelsDb = new Float64Array(BAND_COUNT + 1);
  readonly #low60 = new RunningMean(3);
  readonly #low160 = new RunningMean(8);
  readonly #low400 = new RunningMean(20);
  readonly #lowSpread = new RunningSpread(40);
  readonly #allSpread = new RunningSpread(40);
  readonly #allFlutter = new RunningSpread(8);
  readonly #strongestFlutter = new RunningSpread(8);
  readonly #pitchFlutter = new RunningSpread(8);
  readonly #levelSpread = new RunningSpread(40);
  #peakDb = 0;
  #speechOdds = -3;
  #hasBegun = false;

  /** Level of the noise in dB below full scale. */
  get floorDb(): number {
    return this.#floor.floorDb[WHOLE];
  }

  /** Weighs the frame that `bands` has just measured. */
  push(bands: FrameBands): void {
    this.#levelsDb.set(bands.levelsDb);
    this.#levelsDb[WHOLE] = bands.levelDb;
    if (!this.#hasBegun) {
      this.#floor.begin(this.#levelsDb);
      this.#hasBegun = true;
    }
    const { floorDb, spreadDb } = this.#floor;
    let lowDb = 0, allDb = 0, tilt = 0, units = 0;
    let first = -1, second = -1, firstDb = -3, secondDb = -3;
    for (let b = 0; b < BAND_COUNT; b++) {
      const aboveDb = Math.max(QUIETEST_DBFS, this.#levelsDb[b]) - floorDb[b];
      const boundedDb = Math.min(MOST_DB, Math.max(-3, aboveDb));
      allDb += boundedDb;
      if (b < LOW_BANDS) {
        lowDb += boundedDb;
        tilt += Math.sqrt(Math.max(0, aboveDb));
      } else if (b < MIDDLE_BANDS) tilt -= Math.sqrt(Math.max(0, aboveDb));
      if (boundedDb > firstDb) {
        secondDb = firstDb;
        firstDb = boundedDb;
      } else if (boundedDb > secondDb) secondDb = boundedDb;
      const unit = Math.min(4, Math.max(-1, aboveDb / (UNIT_DB + spreadDb[b])));
      units += unit;
      if (unit > first) {
        second = first;
        first = unit;
      } else if (unit > second) second = unit;
    }
    lowDb /= LOW_BANDS;
    allDb /= BAND_COUNT;
    this.snrDb = (firstDb + secondDb) / 2;
    this.tilt = tilt / LOW_BANDS;
    this.pitch = Math.min(1, Math.max(0, bands.harmonicity - 0.4));
    this.#weigh(lowDb, allDb, (first + second) / 2, bands);
    this.#floor.learn(this.#levelsDb, this.#followSpeech(units / BAND_COUNT), this.pitch);
  }

  #weigh(lowDb: number, allDb: number, strongest: number, bands: FrameBands): void {
    const peakDb = Math.min(MOST_DB, Math.max(0, this.#peakDb - this.#floor.riseDb));
    this.#peakDb = Math.max(allDb, peakDb * PEAK_FADE);
    const usual = this.#low60.push(lowDb) / Math.max(4, this.#peakDb);
    const low160 = this.#low160.push(lowDb);
    const low400 = this.#low400.push(lowDb);
    const lowSpread = this.#lowSpread.push(lowDb);
    const allSpread = Math.min(8, this.#allSpread.push(allDb));
    const allFlutter = Math.min(6, this.#allFlutter.push(allDb));
    const flutter = Math.min(0.6, this.#strongestFlutter.push(strongest));
    const pitchFlutter = this.#pitchFlutter.push(this.pitch);
    const levelSpread = this.#levelSpread.push(Math.max(QUIETEST_DBFS, bands.levelDb));
    const outside = Math.min(8, bands.outsideDb);
    this.beginning = 0.2425 * low160 - 0.1812 * low400 + 0.6808 * strongest + 1.255 * usual +
      6.019 * flutter + 0.2666 * allFlutter + 7.576 * pitchFlutter + 0.3009 * lowSpread -
      0.3148 * allSpread - 0.1989 * levelSpread + 0.4158 * outside - 6.774;
    this.goingOn = 0.1081 * low160 - 0.1736 * low400 + 1.061 * strongest + 4.693 * usual +
      2.823 * flutter + 0.6344 * allFlutter + 4.629 * pitchFlutter - 0.0902 * lowSpread -
      0.5987 * allSpread + 0.4199 * outside - 2.709;
  }

  /** A rough probability of speech, quick to doubt, that keeps speech out of the noise floor. */
  #followSpeech(units: number): number {
    const before = 1 / (1 + Math.exp(-this.#speechOdds));
    const expected = SPEECH_BEGINS + (SPEECH_GOES_ON - SPEECH_BEGINS) * before;
    const odds = Math.log(expected / (1 - expected)) + units - 0.3;
    this.#speechOdds = Math.min(6, Math.max(-6, odds));
    return 1 / (1 + Math.exp(-this.#speechOdds));
  }
}
