import type { Clock } from "../lib/clock.ts";
import type { Leg, LegWatch } from "../lib/simulator/leg.ts";
import type { LegEntry } from "../lib/simulator/leg_log.ts";

/** A caller who has nothing more to say waits this long before hanging up. */
export const LINGER_MS = 6_000;
const TOLERANCE_MS = 100;

/**
 * Measures the longest time in a call in which neither side made a sound. Not counted is the
 * caller's own, who says no more after the last answer and then hangs up.
 */
export class QuietWatch implements LegWatch {
  longestMs = 0;
  #lastSoundMs: number;

  constructor(
    readonly clock: Clock,
    readonly leg: () => Leg,
    readonly onLine: (text: string) => void = () => {},
  ) {
    this.#lastSoundMs = clock.now();
  }

  onEntry = (entry: LegEntry): void => {
    if (entry.type === "line_begins") this.onLine(entry.text);
    const lastedMs = this.clock.now() - this.#lastSoundMs;
    const isListening = this.leg()?.fork !== undefined;
    if (entry.type === "script_over" && isListening && lastedMs <= LINGER_MS + TOLERANCE_MS) {
      this.#lastSoundMs = this.clock.now();
    }
    if (entry.type === "ended") this.#sound();
  };

  onFrame = (said: Int16Array, heard: Int16Array): void => {
    if (isAudible(said) || isAudible(heard)) this.#sound();
  };

  #sound(): void {
    const nowMs = this.clock.now();
    this.longestMs = Math.max(this.longestMs, nowMs - this.#lastSoundMs);
    this.#lastSoundMs = nowMs;
  }
}

function isAudible(frame: Int16Array): boolean {
  for (let i = 0; i < frame.length; i += 4) if (Math.abs(frame[i]) > 100) return true;
  return false;
}
