import type { Clock } from "../clock.ts";
import type { CallEvent, CallEventBody } from "../contracts/call_event.ts";

/** What the people who take a call over want to read of it. */
const TOLD = new Set<CallEvent["type"]>([
  "caller_turn",
  "agent_turn",
  "not_understood",
  "tool_call",
  "looked_up",
  "barge_in",
]);
/** More than a person reads; the oldest go first. */
const MAX_TOLD = 200;

/** Writes down what happens in one call, in order and with times. */
export class Journal {
  #seq = 0;
  /** The last things that happened between caller and agent. */
  readonly told: CallEvent[] = [];
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
    const event = {
      ...body,
      callId: this.callId,
      seq: this.#seq++,
      atMs: Math.round(this.nowMs),
      wallMs: this.clock.wallMs(),
    };
    if (TOLD.has(event.type)) this.told.push(event);
    if (this.told.length > MAX_TOLD) this.told.shift();
    this.publish(event);
  }
}
