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
const WINDOW_SLOTS = 6;
const SLOT_FRAMES = 10;
const BELOW_MINIMUM_DB = 1;
const CATCH_UP_PART = 0.06;

/** Noise level and how much it varies, band by band, in dB. */
export class NoiseFloor {
  readonly floorDb: Float64Array;
  readonly spreadDb: Float64Array;
  /** How much the floor rose with the last frame, mean over the bands, in dB. */
  riseDb = 0;
  readonly #smoothDb: Float64Array;
  readonly #lowestDb: Float64Array;
  /** Lowest levels of the slots before the present one, band after band. */
  readonly #slotsDb: Float64Array;
  #frame = 0;

  constructor(readonly bandCount: number) {
    this.floorDb = new Float64Array(bandCount).fill(QUIETEST_DBFS);
    this.spreadDb = new Float64Array(bandCount).fill(2);
    this.#smoothDb = new Float64Array(bandCount);
    this.#lowestDb = new Float64Array(bandCount).fill(Infinity);
    this.#slotsDb = new Float64Array(bandCount * WINDOW_SLOTS).fill(Infinity);
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
   */
  learn(levelsDb: Float64Array, speech: number): void {
    const firstPart = this.#frame < FIRST_FRAMES ? 1 / (this.#frame + 2) : 0;
    const risePart = Math.max(RISE_PART, firstPart), fallPart = Math.max(FALL_PART, firstPart);
    if (this.#frame % SLOT_FRAMES === 0) this.#nextSlot();
    this.riseDb = 0;
    for (let b = 0; b < this.bandCount; b++) {
      const levelDb = Math.max(QUIETEST_DBFS, levelsDb[b]);
      this.#smoothDb[b] += 0.5 * (levelDb - this.#smoothDb[b]);
      if (this.#smoothDb[b] < this.#lowestDb[b]) this.#lowestDb[b] = this.#smoothDb[b];
      const before = this.floorDb[b], aboveDb = levelDb - before;
      this.floorDb[b] += aboveDb > 0
        ? (1 - speech) * risePart * aboveDb + speech * RISE_IN_SPEECH_DB
        : fallPart * aboveDb;
      this.spreadDb[b] += (1 - speech) * SPREAD_PART * (Math.abs(aboveDb) - this.spreadDb[b]);
      this.#catchUp(b);
      if (this.floorDb[b] < QUIETEST_DBFS) this.floorDb[b] = QUIETEST_DBFS;
      this.riseDb += (this.floorDb[b] - before) / this.bandCount;
    }
    this.#frame++;
  }

  #nextSlot(): void {
    const slot = this.#frame / SLOT_FRAMES % WINDOW_SLOTS;
    for (let b = 0; b < this.bandCount; b++) {
      this.#slotsDb[b * WINDOW_SLOTS + slot] = this.#lowestDb[b];
      this.#lowestDb[b] = Infinity;
    }
  }

  #catchUp(b: number): void {
    if (this.#frame <= WINDOW_SLOTS * SLOT_FRAMES) return;
    let lowestDb = this.#lowestDb[b];
    for (let s = 0; s < WINDOW_SLOTS; s++) {
      const slotDb = this.#slotsDb[b * WINDOW_SLOTS + s];
      if (slotDb < lowestDb) lowestDb = slotDb;
    }
    const missingDb = lowestDb - BELOW_MINIMUM_DB - this.floorDb[b];
    if (missingDb > 0) this.floorDb[b] += CATCH_UP_PART * missingDb;
  }
}
