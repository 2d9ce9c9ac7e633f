import { FRAME_MS } from "../audio/pcm.ts";
import { UtteranceShape } from "./utterance_shape.ts";
import type { FrameActivity } from "./voice_activity.ts";

/** Beginning and end of an utterance; times are milliseconds since the first frame pushed. */
export type UtteranceEvent =
  | { type: "onset"; startMs: number; atMs: number }
  | { type: "end"; startMs: number; endMs: number; atMs: number; speechLike: boolean };

export interface UtteranceOptions {
  /** Window in which voiced frames vote for an onset, 500 at most. @default 200 */
  onsetWindowMs: number;
  /** Voiced time in that window that opens an utterance. @default 120 */
  onsetVoicedMs: number;
  /** How far before its first voiced frame an utterance may be found to have begun. @default 180 */
  maxBackdateMs: number;
  /** Silence that ends an utterance. @default 600 */
  hangoverMs: number;
}

const DEFAULTS: UtteranceOptions = {
  onsetWindowMs: 200,
  onsetVoicedMs: 120,
  maxBackdateMs: 180,
  hangoverMs: 600,
};

/** Frames remembered for the vote and for finding where the utterance really began: 1.28 s. */
const MEMORY_FRAMES = 64;

/** A frame that stands out this little is not yet part of the utterance. */
const STANDS_OUT_DB = 2.3;

/** Silence within an utterance that still says something about its shape. */
const SHAPED_SILENCE_MS = 60;

/** Joins voiced frames into utterances. */
export class Utterances {
  readonly #options: UtteranceOptions;
  readonly #shape = new UtteranceShape();
  readonly #memory = Array.from(
    { length: MEMORY_FRAMES },
    () => ({ voiced: false, snrDb: 0, evidence: 0, tilt: 0, pitch: 0 }),
  );
  #frame = 0;
  /** First frame that may belong to the next utterance. */
  #freeFrame = 0;
  #open = false;
  #startMs = 0;
  #lastVoicedEndMs = 0;
  #voicedMs = 0;

  constructor(options: Partial<UtteranceOptions> = {}) {
    this.#options = { ...DEFAULTS, ...options };
  }

  /** Takes the next frame and tells when an utterance begins or ends with it. */
  push(_frame: Int16Array, activity: FrameActivity): UtteranceEvent | undefined {
    const remembered = this.#memory[this.#frame % MEMORY_FRAMES];
    remembered.voiced = activity.voiced;
    remembered.snrDb = activity.snrDb;
    remembered.evidence = activity.evidence;
    remembered.tilt = activity.tilt;
    remembered.pitch = activity.pitch;
    this.#frame++;
    return this.#open ? this.#goOn(activity) : this.#vote();
  }

  /** Silence since the last voiced frame of the present utterance, 0 outside one. */
  get silenceMs(): number {
    return this.#open ? this.#nowMs - this.#lastVoicedEndMs : 0;
  }

  /** Voiced time in the present utterance. */
  get voicedMs(): number {
    return this.#open ? this.#voicedMs : 0;
  }

  /** The fewest frames after which an utterance may begin. */
  get framesToOnset(): number {
    const { onsetWindowMs, onsetVoicedMs } = this.#options;
    let missing = Math.ceil(onsetVoicedMs / FRAME_MS);
    const oldest = Math.max(this.#freeFrame, this.#frame - onsetWindowMs / FRAME_MS);
    for (let f = oldest; f < this.#frame; f++) if (this.#remembered(f).voiced) missing--;
    return Math.max(1, missing);
  }

  get inUtterance(): boolean {
    return this.#open;
  }

  /** Tells whether the present utterance would be accepted as speech if it ended now. */
  speechLike(): boolean {
    return this.#open && this.#shape.isSpeechLike;
  }

  /** Forgets the present utterance; time goes on. */
  reset(): void {
    this.#open = false;
    this.#freeFrame = this.#frame;
  }

  get #nowMs(): number {
    return this.#frame * FRAME_MS;
  }

  #vote(): UtteranceEvent | undefined {
    const { onsetWindowMs, onsetVoicedMs } = this.#options;
    const oldest = Math.max(this.#freeFrame, this.#frame - onsetWindowMs / FRAME_MS);
    let first = -1, votes = 0;
    for (let f = oldest; f < this.#frame; f++) {
      if (!this.#remembered(f).voiced) continue;
      if (first < 0) first = f;
      votes++;
    }
    if (votes === 0 || votes * FRAME_MS < onsetVoicedMs) return undefined;
    this.#open = true;
    this.#voicedMs = votes * FRAME_MS;
    this.#startMs = this.#findStart(first) * FRAME_MS;
    this.#lastVoicedEndMs = this.#nowMs;
    this.#shape.reset();
    for (let f = first; f < this.#frame; f++) this.#shape.push(this.#remembered(f));
    return { type: "onset", startMs: this.#startMs, atMs: this.#nowMs };
  }

  #goOn(activity: FrameActivity): UtteranceEvent | undefined {
    if (activity.voiced) {
      this.#voicedMs += FRAME_MS;
      this.#lastVoicedEndMs = this.#nowMs;
    }
    if (this.silenceMs <= SHAPED_SILENCE_MS) this.#shape.push(activity);
    return this.silenceMs < this.#options.hangoverMs ? undefined : this.finish();
  }

  /** Ends the present utterance here, as at the end of a file; undefined when there is none. */
  finish(): UtteranceEvent | undefined {
    if (!this.#open) return undefined;
    const speechLike = this.speechLike();
    this.reset();
    return {
      type: "end",
      startMs: this.#startMs,
      endMs: this.#lastVoicedEndMs,
      atMs: this.#nowMs,
      speechLike,
    };
  }

  /** Goes back from the first voiced frame to where the sound came out of the noise. */
  #findStart(first: number): number {
    const oldest = Math.max(this.#freeFrame, first - this.#options.maxBackdateMs / FRAME_MS);
    let start = first;
    while (start > oldest && (this.#standsOut(start - 1) || this.#standsOut(start - 2))) start--;
    while (start < first && !this.#standsOut(start)) start++;
    return start;
  }

  #standsOut(frame: number): boolean {
    return frame >= 0 && this.#remembered(frame).snrDb > STANDS_OUT_DB;
  }

  #remembered(frame: number) {
    return this.#memory[frame % MEMORY_FRAMES];
  }
}
