import { FRAME_MS, samplesFromBytes } from "../audio/pcm.ts";
import { SampleQueue } from "./sample_queue.ts";

/** Samples that must have come before the first sound, measured on the streaming audio fork. */
export const PREBUFFER_SAMPLES = 1280;

/** Samples that leave the prebuffer together once sound has started; fewer stay unheard. */
export const BATCH_SAMPLES = 640;

/** What the platform does with binary messages: play them, or (`drachtio-plain`) log an error. */
export type PlayoutBuild = "streaming" | "drachtio-plain";

/**
 * Plays a bridge's binary messages as the platform does, one tick of 20 ms at a time.
 *
 * Sound starts after {@linkcode PREBUFFER_SAMPLES} and goes on in batches of
 * {@linkcode BATCH_SAMPLES}; a shorter tail is unheard until more comes. The queue has no bound,
 * because the platform's has none.
 */
export class PlayoutModel {
  readonly #build: PlayoutBuild;
  readonly #tickSamples: number;
  readonly #prebuffer = new SampleQueue();
  readonly #queue = new SampleQueue();
  #oddByte?: number;
  #started = false;
  #killAtNextTick = false;
  #discardedBytes = 0;

  constructor(options: { rateHz: number; build?: PlayoutBuild }) {
    this.#build = options.build ?? "streaming";
    this.#tickSamples = options.rateHz * FRAME_MS / 1000;
  }

  /** Samples that will be heard, none of which were yet. */
  get queuedSamples(): number {
    return this.#queue.length;
  }

  /** Samples that wait for more to come. */
  get unheardSamples(): number {
    return this.#prebuffer.length;
  }

  /** Bytes that this build threw away. */
  get discardedBytes(): number {
    return this.#discardedBytes;
  }

  /** Takes one binary message of any length; an odd byte waits for the next. */
  push(message: Uint8Array): void {
    if (this.#build === "drachtio-plain") {
      this.#discardedBytes += message.length;
      return;
    }
    this.#prebuffer.push(this.#wholeSamples(message));
    if (!this.#started) {
      if (this.#prebuffer.length < PREBUFFER_SAMPLES) return;
      this.#started = true;
    }
    const ready = this.#prebuffer.length - this.#prebuffer.length % BATCH_SAMPLES;
    this.#queue.push(this.#prebuffer.take(ready));
  }

  /** Empties the queue at the next tick, with what comes until then, but not the prebuffer. */
  killAudio(): void {
    this.#killAtNextTick = true;
  }

  /** What the caller hears in the next 20 ms: the queue's head, then silence. */
  tick(): Int16Array {
    if (this.#killAtNextTick) {
      this.#killAtNextTick = false;
      this.#queue.clear();
    }
    const heard = new Int16Array(this.#tickSamples);
    heard.set(this.#queue.take(this.#tickSamples));
    return heard;
  }

  #wholeSamples(message: Uint8Array): Int16Array {
    const carried = this.#oddByte === undefined ? 0 : 1;
    const bytes = new Uint8Array(carried + message.length);
    if (carried) bytes[0] = this.#oddByte!;
    bytes.set(message, carried);
    const even = bytes.length - bytes.length % 2;
    this.#oddByte = even < bytes.length ? bytes[even] : undefined;
    return samplesFromBytes(bytes.subarray(0, even));
  }
}
