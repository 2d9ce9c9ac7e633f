import assert from "node:assert/strict";
import type { HandOverRecord } from "../lib/contracts/call_record.ts";
import type { HandOverState } from "../lib/contracts/hand_over.ts";
import type { CallEvent, CallEventBody } from "../lib/contracts/call_event.ts";
import { changed, mayBecome } from "../lib/hand_over/states.ts";
import { isSafe } from "../lib/scenarios/safe_reply.ts";
import { TypingCaller } from "../lib/scenarios/typing_caller.ts";
import { CallWorld } from "./call_world.ts";
import { Followed, REQUEST, withRig } from "./hand_over_rig.ts";
import { assertLawful } from "./lawful_steps.ts";

const STATES: HandOverState[] = [
  "offered",
  "declined",
  "consented",
  "attempting",
  "promised",
  "failed",
  "connected",
];

/** Every transition there is, and why. */
const LAWFUL: [HandOverState | undefined, HandOverState, string][] = [
  [undefined, "offered", "the agent can't help"],
  [undefined, "consented", "the caller asks by themselves"],
  [undefined, "attempting", "a call that broke off is armed with a person"],
  [undefined, "promised", "a call that broke off out of hours"],
  ["offered", "declined", "the caller goes on with the agent"],
  ["offered", "consented", "the caller says yes"],
  ["declined", "offered", "the agent can't help again"],
  ["declined", "consented", "the caller asks after all"],
  ["consented", "attempting", "a strategy begins"],
  ["consented", "promised", "out of hours"],
  ["consented", "failed", "out of hours, with a withheld number"],
  ["attempting", "attempting", "the next strategy begins"],
  ["attempting", "promised", "before the line is released"],
  ["attempting", "failed", "the last strategy has failed"],
  ["attempting", "connected", "a person is proven"],
  ["attempting", "consented", "the caller asks again after an attempt that nobody finished"],
  ["promised", "promised", "a promise is made once more"],
  ["promised", "attempting", "the line is released"],
  ["promised", "connected", "a person answers late"],
  ["promised", "offered", "the call went on, and the agent can't help again"],
  ["promised", "consented", "the call went on, and the caller asks again"],
  ["failed", "failed", "told twice"],
  ["failed", "promised", "the call broke off afterwards"],
  ["failed", "attempting", "the call broke off afterwards, and is armed with a person"],
  ["failed", "connected", "a person answers late"],
  ["failed", "offered", "the call went on, and the agent can't help again"],
  ["failed", "consented", "the call went on, and the caller asks again"],
];

for (const [from, to, why] of LAWFUL) {
  Deno.test(`a hand-over goes from ${from ?? "nothing"} to ${to}: ${why}`, () => {
    assert.ok(mayBecome(from, to));
  });
}

Deno.test("every other transition is refused", () => {
  for (const from of [undefined, ...STATES]) {
    for (const to of STATES) {
      const isLawful = LAWFUL.some(([one, other]) => one === from && other === to);
      assert.equal(mayBecome(from, to), isLawful, `${from} to ${to}`);
    }
  }
});

const ATTEMPTING: HandOverRecord = {
  state: "attempting",
  strategy: "supervision",
  reason: "",
  brief: "",
  target: {},
};

Deno.test("nobody is connected without a proof, and nothing fails without a reason", () => {
  assert.equal(changed(ATTEMPTING, { state: "connected" }), undefined);
  assert.equal(changed(ATTEMPTING, { state: "connected", proof: "" }), undefined);
  assert.equal(changed(ATTEMPTING, { state: "failed" }), undefined);
  assert.equal(changed(ATTEMPTING, { state: "connected", proof: "event" })?.state, "connected");
  assert.equal(changed(ATTEMPTING, { state: "failed", failure: "busy" })?.state, "failed");
});

Deno.test("what is refused leaves a hand-over as it was, and takes no proof away", () => {
  const connected: HandOverRecord = { ...ATTEMPTING, state: "connected", proof: "event" };
  for (const state of STATES) {
    const change = { state, proof: "other", failure: "busy" } as Partial<HandOverRecord>;
    assert.equal(changed(connected, change), undefined, state);
  }
  assert.equal(changed(connected, { proof: undefined }), undefined);
  assert.equal(changed(connected, { dialledMs: 5 })?.proof, "event");
});

Deno.test("a person who comes between two strategies is not given up", () =>
  withRig(async ({ make, event, advance, platform, store }) => {
    platform.supervision = "ringing";
    const order = ["supervision", "next_callback"];
    const followed = new Followed(make({ order, ringMs: 3_000 }), async (step) => {
      if (step.type === "refused") await event({ kind: "call.supervision.connected" });
    });
    await advance(8_000);
    await followed.done;
    assert.equal(followed.story.at(-1), "connected supervision");
    assert.deepEqual(platform.hungUp, [], "the line was not released");
    const { handOver } = (await store.get("HD_1"))!;
    assert.deepEqual([handOver?.state, handOver?.failure], ["connected", undefined]);
  }));

Deno.test("a person who comes in the last moment is no failure", () =>
  withRig(async ({ make, event, advance, platform, store }) => {
    platform.supervision = "ringing";
    const request = { ...REQUEST, callerNumber: undefined };
    const followed = new Followed(make({ order: ["supervision"], ringMs: 3_000 }), async (step) => {
      if (step.type === "refused") await event({ kind: "call.supervision.connected" });
    }, request);
    await advance(5_000);
    await followed.done;
    assert.equal(followed.story.at(-1), "connected supervision");
    assert.match((await store.get("HD_1"))?.handOver?.proof ?? "", /supervisionconnected/);
  }));

Deno.test("whoever has a person already gets no second one", () =>
  withRig(async ({ make, platform, store }) => {
    await store.update("HD_1", (record) => ({
      ...record,
      handOver: { ...ATTEMPTING, state: "connected", proof: "event dialanswered" },
    }));
    const followed = new Followed(make());
    await followed.done;
    assert.deepEqual(followed.story, ["connected supervision"]);
    assert.equal(platform.supervised, 0);
  }));

/** A call in which nothing was understood until the caller was offered a person. */
async function offered(...answers: string[]): Promise<CallWorld> {
  const call = new CallWorld({ hears: ["", "", "", ...answers], sttDelayMs: 20 });
  await call.greeted();
  for (let i = 1; i <= 3; i++) {
    await call.speak(1000);
    await call.until(() => call.all("not_understood").length === i);
    await call.wait(600);
    await call.until(() => call.silentForMs > 600);
  }
  assert.deepEqual(states(call), ["offered"]);
  return call;
}

async function answer(call: CallWorld): Promise<void> {
  await call.speak(1200);
  await call.until(() => call.all("caller_turn").length === 1);
  await call.wait(4_000);
}

function states(call: CallWorld): string[] {
  return call.all("hand_over").map(({ state }) => state);
}

Deno.test("an offer that the caller takes is told as offered, then consented", async () => {
  const call = await offered("yes please");
  await answer(call);
  await call.until(() => states(call).length === 3);
  assert.deepEqual(states(call), ["offered", "consented", "failed"]);
  assert.equal(call.requests.length, 0);
  assertLawful(call.events);
});

for (const words of ["no thank you", "no, what is my balance", "what is my balance"]) {
  Deno.test(`an offer that the caller answers with "${words}" is declined, and brings nobody`, async () => {
    const call = await offered(words, "thanks bye");
    await answer(call);
    assert.deepEqual(states(call), ["offered", "declined"]);
    assert.equal(call.requests.length, 1, "the agent goes on");
    await call.quiet();
    await call.speak(1200);
    await call.until(() => call.all("caller_turn").length === 2);
    assert.deepEqual(states(call), ["offered", "declined"], "an offer is answered once");
  });
}

Deno.test("a caller who pauses within their yes takes the offer all the same", async () => {
  const call = await offered("yes", "yes please");
  await call.speak(400);
  await call.wait(440);
  await call.speak(500);
  await call.until(() => call.all("caller_turn").length === 1);
  await call.wait(2_000);
  assert.deepEqual(states(call).slice(0, 2), ["offered", "consented"]);
});

function told(...bodies: CallEventBody[]): CallEvent[] {
  return bodies.map((body, seq) => ({ ...body, callId: "HD_1", seq, atMs: seq, wallMs: seq }));
}

Deno.test("a wrong answer to a caller who declined a person is no safe one", () => {
  const turn: CallEventBody = { type: "caller_turn", turn: 1, text: "no", language: "en" };
  const sentence: CallEventBody = { type: "agent_sentence", turn: 1, text: "Your bill is paid." };
  const hand = (state: HandOverState): CallEventBody => ({ type: "hand_over", state });
  assert.equal(isSafe(told(turn, hand("declined"), sentence)), false);
  assert.equal(isSafe(told(turn, hand("consented"), sentence)), true);
});

Deno.test("a caller at a keyboard may answer an offer, and waits while a person is brought", () => {
  for (const [state, mayType] of [["offered", true], ["consented", false]] as const) {
    const caller = new TypingCaller();
    const sentence: CallEventBody = { type: "agent_sentence", turn: 1, text: "A person?" };
    for (const event of told(sentence, { type: "hand_over", state })) caller.onEvent(event);
    for (let frame = 0; frame < 50; frame++) caller.next(new Int16Array(320));
    assert.equal(caller.mayType, mayType, state);
  }
});
