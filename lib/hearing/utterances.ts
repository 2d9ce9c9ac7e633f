import { FRAME_MS } from "../audio/pcm.ts";
import type { FrameActivity } from "./voice_activity.ts";

/** Beginning and end of an utterance; times are milliseconds since the first frame pushed. */
export type UtteranceEvent =
  | { type: "onset"; startMs: number; atMs: number }
  | { type: "end"; startMs: number; endMs: number; atMs: number; speechLike: boolean };

export interface UtteranceOptions {
  /** Window in which voiced frames vote for an onset. @default 200 */
  onsetWindowMs: number;
  /** Voiced time in that window that opens an utterance. @default 100 */
  onsetVoicedMs: number;
  /** Silence that ends an utterance. @default 600 */
  hangoverMs: number;
  /** Voiced time below which an utterance is not like speech. @default 140 */
  minimumVoicedMs: number;
}

const DEFAULTS: UtteranceOptions = {
  onsetWindowMs: 200,
  onsetVoicedMs: 100,
  hangoverMs: 600,
  minimumVoicedMs: 140,
};

/** Joins voiced frames into utterances. */
export class Utterances {
  readonly #options: UtteranceOptions;
  #nowMs = 0;
  #history = 0;
  #open = false;
  #startMs = 0;
  #lastVoicedEndMs = 0;
  #voicedMs = 0;

  constructor(options: Partial<UtteranceOptions> = {}) {
    this.#options = { ...DEFAULTS, ...options };
  }

  /** Takes the next frame and tells when an utterance begins or ends with it. */
  push(_frame: Int16Array, activity: FrameActivity): UtteranceEvent | undefined {
    this.#nowMs += FRAME_MS;
    const { onsetWindowMs, onsetVoicedMs, hangoverMs } = this.#options;
    const windowFrames = onsetWindowMs / FRAME_MS;
    this.#history = (this.#history << 1 | (activity.voiced ? 1 : 0)) & ((1 << windowFrames) - 1);
    if (activity.voiced) this.#lastVoicedEndMs = this.#nowMs;
    if (!this.#open) {
      let votes = 0, first = 0;
      for (let i = 0; i < windowFrames; i++) {
        if (this.#history >> i & 1) {
          votes++;
          first = i;
        }
      }
      if (votes * FRAME_MS < onsetVoicedMs) return undefined;
      this.#open = true;
      this.#voicedMs = votes * FRAME_MS;
      this.#startMs = this.#nowMs - (first + 1) * FRAME_MS;
      return { type: "onset", startMs: this.#startMs, atMs: this.#nowMs };
    }
    if (activity.voiced) this.#voicedMs += FRAME_MS;
    if (this.silenceMs < hangoverMs) return undefined;
    const speechLike = this.speechLike();
    const end: UtteranceEvent = {
      type: "end",
      startMs: this.#startMs,
      endMs: this.#lastVoicedEndMs,
      atMs: this.#nowMs,
      speechLike,
    };
    this.reset();
    return end;
  }

  /** Silence since the last voiced frame of the present utterance, 0 outside one. */
  get silenceMs(): number {
    return this.#open ? this.#nowMs - this.#lastVoicedEndMs : 0;
  }

  /** Voiced time in the present utterance. */
  get voicedMs(): number {
    return this.#open ? this.#voicedMs : 0;
  }

  get inUtterance(): boolean {
    return this.#open;
  }

  /** Tells whether the present utterance would be accepted as speech if it ended now. */
  speechLike(): boolean {
    return this.#open && this.#voicedMs >= this.#options.minimumVoicedMs;
  }

  /** Forgets the present utterance; time goes on. */
  reset(): void {
    this.#open = false;
    this.#history = 0;
    this.#voicedMs = 0;
  }
}
