import type { AppDeps } from "../server/app_deps.ts";
import type { CallEvent } from "../contracts/call_event.ts";
import { mayReadEvents } from "../server/events_token.ts";
import { Problem } from "../server/problem.ts";

/** Another process may serve the call: its events are found in the store this often. */
const LOOK_EVERY_MS = 1_000;
/** Proxies close connections on which nothing is said for half a minute. */
const KEEP_ALIVE_MS = 15_000;
/** Events that a slow reader may leave unread before it is let go. */
const MAX_UNREAD = 1_000;

/**
 * Streams the events of one call as `text/event-stream`, from its beginning or from after
 * `Last-Event-ID`, until the call has ended.
 *
 * @throws {Problem} when the bearer token is not this call's, or the call is unknown
 */
export async function streamCallEvents(
  request: Request,
  callId: string,
  deps: AppDeps,
): Promise<Response> {
  const authorization = request.headers.get("authorization") ?? undefined;
  if (!mayReadEvents(deps.tokenSecret, callId, authorization)) {
    throw new Problem(
      401,
      "Cannot show the events: Authorization must be the bearer token of this call",
      { "www-authenticate": "Bearer" },
    );
  }
  const record = await deps.store.get(callId);
  if (!record) throw new Problem(404, `Cannot show the events: no call is known as ${callId}`);
  const after = Number(request.headers.get("last-event-id") ?? -1);
  const feed = new EventFeed(record.callId, Number.isInteger(after) ? after : -1, deps);
  return new Response(feed.stream(), {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
  });
}

/** Events of one call in order, each once, from this process and from the store. */
class EventFeed {
  readonly #callId: string;
  readonly #deps: AppDeps;
  readonly #encoder = new TextEncoder();
  #lastSeq: number;
  /** Events that came while the store was being read, or before their time. */
  #waiting: CallEvent[] = [];
  #controller?: ReadableStreamDefaultController<Uint8Array>;
  #stopWatching?: () => void;
  #cancelTimer?: () => void;
  #looking = false;
  #saidAtMs: number;

  constructor(callId: string, lastSeq: number, deps: AppDeps) {
    this.#callId = callId;
    this.#lastSeq = lastSeq;
    this.#deps = deps;
    this.#saidAtMs = deps.clock.now();
  }

  stream(): ReadableStream<Uint8Array> {
    return new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
        this.#stopWatching = this.#deps.liveEvents.watch(
          this.#callId,
          (event) => this.#take(event),
        );
        this.#look();
      },
      cancel: () => this.#stop(),
    }, new CountQueuingStrategy({ highWaterMark: MAX_UNREAD }));
  }

  #take(event: CallEvent): void {
    if (this.#waiting.length < MAX_UNREAD) this.#waiting.push(event);
    if (!this.#looking) this.#sendWaiting();
  }

  /** Sends what is next; what comes later waits until the store has the ones between. */
  #sendWaiting(): void {
    this.#waiting = this.#waiting.filter((event) => {
      if (event.seq === this.#lastSeq + 1) this.#send(event);
      return event.seq > this.#lastSeq;
    });
  }

  /** Reads on in the store, now and then again. */
  async #look(): Promise<void> {
    const { store, clock, log } = this.#deps;
    this.#looking = true;
    try {
      for await (const event of store.events(this.#callId)) {
        if (event.seq > this.#lastSeq) this.#send(event);
      }
    } catch (error) {
      log.warn("cannot read the events of {callId}: {error}", { callId: this.#callId, error });
    }
    this.#looking = false;
    this.#sendWaiting();
    if (!this.#controller) return;
    if (clock.now() - this.#saidAtMs >= KEEP_ALIVE_MS) this.#write(": still here\n\n");
    this.#cancelTimer = clock.at(clock.now() + LOOK_EVERY_MS, () => this.#look());
  }

  #send(event: CallEvent): void {
    this.#lastSeq = event.seq;
    this.#write(`id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`);
    if (event.type === "ended") this.#end();
  }

  #write(text: string): void {
    const controller = this.#controller;
    if (!controller) return;
    this.#saidAtMs = this.#deps.clock.now();
    controller.enqueue(this.#encoder.encode(text));
    if ((controller.desiredSize ?? 0) <= 0) this.#end();
  }

  #end(): void {
    this.#controller?.close();
    this.#stop();
  }

  #stop(): void {
    this.#controller = undefined;
    this.#stopWatching?.();
    this.#cancelTimer?.();
  }
}
