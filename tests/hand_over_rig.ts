import type { Backend, Ticket } from "../lib/contracts/backend.ts";
import type { CallStore, DialTarget } from "../lib/contracts/call_record.ts";
import type { HandOver, HandOverRequest, HandOverStep } from "../lib/contracts/hand_over.ts";
import { createCallBack } from "../lib/hand_over/call_back.ts";
import { conferenceStrategy } from "../lib/hand_over/conference.ts";
import { createHandOver, type HandOverDeps } from "../lib/hand_over/hand_over.ts";
import { nextCallbackStrategy } from "../lib/hand_over/next_callback.ts";
import { createProofIntake } from "../lib/hand_over/platform_events.ts";
import { createPromises, type Promises } from "../lib/hand_over/promise.ts";
import { redirectStrategy } from "../lib/hand_over/redirect.ts";
import { superviseStrategy } from "../lib/hand_over/supervision.ts";
import { twoLegStrategy } from "../lib/hand_over/two_leg.ts";
import { readPlatformEvent } from "../lib/platform/platform_event.ts";
import { createHangUp, createPlatformClient } from "../lib/platform/rest_client.ts";
import { readVoiceCallback } from "../lib/platform/voice_callback.ts";
import { decide, type VoiceAnswer } from "../lib/platform/voice_decision.ts";
import { openStore } from "../lib/store/kv_store.ts";
import type { Owners } from "../lib/store/owners.ts";
import { FakeClock } from "./fake_clock.ts";
import { type Answers, type Asked, refusal, withApi } from "./rest_client_server.ts";
import { InFlight } from "./store_in_flight.ts";

export const REQUEST: HandOverRequest = {
  callId: "HD_1",
  callerNumber: "+254712345678",
  dialledNumber: "+254700000001",
  language: "en",
  reason: "wants a refund",
  brief: "Caller wants a refund for March.",
};

/** A backend with nothing but tickets, which can be down. */
export class Tickets {
  down = false;
  readonly opened = new Map<string, Ticket>();

  readonly backend = {
    openTicket: (
      { subject, idempotencyKey }: { subject: string; idempotencyKey: string },
      _signal: AbortSignal,
    ): Promise<Ticket> => {
      if (this.down) return Promise.reject(new Error("backend is down"));
      const reference = `TK-${100 + this.opened.size}`;
      const ticket = this.opened.get(idempotencyKey) ??
        { reference, subject, status: "open", openedOn: "2026-11-23" };
      this.opened.set(idempotencyKey, ticket);
      return Promise.resolve(ticket);
    },
  } as unknown as Backend;
}

/** The platform's API in a test: what it was asked, and what it answers about people's legs. */
export class Platform {
  supervision = "connecting";
  refuse: Partial<Record<"supervise" | "hangUp" | "call" | "place", Response>> = {};
  callEvents: { kind: string }[] = [];
  legStatus = "ringing";
  readonly hungUp: string[] = [];
  readonly placed: unknown[] = [];
  supervised = 0;
  stopped = 0;

  readonly answer = ({ method, path, body }: Asked): Response => {
    const [, , , id, verb] = path.split("/");
    if (verb === "hangup") {
      if (!this.refuse.hangUp) this.hungUp.push(id);
      return this.refuse.hangUp?.clone() ?? Response.json({ call_id: id, status: "hung_up" });
    }
    if (verb === "supervision") {
      if (method === "DELETE") this.stopped++;
      if (method !== "POST") {
        return Response.json({ supervision: { supervision_id: "s1", state: this.supervision } });
      }
      this.supervised++;
      return this.refuse.supervise?.clone() ??
        Response.json({ supervision_id: "s1", state: "connecting" });
    }
    if (method === "POST") {
      this.placed.push(body);
      return this.refuse.place?.clone() ??
        Response.json({ session_id: "HD_human", status: "ringing" });
    }
    const status = id === "HD_human" ? this.legStatus : "answered";
    return this.refuse.call?.clone() ??
      Response.json({ call: { id, status, events: this.callEvents } });
  };
}

export interface Rig {
  store: CallStore & Owners;
  clock: FakeClock;
  platform: Platform;
  tickets: Tickets;
  promises: Promises;
  callBack: ReturnType<typeof createCallBack>;
  inFlight: InFlight;
  log: string[];
  make(options?: Partial<HandOverDeps> & { target?: DialTarget }): HandOver;
  /** A voice callback, decided and kept as the webhook does it, on whatever process. */
  edge(callId: string, fields?: Record<string, string>, query?: string): Promise<VoiceAnswer>;
  /** An event, taken in as the events route does it. */
  event(fields: Record<string, string>): Promise<void>;
  advance(ms: number): Promise<void>;
}

const encoder = new TextEncoder();

/** A hand-over with a real store, a real API on a socket, and time that is moved by hand. */
export function withRig(test: (rig: Rig) => Promise<void>): Promise<void> {
  const platform = new Platform();
  const answers: Answers = [platform.answer];
  return withApi(answers, async (baseUrl) => {
    const clock = new FakeClock();
    const inFlight = new InFlight();
    // The hand-over runs in one process; callbacks and events reach another.
    const path = await Deno.makeTempFile({ suffix: ".db" });
    const [real, other] = [await openStore({ clock, path }), await openStore({ clock, path })];
    const [store, elsewhere] = [inFlight.watch(real), inFlight.watch(other)];
    const log: string[] = [];
    const note = { info: (line: string) => log.push(line), warn: (line: string) => log.push(line) };
    const fetcher = inFlight.watchFunction(fetch);
    const client = createPlatformClient({ baseUrl, apiKey: "tskey_test_1", clock, fetch: fetcher });
    const hangUp = createHangUp(client, note);
    const tickets = new Tickets();
    const promises = createPromises({ store, clock, log: note, backend: tickets.backend });
    const whisper = () => Promise.resolve("Support call. Refund.");
    const callBack = createCallBack({
      client,
      store,
      target: { number: "+254700000009" },
      voiceUrl: "https://bridge.example/voice",
      whisper,
    });
    const edges = { store, clock, client };
    const intake = createProofIntake({ store: elsewhere, clock, ringMs: 25_000, hangUp, client });
    const strategies = [
      superviseStrategy(edges),
      conferenceStrategy({ ...edges, voiceUrl: "https://bridge.example/voice", whisper }),
      nextCallbackStrategy(edges),
      redirectStrategy(edges),
      twoLegStrategy({ ...edges, hangUp }),
    ];
    await store.update("HD_1", (record) => ({ ...record, stage: "streaming" }));
    const rules = { defaultCountry: "KE", ownedNumbers: [] };
    await test({
      store,
      clock,
      platform,
      tickets,
      promises,
      callBack,
      inFlight,
      log,
      make: (options = {}) =>
        createHandOver({
          store,
          clock,
          log: note,
          strategies,
          promises,
          hangUp,
          target: { number: "+254700000009" },
          ringMs: 25_000,
          maxLegs: 5,
          isOpen: () => true,
          ...options,
        }),
      async edge(callId, fields = {}, query = "") {
        const body = encoder.encode(String(new URLSearchParams({ sessionId: callId, ...fields })));
        const search = new URLSearchParams(query);
        const callback = readVoiceCallback(body, undefined, search, rules);
        let answer: VoiceAnswer = "empty";
        await elsewhere.update(callId, (record) => {
          const decision = decide(record, callback, clock.wallMs(), () => false);
          answer = decision.answer;
          return decision.record;
        });
        return answer;
      },
      event(fields) {
        const body = encoder.encode(JSON.stringify({ session_id: "HD_1", ...fields }));
        return intake(readPlatformEvent(body, new Headers(), new URLSearchParams()));
      },
      advance: (ms) => inFlight.advance(clock, ms),
    });
    await inFlight.idle();
    real.close();
    other.close();
    await Deno.remove(path);
  });
}

/** Follows a hand-over as a call does; `onStep` is awaited before the next step is asked for. */
export class Followed {
  readonly steps: HandOverStep[] = [];
  readonly done: Promise<void>;
  readonly abort = new AbortController();

  constructor(
    handOver: HandOver,
    onStep: (step: HandOverStep) => void | Promise<void> = () => {},
    request: HandOverRequest = REQUEST,
  ) {
    this.done = (async () => {
      for await (const step of handOver(request, this.abort.signal)) {
        this.steps.push(step);
        await onStep(step);
      }
    })();
  }

  /** The steps in short: `attempting supervision`, `refused supervision busy`. */
  get story(): string[] {
    return this.steps.map((step) =>
      [
        step.type,
        "strategy" in step ? step.strategy : "",
        "reason" in step ? step.reason : "",
        "reference" in step ? step.reference : "",
      ].filter(Boolean).join(" ")
    );
  }
}

export { refusal };
