import type { Clock } from "../clock.ts";
import { BEAT_MS } from "./heartbeat.ts";
import type { Owners } from "../store/owners.ts";

/** A process that missed two beats looks dead; whoever takes its calls over looks once more. */
const DEAD_AFTER_MS = 3 * BEAT_MS;

/** Tells from their beats which processes live, by how long each beat has been the same. */
export class Lives {
  readonly #seen = new Map<string, { beat: number; sinceMs: number }>();
  /** Since when beats could be read again, after a time in which nobody could write any. */
  #resumedMs = -Infinity;
  #isFirst = true;

  constructor(
    readonly owners: Owners,
    readonly clock: Clock,
    /** This process, which lives. */
    readonly ownerId: string,
  ) {}

  /**
   * Processes that have died and are still on the list, with their last beats; `undefined` while
   * the beats can't be read, since nobody can write theirs then either.
   */
  async dead(): Promise<Map<string, number> | undefined> {
    const nowMs = this.clock.now();
    const beats = await this.owners.beats();
    const own = beats.get(this.ownerId);
    if (own === undefined || this.clock.wallMs() - own > DEAD_AFTER_MS) {
      this.#seen.clear();
      this.#resumedMs = Infinity;
      return undefined;
    }
    this.#resumedMs = Math.min(this.#resumedMs, nowMs);
    for (const owner of this.#seen.keys()) if (!beats.has(owner)) this.#seen.delete(owner);
    for (const [owner, beat] of beats) {
      if (this.#seen.get(owner)?.beat === beat) continue;
      // At first a beat's age is told by its own clock; a wrong one is noticed by looking once more.
      const ageMs = this.#isFirst ? Math.min(this.clock.wallMs() - beat, DEAD_AFTER_MS) : 0;
      this.#seen.set(owner, { beat, sinceMs: nowMs - Math.max(0, ageMs) });
    }
    this.#isFirst = false;
    if (nowMs - this.#resumedMs < DEAD_AFTER_MS) return undefined;
    return new Map([...beats].filter(([owner]) => !this.mayLive(owner)));
  }

  /** The beat of a process when it was looked at last. */
  lastBeat(owner: string): number | undefined {
    return this.#seen.get(owner)?.beat;
  }

  /** False for a process that is dead, or not on the list at all. */
  mayLive(owner: string): boolean {
    if (owner === this.ownerId) return true;
    const seen = this.#seen.get(owner);
    return seen !== undefined && this.clock.now() - seen.sinceMs < DEAD_AFTER_MS;
  }
}
