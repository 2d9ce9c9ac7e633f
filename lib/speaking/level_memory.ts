import { FRAME_MS } from "../audio/pcm.ts";

const SILENCE_DBFS = -100;
/** Frames remembered: 1.28 s, of which up to 0.4 s lie ahead of the ear. */
const FRAMES = 64;

/** Remembers how loud the agent was at each moment that the caller heard, frame by frame. */
export class LevelMemory {
  readonly #levels = new Float32Array(FRAMES).fill(SILENCE_DBFS);
  #newest = 0;

  /** @param heardAtMs when the frame is heard, on the clock */
  note(heardAtMs: number, levelDb: number): void {
    const frame = Math.floor(heardAtMs / FRAME_MS);
    for (let f = Math.max(this.#newest + 1, frame - FRAMES + 1); f < frame; f++) {
      this.#levels[f % FRAMES] = SILENCE_DBFS;
    }
    this.#newest = Math.max(this.#newest, frame);
    this.#levels[frame % FRAMES] = levelDb;
  }

  /** The loudest level within `windowMs` before `nowMs`, in dBFS; -100 when the agent was silent. */
  loudest(nowMs: number, windowMs: number): number {
    const now = Math.floor(nowMs / FRAME_MS);
    let loudest = SILENCE_DBFS;
    for (let age = 0; age * FRAME_MS <= windowMs; age++) {
      const frame = now - age;
      if (frame > this.#newest || frame <= this.#newest - FRAMES) continue;
      loudest = Math.max(loudest, this.#levels[frame % FRAMES]);
    }
    return loudest;
  }
}
