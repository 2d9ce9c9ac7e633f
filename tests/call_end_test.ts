import assert from "node:assert/strict";
import type { Tool } from "../lib/contracts/tool.ts";
import {
  BridgeWorld,
  type BridgeWorldOptions,
  type PhoneCall,
  pressing,
  saying,
} from "./bridge_world.ts";
import { routerTool } from "./router_tool.ts";
import { scriptedEngine } from "./scripted_engine.ts";

/** A change that takes three seconds; `done` counts how often it was made. */
function slowWrite(done: string[]): Tool {
  return routerTool(async ({ idempotencyKey }) => {
    await world().clock.until(world().clock.now() + 3_000);
    done.push(idempotencyKey);
  });
}

let world: () => BridgeWorld;

async function open(options: Partial<BridgeWorldOptions> = {}): Promise<BridgeWorld> {
  const opened = await BridgeWorld.open({
    engine: (world) =>
      scriptedEngine(
        world,
        (said) =>
          /router/.test(said)
            ? { call: { name: "restart_router", args: {} } }
            : { text: "I see. Is there anything else that I can do for you?" },
      ),
    ...options,
  });
  world = () => opened;
  return opened;
}

async function over(world: BridgeWorld, { call }: PhoneCall, ms = 5_000): Promise<void> {
  await world.until(() => call.leg.end !== undefined, 120_000);
  await world.advance(ms);
}

Deno.test("a call that is ended again while its goodbye is not made is hung up at once, and in no silence", async () => {
  await using world = await open({
    engine(world) {
      const engine = scriptedEngine(world, () => ({ text: "I see." }));
      return {
        ...engine,
        async *tts(text, options, signal) {
          // A voice that takes for ever over the goodbye.
          if (/goodbye/i.test(text)) await world.clock.until(Infinity, signal);
          yield* engine.tts(text, options, signal);
        },
      };
    },
  });
  const { call } = world.ring([saying("hello")]);
  await world.until(() => world.events.some(({ type }) => type === "agent_turn"));
  const { switchboard } = world.processes[0];
  switchboard.endCalls();
  await world.advance(8_000);
  assert.equal(call.leg.end, undefined);
  switchboard.endCalls();
  await world.advance(1_000);
  assert.deepEqual(call.leg.end, { by: "bridge", reason: "hung up through the API" });
  assert.ok(!call.leg.log.some(({ type }) => type === "held_in_silence"));
});

Deno.test("a caller who hangs up while a change is made: it is finished, stored, and the record closed", async () => {
  const done: string[] = [];
  await using world = await open({ tools: [slowWrite(done)] });
  const phone = world.ring([
    saying("my router is broken", 4_000),
    saying("yes please"),
  ]);
  await world.until(() => world.events.filter(({ type }) => type === "caller_turn").length === 2);
  await world.advance(500);
  assert.deepEqual(done, []);
  phone.call.leg.hangUp("caller", "the caller hung up");
  await over(world, phone);
  assert.equal(done.length, 1);
  const record = await world.record(phone);
  assert.equal(record?.stage, "ended");
  assert.equal(record?.outcome, "abandoned_mid");
  const types = (await Array.fromAsync(world.store.events(phone.call.plan.callId)))
    .map((event) => event.type === "tool_call" ? `${event.name} ${event.ok}` : event.type);
  assert.ok(types.includes("restart_router true"), types.join());
  assert.equal(types.at(-1), "ended");
});

Deno.test("a change asked for again after an interruption is made once", async () => {
  const done: string[] = [];
  await using world = await open({ tools: [slowWrite(done)] });
  const phone = world.ring([
    saying("my router is broken"),
    saying("yes please"),
    { ...saying("my router, do you hear me"), start: { when: "agent speaks", afterMs: 500 } },
    saying("yes please"),
  ]);
  await over(world, phone);
  assert.ok(world.events.some(({ type }) => type === "barge_in"), world.story());
  assert.equal(done.length, 1, world.story());
});

Deno.test("a caller who leaves after six seconds counts as gone early, never as helped", async () => {
  await using world = await open();
  const phone = world.ring([saying("what is my balance")]);
  await world.advance(6_000);
  phone.call.leg.hangUp("caller", "the caller hung up");
  await over(world, phone);
  assert.equal((await world.record(phone))?.outcome, "abandoned_early", world.story());
});

Deno.test("the last event of a call tells its outcome, and the bill is fetched", async () => {
  await using world = await open();
  const phone = world.ring([pressing("0")]);
  await over(world, phone, 20_000);
  const last = world.events.at(-1)!;
  assert.ok(last.type === "ended" && last.outcome === "escalated_connected", world.story());
  const record = await world.record(phone);
  assert.equal(record?.billed?.status, "completed");
  assert.match(record?.callerHash ?? "", /^[0-9a-f]{32}$/);
});

Deno.test("a bill that a process which was stopped did not fetch is fetched by the next", async () => {
  await using world = await open();
  const phone = world.ring([pressing("0")]);
  await over(world, phone, 4_000);
  const stopped = world.processes[0].close();
  await world.advance(1_000);
  await stopped;
  assert.equal((await world.record(phone))?.billed, undefined);
  await world.advance(60 * 60_000);
  await world.start();
  await world.advance(61_000);
  assert.equal((await world.record(phone))?.billed?.status, "completed");
});

Deno.test("a call whose end nobody could decide any more gets its outcome from the next process", async () => {
  await using world = await open();
  const phone = world.ring([pressing("0")]);
  await world.until(() => phone.call.leg.end !== undefined, 60_000);
  await world.processes[0].kill();
  await world.store.update(phone.call.plan.callId, (record) => ({
    ...record,
    stage: "ended",
    endedMs: world.clock.wallMs(),
    outcome: undefined,
  }));
  await world.start();
  await world.advance(5 * 60_000);
  assert.equal((await world.record(phone))?.outcome, "escalated_connected", world.story());
});

Deno.test("what is asked of the knowledge is an intent when it had an answer, else an open question", async () => {
  await using world = await open({
    engine: (world) => ({
      ...scriptedEngine(world, () => ({ text: "" })),
      async *llm({ messages }) {
        const last = messages.at(-1);
        const question = last?.role === "caller" ? last.text : "";
        await Promise.resolve();
        yield { type: "text", text: "You can pay by phone." };
        yield {
          type: "end",
          reason: "stop",
          lookedUp: { question, topic: /pay/.test(question) ? "pay-mpesa" : undefined },
        };
      },
    }),
  });
  const phone = world.ring([saying("how do I pay"), saying("what is the meaning of it")]);
  await over(world, phone);
  const record = await world.record(phone);
  assert.deepEqual(record?.intents, ["pay-mpesa"]);
  assert.equal(record?.outcome, "abandoned_mid", "the last question had no answer");
});

Deno.test("the first callback may say Completed, come twice, and every event may come twice", async () => {
  await using world = await open({
    processes: 2,
    platform: {
      quirks: {
        firstState: "Completed",
        firstCallbacks: 2,
        duplicateEvents: true,
        swapEvents: true,
      },
    },
  });
  const phone = world.ring([saying("hello there"), pressing("0")]);
  await over(world, phone);
  const started = world.events.filter(({ type }) => type === "started");
  assert.equal(started.length, 1);
  assert.ok(!phone.call.leg.log.some(({ type }) => type === "second_stream"));
  assert.equal((await world.record(phone))?.outcome, "escalated_connected");
  const ends = world.events.filter(({ type }) => type === "ended");
  assert.equal(ends.length, 1);
});

Deno.test("a caller whose socket breaks is not left in silence, and is called back", async () => {
  await using world = await open();
  const phone = world.ring([saying("hello there")]);
  await world.advance(5_000);
  world.dropSockets();
  await over(world, phone);
  assert.equal(phone.call.leg.end?.by, "bridge");
  assert.ok(phone.longestSilenceMs < 5_000, `${phone.longestSilenceMs} ms`);
  assert.equal((await world.record(phone))?.outcome, "callback_promised");
});

Deno.test("while the platform doesn't hang up, the caller hears that the call is over", async () => {
  await using world = await open({
    agentYaml: `
name: Amani
company: Upepo Fibre
hand_over: { number: "+254700000100" }
silence: { prompt_after_ms: 2000, prompts: 0, hang_up_after_ms: 2000 }
`,
  });
  const phone = world.ring([], {
    party: { next: (heard) => ({ samples: new Int16Array(heard.length) }) },
  });
  world.apiDown = true;
  await world.until(() =>
    world.events.filter(({ type }) => type === "hang_up_failed").length === 3
  );
  assert.ok(!phone.call.leg.over.aborted);
  assert.ok(phone.longestSilenceMs < 5_000, `${phone.longestSilenceMs} ms`);
  world.apiDown = false;
  await over(world, phone);
  assert.equal(phone.call.leg.end?.by, "bridge");
});

Deno.test("the person's brief says who calls, how they were recognised and what was tried", async () => {
  const done: string[] = [];
  await using world = await open({ tools: [slowWrite(done)] });
  const phone = world.ring([
    saying("my router is broken"),
    saying("yes please"),
    saying("I want to talk to a person"),
  ]);
  await over(world, phone);
  const brief = (await world.record(phone))?.handOver?.brief ?? "";
  assert.match(
    brief,
    /^The caller asked for a person\. Caller \S*001, known by the calling number/,
  );
  assert.match(brief, /Tried: restart router done\./);
  assert.doesNotMatch(brief, /254700000001/);
});
