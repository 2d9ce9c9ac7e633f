import assert from "node:assert/strict";
import type { CallEvent, CallEventBody } from "../lib/contracts/call_event.ts";
import type { CallRecord, HandOverRecord } from "../lib/contracts/call_record.ts";
import { deflection } from "../lib/outcomes/deflection.ts";
import { finishCall, hashCaller } from "../lib/outcomes/finish_call.ts";
import { intentsOf } from "../lib/outcomes/intents.ts";
import { decideOutcome, type Outcome } from "../lib/outcomes/outcome.ts";
import { reconcile } from "../lib/outcomes/reconcile.ts";
import { shareOf } from "../lib/outcomes/wilson.ts";
import { createPlatformClient } from "../lib/platform/rest_client.ts";
import { openStore } from "../lib/store/kv_store.ts";
import { FakeClock } from "./fake_clock.ts";
import { refusal, withApi } from "./rest_client_server.ts";
import { InFlight } from "./store_in_flight.ts";

const HOUR_MS = 60 * 60 * 1000;

function events(...bodies: CallEventBody[]): CallEvent[] {
  return bodies.map((body, seq) => ({
    ...body,
    callId: "HD_1",
    seq,
    atMs: seq * 1000,
    wallMs: seq * 1000,
  }));
}

function record(fields: Partial<CallRecord> = {}): CallRecord {
  return {
    callId: "HD_1",
    aliases: [],
    createdMs: 0,
    streamStartedMs: 0,
    endedMs: 60_000,
    stage: "ended",
    changedMs: 0,
    expiresMs: Infinity,
    ...fields,
  };
}

const said = (text: string): CallEventBody => ({
  type: "caller_turn",
  turn: 1,
  text,
  language: "en",
});
const told = (heard = "Your balance is 500 shillings.", interrupted = false): CallEventBody => ({
  type: "agent_turn",
  turn: 1,
  heard,
  interrupted,
});
const tool = (name = "get_account", ok = true): CallEventBody => ({
  type: "tool_call",
  turn: 1,
  name,
  effect: "read",
  ok,
  durationMs: 5,
});
const found: CallEventBody = { type: "looked_up", turn: 1, question: "q", topic: "refunds" };
const fault: CallEventBody = {
  type: "engine_fault",
  stage: "llm",
  provider: "x",
  fault: "timeout",
  message: "",
};
const person = (state: "offered" | "declined" | "consented"): CallEventBody => ({
  type: "hand_over",
  state,
});
const handOver = (fields: Partial<HandOverRecord>): Partial<CallRecord> => ({
  handOver: { state: "attempting", reason: "", brief: "", target: {}, ...fields },
});

const CASES: [string, Outcome, CallEvent[], Partial<CallRecord>?][] = [
  [
    "an answer from a tool, and a caller who says that this was all",
    "resolved_confirmed",
    events(said("my balance please"), tool(), told(), said("okay thank you bye")),
  ],
  [
    "the same in Swahili, from the knowledge",
    "resolved_confirmed",
    events(said("nataka kujua"), found, told(), said("asante kwaheri")),
  ],
  [
    "an answer, and a caller who hangs up",
    "resolved_unconfirmed",
    events(said("my balance please"), tool(), told()),
  ],
  [
    "a goodbye after an answer that came from nowhere",
    "abandoned_mid",
    events(said("my balance please"), told(), said("bye")),
  ],
  [
    "a goodbye after a tool that failed",
    "abandoned_mid",
    events(said("my balance please"), tool("get_account", false), told(), said("bye")),
  ],
  [
    "a new question after the goodbye, left open",
    "abandoned_mid",
    events(said("balance"), tool(), told(), said("bye"), said("wait what about my router")),
  ],
  [
    "an answer that the caller cut off before leaving",
    "abandoned_mid",
    events(said("balance"), tool(), told("Your", true)),
  ],
  [
    "a caller who leaves while a tool runs",
    "abandoned_mid",
    events(said("balance"), tool()),
  ],
  [
    "a caller who leaves after six seconds, even with an answer",
    "abandoned_early",
    events(said("balance"), tool(), told()),
    { endedMs: 6_000 },
  ],
  ["a caller who never says a word", "silent", events(told("Hello")), { endReason: "silence" }],
  [
    "a caller of whom nothing could be made out",
    "abandoned_mid",
    events({ type: "not_understood", turn: 1, reason: "noise" }),
  ],
  ["an engine that failed last", "agent_fault", events(said("balance"), fault)],
  [
    "an engine that failed and was replaced in time",
    "resolved_unconfirmed",
    events(said("balance"), fault, tool(), told()),
  ],
  [
    "an engine that failed, with nothing but an apology after it",
    "agent_fault",
    events(said("balance"), fault, told("Sorry, I have a problem.")),
  ],
  ["a process that died", "agent_fault", events(said("hi")), { endReason: "process_died" }],
  ["a socket that never came", "agent_fault", [], { streamStartedMs: undefined }],
  [
    "a caller who left before the socket came",
    "abandoned_early",
    [],
    { streamStartedMs: undefined, endedMs: 3_000 },
  ],
  [
    "a person with proof",
    "escalated_connected",
    events(said("a person")),
    handOver({ state: "connected", proof: "event dialanswered", reference: "TK-1" }),
  ],
  [
    "a person who was tried, without proof",
    "escalated_failed",
    events(said("a person")),
    handOver({ state: "failed", failure: "busy" }),
  ],
  [
    "a promise",
    "callback_promised",
    events(said("a person")),
    handOver({ state: "promised", reference: "TK-1" }),
  ],
  [
    "a caller who left while a person was rung",
    "abandoned_mid",
    events(said("a person")),
    handOver({ state: "failed", failure: "caller_left" }),
  ],
  [
    "an answer, a person who was offered and declined, and a goodbye",
    "resolved_confirmed",
    events(
      said("my balance please"),
      tool(),
      told(),
      { type: "not_understood", turn: 1, reason: "noise" },
      person("offered"),
      said("hapana asante"),
      person("declined"),
      told("All right."),
      said("asante kwaheri"),
    ),
  ],
  [
    "an answer, and a person who was offered and declined before the caller hung up",
    "resolved_unconfirmed",
    events(said("balance"), tool(), told(), person("offered"), said("no"), person("declined")),
  ],
  [
    "a person who was declined for another question, which stayed open",
    "abandoned_mid",
    events(
      said("balance"),
      tool(),
      told(),
      person("offered"),
      said("no, my router is broken"),
      person("declined"),
      told("I see."),
      said("bye"),
    ),
  ],
  [
    "a caller who left when they were offered a person, with nothing answered",
    "abandoned_mid",
    events({ type: "not_understood", turn: 1, reason: "noise" }, person("offered")),
  ],
  [
    "a no that answers no offer",
    "abandoned_mid",
    events(said("balance"), tool(), told(), said("no"), told("What then?"), said("bye")),
  ],
  [
    "a failed hand-over after which the agent helped all the same",
    "resolved_confirmed",
    events(
      said("a person"),
      { type: "hand_over", state: "failed" },
      said("then my balance"),
      tool(),
      told(),
      said("thanks bye"),
    ),
    handOver({ state: "promised", reference: "TK-1" }),
  ],
];
for (const [name, outcome, happened, fields] of CASES) {
  Deno.test(`${name}: ${outcome}`, () => {
    assert.equal(decideOutcome(happened, record(fields)), outcome);
  });
}

Deno.test("what was changed tells more of a call than what was looked at", () => {
  const reset: CallEventBody = { ...tool("reset_password"), effect: "write" } as CallEventBody;
  assert.deepEqual(
    intentsOf(events(tool(), found, reset, tool(), tool("hand_over"))),
    ["reset_password", "refunds", "get_account"],
  );
});

function confirmed(id: string, createdMs: number, fields: Partial<CallRecord> = {}): CallRecord {
  return record({
    callId: id,
    createdMs,
    outcome: "resolved_confirmed",
    callerHash: "a",
    intents: ["refunds"],
    ...fields,
  });
}

Deno.test("a repeat about the same within 72 hours takes a deflection back, later ones don't", () => {
  const nowMs = 200 * HOUR_MS;
  const first = confirmed("1", 0);
  const again = confirmed("2", 71 * HOUR_MS, { outcome: "abandoned_mid" });
  assert.equal(deflection([first], nowMs).deflected.count, 1);
  const corrected = deflection([first, again], nowMs);
  assert.deepEqual([corrected.deflected.count, corrected.repeated], [0, 1]);
  assert.equal(
    deflection([first, { ...again, createdMs: 73 * HOUR_MS }], nowMs).deflected.count,
    1,
  );
  assert.equal(deflection([first, { ...again, intents: ["router"] }], nowMs).deflected.count, 1);
  assert.equal(deflection([first, { ...again, callerHash: "b" }], nowMs).deflected.count, 1);
  assert.equal(deflection([first, { ...again, intents: [] }], nowMs).deflected.count, 0);
});

Deno.test("deflection stands beside the raw rate, and says what may still change", () => {
  const calls = [
    confirmed("1", 0, { callerHash: "x" }),
    confirmed("2", 100 * HOUR_MS, { callerHash: "y" }),
    confirmed("3", 100 * HOUR_MS, { callerHash: "z", outcome: "abandoned_mid" }),
    confirmed("4", 100 * HOUR_MS, { callerHash: "w", outcome: "callback_promised" }),
  ];
  const { deflected, noHuman, provisional } = deflection(calls, 110 * HOUR_MS);
  assert.deepEqual([deflected.count, deflected.n, noHuman.count, provisional], [2, 4, 3, 1]);
});

Deno.test("the interval is Wilson's", () => {
  // Reference: 8 of 10 gives 0.490 to 0.943, 0 of 20 gives 0 to 0.161.
  const eight = shareOf(8, 10);
  assert.ok(Math.abs(eight.low - 0.4902) < 1e-3 && Math.abs(eight.high - 0.9433) < 1e-3);
  const none = shareOf(0, 20);
  assert.ok(none.low === 0 && Math.abs(none.high - 0.1611) < 1e-3);
  assert.deepEqual([shareOf(0, 3).low, shareOf(3, 3).high], [0, 1]);
  assert.deepEqual(shareOf(0, 0), { count: 0, n: 0, share: 0, low: 0, high: 1 });
});

Deno.test("a finished call has outcome, intents and a hash instead of its number's trail", async () => {
  const clock = new FakeClock();
  const store = await openStore({ clock, path: ":memory:" });
  await store.update("HD_1", (fresh) => ({
    ...fresh,
    callerNumber: "+254712345678",
    streamStartedMs: clock.wallMs(),
    endedMs: clock.wallMs() + 60_000,
    stage: "ended",
  }));
  await store.append("HD_1", events(said("refund"), found, told()));
  const done = await finishCall(store, "HD_1", "salt");
  assert.equal(done.outcome, "resolved_unconfirmed");
  assert.deepEqual(done.intents, ["refunds"]);
  assert.match(done.callerHash!, /^[0-9a-f]{32}$/);
  assert.equal(done.callerHash, hashCaller("+254712345678", "salt"));
  assert.notEqual(done.callerHash, hashCaller("+254712345678", "other salt"));
  store.close();
});

Deno.test("the platform's record is asked for until it is finished, and its cost is kept", () => {
  const call = { id: "u", status: "answered", ended_at: null, events: [] };
  const ended = {
    ...call,
    status: "completed",
    ended_at: "x",
    duration_seconds: 61,
    cost_minor: 51,
  };
  return withApi([
    refusal(404, "calls.not_found"),
    Response.json({ call }),
    Response.json({ call: ended }),
  ], async (baseUrl, asked) => {
    const clock = new FakeClock();
    const inFlight = new InFlight();
    const store = await openStore({ clock, path: ":memory:" });
    const fetcher = inFlight.watchFunction(fetch);
    const log: string[] = [];
    const client = createPlatformClient({ baseUrl, apiKey: "tskey_1234", clock, fetch: fetcher });
    const billed = reconcile({
      client,
      store: inFlight.watch(store),
      clock,
      log: { warn: (line) => log.push(line) },
    }, "HD_1");
    await inFlight.advance(clock, 50_000, 1_000);
    assert.deepEqual(await billed, {
      status: "completed",
      durationSeconds: 61,
      costMinor: 51,
      currency: "KES",
    });
    assert.equal(asked.length, 3);
    assert.equal((await store.get("HD_1"))?.billed?.costMinor, 51);
    assert.match(log.at(-1)!, /counts 61 s/);
    store.close();
  });
});
