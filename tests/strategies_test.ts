import assert from "node:assert/strict";
import { failureText } from "../lib/hand_over/failure_words.ts";
import { personOnThePhone } from "../lib/simulator/caller.ts";
import type { DialledPhone } from "../lib/simulator/leg_services.ts";
import type { Quirks } from "../lib/simulator/quirks.ts";
import {
  BridgeWorld,
  type BridgeWorldOptions,
  PERSON,
  type PhoneCall,
  pressing,
} from "./bridge_world.ts";
import { assertLawful } from "./lawful_steps.ts";
import { LEG_FAILURES } from "./leg_failures.ts";
import { Patient } from "./patient.ts";
import { scriptedEngine } from "./scripted_engine.ts";
import { syntheticSpeech } from "./synthetic_speech.ts";

// Each way to a person on the whole simulated platform, as documented and as seen live. Two
// processes serve the line, so that what one begins the other goes on with.

const LIVE: Quirks = { afterStream: "hold" };
const ASKS_AGAIN: Quirks = { afterStream: "callback" };
const GOES_ON: Quirks = { afterStream: "verbs" };

function person(outcome: DialledPhone["outcome"] = "answered"): () => DialledPhone {
  return () => ({
    outcome,
    ringMs: 2_000,
    person: personOnThePhone(syntheticSpeech(3_000), 4_000),
  });
}

const AGENT = (target: string, strategies: string[]) => `
name: Amani
company: Upepo Fibre
greeting: { en: "Hello, how can I help?" }
hand_over: { ${target}, timeout_ms: 10000, strategies: [${strategies}] }
`;

const TARGETS = [
  ["a list of numbers", 'numbers: ["+254700000101", "+254700000102"]'],
  ["a SIP address", 'sip: "sip:desk@pbx.example"'],
] as const;

function open(
  strategies: string[],
  quirks: Quirks,
  outcome?: DialledPhone["outcome"],
  options: Partial<BridgeWorldOptions> = {},
): Promise<BridgeWorld> {
  return BridgeWorld.open({
    processes: 2,
    agentYaml: AGENT(`number: "${PERSON}"`, strategies),
    engine: (world) => scriptedEngine(world, () => ({ text: "I see." })),
    platform: { quirks, dial: person(outcome) },
    ...options,
  });
}

/** A call in which the caller presses 0, until it is over and everything about it is known. */
async function callForPerson(world: BridgeWorld, plan = {}): Promise<PhoneCall> {
  const phone = world.ring([pressing("0")], plan);
  await world.until(() => phone.call.leg.end !== undefined, 90_000);
  await world.advance(5_000);
  assertLawful(world.events);
  return phone;
}

function saw({ call }: PhoneCall, type: string): boolean {
  return call.leg.log.some((entry) => entry.type === type);
}

/** What the caller heard of the agent after they had asked for a person. */
function heardOf(world: BridgeWorld): string {
  return world.events.flatMap((event) => event.type === "agent_sentence" ? event.text : [])
    .join(" ");
}

for (const [name, quirks] of [["live", LIVE], ["documented", ASKS_AGAIN]] as const) {
  Deno.test(`supervision on the ${name} platform: a person joins while the line stays up`, async () => {
    await using world = await open(["supervision"], quirks);
    const phone = await callForPerson(world);
    const record = await world.record(phone);
    assert.equal(record?.outcome, "escalated_connected", world.story());
    assert.match(record?.handOver?.proof ?? "", /supervision/);
    assert.ok(phone.longestSilenceMs < 5_000);
  });

  Deno.test(`supervision on the ${name} platform: a person who leaves unseen leaves nobody in silence`, async () => {
    const lostEvents: Quirks["lostEvents"] = [
      "call.supervision.connected",
      "call.supervision.ended",
    ];
    await using world = await open(["supervision"], { ...quirks, lostEvents });
    const phone = await callForPerson(world, { party: new Patient() });
    assert.equal(phone.call.leg.end?.by, "bridge", world.story());
    assert.ok(phone.longestSilenceMs < 5_000, `${phone.longestSilenceMs} ms`);
    assert.equal((await world.record(phone))?.handOver?.state, "connected");
  });

  for (const toldCause of ["nowhere", "event", "answer", "record"] as const) {
    for (const [outcome, words] of LEG_FAILURES) {
      const reason = toldCause === "nowhere" ? "unreached" : words;
      Deno.test(`supervision on the ${name} platform, which tells causes in ${toldCause}: ${outcome} is told as ${reason}, and the call goes on`, async () => {
        await using world = await open(["supervision"], { ...quirks, toldCause }, outcome);
        const phone = await callForPerson(world);
        const record = await world.record(phone);
        assert.equal(record?.handOver?.failure, reason, world.story());
        assert.equal(record?.outcome, "callback_promised");
        assert.ok(record?.handOver?.deliveredMs !== undefined);
        const told = failureText("en", reason, record?.handOver?.reference);
        assert.ok(heardOf(world).includes(told), heardOf(world));
        assert.deepEqual(phone.call.leg.end?.by, "caller");
        assert.ok(phone.longestSilenceMs < 5_000);
      });
    }
  }

  Deno.test(`supervision on the ${name} platform: a phone that only rings has not been answered`, async () => {
    await using world = await open(["supervision"], quirks, "no-answer", {
      platform: { quirks, dial: () => ({ outcome: "no-answer", ringMs: 60_000 }) },
    });
    const phone = await callForPerson(world);
    assert.equal((await world.record(phone))?.handOver?.failure, "no_answer", world.story());
    assert.ok(phone.longestSilenceMs < 5_000);
  });

  Deno.test(`supervision on the ${name} platform: after a busy person the next one is rung, and comes`, async () => {
    await using world = await open(["supervision"], quirks, "busy", {
      agentYaml: AGENT('numbers: ["+254700000101", "+254700000102"]', ["supervision"]),
      platform: {
        quirks: { ...quirks, toldCause: "event", duplicateEvents: true },
        dial: (target) => target.endsWith("101") ? person("busy")() : person()(),
      },
    });
    const phone = await callForPerson(world);
    const record = await world.record(phone);
    assert.equal(record?.outcome, "escalated_connected", world.story());
    assert.equal(record?.handOver?.failure, undefined);
  });
}

for (const [name, quirks] of [["next_callback", ASKS_AGAIN], ["redirect", GOES_ON]] as const) {
  Deno.test(`${name} on a platform that goes on: the person is dialled, and their answer is the proof`, async () => {
    await using world = await open([name], quirks);
    const phone = await callForPerson(world);
    assert.ok(saw(phone, "put_through"), world.story());
    const record = await world.record(phone);
    assert.equal(record?.outcome, "escalated_connected", world.story());
    assert.equal(record?.handOver?.state, "connected");
    assert.ok(phone.longestSilenceMs < 5_000);
  });

  for (const [outcome, words] of LEG_FAILURES) {
    Deno.test(`${name} on a platform that goes on: ${outcome} is told as it is, with what comes next`, async () => {
      await using world = await open([name], quirks, outcome);
      const phone = await callForPerson(world);
      const record = await world.record(phone);
      const said = phone.call.leg.log.find((entry) => entry.type === "said");
      assert.ok(said?.type === "said", world.story());
      assert.equal(said.text, failureText("en", words, record!.handOver!.reference));
      assert.equal(record?.handOver?.failure, words);
      assert.equal(record?.outcome, "callback_promised");
    });
  }

  for (const [what, target] of TARGETS) {
    Deno.test(`${name} on a platform that goes on: ${what} is dialled as such`, async () => {
      await using world = await open([name], quirks, "answered", {
        agentYaml: AGENT(target, [name]),
        platform: {
          quirks,
          dial: (target) => target.endsWith("101") ? person("busy")() : person()(),
        },
      });
      const phone = await callForPerson(world);
      const record = await world.record(phone);
      assert.equal(record?.outcome, "escalated_connected", world.story());
      assert.ok(phone.longestSilenceMs < 5_000);
    });
  }

  Deno.test(`${name} on a platform that goes on: a queue is joined, and the call is promised for`, async () => {
    await using world = await open([name], quirks, "answered", {
      agentYaml: AGENT("queue: support", [name]),
    });
    const phone = await callForPerson(world);
    assert.ok(saw(phone, "joined_room"), world.story());
    // In an empty room nobody is proven, however long the caller waits.
    assert.equal((await world.record(phone))?.outcome, "callback_promised");
  });

  Deno.test(`${name} on the live platform, which asks nothing: silence ends within five seconds`, async () => {
    await using world = await open([name], LIVE);
    const phone = await callForPerson(world);
    const record = await world.record(phone);
    assert.equal(record?.outcome, "callback_promised", world.story());
    assert.deepEqual(phone.call.leg.end, { by: "bridge", reason: "hung up through the API" });
    assert.ok(phone.longestSilenceMs < 5_000, `${phone.longestSilenceMs} ms`);
  });
}
