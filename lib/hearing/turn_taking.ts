import { FRAME_MS } from "../audio/pcm.ts";
import { Utterances } from "./utterances.ts";
import type { FrameActivity } from "./voice_activity.ts";

/** How long the agent waits for this answer. Silence counts from the caller's last voiced frame. */
export interface Patience {
  /** Silence after which work starts, unheard. */
  softPauseMs: number;
  /** Shortest and longest silence that ends the turn. */
  minCommitMs: number;
  maxCommitMs: number;
}

export interface TurnTakingOptions {
  patience: Patience;
  /** Voiced time over the agent's voice that makes it pause. @default 320 */
  holdVoicedMs: number;
  /** The agent's first moments, in which holding it takes half as much again. @default 800 */
  strictUntilMs: number;
  /** Voiced time over the agent's voice that makes it stop. @default 700 */
  stopVoicedMs: number;
  /** Voiced time after a soft pause that counts as going on: a click does not. @default 100 */
  resumeVoicedMs: number;
  /** Talk without a pause that is answered all the same. @default 30000 */
  maxTurnMs: number;
}

export const turnTakingDefaults: TurnTakingOptions = {
  patience: { softPauseMs: 350, minCommitMs: 500, maxCommitMs: 2500 },
  holdVoicedMs: 320,
  strictUntilMs: 800,
  stopVoicedMs: 700,
  resumeVoicedMs: 100,
  maxTurnMs: 30_000,
};

/** So soon after a voiced frame nobody can tell a click from a word. */
const STIRRING_MS = 60;

/** What became of the caller's turn with a frame. `overlapped`: it began over the agent's voice. */
export type TurnEvent =
  | { type: "onset"; sinceMs: number; overlapped: boolean }
  | { type: "hold" }
  | { type: "stop" }
  | { type: "soft_pause"; silenceMs: number; voicedMs: number; speechLike: boolean }
  | { type: "resumed" }
  | { type: "commit"; silenceMs: number }
  | { type: "too_long" };

type State =
  | { name: "listening" }
  | { name: "speaking"; overlap: "none" | "begun" | "held" | "stopped" }
  | { name: "paused"; voicedMs: number };

/**
 * Decides frame by frame whose turn it is: pure, without clocks, text or sound of its own.
 *
 * A turn ends in two stages. The soft pause lets work begin that nobody hears; the commit comes
 * when the silence has lasted as long as the words so far deserve.
 */
export class TurnTaking {
  readonly #options: TurnTakingOptions;
  readonly #utterances = new Utterances({ hangoverMs: Number.MAX_SAFE_INTEGER });
  #state: State = { name: "listening" };
  #patience: Patience;
  #completeness?: number;
  #turnMs = 0;
  #silenceMs = 0;
  /** Running mean of this caller's pauses within turns. */
  #pauseMs = 0;

  constructor(options: Partial<TurnTakingOptions> = {}) {
    this.#options = { ...turnTakingDefaults, ...options };
    this.#patience = this.#options.patience;
  }

  /** True from onset to commit. */
  get callerHasTurn(): boolean {
    return this.#state.name !== "listening";
  }

  get callerIsSpeaking(): boolean {
    return this.#state.name === "speaking";
  }

  /** Silence since the caller's last voiced frame of this turn. */
  get silenceMs(): number {
    return this.#silenceMs;
  }

  get voicedMs(): number {
    return this.#utterances.voicedMs;
  }

  /** The fewest frames after which something may become of the turn. */
  get framesToEvent(): number {
    const state = this.#state;
    if (state.name === "listening") return this.#utterances.framesToOnset;
    if (state.name === "paused") return 1; // any frame may be the one that goes on, or ends it
    const { holdVoicedMs, stopVoicedMs, maxTurnMs } = this.#options;
    const { silenceMs, voicedMs } = this.#utterances;
    let ms = Math.min(this.#patience.softPauseMs - silenceMs, maxTurnMs - this.#turnMs);
    if (state.overlap === "begun") ms = Math.min(ms, holdVoicedMs - voicedMs);
    if (state.overlap === "held") ms = Math.min(ms, stopVoicedMs - voicedMs);
    return Math.max(1, Math.ceil(ms / FRAME_MS));
  }

  /** Sets how long to wait from now on. */
  set patience(patience: Patience) {
    this.#patience = patience;
  }

  /** How finished the turn reads, 0 to 1; undefined until its words are known. */
  set completeness(completeness: number | undefined) {
    this.#completeness = completeness;
  }

  /** Silence after which the turn is over, given what is known of its words. */
  get commitMs(): number {
    const { minCommitMs, maxCommitMs } = this.#patience;
    const base = commitFor(this.#completeness, minCommitMs, maxCommitMs);
    if ((this.#completeness ?? 0) >= 0.95) return base;
    // This caller's own pauses, clamped so that nobody waits for ever or is cut off always.
    const own = this.#pauseMs === 0 ? 0 : Math.min(1400, Math.max(500, this.#pauseMs * 1.3));
    return Math.min(maxCommitMs, Math.max(base, own));
  }

  /**
   * Takes the next frame.
   *
   * @param agentHeardMs how long the caller has been hearing the agent; 0 when it is silent
   */
  push(frame: Int16Array, activity: FrameActivity, agentHeardMs: number): TurnEvent | undefined {
    const event = this.#utterances.push(frame, activity);
    if (this.#state.name !== "listening") this.#turnMs += FRAME_MS;
    switch (this.#state.name) {
      case "listening": {
        if (event?.type !== "onset") return undefined;
        const sinceMs = event.atMs - event.startMs;
        this.#state = { name: "speaking", overlap: agentHeardMs > 0 ? "begun" : "none" };
        this.#turnMs = sinceMs;
        this.#silenceMs = 0;
        this.#completeness = undefined;
        return { type: "onset", sinceMs, overlapped: agentHeardMs > 0 };
      }
      case "speaking":
        return this.#speaking(this.#state, agentHeardMs);
      case "paused":
        return this.#paused(this.#state, activity);
    }
  }

  #speaking(state: State & { name: "speaking" }, agentHeardMs: number): TurnEvent | undefined {
    this.#silenceMs = this.#utterances.silenceMs;
    const voicedMs = this.#utterances.voicedMs;
    if (this.#silenceMs >= this.#patience.softPauseMs) {
      this.#state = { name: "paused", voicedMs };
      return {
        type: "soft_pause",
        silenceMs: this.#silenceMs,
        voicedMs,
        speechLike: this.#utterances.speechLike(),
      };
    }
    if (this.#turnMs >= this.#options.maxTurnMs) {
      this.reset();
      return { type: "too_long" };
    }
    const strictness = agentHeardMs < this.#options.strictUntilMs ? 1.5 : 1;
    const isEnough = voicedMs >= this.#options.holdVoicedMs * strictness;
    if (state.overlap === "begun" && isEnough && agentHeardMs > 0) {
      this.#state = { ...state, overlap: "held" };
      return { type: "hold" };
    }
    if (state.overlap === "held" && voicedMs >= this.#options.stopVoicedMs) {
      this.#state = { ...state, overlap: "stopped" };
      return { type: "stop" };
    }
    return undefined;
  }

  #paused(state: State & { name: "paused" }, activity: FrameActivity): TurnEvent | undefined {
    this.#silenceMs += FRAME_MS;
    const sinceMs = this.#utterances.voicedMs - state.voicedMs;
    if (activity.voiced && sinceMs >= this.#options.resumeVoicedMs) {
      const pauseMs = this.#silenceMs - sinceMs;
      this.#pauseMs = this.#pauseMs === 0 ? pauseMs : 0.7 * this.#pauseMs + 0.3 * pauseMs;
      this.#state = { name: "speaking", overlap: "none" };
      this.#silenceMs = 0;
      this.#completeness = undefined;
      return { type: "resumed" };
    }
    // The caller may just be going on: a few voiced frames more will tell.
    const isStirring = sinceMs > 0 && this.#utterances.silenceMs < STIRRING_MS;
    if (this.#silenceMs < this.commitMs || isStirring) return undefined;
    const silenceMs = this.#silenceMs;
    this.reset();
    return { type: "commit", silenceMs };
  }

  /** Gives the turn back to nobody: a cough was dismissed, or keys answered instead. */
  reset(): void {
    this.#state = { name: "listening" };
    this.#utterances.reset();
    this.#turnMs = 0;
  }
}

/** A finished sentence waits least, an open "and…" most; words that are not known yet wait for them. */
function commitFor(completeness: number | undefined, minMs: number, maxMs: number): number {
  const middleMs = Math.min(maxMs, Math.max(minMs, 700)); // field practice: 300–1200 ms
  if (completeness === undefined) return maxMs;
  if (completeness >= 0.5) return middleMs + (minMs - middleMs) * (completeness - 0.5) * 2;
  return maxMs + (middleMs - maxMs) * completeness * 2;
}
