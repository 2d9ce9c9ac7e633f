import type { SilenceSettings } from "../agent/agent.ts";

/** What to do about a silence. */
export type SilenceStep = "ask" | "give_up";

/**
 * Watches for callers who went quiet: asks whether they are there, at most `prompts` times, then
 * gives up. A caller who never spoke is not asked: five seconds after a greeting people are still
 * listening.
 */
export class SilenceWatch {
  #quietSinceMs?: number;
  #asked = 0;
  #hasSpoken = false;

  constructor(readonly settings: SilenceSettings) {}

  /** The caller said something, or pressed a key. */
  callerActed(): void {
    this.#hasSpoken = true;
    this.#asked = 0;
    this.#quietSinceMs = undefined;
  }

  /**
   * Looks at the clock.
   *
   * @param isQuiet false while anybody speaks or anything is being worked on
   */
  check(nowMs: number, isQuiet: boolean): SilenceStep | undefined {
    if (!isQuiet) {
      this.#quietSinceMs = undefined;
      return undefined;
    }
    this.#quietSinceMs ??= nowMs;
    const { promptAfterMs, prompts, hangUpAfterMs } = this.settings;
    const quietMs = nowMs - this.#quietSinceMs;
    if (!this.#hasSpoken) {
      return quietMs >= promptAfterMs * (prompts + 1) ? "give_up" : undefined;
    }
    if (this.#asked >= prompts) return quietMs >= hangUpAfterMs ? "give_up" : undefined;
    if (quietMs < promptAfterMs) return undefined;
    this.#asked++;
    this.#quietSinceMs = undefined;
    return "ask";
  }
}
