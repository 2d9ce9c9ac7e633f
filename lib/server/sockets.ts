import type { Clock } from "../clock.ts";
import type { SocketLine } from "../line.ts";

/** How often lines are looked at; a dead one is found this much later at most. */
const CHECK_EVERY_MS = 1_000;
/** A call whose end was announced keeps its line while sound still arrives. */
const QUIET_AFTER_END_MS = 2_000;

/** The audio sockets that are open in this process, by call. */
export class Sockets {
  readonly #clock: Clock;
  readonly #lines = new Map<string, SocketLine>();
  readonly #announcedEnds = new Set<string>();
  #cancelCheck?: () => void;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get count(): number {
    return this.#lines.size;
  }

  has(callId: string): boolean {
    return this.#lines.has(callId);
  }

  add(callId: string, line: SocketLine): void {
    this.#lines.set(callId, line);
    this.#cancelCheck ??= this.#clock.at(this.#clock.now() + CHECK_EVERY_MS, () => this.#check());
  }

  remove(callId: string, line: SocketLine): void {
    if (this.#lines.get(callId) !== line) return;
    this.#lines.delete(callId);
    this.#announcedEnds.delete(callId);
    if (this.#lines.size > 0) return;
    this.#cancelCheck?.();
    this.#cancelCheck = undefined;
  }

  /** Passes on keys that came another way than over the socket. */
  press(callId: string, digits: string): void {
    for (const digit of digits) this.#lines.get(callId)?.press(digit);
  }

  /** Closes the call's line as soon as it is quiet: the platform says that the call is over. */
  announceEnd(callId: string): void {
    if (this.#lines.has(callId)) this.#announcedEnds.add(callId);
  }

  /** Closes every line at once. */
  closeAll(reason: string): void {
    for (const line of [...this.#lines.values()]) line.drop(1001, reason);
  }

  #check(): void {
    const nowMs = this.#clock.now();
    this.#cancelCheck = this.#clock.at(nowMs + CHECK_EVERY_MS, () => this.#check());
    for (const [callId, line] of [...this.#lines]) {
      if (this.#announcedEnds.has(callId) && nowMs - line.lastHeardMs >= QUIET_AFTER_END_MS) {
        line.drop(1000, "the platform ended the call");
      } else line.check();
    }
  }
}
