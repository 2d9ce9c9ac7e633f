import assert from "node:assert/strict";
import { parseAgent } from "../lib/agent_file.ts";
import type { BudgetSettings } from "../lib/agent/agent.ts";
import type { CallEventBody } from "../lib/contracts/call_event.ts";
import type { CallStore } from "../lib/contracts/call_record.ts";
import { budgetStep } from "../lib/costs/budget_step.ts";
import { CallBudget } from "../lib/costs/call_budget.ts";
import { parsePrices } from "../lib/costs/price_file.ts";
import { spendingOf } from "../lib/costs/spending.ts";
import { openStore } from "../lib/store/kv_store.ts";
import { MemoryStore } from "../lib/store/memory_store.ts";
import { CallWorld, type WorldOptions } from "./call_world.ts";
import { FakeClock } from "./fake_clock.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** One answer of `brain` costs a shilling; the line is free. */
const prices = parsePrices(`valid_until: 2026-12-31
source: a test
usd_to_kes: { rate: 100, on: 2026-11-23 }
line_kes_per_minute: { inbound: 0, stream: 0, outbound: 0 }
models:
  brain: { usd_per_1m_tokens: { text_in: 1 } }
  fake: { free: true }
`);
const ANSWER: CallEventBody = {
  type: "usage",
  stage: "llm",
  provider: "fake",
  usage: { model: "brain", inputTokens: 10_000 },
};
const TURN: CallEventBody = { type: "agent_turn", turn: 1, heard: "Yes.", interrupted: false };

const budgetOf = (text: string): BudgetSettings =>
  parseAgent(`name: A\ncompany: B\nhand_over: { number: "+254700000100" }\n${text}`).budget;

const NONE = budgetOf("");

Deno.test("without a budget block nothing is limited, and a wrong one is refused by line", () => {
  const spent = { call: 1e9, caller_day: 1e9, day: 1e9 };
  assert.equal(budgetStep(NONE, spent).step, "none");
  assert.throws(() => budgetOf("budget:\n  day_kse: 5"), /agent\.yaml:5: .+did you mean day_kes/);
  assert.throws(() => budgetOf("budget:\n  day_kes: 0"), /agent\.yaml:5: .+must be above 0/);
});

Deno.test("answers get shorter at the soft share, and stop at the limit that is spent the furthest", () => {
  const budget = budgetOf("budget: { call_kes: 10, day_kes: 1000, soft_share: 0.5 }");
  const at = (call: number, day: number) => budgetStep(budget, { call, caller_day: 0, day });
  assert.deepEqual(at(4.9, 0), { step: "none", limit: "call" });
  assert.deepEqual(at(5, 0), { step: "soft", limit: "call" });
  assert.deepEqual(at(5, 700), { step: "soft", limit: "day" });
  assert.deepEqual(at(10, 700), { step: "hard", limit: "call" });
});

/** A process with calls of its own, on a store that others may share. */
function processOn(store: CallStore, clock: FakeClock, text: string) {
  const running: Promise<void>[] = [];
  return {
    call(caller?: string) {
      const budget = new CallBudget({
        prices,
        budget: budgetOf(text),
        spending: spendingOf(store, clock, "Africa/Nairobi", caller),
        background: (work) => running.push(work()) > 0,
      });
      const happen = (body: CallEventBody, atMs = 0) =>
        budget.take({ ...body, callId: "HD_1", seq: 0, atMs, wallMs: clock.wallMs() });
      happen({ type: "started", engines: { stt: "fake", llm: "fake", tts: "fake" } });
      return { budget, happen };
    },
    async settle() {
      for (const work of running) await work;
    },
  };
}

Deno.test("one caller's calls share a budget over processes, and others don't pay for it", async () => {
  const directory = await Deno.makeTempDir();
  const clock = new FakeClock();
  const path = `${directory}/calls.kv`;
  const stores = [await openStore({ clock, path }), await openStore({ clock, path })];
  const [one, two] = stores.map((store) =>
    processOn(store, clock, "budget: { caller_day_kes: 3 }")
  );
  try {
    const first = one.call("caller-a");
    for (let i = 0; i < 3; i++) first.happen(ANSWER);
    assert.deepEqual(first.budget.check(), { step: "hard", limit: "caller_day" }, "at once");
    await one.settle();
    first.happen(TURN, 15_000);
    await one.settle();
    const [same, other] = [two.call("caller-a"), two.call("caller-b")];
    await two.settle();
    assert.equal(same.budget.check().step, "hard");
    assert.equal(other.budget.check().step, "none");
    await clock.advance(DAY_MS);
    const tomorrow = one.call("caller-a");
    await one.settle();
    assert.equal(tomorrow.budget.check().step, "none");
  } finally {
    for (const store of stores) store.close();
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("what a call costs is added at its start, every 15 s, and at its end: not at every turn", async () => {
  const clock = new FakeClock();
  const store = await openStore({ clock, path: ":memory:" });
  const bridge = processOn(store, clock, "budget: { day_kes: 40 }");
  const call = bridge.call();
  const added = async () => {
    await bridge.settle();
    return (await spendingOf(store, clock, "Africa/Nairobi", undefined).charge(0)).all;
  };
  assert.equal(await added(), 0);
  call.happen(ANSWER, 14_000);
  call.happen(TURN, 14_999);
  assert.equal(await added(), 0);
  call.happen(TURN, 15_000);
  assert.equal(await added(), 1);
  call.happen(ANSWER, 16_000);
  call.happen(TURN, 29_999);
  assert.equal(await added(), 1);
  call.happen({ type: "ended", reason: "caller" }, 29_999);
  assert.equal(await added(), 2);
  store.close();
});

Deno.test("calls side by side spend the day's budget together, each shilling counted once", async () => {
  const clock = new FakeClock();
  const store = await openStore({ clock, path: ":memory:" });
  const bridge = processOn(store, clock, "budget: { day_kes: 40 }");
  const calls = Array.from({ length: 10 }, (_, i) => bridge.call(`caller-${i}`));
  for (let answer = 0; answer < 3; answer++) {
    for (const { happen } of calls) {
      happen(ANSWER);
      happen(TURN);
    }
  }
  await bridge.settle();
  for (const { happen } of calls) happen({ type: "ended", reason: "caller" });
  await bridge.settle();
  assert.deepEqual(
    await spendingOf(store, clock, "Africa/Nairobi", undefined).charge(0),
    { caller: 0, all: 30 },
  );
  const late = bridge.call("late");
  await bridge.settle();
  assert.equal(late.budget.check().step, "none", "30 of 40, below the soft share");
  late.happen({ ...ANSWER, usage: { model: "brain", inputTokens: 20_000 } });
  assert.equal(late.budget.check().step, "soft");
  store.close();
});

Deno.test("a day is the company's own, not that of Greenwich", async () => {
  const clock = new FakeClock(Date.UTC(2026, 10, 23, 20, 30)); // 23:30 in Nairobi
  const store = new MemoryStore(clock, DAY_MS);
  const spending = spendingOf(store, clock, "Africa/Nairobi", undefined);
  await spending.charge(7);
  await clock.advance(29 * 60_000);
  assert.equal((await spending.charge(0)).all, 7);
  await clock.advance(2 * 60_000);
  assert.equal((await spending.charge(0)).all, 0);
});

Deno.test("a sum ends when its time is over, in the database and in memory", async () => {
  const clock = new FakeClock();
  const kv = await openStore({ clock, path: ":memory:" });
  for (const store of [kv, new MemoryStore(clock, DAY_MS)]) {
    const startMs = clock.now();
    assert.equal(await store.add("spent/x", 5, 1000), 5);
    assert.equal(await store.add("spent/x", 2, 1000), 7);
    await clock.advance(startMs + 1001 - clock.now());
    assert.equal(await store.add("spent/x", 0, 1000), 0);
    assert.equal(await store.add("spent/x", 1, 1000), 1);
  }
  kv.close();
});

Deno.test("many processes may add to one sum at once and lose nothing", async () => {
  const directory = await Deno.makeTempDir();
  const clock = new FakeClock();
  const path = `${directory}/calls.kv`;
  const stores = await Promise.all([1, 2, 3].map(() => openStore({ clock, path })));
  await Promise.all(
    stores.flatMap((store) => Array.from({ length: 10 }, () => store.add("spent/x", 1, DAY_MS))),
  );
  assert.equal(await stores[0].add("spent/x", 0, DAY_MS), 30);
  for (const store of stores) store.close();
  await Deno.remove(directory, { recursive: true });
});

/** A call whose model takes ten shillings for an answer. */
function callWith(budget: string, options: WorldOptions = {}): CallWorld {
  return new CallWorld({
    agentYaml: `name: Amani
company: Upepo Fibre
greeting: Hello, how can I help you today?
hand_over: { number: "+254700000100" }
budget: ${budget}`,
    prices: parsePrices(`valid_until: 2026-12-31
source: a test
usd_to_kes: { rate: 100, on: 2026-11-23 }
line_kes_per_minute: { inbound: 0, stream: 0.5, outbound: 3 }
models: { brain: { usd_per_1m_tokens: { text_in: 1 } }, fake: { free: true } }`),
    llm: async function* () {
      yield* answers();
    },
    ...options,
  });
}

function* answers() {
  yield { type: "text" as const, text: "Your balance is fine." };
  const usage = { model: "brain", inputTokens: 100_000 };
  yield { type: "end" as const, reason: "stop" as const, usage };
}

Deno.test("a call tells at its end what it cost, by stage, before it is over", async () => {
  const call = callWith("{}");
  await call.greeted();
  await call.speak(1200);
  await call.answered();
  call.call.lost("the caller hung up");
  const [cost] = call.all("cost");
  assert.equal(cost.kes.llm, 10);
  assert.equal(cost.kes.stt, 0);
  assert.ok(Math.abs(cost.kes.stream - cost.atMs / 60_000 * 0.5) < 0.001);
  assert.equal(cost.totalKes, 10 + cost.kes.stream);
  assert.deepEqual(cost.estimated, ["stream"]);
  assert.deepEqual(call.events.slice(-2).map(({ type }) => type), ["cost", "ended"]);
  const stages = new Set(call.all("usage").map(({ stage, provider }) => `${stage} ${provider}`));
  assert.deepEqual([...stages].sort(), ["llm fake", "stt fake", "tts fake"]);
});

Deno.test("from the soft share on, the model is asked for short answers", async () => {
  const limits: [number, boolean][] = [];
  const call = callWith("{ call_kes: 21, soft_share: 0.4 }", {
    llm: async function* ({ maxOutputTokens, system }) {
      limits.push([maxOutputTokens, system.includes("End the call as soon as")]);
      yield* answers();
    },
  });
  await call.greeted();
  for (const turn of [1, 2]) {
    await call.speak(1200);
    await call.answered(turn);
  }
  assert.deepEqual(limits, [[300, false], [90, true]]);
  assert.deepEqual(call.all("budget").map(({ step, limit }) => [step, limit]), [["soft", "call"]]);
});

Deno.test("a call whose budget is spent goes to a person, and no more answers are made", async () => {
  const reasons: string[] = [];
  const call = callWith("{ call_kes: 9 }", {
    handOver: async function* ({ reason }) {
      reasons.push(reason);
      yield { type: "attempting", strategy: "supervise", releaseLine: false };
      yield { type: "connected", strategy: "supervise", proof: "supervision" };
    },
  });
  await call.greeted();
  await call.speak(1200);
  await call.answered();
  await call.until(() => reasons.length > 0);
  assert.deepEqual(reasons, ["The budget for the agent is spent"]);
  assert.deepEqual(call.all("budget").map(({ step }) => step), ["hard"]);
  const before = call.all("usage").filter(({ stage }) => stage === "llm").length;
  await call.speak(1200);
  await call.wait(3000);
  assert.equal(call.all("usage").filter(({ stage }) => stage === "llm").length, before);
});

Deno.test("when nobody can take it, or nobody is to, a call over its budget ends politely", async () => {
  for (const at of ["hand_over", "close"]) {
    const call = callWith(`{ call_kes: 9, at_limit: ${at} }`);
    await call.greeted();
    await call.speak(1200);
    await call.until(() => call.all("ended").length > 0, 60_000);
    assert.equal(call.all("ended")[0].reason, "budget");
    assert.equal(call.all("hand_over").length > 0, at === "hand_over");
    assert.ok(call.all("prompt").some(({ name }) => name === "budget_close"));
    assert.deepEqual(call.hangUps, ["HD_0123456789ab"]);
  }
});

Deno.test("a person is told what the call has cost so far", async () => {
  const costs: (number | undefined)[] = [];
  const call = callWith("{ call_kes: 9 }", {
    handOver: async function* ({ costMinor }) {
      costs.push(costMinor);
      yield { type: "failed", reason: "closed" };
    },
  });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => costs.length > 0);
  assert.ok(costs[0]! >= 900, `${costs[0]} cents`);
});
