import { FRAME_MS, FRAME_SAMPLES } from "../audio/pcm.ts";
import { parseDocument } from "./document.ts";
import { EventFeed, type EventKind } from "./event_feed.ts";
import type { LegEnd, LegEntry, LegEntryBody } from "./leg_log.ts";
import type { LegPlan, LegServices } from "./leg_services.ts";
import type { MediaFork } from "./media_fork.ts";
import type { Party } from "./party.ts";
import { addTo } from "./room.ts";
import type { Answer } from "./signed_post.ts";
import { DocumentError, type Verb } from "./verbs.ts";

/** What a leg hears in one tick, given what its party said in the last. */
export type Ear = (said: Int16Array) => Int16Array;

export interface LegWatch {
  onEntry?(entry: LegEntry): void;
  /** One frame of each side at 16 kHz, every 20 ms from the first document on; it ended at `atMs`. */
  onFrame?(said: Int16Array, heard: Int16Array, atMs: number): void;
}

const SILENCE = new Int16Array(FRAME_SAMPLES);

/** One phone leg: has a party at its end, hears, speaks and asks the voice callback. */
export class Leg {
  readonly log: LegEntry[] = [];
  /** Aborted when the leg is over. */
  readonly over: AbortSignal;
  /** Resolves when the leg is over. */
  readonly whenOver: Promise<void>;
  /** When the leg was answered, on the clock. */
  answeredMs?: number;
  endedMs?: number;
  fork?: MediaFork;
  end?: LegEnd;
  #ear: Ear = () => SILENCE;
  #supervisor?: { party: Party; isHeard(): boolean; onHangUp(): void };
  #digits?: (key: string) => void;
  #said: Int16Array = SILENCE;
  #frameMs?: number;
  readonly #over = new AbortController();
  readonly #startMs: number;
  readonly #events: EventFeed;
  readonly #background = new Set<Promise<unknown>>();

  constructor(
    readonly plan: LegPlan,
    readonly services: LegServices,
    private readonly watch: LegWatch = {},
  ) {
    this.over = this.#over.signal;
    this.whenOver = new Promise((resolve) => this.over.addEventListener("abort", () => resolve()));
    this.#startMs = services.clock.now();
    const { post, quirks, clock } = services;
    const inBackground = (work: Promise<unknown>) => this.inBackground(work);
    this.#events = new EventFeed(plan.eventsUrl ?? "", post, quirks, clock, inBackground);
  }

  /** Ends the leg; later calls do nothing. */
  hangUp(by: LegEnd["by"], reason: string): void {
    if (this.end) return;
    this.end = { by, reason };
    this.endedMs = this.services.clock.now();
    this.note({ type: "ended", by, reason });
    this.#over.abort();
    this.fork?.stop({ gracefulFlush: this.services.quirks.gracefulFlush });
  }

  /** Marks the leg as answered, which makes an edge unless the first callback tells of it. */
  answer({ isFirstCallback = false } = {}): void {
    if (this.answeredMs !== undefined) return;
    this.answeredMs = this.services.clock.now();
    this.note({ type: "answered" });
    this.emit("call.answered");
    if (!isFirstCallback) this.edge("Answered");
  }

  /** Asks the voice callback again at an edge of the call, where it is asked at all. */
  edge(state: "Answered" | "StreamStarted"): void {
    const { edges = ["Answered", "StreamStarted"] } = this.services.quirks;
    if (!edges.includes(state)) return;
    const asked = this.ask(state).then((verbs) => {
      if (!verbs?.some((verb) => verb.verb === "stream")) return;
      this.note({ type: "second_stream", state });
      this.emit("stream.error");
    });
    this.inBackground(asked);
  }

  /** Asks the voice callback, or `url`, what to do; undefined when it gave no document. */
  async ask(
    state: string,
    extra: Record<string, string> = {},
    url: string = this.plan.voiceUrl,
  ): Promise<Verb[] | undefined> {
    try {
      const answer = await this.services.post(url, { ...this.#fields(state), ...extra });
      const verbs = accepted(answer);
      const names = verbs.map((verb) => verb.verb);
      this.note({ type: "callback", state, status: answer.status, verbs: names });
      return verbs;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.note({ type: "callback_failed", state, reason: error.message });
    }
  }

  /** Sends a call event to the number's `events_url`. */
  emit(kind: EventKind, extra: Record<string, string> = {}): void {
    if (!this.plan.eventsUrl) return;
    this.#events.emit(kind, { ...this.#fields(""), ...extra });
  }

  /** Tells a stream's own status callback; its answer counts for nothing. */
  tellStatus(url: string, streamEvent: string, name?: string): void {
    const fields = { sessionId: this.plan.callId, streamSid: this.plan.callId, streamEvent };
    this.inBackground(this.services.post(url, { ...fields, ...(name ? { name } : {}) }));
  }

  /** Work that has to be done before the leg counts as finished; its failure does not matter. */
  inBackground(work: Promise<unknown>): void {
    const settled = work.catch(() => {}).finally(() => this.#background.delete(settled));
    this.#background.add(settled);
  }

  note(body: LegEntryBody): void {
    const nowMs = this.services.clock.now() - this.#startMs;
    const entry = { atMs: Math.round(this.#frameMs ?? nowMs), ...body };
    this.log.push(entry);
    this.watch.onEntry?.(entry);
  }

  /** Sets what the party hears from now on; silence when left out. */
  listenTo(ear: Ear = () => SILENCE): void {
    this.#ear = ear;
  }

  /** Hands keys to `take` instead of the stream; without it, back to the stream. */
  collectDigits(take?: (key: string) => void): void {
    this.#digits = take;
  }

  /** Lets another person into the call, heard by the party while `isHeard`; undefined lets them out. */
  supervise(supervisor?: { party: Party; isHeard(): boolean; onHangUp(): void }): void {
    this.#supervisor = supervisor;
  }

  get durationSeconds(): number {
    if (this.answeredMs === undefined) return 0;
    return Math.round(((this.endedMs ?? this.services.clock.now()) - this.answeredMs) / 1000);
  }

  /** Frame n is due at the first frame + n·20 ms; those that are late come at once, as one message. */
  async tickUntilOver(): Promise<void> {
    const { clock } = this.services;
    const firstMs = clock.now();
    let ticks = 0;
    while (!this.end) {
      const isDue = clock.until(firstMs + (ticks + 1) * FRAME_MS, this.over);
      await isDue.catch(() => {});
      while (!this.end && clock.now() >= firstMs + (ticks + 1) * FRAME_MS) {
        ticks++;
        this.#frameMs = firstMs - this.#startMs + ticks * FRAME_MS;
        this.#tick();
        this.#frameMs = undefined;
      }
      this.fork?.flush();
    }
  }

  #tick(): void {
    const heard = this.#ear(this.#said).slice();
    const supervisor = this.#supervisor;
    if (supervisor) {
      const theirs = supervisor.party.next(this.#said);
      if (supervisor.isHeard()) addTo(heard, theirs.samples);
      if (theirs.hangUp) supervisor.onHangUp();
    }
    const { samples, keys, hangUp, notes = [] } = this.plan.party.next(heard);
    this.#said = samples;
    this.watch.onFrame?.(samples, heard, this.#frameMs!);
    this.fork?.add(samples, heard);
    for (const note of notes) this.note(note);
    if (keys) this.#press(keys);
    if (hangUp) this.hangUp("caller", "the caller hung up");
  }

  #press(keys: string): void {
    this.note({ type: "key", keys });
    if (this.#digits) { for (const key of keys) this.#digits?.(key); }
    else this.fork?.press(keys);
  }

  /** Tells the callback and the events that the call is over, and waits until all is sent. */
  async finish(): Promise<LegEnd> {
    await this.#settle();
    const duration = { isActive: "0", durationInSeconds: String(this.durationSeconds) };
    this.inBackground(this.ask("Completed", duration));
    this.emit(this.answeredMs === undefined ? "call.failed" : "call.completed", duration);
    this.#events.flush();
    await this.#settle();
    return this.end!;
  }

  async #settle(): Promise<void> {
    while (this.#background.size > 0) await Promise.all(this.#background);
  }

  #fields(state: string): Record<string, string> {
    const { callId, callerNumber, dialledNumber, direction, clientRequestId } = this.plan;
    return {
      sessionId: callId,
      callerNumber,
      destinationNumber: dialledNumber,
      direction,
      isActive: "1",
      ...(state ? { callSessionState: state } : {}),
      ...(state === "Completed" ? { durationInSeconds: "0" } : {}),
      ...(clientRequestId ? { clientRequestId } : {}),
    };
  }
}

function accepted(answer: Answer): Verb[] {
  if (answer.status < 200 || answer.status > 299) {
    throw new DocumentError(
      `Cannot follow the document: the callback must answer 2xx: received ${answer.status}`,
    );
  }
  return parseDocument(answer.body, answer.contentType);
}
