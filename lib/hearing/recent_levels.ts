/** Frames of a slot: 100 ms. */
const SLOT_FRAMES = 5;

/** Remembers between which levels each band has been lately, in slots of 100 ms. */
export class RecentLevels {
  /** Lowest level of each band in all slots. */
  readonly leastDb: Float64Array;
  readonly #lowestDb: Float64Array;
  readonly #highestDb: Float64Array;
  #frame = -1;
  #slot = 0;

  /** @param slotCount how many slots are remembered, the present one among them */
  constructor(readonly bandCount: number, readonly slotCount: number) {
    this.leastDb = new Float64Array(bandCount).fill(Infinity);
    this.#lowestDb = new Float64Array(bandCount * slotCount).fill(Infinity);
    this.#highestDb = new Float64Array(bandCount * slotCount).fill(-Infinity);
  }

  push(levelsDb: Float64Array): void {
    if (++this.#frame % SLOT_FRAMES === 0) {
      this.#slot = (this.#slot + 1) % this.slotCount;
      for (let b = 0; b < this.bandCount; b++) {
        this.#lowestDb[this.#at(b, 0)] = Infinity;
        this.#highestDb[this.#at(b, 0)] = -Infinity;
        this.leastDb[b] = this.lowestDb(b, this.slotCount);
      }
    }
    for (let b = 0; b < this.bandCount; b++) {
      const at = this.#at(b, 0);
      if (levelsDb[b] < this.#lowestDb[at]) this.#lowestDb[at] = levelsDb[b];
      if (levelsDb[b] > this.#highestDb[at]) this.#highestDb[at] = levelsDb[b];
      if (levelsDb[b] < this.leastDb[b]) this.leastDb[b] = levelsDb[b];
    }
  }

  /** Slots that are complete, 0 while the present one isn't. */
  get completeSlots(): number {
    return (this.#frame + 1) % SLOT_FRAMES === 0 ? (this.#frame + 1) / SLOT_FRAMES : 0;
  }

  /** Lowest level of a band in the latest slots. */
  lowestDb(band: number, slots: number): number {
    let lowestDb = Infinity;
    for (let i = 0; i < slots; i++) {
      lowestDb = Math.min(lowestDb, this.#lowestDb[this.#at(band, i)]);
    }
    return lowestDb;
  }

  /** Highest level of a band in the latest slots. */
  highestDb(band: number, slots: number): number {
    let highestDb = -Infinity;
    for (let i = 0; i < slots; i++) {
      highestDb = Math.max(highestDb, this.#highestDb[this.#at(band, i)]);
    }
    return highestDb;
  }

  #at(band: number, slotsAgo: number): number {
    const slot = this.#slot - slotsAgo;
    return band * this.slotCount + (slot < 0 ? slot + this.slotCount : slot);
  }
}
