import { FrameBands } from "./frame_bands.ts";
import { Music } from "./music.ts";
import { RunningMean } from "./running.ts";
import { SpeechEvidence } from "./speech_evidence.ts";

/** What one 20 ms frame sounded like. */
export interface FrameActivity {
  /** True when somebody speaks in the frame. */
  voiced: boolean;
  /** Level of the frame without DC, in dB below full scale. */
  levelDb: number;
  /** Level of the noise in dB below full scale. */
  floorDb: number;
  /** How far the frame's strongest bands stand out of the noise, in dB, −3 to 25. */
  snrDb: number;
  /** Log-odds that speech begins here. */
  evidence: number;
  /** How much more the low bands stand out than the middle ones, in √dB. */
  tilt: number;
  /** Pitch above what noise has by chance, 0 to 0.6. */
  pitch: number;
}

export interface VoiceActivityOptions {
  /** Log-odds that make a frame voiced after silence. @default 0.92 */
  beginOdds: number;
  /** Log-odds that keep the next frame voiced. @default 0.5 */
  keepOdds: number;
  /** How much more it takes at the end of `forgetMs` of silence: late sounds are seldom speech. @default 1.74 */
  doubtOdds: number;
  /** Silence after which speech has to begin anew. @default 600 */
  forgetMs: number;
}

const DEFAULTS: VoiceActivityOptions = {
  beginOdds: 0.92,
  keepOdds: 0.5,
  doubtOdds: 1.74,
  forgetMs: 600,
};

/** A frame that stands out this little is over, whatever was said just before. */
const GONE_DB = 2.56;

/** Voiced frames over which the call's speech-to-noise ratio is taken: 2 s of speech. */
const SNR_FRAMES = 100;

/**
 * Tells voiced frames from noise by their energy, frame by frame and without looking ahead.
 *
 * Follows the noise in eight bands, so that neither gain, hum, DC, codecs nor a new background
 * matter for long, and takes up to three missing frames for lost packets rather than for silence.
 */
export class VoiceActivity {
  readonly #options: VoiceActivityOptions;
  readonly #forgetFrames: number;
  readonly #bands = new FrameBands();
  readonly #evidence = new SpeechEvidence();
  readonly #snr = new RunningMean(SNR_FRAMES);
  readonly #snrWeight = new RunningMean(SNR_FRAMES);
  readonly #activity: FrameActivity = {
    voiced: false,
    levelDb: -100,
    floorDb: -100,
    snrDb: 0,
    evidence: 0,
    tilt: 0,
    pitch: 0,
  };
  readonly #music = new Music();
  #silentFrames = Infinity;

  constructor(options: Partial<VoiceActivityOptions> = {}) {
    this.#options = { ...DEFAULTS, ...options };
    this.#forgetFrames = this.#options.forgetMs / 20;
  }

  /** Judges the next frame of 320 samples; the object returned is reused for the next frame. */
  push(frame: Int16Array): FrameActivity {
    const activity = this.#activity, evidence = this.#evidence, bands = this.#bands;
    bands.push(frame);
    evidence.push(bands);
    activity.levelDb = bands.frameLevelDb;
    activity.floorDb = evidence.floorDb;
    activity.snrDb = evidence.snrDb;
    activity.evidence = evidence.beginning;
    activity.tilt = evidence.tilt;
    activity.pitch = evidence.pitch;
    activity.voiced = !bands.isLost && !bands.isTone && this.#isVoiced() && !this.#isMusic();
    if (activity.voiced) {
      this.#silentFrames = 0;
      this.#snr.push(bands.levelDb - activity.floorDb);
      this.#snrWeight.push(1);
    } else this.#silentFrames++;
    return activity;
  }

  /** Running speech-to-noise ratio of the call in dB, NaN until speech was heard. */
  get snrDb(): number {
    return this.#snr.value / this.#snrWeight.value;
  }

  #isVoiced(): boolean {
    const { beginOdds, keepOdds, doubtOdds } = this.#options;
    if (this.#silentFrames >= this.#forgetFrames) return this.#evidence.beginning > beginOdds;
    const doubt = doubtOdds * this.#silentFrames / this.#forgetFrames;
    return this.#evidence.goingOn > keepOdds + doubt && this.#evidence.snrDb > GONE_DB;
  }

  #isMusic(): boolean {
    this.#music.push(this.#bands.likeness, this.#evidence.pitch);
    return this.#music.isPlaying;
  }
}
