import assert from "node:assert/strict";
import { CallerMemory } from "../lib/call/caller_memory.ts";
import { hashCaller } from "../lib/outcomes/finish_call.ts";
import type { Message } from "../lib/contracts/llm.ts";
import { openStore } from "../lib/store/kv_store.ts";
import type { Tool } from "../lib/contracts/tool.ts";
import { Transcript } from "../lib/call/transcript.ts";
import { getAccount } from "../tools/get_account.ts";
import { BridgeWorld, saying } from "./bridge_world.ts";
import { CallWorld } from "./call_world.ts";
import { scriptedEngine } from "./scripted_engine.ts";
import { FakeClock } from "./fake_clock.ts";

const NUMBER = "+254700000001";
const DAY_MS = 86_400_000;

async function withMemory(
  use: (memory: CallerMemory, end: EndCall, clock: FakeClock) => Promise<void>,
): Promise<void> {
  const clock = new FakeClock();
  const store = await openStore({ clock, path: ":memory:", keepMs: 60 * DAY_MS });
  const end: EndCall = async (callId, outcome, intents, number = NUMBER) => {
    await store.update(callId, (record) => ({
      ...record,
      outcome,
      intents,
      callerNumber: number,
      callerHash: hashCaller(number, "salt"),
    }));
    await memory.keep(callId);
  };
  const memory = new CallerMemory({ store, clock, salt: "salt", days: 14 });
  try {
    await use(memory, end, clock);
  } finally {
    store.close();
  }
}

type EndCall = (
  callId: string,
  outcome: string,
  intents: string[],
  number?: string,
) => Promise<void>;

Deno.test("a caller's last call is recalled for fourteen days, and nobody else's", async () => {
  await withMemory(async (memory, end, clock) => {
    assert.equal(await memory.recall(NUMBER), undefined);
    await end("HD_1", "abandoned_mid", ["router-lights"]);
    await clock.advance(DAY_MS);
    await end("HD_2", "resolved_confirmed", ["get_account"]);
    await end("HD_3", "abandoned_mid", ["open_ticket"], "+254700000002");
    const past = await memory.recall(NUMBER);
    assert.deepEqual(past, {
      beganMs: clock.wallMs(),
      intents: ["get_account"],
      resolved: true,
    });
    assert.deepEqual((await memory.recall("+254700000002"))?.resolved, false);
    assert.equal(await memory.recall("+254700000003"), undefined);
    await clock.advance(14 * DAY_MS);
    assert.notEqual(await memory.recall(NUMBER), undefined);
    await clock.advance(1);
    assert.equal(await memory.recall(NUMBER), undefined);
  });
});

Deno.test("a call about nothing leaves what was remembered before", async () => {
  await withMemory(async (memory, end) => {
    await end("HD_1", "abandoned_mid", ["get_account"]);
    await end("HD_2", "silent", []);
    assert.deepEqual((await memory.recall(NUMBER))?.intents, ["get_account"]);
  });
});

const yesterday = { beganMs: Date.UTC(2026, 10, 22, 15), intents: ["router"], resolved: false };
const topicOf = (intent: string) => intent === "router" ? "your router" : undefined;

Deno.test("the model is told what the caller called about before", async () => {
  const world = new CallWorld({ more: { recall: () => Promise.resolve(yesterday), topicOf } });
  await world.greeted();
  await world.speak(1500);
  await world.answered(1);
  assert.match(
    world.requests[0].system,
    /called before, on 2026-11-22, about your router; it was not resolved/,
  );
  assert.equal(world.said.some((text) => text.includes("yesterday")), false);
});

Deno.test("without a language model a caller is reminded of what was left open, in a sentence", async () => {
  const said = async (past: typeof yesterday) => {
    const more = { recall: () => Promise.resolve(past), topicOf };
    const world = new CallWorld({ llmName: "embedded", more });
    await world.greeted();
    await world.wait(4_000);
    return world.said.slice(1);
  };
  assert.deepEqual(await said(yesterday), ["You called yesterday about your router."]);
  assert.deepEqual(await said({ ...yesterday, beganMs: Date.UTC(2026, 10, 23, 6) }), [
    "You called earlier today about your router.",
  ]);
  assert.deepEqual(await said({ ...yesterday, resolved: true }), []);
  assert.deepEqual(await said({ ...yesterday, intents: ["no_such_tool"] }), []);
});

Deno.test("a memory that fails is no memory", async () => {
  const world = new CallWorld({
    llmName: "embedded",
    more: { recall: () => Promise.reject(new Error("store is down")), topicOf },
  });
  await world.greeted();
  await world.speak(1500);
  await world.answered(1);
  assert.equal(world.said.at(-1), "Your balance is fine.");
});

Deno.test("what leaves the history stays as a bounded summary", () => {
  const transcript = new Transcript(4);
  assert.equal(transcript.summary, undefined);
  const turn = (n: number): Message[] => [
    { role: "caller", text: `question ${n} ${"x".repeat(n === 1 ? 500 : 0)}` },
    {
      role: "tools",
      results: [{
        id: "1",
        name: "get_order",
        ok: n % 2 === 0,
        data: { n },
        say: n === 5 ? undefined : `Order ${n} is packed.`,
      }],
    },
    { role: "agent", text: `answer ${n}` },
  ];
  for (let n = 1; n <= 40; n++) transcript.push(...turn(n));
  const summary = transcript.summary!;
  assert.match(summary, /"question 38 "/);
  assert.match(summary, /"get_order answered: Order 38 is packed."/);
  assert.doesNotMatch(summary, /question 4 |answer 38/);
  assert.ok(summary.length < 16 * 170, String(summary.length));
  assert.equal(transcript.messages[0].role, "caller");
});

Deno.test("a long call keeps what was asked at its beginning in the model's view", async () => {
  const world = new CallWorld({
    agentYaml: `
name: Amani
company: Upepo Fibre
greeting: { en: "Hello, how can I help?" }
hand_over: { number: "+254700000100" }
reply: { max_history_messages: 4 }
`,
    hears: ["my order is seven seven one", "and when will it come", "who brings it to me"],
  });
  await world.greeted();
  for (const turn of [1, 2, 3, 4]) {
    await world.speak(1500);
    await world.answered(turn);
  }
  const last = world.requests.at(-1)!;
  assert.ok(last.messages.length <= 5);
  assert.match(last.system, /Earlier in this call: the caller said: "my order is seven seven one"/);
});

const AGENT = (more: string) => `
name: Amani
company: Upepo Fibre
greeting: { en: "Hello, how can I help?" }
hand_over: { number: "+254700000100" }
${more}`;

/** What the model was told in each of two calls of one number. */
async function callTwice(more: string): Promise<string[]> {
  const prompts: string[] = [];
  await using world = await BridgeWorld.open({
    agentYaml: AGENT(more),
    tools: [getAccount as Tool],
    engine: (world) =>
      scriptedEngine(world, (_, { system }) => {
        prompts.push(system);
        return { call: { name: "get_account", args: {} } };
      }),
  });
  for (let call = 1; call <= 2; call++) {
    const phone = world.ring([saying("how much do I owe")]);
    await world.until(() => phone.call.leg.end !== undefined, 90_000);
    await world.advance(10_000);
  }
  return [prompts[0], prompts.at(-1)!];
}

Deno.test("a second call of a number on the whole bridge knows of the first, unless switched off", async () => {
  const [first, second] = await callTwice("");
  assert.doesNotMatch(first, /called before/);
  assert.match(second, /called before, on 2026-11-23, about get account; it was/);
  for (const prompt of await callTwice("memory: { enabled: false }")) {
    assert.doesNotMatch(prompt, /called before/);
  }
});
