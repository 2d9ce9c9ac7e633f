import { FRAME_MS, FRAME_SAMPLES } from "../audio/pcm.ts";
import type { Playout } from "../speaking/playout.ts";
import { EchoGate } from "./echo_gate.ts";
import { PreRoll } from "./pre_roll.ts";
import { type TurnEvent, TurnTaking, type TurnTakingOptions } from "./turn_taking.ts";
import { VoiceActivity } from "./voice_activity.ts";

/** Audio from before an onset that goes to the recogniser with it. */
const PRE_ROLL_MS = 240;
/** Without frames for this long the line counts as silent: the platform sends none when nothing arrives. */
const GAP_MS = 200;
/** The longest path of our voice to the caller and back as echo. */
const ECHO_DELAY_MS = 300;

const silence = new Int16Array(FRAME_SAMPLES);

/** A turn's event, or that what began as a turn was our own echo or spoke over protected words. */
export type EarEvent = TurnEvent | { type: "dismissed" };

/** Listens to the caller's frames: voice or not, our echo or theirs, whose turn it is. */
export class Ear {
  readonly #activity = new VoiceActivity();
  readonly #echo = new EchoGate();
  readonly #preRoll = new PreRoll();
  readonly turns: TurnTaking;
  #lastFrameMs: number;

  constructor(readonly playout: Playout, options: Partial<TurnTakingOptions> = {}) {
    this.turns = new TurnTaking(options);
    this.#lastFrameMs = playout.clock.now();
  }

  /** Signal-to-noise ratio of this call in dB, NaN until the caller has spoken. */
  get snrDb(): number {
    return this.#activity.snrDb;
  }

  /**
   * Takes the next frame of 320 samples; tells what it did to the turn.
   *
   * @param atMs when it came, on the clock
   */
  hear(frame: Int16Array, atMs: number): EarEvent | undefined {
    const { playout, turns } = this;
    this.#lastFrameMs = atMs;
    this.#preRoll.push(frame);
    const activity = this.#activity.push(frame);
    const audible = playout.isAudibleAt(atMs);
    const isEcho = this.#echo.push(
      activity.levelDb,
      audible ? playout.heardLevelDb(atMs, 0) : -100,
      playout.heardLevelDb(atMs, ECHO_DELAY_MS),
      !turns.callerHasTurn,
    );
    if (isEcho) activity.voiced = false;
    if (audible && playout.speech?.isProtected) {
      const wasOpen = turns.callerHasTurn;
      turns.reset();
      return wasOpen ? { type: "dismissed" } : undefined;
    }
    const event = turns.push(frame, activity, playout.heardSpeakingMs(atMs));
    if (event?.type === "hold" && this.#echo.isEcho()) {
      turns.reset();
      return { type: "dismissed" };
    }
    return event;
  }

  /** Lets time pass when no frames arrive; each silent frame's event goes to `onEvent`. */
  fillGap(onEvent: (event: EarEvent) => void): void {
    const nowMs = this.playout.clock.now();
    if (nowMs - this.#lastFrameMs < GAP_MS) return;
    const frames = Math.floor((nowMs - this.#lastFrameMs) / FRAME_MS);
    const lastFrameMs = this.#lastFrameMs;
    for (let i = 1; i <= frames; i++) {
      const event = this.hear(silence, lastFrameMs + i * FRAME_MS);
      if (event) onEvent(event);
    }
  }

  /** The audio with which a stretch of speech begins that was noticed `sinceMs` after its onset. */
  preRoll(sinceMs: number): Int16Array {
    return this.#preRoll.last(sinceMs + PRE_ROLL_MS);
  }
}
