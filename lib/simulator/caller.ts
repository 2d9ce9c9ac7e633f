import { FRAME_MS, FRAME_SAMPLES, levelDbfs } from "../audio/pcm.ts";
import type { PreparedLine } from "./caller_lines.ts";
import type { Party, PartyFrame, PartyNote } from "./party.ts";
import { SampleQueue } from "./sample_queue.ts";
import { SoundSpans } from "./sound_spans.ts";

export interface CallerOptions {
  lines: PreparedLine[];
  /** Silence after the agent's speech at which the caller speaks. @default 900 */
  listenMs?: number;
  /** How long the caller waits for an agent that says nothing. @default 10000 */
  patienceMs?: number;
  /** Silence after the answer to the last line at which the caller hangs up. @default 6000, longer than anybody may be left in silence */
  lingerMs?: number;
  /** Speaks the first line at once instead of waiting for a greeting. @default false */
  speaksFirst?: boolean;
}

const VOICED_DBFS = -45;

/** A caller who listens before it speaks the next line, and hangs up when all are spoken. */
export class Caller implements Party {
  readonly #lines: PreparedLine[];
  readonly #listenMs: number;
  readonly #patienceMs: number;
  readonly #lingerMs: number;
  readonly #agent = new SoundSpans();
  readonly #mouth = new SampleQueue();
  #speaksAtOnce: boolean;
  /** Line being spoken or waited for. */
  #line = 0;
  /** Step of the line being spoken; undefined while listening. */
  #step?: number;
  /** When listening began: at first, and after each line. */
  #listeningSinceMs = 0;
  /** The last line that was said twice. */
  #repeated = -1;
  #isRepeating = false;
  #lastVoicedMs = 0;
  #hungUp = false;

  constructor(options: CallerOptions) {
    this.#lines = options.lines;
    this.#listenMs = options.listenMs ?? 900;
    this.#patienceMs = options.patienceMs ?? 10_000;
    this.#lingerMs = options.lingerMs ?? 6_000;
    this.#speaksAtOnce = options.speaksFirst ?? false;
  }

  /**
   * Says the last line once more when the agent has finished, as people do who are asked again.
   *
   * @returns false when nothing was said, it was said twice already, or the next line has begun
   */
  sayAgain(): boolean {
    const last = this.#line - 1;
    if (last < 0 || last === this.#repeated || this.#step !== undefined) return false;
    this.#line = this.#repeated = last;
    this.#isRepeating = true;
    return true;
  }

  next(heard: Int16Array): PartyFrame {
    const frame: PartyFrame & { notes: PartyNote[] } = {
      samples: new Int16Array(FRAME_SAMPLES),
      notes: [],
    };
    if (this.#hungUp) return frame;
    const agentBegins = this.#agent.hear(heard);
    if (this.#step === undefined) this.#listen(frame);
    else if (agentBegins) frame.notes.push({ type: "talked_over", line: this.#line });
    if (this.#step !== undefined) this.#speak(frame);
    if (frame.hangUp) this.#hungUp = true;
    return frame;
  }

  #listen(frame: PartyFrame & { notes: PartyNote[] }): void {
    const line = this.#lines[this.#line];
    const nowMs = this.#agent.nowMs;
    const { startMs } = this.#agent.spans.findLast((span) => span.endMs > this.#listeningSinceMs) ??
      {};
    const spoke = startMs !== undefined;
    const quietMs = Math.min(this.#agent.silentMs, nowMs - this.#listeningSinceMs);
    if (quietMs >= this.#patienceMs) {
      frame.notes.push({ type: "agent_silent", waitedMs: quietMs });
      if (line) this.#begin(frame, false);
      else this.#leave(frame);
    } else if (!line) {
      if (spoke && this.#agent.silentMs >= this.#lingerMs) this.#leave(frame);
    } else if (this.#speaksAtOnce) {
      this.#begin(frame, false);
    } else if (line.start.when === "agent speaks" && !this.#isRepeating) {
      // Speech that began during our own line counts from the end of the line.
      const sinceMs = spoke ? nowMs - Math.max(startMs, this.#listeningSinceMs) : -1;
      if (sinceMs >= line.start.afterMs) this.#begin(frame, true);
    } else if (spoke && this.#agent.silentMs >= this.#listenMs) {
      this.#begin(frame, false);
    }
  }

  #begin(frame: PartyFrame & { notes: PartyNote[] }, bargeIn: boolean): void {
    this.#speaksAtOnce = false;
    this.#isRepeating = false;
    this.#step = 0;
    this.#lastVoicedMs = this.#agent.nowMs;
    const { text } = this.#lines[this.#line];
    frame.notes.push({ type: "line_begins", line: this.#line, text, bargeIn });
    this.#takeSteps(frame);
  }

  /** Moves on until there is sound to make, a key to press, or the line is over. */
  #takeSteps(frame: PartyFrame): void {
    const { steps } = this.#lines[this.#line];
    while (this.#mouth.length === 0 && this.#step! < steps.length) {
      const step = steps[this.#step!++];
      if ("samples" in step) this.#mouth.push(step.samples);
      else if ("keys" in step) frame.keys = (frame.keys ?? "") + step.keys;
      else frame.hangUp = true;
      if (frame.hangUp) return;
    }
  }

  #speak(frame: PartyFrame & { notes: PartyNote[] }): void {
    frame.samples.set(this.#mouth.take(FRAME_SAMPLES));
    if (levelDbfs(frame.samples) > VOICED_DBFS) this.#lastVoicedMs = this.#agent.nowMs;
    if (this.#mouth.length === 0 && !frame.hangUp) this.#takeSteps(frame);
    const { steps, text } = this.#lines[this.#line];
    if (this.#mouth.length > 0 || (this.#step! < steps.length && !frame.hangUp)) return;
    const silentForMs = this.#agent.nowMs - this.#lastVoicedMs;
    frame.notes.push({ type: "line_ends", line: this.#line, text, silentForMs });
    this.#line++;
    this.#step = undefined;
    this.#listeningSinceMs = this.#agent.nowMs;
  }

  #leave(frame: PartyFrame & { notes: PartyNote[] }): void {
    frame.notes.push({ type: "script_over" });
    frame.hangUp = true;
  }
}

/** A person at another phone who says one thing and listens, until `staysMs` have gone by. */
export function personOnThePhone(says: Int16Array, staysMs: number): Party {
  const mouth = new SampleQueue();
  mouth.push(says);
  let frames = 0;
  return {
    next() {
      const samples = new Int16Array(FRAME_SAMPLES);
      samples.set(mouth.take(FRAME_SAMPLES));
      return { samples, hangUp: ++frames * FRAME_MS >= staysMs };
    },
  };
}
