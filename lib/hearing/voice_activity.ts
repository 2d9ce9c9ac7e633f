import { levelDbfs } from "../audio/pcm.ts";

/** What one 20 ms frame sounded like. */
export interface FrameActivity {
  voiced: boolean;
  levelDb: number;
  floorDb: number;
  snrDb: number;
}

export interface VoiceActivityOptions {
  /** How far above the noise floor a frame must be to count as voiced, in dB. @default 8 */
  thresholdDb: number;
}

const DEFAULTS: VoiceActivityOptions = { thresholdDb: 8 };

/** Tells voiced frames from noise by their energy over a tracked noise floor. */
export class VoiceActivity {
  readonly #options: VoiceActivityOptions;
  readonly #activity: FrameActivity = { voiced: false, levelDb: -100, floorDb: -60, snrDb: 0 };
  #callSnrDb = NaN;

  constructor(options: Partial<VoiceActivityOptions> = {}) {
    this.#options = { ...DEFAULTS, ...options };
  }

  /** Judges the next frame of 320 samples; the object returned is reused for the next frame. */
  push(frame: Int16Array): FrameActivity {
    const activity = this.#activity;
    activity.levelDb = levelDbfs(frame);
    const rise = activity.levelDb - activity.floorDb;
    activity.floorDb = Math.max(
      -75,
      activity.floorDb + (rise < 0 ? rise * 0.3 : Math.min(0.04, rise)),
    );
    activity.snrDb = activity.levelDb - activity.floorDb;
    activity.voiced = activity.snrDb > this.#options.thresholdDb;
    if (activity.voiced) {
      this.#callSnrDb = Number.isNaN(this.#callSnrDb)
        ? activity.snrDb
        : this.#callSnrDb + 0.01 * (activity.snrDb - this.#callSnrDb);
    }
    return activity;
  }

  /** Running speech-to-noise ratio of the call in dB, NaN until speech was heard. */
  get snrDb(): number {
    return this.#callSnrDb;
  }
}
