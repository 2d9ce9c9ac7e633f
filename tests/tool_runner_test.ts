import assert from "node:assert/strict";
import * as v from "valibot";
import type { Backend } from "../lib/contracts/backend.ts";
import type { ToolOutcome } from "../lib/contracts/llm.ts";
import type { Tool, ToolContext } from "../lib/contracts/tool.ts";
import { createIdentity } from "../lib/actions/identity.ts";
import { createConfirmGate } from "../lib/actions/safe_actions.ts";
import { createToolCatalog } from "../lib/actions/tool_catalog.ts";
import {
  createToolRunner,
  MAX_ARGS_CHARS,
  MAX_CALLS_PER_ROUND,
  MAX_DATA_CHARS,
  MAX_SAY_CHARS,
  TOOL_TIMEOUT_MS,
  type ToolRun,
} from "../lib/actions/tool_runner.ts";
import { isNo, isYes } from "../lib/languages/answers.ts";
import { FakeClock, settle } from "./fake_clock.ts";
import { tool, write } from "./example_tools.ts";

const CALLER = "+254700000001";

function open(tools: Tool[], options: { callerNumber?: string } = { callerNumber: CALLER }) {
  const clock = new FakeClock();
  const runs: ToolRun[] = [];
  const identity = createIdentity(options.callerNumber);
  const gate = createConfirmGate({ isYes: (text) => isYes(text), isNo: (text) => isNo(text) });
  const runner = createToolRunner({
    callId: "HD_1",
    callerNumber: options.callerNumber,
    catalog: createToolCatalog(tools),
    backend: {} as Backend,
    clock,
    identity,
    gate,
    handOver: () => {},
    endCall: () => {},
    onRun: (run) => runs.push(run),
  });
  return { clock, runs, identity, gate, runner };
}

const call = (name: string, args: Record<string, unknown> = {}, id = "1") => ({ id, name, args });
const never = () => new AbortController().signal;

Deno.test("a read runs and its facts and sentence come back", async () => {
  const { runner, runs } = open([tool()]);
  const outcomes = await runner.run([call("look_up")], "en", never());
  assert.deepEqual(outcomes, [
    {
      id: "1",
      name: "look_up",
      ok: true,
      data: { found: true },
      say: "Found.",
      expect: undefined,
    },
  ]);
  assert.deepEqual(runs, [
    { name: "look_up", effect: "read", ok: true, durationMs: 0, result: "Found." },
  ]);
});

Deno.test("a tool that doesn't exist and arguments that don't fit are told, not thrown", async () => {
  const { runner } = open([tool()]);
  const [unknown, wrong, extra] = await runner.run(
    [
      call("format_disk"),
      call("look_up", { number: "12x" }),
      call("look_up", { callerNumber: "+254711111111" }),
    ],
    "en",
    never(),
  );
  assert.deepEqual(unknown.data, { error: "There is no tool named format_disk" });
  assert.deepEqual(wrong.data, { error: "number: must be digits" });
  assert.match(String(extra.data.error), /callerNumber/);
  assert.ok(![unknown, wrong, extra].some(({ ok }) => ok));
});

Deno.test("the caller's number comes from the call and not from the model", async () => {
  let seen: ToolContext | undefined;
  const loose = tool({
    parameters: v.object({}),
    run: (_, context) => {
      seen = context;
      return Promise.resolve({ data: {}, say: "" });
    },
  });
  const { runner } = open([loose]);
  await runner.run([call("look_up", { callerNumber: "+254711111111" })], "sw", never());
  assert.deepEqual([seen?.callerNumber, seen?.language, seen?.callId], [CALLER, "sw", "HD_1"]);
});

Deno.test("reads run side by side", async () => {
  let running = 0;
  let most = 0;
  const slow = tool({
    async run() {
      most = Math.max(most, ++running);
      await settle();
      running--;
      return { data: {}, say: "" };
    },
  });
  const { runner } = open([slow]);
  await runner.run([call("look_up"), call("look_up", { number: "2" }, "2")], "en", never());
  assert.equal(most, 2);
});

Deno.test("a read that takes too long is given up, even when it ignores its signal", async () => {
  const { runner, clock, runs } = open([tool({ run: () => new Promise(() => {}) })]);
  const outcomes = runner.run([call("look_up")], "en", never());
  await clock.advance(TOOL_TIMEOUT_MS - 1);
  assert.equal(runs.length, 0);
  await clock.advance(1);
  const [outcome] = await outcomes;
  assert.equal(outcome.ok, false);
  assert.match(outcome.say!, /can't get that right now\. Shall I get a person/);
  assert.deepEqual([outcome.expect, outcome.data.offersPerson], ["yes_no", true]);
  assert.equal(clock.pending, 0);
});

Deno.test("a tool's own time limit counts", async () => {
  const { runner, clock } = open([tool({ timeoutMs: 50, run: () => new Promise(() => {}) })]);
  const outcomes = runner.run([call("look_up")], "en", never());
  await clock.advance(50);
  assert.equal((await outcomes)[0].ok, false);
});

Deno.test("a read stops when the caller interrupts", async () => {
  let signal: AbortSignal | undefined;
  const { runner, clock } = open([tool({
    run: (_, context) => {
      signal = context.signal;
      return new Promise(() => {});
    },
  })]);
  const controller = new AbortController();
  const outcomes = runner.run([call("look_up")], "en", controller.signal);
  await settle();
  controller.abort(new Error("barge-in"));
  assert.equal((await outcomes)[0].ok, false);
  assert.equal(signal?.aborted, true);
  assert.equal(clock.pending, 0);
});

Deno.test("a tool that throws becomes an outcome that says so", async () => {
  const { runner } = open([tool({ run: () => Promise.reject(new Error("database down")) })]);
  const [outcome] = await runner.run([call("look_up")], "sw", never());
  assert.equal(outcome.data.error, "database down");
  assert.match(outcome.say!, /Nikuitie mhudumu/);
  const early = open([tool({
    run: () => {
      throw new Error("broken before it began");
    },
  })]);
  assert.equal((await early.runner.run([call("look_up")], "en", never()))[0].ok, false);
});

Deno.test("arguments, data, sentences and calls are bounded", async () => {
  const { runner } = open([tool({
    parameters: v.object({ number: v.optional(v.string()) }),
    run: () =>
      Promise.resolve({
        data: { text: "x".repeat(MAX_DATA_CHARS) },
        say: "x".repeat(MAX_SAY_CHARS + 1),
      }),
  })]);
  const long = call("look_up", { number: "1".repeat(MAX_ARGS_CHARS) });
  const [outcome, refused] = await runner.run([call("look_up"), long], "en", never());
  assert.equal(String(outcome.data.truncated).length, MAX_DATA_CHARS);
  assert.equal(outcome.say!.length, MAX_SAY_CHARS);
  assert.match(String(refused.data.error), /at most 4096 characters/);
  const many = Array.from({ length: MAX_CALLS_PER_ROUND + 1 }, () => call("look_up"));
  assert.equal((await runner.run(many, "en", never())).at(-1)!.ok, false);
});

Deno.test("a write is not run but read back, and its question is the tool's own", async () => {
  let ran = 0;
  const { runner, gate } = open([write({
    run: () => {
      ran++;
      return Promise.resolve({ data: {}, say: "Done." });
    },
  })]);
  const [outcome] = await runner.run([call("change_it", { number: "42" })], "en", never());
  assert.equal(ran, 0);
  assert.equal(outcome.say, "I will change 42. Shall I?");
  assert.deepEqual([outcome.expect, outcome.data.confirmationNeeded], ["yes_no", true]);
  assert.equal(gate.pending?.name, "change_it");
});

Deno.test("only one write is put up at a time", async () => {
  const { runner, gate } = open([write()]);
  const [first, second] = await runner.run(
    [call("change_it", { number: "1" }), call("change_it", { number: "2" }, "2")],
    "en",
    never(),
  );
  assert.equal(first.ok, true);
  assert.equal(second.ok, false);
  assert.deepEqual(gate.pending?.args, { number: "1" });
});

Deno.test("a confirmed write runs once for the same arguments, in any order of keys", async () => {
  const keys: string[] = [];
  const { runner } = open([write({
    parameters: v.object({ a: v.unknown(), b: v.unknown() }),
    run: (_, { idempotencyKey }) => {
      keys.push(idempotencyKey);
      return Promise.resolve({ data: { n: keys.length }, say: "Done." });
    },
  })]);
  const first = await runner.runConfirmed(call("change_it", { a: { x: 1, y: 2 }, b: 3 }), "en");
  const again = await runner.runConfirmed(
    call("change_it", { b: 3, a: { y: 2, x: 1 } }, "2"),
    "en",
  );
  assert.deepEqual([keys.length, again.data, again.id], [1, first.data, "2"]);
  await runner.runConfirmed(call("change_it", { a: { x: 1, y: 3 }, b: 3 }), "en");
  assert.equal(keys.length, 2);
  assert.notEqual(keys[0], keys[1]);
});

Deno.test("a write that failed may be tried again under the same key", async () => {
  const keys: string[] = [];
  const { runner } = open([write({
    run: (_, { idempotencyKey }) => {
      keys.push(idempotencyKey);
      if (keys.length === 1) return Promise.reject(new Error("no answer"));
      return Promise.resolve({ data: {}, say: "Done." });
    },
  })]);
  const first = await runner.runConfirmed(call("change_it"), "en");
  assert.match(first.say!, /could not confirm that it was done/);
  assert.equal((await runner.runConfirmed(call("change_it"), "en")).ok, true);
  assert.equal(keys[0], keys[1]);
});

Deno.test("writes run one after another", async () => {
  let running = 0;
  let most = 0;
  const { runner } = open([write({
    async run() {
      most = Math.max(most, ++running);
      await settle();
      running--;
      return { data: {}, say: "" };
    },
  })]);
  await Promise.all(
    ["1", "2", "3"].map((number) => runner.runConfirmed(call("change_it", { number }), "en")),
  );
  assert.equal(most, 1);
});

Deno.test("a write has a time limit, and its end is not claimed", async () => {
  const { runner, clock } = open([write({ run: () => new Promise(() => {}) })]);
  const outcome = runner.runConfirmed(call("change_it"), "en");
  await settle();
  await clock.advance(TOOL_TIMEOUT_MS);
  const { ok, say } = await outcome;
  assert.equal(ok, false);
  assert.match(say!, /could not confirm/);
});

Deno.test("a tool that needs more identity says what is needed", async () => {
  const { runner, identity } = open([write({ identity: "fact" })]);
  const ask = async (): Promise<ToolOutcome> =>
    (await runner.run([call("change_it")], "en", never()))[0];
  const refused = await ask();
  assert.deepEqual([refused.ok, refused.expect, refused.data.needsIdentity], [
    false,
    "account_no",
    "fact",
  ]);
  identity.prove("fact", true);
  assert.equal((await ask()).data.confirmationNeeded, true);
});

Deno.test("identity is checked again when a write is confirmed", async () => {
  let ran = 0;
  const { runner } = open([write({
    identity: "fact",
    run: () => {
      ran++;
      return Promise.resolve({ data: {}, say: "" });
    },
  })]);
  assert.equal((await runner.runConfirmed(call("change_it"), "en")).ok, false);
  assert.equal(ran, 0);
});

Deno.test("a withheld number gets a person offered instead of an account", async () => {
  const { runner } = open([tool({ identity: "number" })], {});
  const [outcome] = await runner.run([call("look_up")], "en", never());
  assert.match(outcome.say!, /Your number is hidden.+Shall I get a person/);
});
