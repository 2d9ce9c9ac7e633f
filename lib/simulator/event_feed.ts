import type { Clock } from "../clock.ts";
import type { Quirks } from "./quirks.ts";
import type { Post } from "./signed_post.ts";

/** Call events that the platform sends to a number's `events_url`. */
export type EventKind =
  | "call.started"
  | "call.answered"
  | "call.completed"
  | "call.failed"
  | "stream.started"
  | "stream.stopped"
  | "stream.error"
  | "call.supervision.started"
  | "call.supervision.connected"
  | "call.supervision.ended"
  | "call.supervision.failed";

/** States that the PBX's own bodies name where the envelope names a kind. */
const PBX_STATES: Record<EventKind, string> = {
  "call.started": "Ringing",
  "call.answered": "Answered",
  "call.completed": "Completed",
  "call.failed": "Failed",
  "stream.started": "StreamStarted",
  "stream.stopped": "StreamStopped",
  "stream.error": "StreamError",
  "call.supervision.started": "SupervisionStarted",
  "call.supervision.connected": "SupervisionConnected",
  "call.supervision.ended": "SupervisionEnded",
  "call.supervision.failed": "SupervisionFailed",
};

/** Sends events, at least once and not always in order; nothing is done with their answers. */
export class EventFeed {
  readonly #send: (send: () => Promise<unknown>) => void;
  #held?: () => Promise<unknown>;

  constructor(
    readonly url: string,
    private readonly post: Post,
    private readonly quirks: Quirks,
    private readonly clock: Clock,
    /** Takes work that the leg waits for before it is over. */
    inBackground: (work: Promise<unknown>) => void,
  ) {
    this.#send = (send) => inBackground(send());
  }

  emit(kind: EventKind, fields: Record<string, string>): void {
    if (this.quirks.lostEvents?.includes(kind)) return;
    const eventId = crypto.randomUUID();
    const send = () => this.#post(kind, eventId, fields);
    if (this.quirks.swapEvents && !this.#held) {
      this.#held = send;
      return;
    }
    this.#send(send);
    this.flush();
    if (this.quirks.duplicateEvents) this.#send(send);
  }

  /** Sends what was held back. */
  flush(): void {
    const held = this.#held;
    this.#held = undefined;
    if (held) this.#send(held);
  }

  #post(kind: EventKind, eventId: string, fields: Record<string, string>): Promise<unknown> {
    if (this.quirks.eventShape !== "envelope") {
      return this.post(this.url, { ...fields, callSessionState: PBX_STATES[kind] });
    }
    const { sessionId, callerNumber, destinationNumber, ...rest } = fields;
    return this.post(this.url, {}, {
      headers: { "X-Sautikit-Event-Kind": kind, "X-Sautikit-Event-Id": eventId },
      json: {
        kind,
        event_id: eventId,
        workspace_id: "ws_simulated",
        occurred_at: new Date(this.clock.wallMs()).toISOString(),
        data: { call_id: sessionId, from: callerNumber, to: destinationNumber, ...rest },
      },
    });
  }
}
