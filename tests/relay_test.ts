import assert from "node:assert/strict";
import { parseAgent } from "../lib/agent_file.ts";
import type { CallEvent } from "../lib/contracts/call_event.ts";
import { failureText } from "../lib/hand_over/failure_words.ts";
import { bridgeHandOver } from "../lib/hand_over/bridge_hand_over.ts";
import { decideOutcome } from "../lib/outcomes/outcome.ts";
import { createPlatformClient } from "../lib/platform/rest_client.ts";
import { makeReport } from "../lib/reports/report.ts";
import { Caller, personOnThePhone } from "../lib/simulator/caller.ts";
import type { DialledPhone } from "../lib/simulator/leg_services.ts";
import type { Quirks } from "../lib/simulator/quirks.ts";
import {
  BridgeWorld,
  type BridgeWorldOptions,
  PERSON,
  type PhoneCall,
  saying,
} from "./bridge_world.ts";
import { assertLawful } from "./lawful_steps.ts";
import { LEG_FAILURES } from "./leg_failures.ts";
import { scriptedEngine } from "./scripted_engine.ts";
import { syntheticSpeech } from "./synthetic_speech.ts";
import { trunk } from "./trunk.ts";

// Callers who are led to the agent over a number of its own, on the whole simulated platform.

const AGENT_NUMBER = "+254709900199";
const LINE = "+254709900100";
const QUIRKS: [string, Quirks][] = [
  ["live", { afterStream: "hold" }],
  ["documented", { afterStream: "callback" }],
];

interface Led {
  world: BridgeWorld;
  /** The agent's own legs, in the order in which they came. */
  legs: PhoneCall[];
}

async function open(
  strategy: "two_leg" | "conference",
  { quirks = {}, agentPhone, outcome = "answered", staysMs = 20_000, ...options }:
    & Partial<BridgeWorldOptions>
    & {
      quirks?: Quirks;
      /** What the agent's number does instead of being answered by the bridge. */
      agentPhone?: DialledPhone;
      /** What becomes of the person's phone. */
      outcome?: DialledPhone["outcome"];
      /** How long the person stays; they speak for nine seconds. */
      staysMs?: number;
    } = {},
): Promise<Led> {
  const legs: PhoneCall[] = [];
  const dial = (target: string): DialledPhone => {
    if (target !== AGENT_NUMBER) {
      return {
        outcome,
        ringMs: 2_000,
        person: personOnThePhone(syntheticSpeech(9_000), staysMs),
      };
    }
    return agentPhone ?? trunk(() => world, AGENT_NUMBER, LINE, (leg) => legs.push(leg));
  };
  const world: BridgeWorld = await BridgeWorld.open({
    processes: 2,
    agentYaml: `
name: Amani
company: Upepo Fibre
greeting: { en: "Hello, how can I help?" }
hand_over:
  number: "${PERSON}"
  timeout_ms: 10000
  strategies: [${strategy}]
  agent_numbers: ["${AGENT_NUMBER}"]
silence: { prompt_after_ms: 3000, prompts: 1, hang_up_after_ms: 3000 }
`,
    engine: (world) => scriptedEngine(world, () => ({ text: "I see." })),
    platform: { quirks, dial },
    ...options,
  });
  return { world, legs };
}

/** Hangs up sooner than anybody may be left in silence. */
function whoSays(...lines: string[]): Caller {
  return new Caller({ lines: lines.map((text) => saying(text)), lingerMs: 3_000 });
}

/** Stays on the line long enough to hear how it ends. */
function whoStays(): Caller {
  return new Caller({ lines: FOR_PERSON.map((text) => saying(text)), lingerMs: 60_000 });
}

const FOR_PERSON = ["my router is broken", "I want to talk to a person"];
function isConnected(event: CallEvent): boolean {
  return event.type === "hand_over" && event.state === "connected";
}

const listening = { next: (heard: Int16Array) => ({ samples: new Int16Array(heard.length) }) };

function saw({ call }: PhoneCall, type: string): boolean {
  return call.leg.log.some((entry) => entry.type === type);
}

async function over(world: BridgeWorld, phone: PhoneCall): Promise<void> {
  await world.until(() => phone.call.leg.end !== undefined, 120_000);
  await world.advance(5_000);
  assertLawful(world.events);
}

/** Every call counts once, however many legs it has. */
async function countedCalls(world: BridgeWorld): Promise<number> {
  const calls = (async function* () {
    for await (const record of world.store.list(0)) {
      yield { record, events: await Array.fromAsync(world.store.events(record.callId)) };
    }
  })();
  return (await makeReport(calls, { sinceMs: 0, nowMs: world.clock.wallMs() })).calls;
}

for (const [name, quirks] of QUIRKS) {
  Deno.test(`two_leg on the ${name} platform: the agent's leg ends, and the caller's own is given to a person`, async () => {
    const { world, legs } = await open("two_leg", { quirks });
    await using _ = world;
    const caller = world.ring([], { party: whoSays(...FOR_PERSON) });
    await over(world, caller);
    const talked = caller.call.leg.log.some((entry) =>
      entry.type === "put_through" && entry.target === PERSON
    );
    assert.ok(talked, world.story());
    const record = await world.record(legs[0]);
    assert.equal(record?.outcome, "escalated_connected", world.story());
    assert.equal(record?.callerNumber, caller.call.plan.callerNumber, "the agent knows who calls");
    assert.ok(caller.longestSilenceMs < 5_000, `${caller.longestSilenceMs} ms`);
    assert.equal(await countedCalls(world), 1);
  });

  Deno.test(`conference on the ${name} platform: the person is called into the caller's room`, async () => {
    const { world, legs } = await open("conference", { quirks });
    await using _ = world;
    const caller = world.ring([], { party: whoSays(...FOR_PERSON, "thank you very much") });
    await over(world, caller);
    assert.ok(saw(caller, "joined_room"), world.story());
    const record = await world.record(legs[0]);
    assert.equal(record?.outcome, "escalated_connected", world.story());
    assert.ok(legs[0].call.leg.end, "the agent's leg does not outlive the caller");
    assert.equal(legs[0].call.leg.log.filter(({ type }) => type === "stream_open").length, 1);
    const toPerson = world.platform.exchange.calls.at(-1)!.leg.log;
    const told = toPerson.find((entry) => entry.type === "said");
    assert.ok(told?.type === "said" && /^Support call\. The caller asked/.test(told.text));
    assert.deepEqual(
      toPerson.map(({ type }) => type).filter((type) => /said|joined/.test(type)),
      ["said", "joined_room"],
    );
    assert.ok(caller.longestSilenceMs < 5_000, `${caller.longestSilenceMs} ms`);
    assert.equal(await countedCalls(world), 1);
  });
}

/** Has a caller led to a person who doesn't come; tells what they must hear then. */
async function inVain({ world, legs }: Led, reason: typeof LEG_FAILURES[number][1]) {
  const caller = world.ring([], { party: whoStays() });
  await over(world, caller);
  const record = await world.record(legs[0]);
  assert.equal(record?.handOver?.failure, reason, world.story());
  assert.equal(record?.outcome, "callback_promised");
  assert.ok(caller.longestSilenceMs < 5_000, `${caller.longestSilenceMs} ms`);
  return { caller, told: failureText("en", reason, record?.handOver?.reference) };
}

for (const [name, quirks] of QUIRKS) {
  for (const [outcome, reason] of LEG_FAILURES) {
    Deno.test(`two_leg on the ${name} platform: ${outcome} is told as ${reason}, with what comes next`, async () => {
      const led = await open("two_leg", { quirks, outcome });
      await using _ = led.world;
      const { caller, told } = await inVain(led, reason);
      const said = caller.call.leg.log.findLast((entry) => entry.type === "said");
      assert.equal(said?.type === "said" && said.text, told);
    });

    Deno.test(`conference on the ${name} platform: ${outcome} is told as ${reason}, and the call goes on`, async () => {
      const led = await open("conference", { quirks, outcome });
      await using world = led.world;
      const { told } = await inVain(led, reason);
      const heard = world.events.flatMap((event) =>
        event.type === "agent_sentence" ? event.text : []
      ).join(" ");
      assert.ok(heard.includes(told), heard);
    });
  }
}

Deno.test("conference: when the person leaves the room the caller is not left in it alone", async () => {
  const { world, legs } = await open("conference", { staysMs: 8_000 });
  await using _ = world;
  const caller = world.ring([], { party: whoStays() });
  await world.until(() => world.events.some((event) => isConnected(event)));
  await over(world, caller);
  assert.equal(caller.call.leg.end?.by, "bridge", world.story());
  assert.ok(caller.longestSilenceMs < 5_000, `${caller.longestSilenceMs} ms`);
  assert.equal((await world.record(legs[0]))?.outcome, "escalated_connected");
});

for (const strategy of ["two_leg", "conference"] as const) {
  Deno.test(`${strategy}: a call that the agent ends is over for the caller, too`, async () => {
    const { world, legs } = await open(strategy);
    await using _ = world;
    const caller = world.ring([], { party: listening });
    await over(world, caller);
    assert.equal(caller.call.leg.end?.by, "bridge", world.story());
    assert.equal((await world.record(legs[0]))?.outcome, "silent", world.story());
    const emptyMs = caller.call.leg.endedMs! - legs[0].call.leg.endedMs!;
    assert.ok(emptyMs < 2_000, `${emptyMs} ms`);
  });

  Deno.test(`${strategy}: a caller who hangs up ends the agent's leg`, async () => {
    const { world, legs } = await open(strategy);
    await using _ = world;
    const caller = world.ring([saying("my router is broken")]);
    await world.until(() => legs.some((leg) => saw(leg, "stream_open")));
    caller.call.leg.hangUp("caller", "the caller hung up");
    await world.advance(5_000);
    assert.ok(legs[0].call.leg.end, world.story());
    assert.equal((await world.record(legs[0]))?.stage, "ended");
  });

  Deno.test(`${strategy}: of two callers at once the second gets the agent directly, and neither the other's name`, async () => {
    const { world, legs } = await open(strategy);
    await using _ = world;
    const callers = ["+254700000001", "+254700000002"].map((callerNumber) =>
      world.ring([saying("hello there")], { callerNumber })
    );
    await world.advance(5_000);
    const direct = callers.filter((caller) => saw(caller, "stream_open"));
    assert.equal(direct.length, 1, world.story());
    const led = callers.find((caller) => caller !== direct[0])!;
    assert.equal((await world.record(legs[0]))?.callerNumber, led.call.plan.callerNumber);
    assert.equal(legs.length, 1);
  });

  Deno.test(`${strategy}: somebody else who calls the agent's number is nobody's agent leg`, async () => {
    const { world } = await open(strategy, {
      agentPhone: { outcome: "answered", ringMs: 3_000, person: listening },
    });
    await using _ = world;
    world.ring([], { party: listening });
    await world.advance(1_000);
    const stranger = world.ring([saying("hello there")], {
      callerNumber: "+254711111111",
      dialledNumber: AGENT_NUMBER,
    });
    await world.advance(2_000);
    const record = await world.record(stranger);
    assert.deepEqual([record?.callerNumber, record?.callerLeg], ["+254711111111", undefined]);
    assert.ok(saw(stranger, "stream_open"));
  });
}

Deno.test("an agent file that leads callers nowhere, or for nothing, is refused", async () => {
  const { world } = await open("two_leg");
  await using _ = world;
  const { store, clock, backend } = world;
  const make = (more: string) =>
    bridgeHandOver({
      agent: parseAgent(`name: Amani\ncompany: Upepo\nhand_over: { number: "${PERSON}", ${more} }`),
      store,
      clock,
      backend,
      log: { info() {}, warn() {} },
      client: createPlatformClient({ apiKey: "simulated-key", baseUrl: "http://localhost", clock }),
      hangUp: () => Promise.resolve(true),
      tokenSecret: "a-token-secret-that-is-long-enough-for-tests",
      mask: (text) => text,
    });
  const numbers = `agent_numbers: ["${AGENT_NUMBER}"]`;
  assert.throws(() => make("strategies: [two_leg]"), /two_leg needs agent_numbers/);
  const unled = `strategies: [supervision], ${numbers}`;
  assert.throws(() => make(unled), /two_leg or conference must be in strategies/);
  assert.ok(make(numbers).relay);
});

Deno.test("two_leg: an agent's number that is busy gives the stream to the caller's own leg", async () => {
  const { world } = await open("two_leg", { agentPhone: { outcome: "busy", ringMs: 500 } });
  await using _ = world;
  const caller = world.ring([saying("hello there")]);
  await world.until(() => saw(caller, "stream_open"), 10_000);
  const record = await world.record(caller);
  assert.deepEqual([record?.stage, record?.relay], ["streaming", undefined]);
});

Deno.test("two_leg: when the agent's process dies the caller gets a person", async () => {
  const { world, legs } = await open("two_leg");
  await using _ = world;
  const caller = world.ring([], { party: whoSays("my router is broken") });
  await world.until(() => legs.some((leg) => saw(leg, "stream_open")));
  world.processes.find(({ sockets }) => sockets.size > 0)!.kill();
  await over(world, caller);
  assert.ok(
    caller.call.leg.log.some((entry) => entry.type === "put_through" && entry.target === PERSON),
    world.story(),
  );
  assert.ok(caller.longestSilenceMs < 5_000, `${caller.longestSilenceMs} ms`);
});

Deno.test("conference: a caller whose agent never comes is not left in an empty room", async () => {
  const { world } = await open("conference", {
    agentPhone: { outcome: "no-answer", ringMs: 60_000 },
  });
  await using _ = world;
  const caller = world.ring([], { party: listening });
  await over(world, caller);
  assert.ok(caller.longestSilenceMs < 5_000, `${caller.longestSilenceMs} ms`);
  const record = (await world.record(caller))!;
  assert.equal(decideOutcome([], record), "callback_promised", world.story());
});

for (const killed of [0, 1]) {
  Deno.test(`conference: a caller whose agent never comes is seen to although process ${killed} of two died`, async () => {
    const { world } = await open("conference", {
      agentPhone: { outcome: "no-answer", ringMs: 60_000 },
    });
    await using _ = world;
    const caller = world.ring([], { party: listening });
    await world.until(() => saw(caller, "joined_room"));
    world.processes[killed].kill();
    await over(world, caller);
    assert.ok(caller.longestSilenceMs < 5_000, `${caller.longestSilenceMs} ms`);
    assert.equal((await world.record(caller))?.outcome, "callback_promised", world.story());
  });
}

Deno.test("two_leg: when the agent's socket never comes the caller gets a person", async () => {
  const { world } = await open("two_leg");
  await using _ = world;
  world.socketsHang = true;
  const caller = world.ring([], { party: whoSays("my router is broken") });
  await over(world, caller);
  assert.ok(
    caller.call.leg.log.some((entry) => entry.type === "put_through" && entry.target === PERSON),
    world.story(),
  );
});

Deno.test("conference: while no call can be placed the caller's own leg gets the stream", async () => {
  const { world } = await open("conference");
  await using _ = world;
  world.apiDown = true;
  const caller = world.ring([saying("hello there")]);
  await world.until(() => saw(caller, "stream_open"), 10_000);
});
