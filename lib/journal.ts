import type { Clock } from "./clock.ts";
import type { CallEvent, CallEventBody } from "./contracts/call_event.ts";

/** Writes down what happens in one call, in order and with times. */
export class Journal {
  #seq = 0;
  readonly #startedMs: number;

  constructor(
    readonly callId: string,
    readonly clock: Clock,
    readonly publish: (event: CallEvent) => void,
  ) {
    this.#startedMs = clock.now();
  }

  /** Milliseconds since the socket opened. */
  get nowMs(): number {
    return this.clock.now() - this.#startedMs;
  }

  /** A moment of the clock as milliseconds since the socket opened. */
  at(clockMs: number): number {
    return clockMs - this.#startedMs;
  }

  write(body: CallEventBody): void {
    this.publish({
      ...body,
      callId: this.callId,
      seq: this.#seq++,
      atMs: Math.round(this.nowMs),
      wallMs: this.clock.wallMs(),
    });
  }
}
