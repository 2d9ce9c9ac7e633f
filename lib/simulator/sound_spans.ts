import { FRAME_MS, levelDbfs } from "../audio/pcm.ts";

/** A stretch of sound; times are milliseconds since the first frame. */
export interface SoundSpan {
  startMs: number;
  endMs: number;
}

/** Below this a frame counts as silence; comfort noise and mu-law idle noise are quieter. */
const SOUND_DBFS = -45;

/** Silence that parts two stretches; gaps between words are shorter. */
const GAP_MS = 300;

/** Finds stretches of sound in frames of 20 ms. */
export class SoundSpans {
  readonly spans: SoundSpan[] = [];
  #frames = 0;
  #lastLoudMs = -Infinity;

  /** Takes the next frame and tells whether a stretch begins with it. */
  hear(frame: Int16Array): boolean {
    const startMs = this.#frames++ * FRAME_MS;
    if (levelDbfs(frame) < SOUND_DBFS) return false;
    const begins = startMs - this.#lastLoudMs > GAP_MS;
    this.#lastLoudMs = startMs + FRAME_MS;
    if (begins) this.spans.push({ startMs, endMs: this.#lastLoudMs });
    else this.spans[this.spans.length - 1].endMs = this.#lastLoudMs;
    return begins;
  }

  /** Milliseconds since the first frame. */
  get nowMs(): number {
    return this.#frames * FRAME_MS;
  }

  /** Silence up to now; infinite when nothing was heard yet. */
  get silentMs(): number {
    return this.nowMs - this.#lastLoudMs;
  }
}
