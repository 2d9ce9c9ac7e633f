import { FRAME_MS, FRAME_SAMPLES, levelDbfs } from "../audio/pcm.ts";
import type { Clock } from "../clock.ts";
import type { Line } from "../contracts/line.ts";
import { LevelMemory } from "./level_memory.ts";

/** Frames that leave in one message; each message costs a system call. */
const MAX_FRAMES_PER_MESSAGE = 16;

/**
 * Sends frames, and reckons when the ear hears them.
 *
 * Nothing is acknowledged by the platform, so the clock is the only witness: a frame is heard when
 * everything sent before it has been.
 */
export class EarClock {
  readonly #message = new Int16Array(MAX_FRAMES_PER_MESSAGE * FRAME_SAMPLES);
  #length = 0;
  readonly #levels = new LevelMemory();
  #heardUntilMs = 0;

  /** @param lineDelayMs from the socket to the ear */
  constructor(readonly line: Line, readonly clock: Clock, readonly lineDelayMs: number) {}

  /** When everything sent so far will have been heard. */
  get heardUntilMs(): number {
    return this.#heardUntilMs;
  }

  /** When the next sample sent is heard: after all others, or when a new run gets through the line. */
  nextHeardMs(nowMs: number): number {
    return this.#heardUntilMs > nowMs ? this.#heardUntilMs : nowMs + this.lineDelayMs;
  }

  /** Takes a frame, which is copied; it leaves with the next `flush` at the latest. */
  push(frame: Int16Array, nowMs: number): void {
    this.#heardUntilMs = this.nextHeardMs(nowMs);
    this.#levels.note(this.#heardUntilMs, levelDbfs(frame));
    this.#heardUntilMs += FRAME_MS;
    this.#message.set(frame, this.#length);
    this.#length += frame.length;
    if (this.#length === this.#message.length) this.flush();
  }

  /** Sends the frames taken since the last time, in one message. */
  flush(): void {
    if (this.#length === 0) return;
    this.line.send(this.#message.subarray(0, this.#length));
    this.#length = 0;
  }

  /** Drops what was sent and not yet heard; the channel may hold samples for `residueMs` more. */
  kill(nowMs: number, residueMs: number): void {
    this.#length = 0;
    this.line.killAudio();
    this.#heardUntilMs = Math.min(this.#heardUntilMs, nowMs + residueMs);
  }

  /** Loudest level in dBFS that was heard within the last `windowMs`; -100 if none. */
  loudest(nowMs: number, windowMs: number): number {
    return this.#levels.loudest(nowMs, windowMs);
  }
}
