import { FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import type { Clock } from "../clock.ts";
import type { Line } from "../contracts/line.ts";
import { type Heard, heardOf, nothingHeard, type Run } from "./heard.ts";
import { clauseStart } from "./clause_start.ts";
import { EarClock } from "./ear_clock.ts";
import { Limiter } from "./limiter.ts";
import { playoutDefaults, type PlayoutOptions } from "./playout_options.ts";
import type { Passage, Speech } from "./speech.ts";

const SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1000;

/** Frames sent per wake-up, in one message; each frame more costs 20 ms of lead. */
const FRAMES_PER_WAKE = 4;

/** With less than this unheard and nothing to send, the platform's held-back tail is pushed out. */
const DRY_MS = 60;

/**
 * Sends speech to the line in real time, a small lead ahead of the ear, and knows what was heard.
 *
 * A frame leaves when less than the lead is still unheard by the reckoning of {@linkcode EarClock}.
 */
export class Playout {
  readonly #options: PlayoutOptions;
  #speech?: Speech;
  /** Follows on the present one, which bridges the silence before it. */
  #next?: Speech;
  #index = 0;
  #position = 0;
  #runs: Run[] = [];
  #padded = true;
  #held = false;
  #hushed = false;
  #cancelWake?: () => void;
  #waiting: ((heard: Heard) => void)[] = [];
  readonly #frame = new Int16Array(FRAME_SAMPLES);
  readonly #ear: EarClock;
  readonly #limiter: Limiter;
  /** Called when the first frame of a passage is sent. */
  onPassage?: (passage: Passage, heardAtMs: number) => void;

  constructor(
    readonly line: Line,
    readonly clock: Clock,
    options: Partial<PlayoutOptions> = {},
  ) {
    this.#options = { ...playoutDefaults, ...options };
    this.#ear = new EarClock(line, clock, this.#options.lineDelayMs);
    this.#limiter = new Limiter(this.#options.peakDbfs);
  }

  /** True while the caller can hear something of the agent, or will within the lead. */
  get audible(): boolean {
    return this.isAudibleAt(this.clock.now());
  }

  /** True when the caller could hear something of the agent at this moment, or within the lead. */
  isAudibleAt(atMs: number): boolean {
    return atMs < this.#ear.heardUntilMs;
  }

  /** How long the caller had been hearing words of the agent; 0 when silent, or in a filler. */
  heardSpeakingMs(atMs: number): number {
    if (!this.isAudibleAt(atMs) || this.#runs.at(-1)?.passage.kind === "filler") return 0;
    return Math.max(1, atMs - this.#runs[0]?.heardAtMs);
  }

  /** True when a speech is being played, even while it waits for samples. */
  get busy(): boolean {
    return this.#speech !== undefined || this.audible;
  }

  get held(): boolean {
    return this.#held;
  }

  /** What is being played, or follows on what bridges the silence before it. */
  get speech(): Speech | undefined {
    return this.#next ?? this.#speech;
  }

  /** When the first sample of the present speech is or was heard. */
  get firstHeardAtMs(): number | undefined {
    return this.#runs[0]?.heardAtMs;
  }

  /** Plays a speech from its first passage, in place of what is playing or after what bridges to it. */
  play(speech: Speech): void {
    if (this.#speech?.isBridge && this.#runs.length > 0 && !this.#next) {
      this.#next = speech;
      return;
    }
    if (this.#speech) this.stop();
    this.#speech = speech;
    this.#index = 0;
    this.#position = 0;
    this.#runs = [];
    this.#limiter.reset();
    this.#held = false;
    this.#hushed = false;
    speech.onChange = () => this.#pump();
    this.#pump();
  }

  /** Stops sending; what was sent is still heard. */
  hold(): void {
    if (!this.#speech) return;
    this.#held = true;
    this.#cancelWake?.();
    this.#cancelWake = undefined;
  }

  /** Goes on: exactly where it stopped while the lead still plays, else from the last clause. */
  resume(): void {
    if (!this.#held) return;
    this.#held = false;
    if (!this.audible || this.#hushed) this.#rewindToClause();
    this.#hushed = false;
    this.#pump();
  }

  /** Holds, and silences what was sent; `resume` goes on from the last clause. */
  hush(): void {
    this.hold();
    this.#kill();
    this.#hushed = true;
  }

  /** Ends the speech at once and tells what was heard of it. */
  stop(): Heard {
    const heard = this.heard();
    this.#next = undefined;
    this.#kill();
    this.#end(heard);
    return heard;
  }

  #kill(): void {
    if (this.#runs.length === 0) return;
    const nowMs = this.clock.now();
    const { audible } = this;
    // Even when all should have been heard: the platform may be behind our reckoning.
    this.#ear.kill(nowMs, this.#options.killResidueMs);
    if (!audible) return;
    for (const run of this.#runs) {
      const heardSamples = Math.floor((nowMs - run.heardAtMs) * SAMPLES_PER_MS);
      run.samples = Math.max(0, Math.min(run.samples, heardSamples));
    }
  }

  /** What the caller has heard of the present speech until now. */
  heard(): Heard {
    return this.#next ? nothingHeard : heardOf(this.#speech, this.#runs, this.clock.now());
  }

  /** Resolves with what was heard when the present speech has ended or was stopped. */
  finished(): Promise<Heard> {
    if (!this.#speech) return Promise.resolve(this.heard());
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Loudest level in dBFS that the caller heard of the agent in `windowMs` until `atMs`; -100 if none. */
  heardLevelDb(atMs: number, windowMs: number): number {
    return this.#ear.loudest(atMs, windowMs);
  }

  /** Sends what is due and arranges to be called again. */
  #pump(): void {
    if (!this.#speech || this.#held) return;
    const nowMs = this.clock.now();
    while (this.#ear.heardUntilMs - nowMs < this.#options.leadMs) {
      if (!this.#sendFrame(nowMs)) break;
    }
    this.#ear.flush();
    this.#schedule(nowMs);
  }

  #schedule(nowMs: number): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    if (this.#ready()) {
      this.#wake(this.#ear.heardUntilMs - this.#options.leadMs + FRAMES_PER_WAKE * FRAME_MS, nowMs);
    } else if (!this.#padded) {
      this.#wake(this.#ear.heardUntilMs - DRY_MS, nowMs);
    } else if (this.#exhausted()) {
      this.#wake(this.#ear.heardUntilMs, nowMs);
    } // else samples or the end are still to come, and wake us
  }

  #wake(atMs: number, nowMs: number): void {
    this.#cancelWake = this.clock.at(Math.max(atMs, nowMs + 1), () => {
      this.#cancelWake = undefined;
      if (this.#exhausted() && this.#padded && !this.audible) this.#end(this.heard());
      else this.#pump();
    });
  }

  /** The passage being played, past those that were sent whole. */
  #current(): Passage | undefined {
    const passages = this.#speech?.passages ?? [];
    while (
      this.#index < passages.length && passages[this.#index].complete &&
      this.#position >= passages[this.#index].samples
    ) {
      this.#index++;
      this.#position = 0;
      this.#limiter.reset();
    }
    return passages[this.#index];
  }

  /** True when a whole frame, or the last part of a passage, can be sent. */
  #ready(): boolean {
    const passage = this.#current();
    if (!passage) return false;
    return passage.complete || passage.samples - this.#position >= FRAME_SAMPLES;
  }

  /** True when everything of a finished speech was sent. */
  #exhausted(): boolean {
    return this.#speech !== undefined && this.#speech.finished && !this.#current();
  }

  /** Sends one frame if there is one; pads with silence when the speech ends or runs dry. */
  #sendFrame(nowMs: number): boolean {
    if (!this.#ready()) {
      this.#pad(nowMs);
      return false;
    }
    let filled = 0;
    while (filled < FRAME_SAMPLES && this.#ready()) {
      const passage = this.#current()!;
      const count = Math.min(FRAME_SAMPLES - filled, passage.samples - this.#position);
      passage.read(this.#position, this.#frame.subarray(filled, filled + count));
      this.#note(passage, count, nowMs, filled);
      filled += count;
      this.#position += count;
    }
    this.#frame.fill(0, filled);
    this.#limiter.apply(this.#frame);
    this.#ear.push(this.#frame, nowMs);
    this.#padded = false;
    return true;
  }

  /** Pads the end with silence, or a speech that waits for samples with just enough to be heard. */
  #pad(nowMs: number): void {
    if (this.#padded) return;
    const ended = this.#exhausted();
    if (!ended && this.#ear.heardUntilMs - nowMs > DRY_MS) return;
    this.#frame.fill(0);
    const padMs = ended ? this.#options.tailPadMs : 2 * FRAME_MS;
    for (let ms = 0; ms < padMs; ms += FRAME_MS) this.#ear.push(this.#frame, nowMs);
    this.#padded = true;
  }

  #note(passage: Passage, samples: number, nowMs: number, offset: number): void {
    passage.begun = true;
    const last = this.#runs.at(-1);
    const heardAtMs = this.#ear.nextHeardMs(nowMs) + offset / SAMPLES_PER_MS;
    const follows = last?.passage === passage &&
      last.fromSample + last.samples === this.#position &&
      Math.abs(last.heardAtMs + last.samples / SAMPLES_PER_MS - heardAtMs) < 1;
    if (follows) last.samples += samples;
    else {
      if (last?.passage !== passage && this.#position === 0) this.onPassage?.(passage, heardAtMs);
      this.#runs.push({ passage, fromSample: this.#position, samples, heardAtMs });
    }
  }

  #rewindToClause(): void {
    const heard = this.heard();
    const speech = this.#speech!;
    if (!heard.passage) return;
    this.#index = speech.passages.indexOf(heard.passage);
    this.#position = clauseStart(heard.passage, heard.sample);
  }

  #end(heard: Heard): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    if (this.#speech) this.#speech.onChange = undefined;
    this.#speech = undefined;
    this.#runs = [];
    this.#held = false;
    this.#padded = true;
    const next = this.#next;
    this.#next = undefined;
    if (next) return this.play(next);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(heard);
  }
}
