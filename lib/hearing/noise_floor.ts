import { RecentLevels } from "./recent_levels.ts";
import { RunningMean } from "./running.ts";

/** Levels below this are silence on any line. */
export const QUIETEST_DBFS = -75;

/** How fast the floor follows noise up and down, as parts of the difference per frame: 2.5 s, 0.7 s. */
const RISE_PART = 0.008;
const FALL_PART = 0.03;
/** How fast it rises while somebody speaks, in dB per frame: noise may grow under speech. */
const RISE_IN_SPEECH_DB = 0.03;
const SPREAD_PART = 0.03;
/** Frames at the start of a call over which the floor is simply the mean so far. */
const FIRST_FRAMES = 50;

/**
 * Speech dips in every band within 1.2 s; sound that doesn't is noise, however loud. So the floor
 * catches up with the lowest level of that time, which ends every false alarm of a louder line.
 */
const DIP_SLOTS = 13;
const DIP_FRAMES = 60;
const BELOW_MINIMUM_DB = 1;
const CATCH_UP_PART = 0.06;

/**
 * Nor does speech keep its level in all bands for 0.6 s, as noise does that has begun or grown: that
 * noise is the floor at once. A vowel held so long has a pitch; noise has little.
 */
const STEADY_SLOTS = 6;
const STEADY_RANGE_DB = 4.5;
const STEADY_PITCH = 0.25;
/** Steady noise that is no further above the floor, in any band, is left to the slow ways. */
const STEADY_RISE_DB = 6;
const PITCH_FRAMES = 25;

/** Noise level and how much it varies, band by band, in dB. */
export class NoiseFloor {
  readonly floorDb: Float64Array;
  readonly spreadDb: Float64Array;
  /** How much the floor rose with the last frame, mean over the bands, in dB. */
  riseDb = 0;
  readonly #smoothDb: Float64Array;
  readonly #recent: RecentLevels;
  readonly #middleDb: Float64Array;
  readonly #pitch = new RunningMean(PITCH_FRAMES);
  #frame = 0;

  constructor(readonly bandCount: number) {
    this.floorDb = new Float64Array(bandCount).fill(QUIETEST_DBFS);
    this.spreadDb = new Float64Array(bandCount).fill(2);
    this.#smoothDb = new Float64Array(bandCount);
    this.#middleDb = new Float64Array(bandCount);
    this.#recent = new RecentLevels(bandCount, DIP_SLOTS);
  }

  /** Takes the call's first frame as noise until more is known. */
  begin(levelsDb: Float64Array): void {
    for (let b = 0; b < this.bandCount; b++) {
      this.floorDb[b] = this.#smoothDb[b] = Math.max(QUIETEST_DBFS, levelsDb[b]);
    }
  }

  /**
   * Learns from a frame.
   *
   * @param speech how likely the frame is speech, 0 to 1
   * @param pitch pitch above what noise has by chance, 0 to 0.6
   */
  learn(levelsDb: Float64Array, speech: number, pitch: number): void {
    const firstPart = this.#frame < FIRST_FRAMES ? 1 / (this.#frame + 2) : 0;
    const risePart = Math.max(RISE_PART, firstPart), fallPart = Math.max(FALL_PART, firstPart);
    for (let b = 0; b < this.bandCount; b++) {
      this.#smoothDb[b] += 0.5 * (Math.max(QUIETEST_DBFS, levelsDb[b]) - this.#smoothDb[b]);
    }
    this.#recent.push(this.#smoothDb);
    this.#pitch.push(pitch);
    const adopts = this.#isSteady();
    this.riseDb = 0;
    for (let b = 0; b < this.bandCount; b++) {
      const levelDb = Math.max(QUIETEST_DBFS, levelsDb[b]);
      const before = this.floorDb[b], aboveDb = levelDb - before;
      this.floorDb[b] += aboveDb > 0
        ? (1 - speech) * risePart * aboveDb + speech * RISE_IN_SPEECH_DB
        : fallPart * aboveDb;
      this.spreadDb[b] += (1 - speech) * SPREAD_PART * (Math.abs(aboveDb) - this.spreadDb[b]);
      if (this.#frame > DIP_FRAMES) this.#catchUp(b);
      if (adopts) this.floorDb[b] = Math.max(this.floorDb[b], this.#middleDb[b]);
      if (this.floorDb[b] < QUIETEST_DBFS) this.floorDb[b] = QUIETEST_DBFS;
      this.riseDb += (this.floorDb[b] - before) / this.bandCount;
    }
    this.#frame++;
  }

  #catchUp(b: number): void {
    const missingDb = this.#recent.leastDb[b] - BELOW_MINIMUM_DB - this.floorDb[b];
    if (missingDb > 0) this.floorDb[b] += CATCH_UP_PART * missingDb;
  }

  /** Tells whether all that was heard of late is noise that the floor is too far below. */
  #isSteady(): boolean {
    if (this.#recent.completeSlots < STEADY_SLOTS || this.#pitch.value > STEADY_PITCH) return false;
    let rangeDb = 0, mostDb = 0;
    for (let b = 0; b < this.bandCount; b++) {
      const lowestDb = this.#recent.lowestDb(b, STEADY_SLOTS);
      const highestDb = this.#recent.highestDb(b, STEADY_SLOTS);
      this.#middleDb[b] = (lowestDb + highestDb) / 2;
      rangeDb += (highestDb - lowestDb) / this.bandCount;
      mostDb = Math.max(mostDb, this.#middleDb[b] - this.floorDb[b]);
    }
    return rangeDb <= STEADY_RANGE_DB && mostDb >= STEADY_RISE_DB;
  }
}
