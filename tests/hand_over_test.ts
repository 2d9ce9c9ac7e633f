import assert from "node:assert/strict";
import { dialDocument } from "../lib/hand_over/dial_document.ts";
import { failureText } from "../lib/hand_over/failure_words.ts";
import { knownLanguages } from "../lib/languages/languages.ts";
import { Followed, refusal, REQUEST, type Rig, withRig } from "./hand_over_rig.ts";

const HOLDING = ["supervision"];
const EDGES = ["next_callback", "redirect"];

Deno.test("a person who joins the running call is proven by the platform's own record", () =>
  withRig(async ({ make, platform, advance, store }) => {
    const followed = new Followed(make({ order: HOLDING }));
    await advance(3_000);
    assert.deepEqual(followed.story, ["attempting supervision"]);
    assert.equal((await store.get("HD_1"))?.handOver?.state, "attempting");
    platform.supervision = "connected";
    await advance(1_500);
    await followed.done;
    assert.equal(followed.story.at(-1), "connected supervision");
    assert.equal((await store.get("HD_1"))?.handOver?.proof, "supervision s1 connected");
    assert.deepEqual(platform.hungUp, []);
  }));

Deno.test("a person who joins is proven by an event, whichever process it reaches", () =>
  withRig(async ({ make, event, advance }) => {
    const followed = new Followed(make({ order: HOLDING }));
    await advance(500);
    await event({ kind: "call.supervision.connected" });
    await advance(300);
    await followed.done;
    assert.equal(followed.story.at(-1), "connected supervision");
  }));

Deno.test("a person whose phone only rings is not connected", () =>
  withRig(async ({ make, event, advance }) => {
    const followed = new Followed(make({ order: HOLDING }));
    await advance(500);
    await event({ kind: "call.supervision.started" });
    await event({ kind: "call.supervision.ringing", state: "ringing" });
    await advance(5_000);
    assert.deepEqual(followed.story, ["attempting supervision"]);
    followed.abort.abort();
    await advance(300);
    await followed.done;
  }));

Deno.test("when the person who joined leaves, the silent call is ended", () =>
  withRig(async ({ make, event, advance, platform }) => {
    const followed = new Followed(make({ order: HOLDING }));
    await advance(500);
    await event({ kind: "call.supervision.connected" });
    await advance(300);
    await followed.done;
    await event({ kind: "call.supervision.ended", connected_at: "2026-11-23T09:00:00Z" });
    assert.deepEqual(platform.hungUp, ["HD_1"]);
  }));

const SIGNS: [string, Record<string, string>, string][] = [
  ["busy", { kind: "call.supervision.failed", hangup_cause: "USER_BUSY" }, "busy"],
  ["no answer", { kind: "call.supervision.failed", hangup_cause: "NO_ANSWER" }, "no_answer"],
  ["declined", { kind: "call.supervision.failed", hangup_cause: "CALL_REJECTED" }, "declined"],
  ["a loop", { kind: "call.supervision.failed", hangup_cause: "482" }, "failed"],
];
for (const [name, sign, reason] of SIGNS) {
  Deno.test(`a leg that ends with ${name} is told as ${reason}, and a call back is promised`, () =>
    withRig(async ({ make, event, advance, tickets, store }) => {
      const followed = new Followed(make({ order: HOLDING }));
      await advance(500);
      await event(sign);
      await advance(1_000);
      await followed.done;
      assert.deepEqual(followed.story, [
        "attempting supervision",
        `refused supervision ${reason}`,
        `failed ${reason} TK-100`,
      ]);
      assert.equal(tickets.opened.size, 1);
      assert.equal((await store.get("HD_1"))?.handOver?.state, "promised");
    }));
}

Deno.test("a person who never answers is taken off again, so that they can't walk in late", () =>
  withRig(async ({ make, advance, platform }) => {
    const followed = new Followed(make({ order: HOLDING }));
    platform.supervision = "ringing";
    await advance(27_000);
    await followed.done;
    assert.deepEqual(followed.story.slice(1), [
      "refused supervision no_answer",
      "failed no_answer TK-100",
    ]);
    assert.equal(platform.stopped, 1);
  }));

Deno.test("several numbers are rung one after another", () =>
  withRig(async ({ make, advance, platform }) => {
    const target = { numbers: ["+254700000008", "+254700000009"] };
    const followed = new Followed(make({ order: HOLDING, target, ringMs: 5_000 }));
    platform.supervision = "ringing";
    await advance(6_500);
    platform.supervision = "connected";
    await advance(2_500);
    await followed.done;
    assert.equal(platform.supervised, 2);
    assert.equal(followed.story.at(-1), "connected supervision");
  }));

const REFUSALS: [number, string, string][] = [
  [402, "wallet.insufficient_funds", "no_money"],
  [403, "api_key.scope_denied", "not_possible"],
  [409, "calls.supervision_in_progress", "not_possible"],
  [422, "calls.not_supervisable", "not_possible"],
];
for (const [status, code, reason] of REFUSALS) {
  Deno.test(`an API that refuses with ${status} leads on to the next way`, () =>
    withRig(async ({ make, advance, platform }) => {
      platform.refuse.supervise = refusal(status, code);
      const followed = new Followed(make({ order: HOLDING }));
      await advance(1_000);
      await followed.done;
      assert.deepEqual(followed.story.slice(1), [
        `refused supervision ${reason}`,
        `failed ${reason} TK-100`,
      ]);
    }));
}

Deno.test("an API that is down does not hold the caller up for long", () =>
  withRig(async ({ make, advance, platform }) => {
    platform.refuse.supervise = refusal(503, "down");
    const followed = new Followed(make({ order: HOLDING }));
    await advance(4_500);
    await followed.done;
    assert.equal(followed.story.at(-1), "failed failed TK-100");
  }));

/** Follows a hand-over on a platform that asks again after the socket was closed. */
function onDocumentedPlatform({ edge }: Rig, query: string) {
  return async (step: { type: string; releaseLine?: boolean }) => {
    if (step.releaseLine) assert.equal(await edge("HD_1", {}, query), "hand_over");
  };
}

for (const [name, query] of [["next_callback", ""], ["redirect", "after=stream"]]) {
  Deno.test(`${name}: on a platform that asks again the person is dialled, and their answer is the proof`, () =>
    withRig(async (rig) => {
      const { make, advance, event, store, platform } = rig;
      const followed = new Followed(make({ order: [name] }), onDocumentedPlatform(rig, query));
      await advance(1_000);
      assert.deepEqual(followed.story, ["promised TK-100", `attempting ${name}`]);
      const record = await store.get("HD_1");
      assert.equal(record?.stage, "handing_over");
      assert.deepEqual(record?.handOver?.target, { number: "+254700000009" });
      await advance(10_000);
      await event({ event: "dial.answered" });
      await advance(500);
      await followed.done;
      assert.equal(followed.story.at(-1), `connected ${name}`);
      assert.deepEqual(platform.hungUp, []);
    }));

  Deno.test(`${name}: on the live platform, which asks nothing, silence ends within five seconds`, () =>
    withRig(async ({ make, advance, clock, platform, tickets, store }) => {
      let releasedMs = 0;
      const followed = new Followed(make({ order: [name] }), (step) => {
        if (step.type === "attempting") releasedMs = clock.now();
        if (step.type === "promised") assert.equal(tickets.opened.size, 1);
      });
      for (let i = 0; platform.hungUp.length === 0 && i < 100; i++) await advance(100);
      assert.ok(clock.now() - releasedMs <= 5_000, `${clock.now() - releasedMs} ms`);
      await followed.done;
      assert.deepEqual(followed.story, [
        "promised TK-100",
        `attempting ${name}`,
        `refused ${name} no_edge`,
        "failed no_edge TK-100",
      ]);
      assert.equal((await store.get("HD_1"))?.handOver?.state, "promised");
    }));
}

Deno.test("a person who is busy after a dial is a typed failure, and the next document speaks", () =>
  withRig(async (rig) => {
    const { make, advance, event, edge, platform } = rig;
    const followed = new Followed(make({ order: EDGES }), onDocumentedPlatform(rig, ""));
    await advance(3_000);
    await event({ event: "DialCompleted", DialCallStatus: "busy", durationInSeconds: "95" });
    assert.equal(await edge("HD_1", { callSessionState: "DialCompleted" }), "dial_over");
    await advance(1_000);
    await followed.done;
    assert.deepEqual(followed.story.slice(-2), [
      "refused next_callback busy",
      "failed busy TK-100",
    ]);
    assert.deepEqual(platform.hungUp, []);
    await advance(20_000);
    assert.deepEqual(platform.hungUp, ["HD_1"], "unless nothing follows it");
  }));

Deno.test("without any event the platform's call record is the proof", () =>
  withRig(async (rig) => {
    const { make, advance, platform } = rig;
    const followed = new Followed(make({ order: EDGES }), onDocumentedPlatform(rig, ""));
    await advance(1_000);
    platform.callEvents = [{ kind: "call.dial.ringing" }, { kind: "call.dial.answered" }];
    await advance(3_000);
    await followed.done;
    assert.equal(followed.steps.at(-1)?.type, "connected");
  }));

Deno.test("a dial of which nothing is ever heard is not called connected", () =>
  withRig(async (rig) => {
    const { make, advance } = rig;
    const followed = new Followed(make({ order: EDGES }), onDocumentedPlatform(rig, ""));
    await advance(40_000);
    await followed.done;
    assert.equal(followed.story.at(-1), "failed unreached TK-100");
    await advance(60_000);
    assert.deepEqual(rig.platform.hungUp, [], "a person may be talking with the caller");
  }));

Deno.test("a caller who joins a queue is with a person when two are in it, and is never hung up on", () =>
  withRig(async (rig) => {
    const { make, advance, event, store, platform } = rig;
    const options = { order: ["next_callback"], target: { queue: "support" } };
    const followed = new Followed(make(options), onDocumentedPlatform(rig, ""));
    await advance(1_000);
    await event({ event: "participant-join", conference_name: "support", participants: "1" });
    await advance(60_000);
    await followed.done;
    assert.equal(followed.steps.at(-1)?.type, "failed");
    await event({ event: "participant-join", conference_name: "support", participants: "2" });
    assert.equal((await store.get("HD_1"))?.handOver?.state, "connected");
    assert.deepEqual(platform.hungUp, []);
  }));

Deno.test("a dial that outlasts its ringing has put somebody through", () =>
  withRig(async (rig) => {
    const { make, advance, event, store } = rig;
    const followed = new Followed(make({ order: EDGES }), onDocumentedPlatform(rig, ""));
    await advance(90_000);
    await followed.done;
    await event({ callSessionState: "DialCompleted" });
    const handOver = (await store.get("HD_1"))?.handOver;
    assert.equal(handOver?.state, "connected");
    assert.match(handOver?.proof ?? "", /^dial lasted \d+ ms$/);
    assert.deepEqual(rig.platform.hungUp, []);
  }));

Deno.test("a person who answers after the proof was given up counts all the same", () =>
  withRig(async (rig) => {
    const { make, advance, event, store } = rig;
    const followed = new Followed(make({ order: EDGES }), onDocumentedPlatform(rig, ""));
    await advance(40_000);
    await followed.done;
    await event({ event: "dial.answered" });
    assert.equal((await store.get("HD_1"))?.handOver?.state, "connected");
  }));

Deno.test("ways that keep the line come first, and the caller is promised before it is released", () =>
  withRig(async ({ make, advance, platform }) => {
    platform.refuse.supervise = refusal(403, "api_key.scope_denied");
    const followed = new Followed(make());
    await advance(6_000);
    await followed.done;
    assert.deepEqual(followed.story, [
      "attempting supervision",
      "refused supervision not_possible",
      "promised TK-100",
      "attempting next_callback",
      "refused next_callback no_edge",
      "attempting redirect",
      "refused redirect no_edge",
      "failed no_edge TK-100",
    ]);
    assert.deepEqual(platform.hungUp, ["HD_1"]);
  }));

Deno.test("a call that nobody follows any more is not left in silence", () =>
  withRig(async ({ make, advance, platform, store }) => {
    const steps = make({ order: EDGES })(REQUEST, new AbortController().signal);
    const iterator = steps[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    await iterator.return?.();
    await advance(4_500);
    assert.deepEqual(platform.hungUp, ["HD_1"]);
    assert.equal((await store.get("HD_1"))?.handOver?.state, "promised");
  }));

Deno.test("a hang-up that the platform does not take is tried again", () =>
  withRig(async ({ make, advance, platform }) => {
    platform.refuse.hangUp = refusal(500, "oops");
    const followed = new Followed(make({ order: EDGES }));
    await advance(6_000);
    platform.refuse = {};
    await advance(6_000);
    await followed.done;
    assert.deepEqual(platform.hungUp, ["HD_1"]);
  }));

Deno.test("outside business hours the caller gets a promise at once, and nobody's phone rings", () =>
  withRig(async ({ make, platform }) => {
    const followed = new Followed(make({ isOpen: () => false }));
    await followed.done;
    assert.deepEqual(followed.story, ["failed closed TK-100"]);
    assert.equal(platform.supervised, 0);
  }));

Deno.test("no more people are on the phone at once than allowed, over all processes", () =>
  withRig(async ({ make, store }) => {
    for (const id of ["HD_2", "HD_3"]) {
      await store.update(id, (record) => ({
        ...record,
        stage: "streaming",
        handOver: {
          state: "attempting",
          strategy: "supervision",
          reason: "",
          brief: "",
          target: {},
        },
      }));
    }
    const followed = new Followed(make({ maxLegs: 2 }));
    await followed.done;
    assert.deepEqual(followed.story, ["failed all_busy TK-100"]);
    await store.update("HD_3", (record) => ({ ...record, stage: "ended" }));
    const again = new Followed(make({ maxLegs: 2 }), () => {}, { ...REQUEST, callId: "HD_4" });
    again.abort.abort();
    await again.done;
    assert.equal(again.story[0], "attempting supervision");
  }));

Deno.test("of two callers at the same moment one gets the only free person", () =>
  withRig(async ({ make, advance }) => {
    const handOver = make({ order: HOLDING, maxLegs: 1 });
    const callers = ["HD_1", "HD_2"].map((callId) =>
      new Followed(handOver, () => {}, { ...REQUEST, callId })
    );
    await advance(1_000);
    assert.deepEqual(callers.map(({ story }) => story[0]), [
      "attempting supervision",
      "failed all_busy TK-100",
    ]);
    for (const { abort } of callers) abort.abort();
    await advance(500);
    await Promise.all(callers.map(({ done }) => done));
  }));

Deno.test("two legs of one call have one person between them", () =>
  withRig(async ({ make, store, advance }) => {
    const person = { state: "attempting", reason: "", brief: "", target: {} } as const;
    for (const [id, partOf] of [["HD_agent", undefined], ["HD_caller", "HD_agent"]] as const) {
      await store.update(id, (record) => ({
        ...record,
        stage: "handing_over",
        partOf,
        handOver: { ...person, strategy: "two_leg" },
      }));
    }
    const followed = new Followed(make({ order: HOLDING, maxLegs: 2 }));
    await advance(500);
    assert.deepEqual(followed.story, ["attempting supervision"]);
    followed.abort.abort();
    await advance(300);
    await followed.done;
  }));

Deno.test("a caller with a withheld number gets no promise that can't be kept", () =>
  withRig(async ({ make, advance, platform, tickets }) => {
    platform.refuse.supervise = refusal(403, "api_key.scope_denied");
    const followed = new Followed(make(), () => {}, { ...REQUEST, callerNumber: undefined });
    await advance(1_000);
    await followed.done;
    assert.deepEqual(followed.story.at(-1), "failed not_possible");
    assert.equal(tickets.opened.size, 0);
    assert.deepEqual(platform.hungUp, []);
  }));

Deno.test("a caller who hangs up ends the attempt, and the person's phone stops ringing", () =>
  withRig(async ({ make, advance, platform }) => {
    platform.supervision = "ringing";
    const followed = new Followed(make({ order: HOLDING }));
    await advance(2_000);
    followed.abort.abort(new Error("hung up"));
    await advance(500);
    await followed.done;
    assert.equal(followed.story.at(-1), "failed caller_left");
    assert.equal(platform.stopped, 1);
  }));

Deno.test("two_leg: ending the agent's leg brings the caller's own, which is dialled", () =>
  withRig(async (rig) => {
    const { make, advance, event, edge, platform, store } = rig;
    await store.update("HD_caller", (record) => ({ ...record, stage: "offered" }));
    await store.update("HD_1", (record) => ({ ...record, callerLeg: "HD_caller" }));
    const followed = new Followed(make({ order: ["two_leg"] }));
    await advance(300);
    assert.deepEqual(platform.hungUp, ["HD_1"]);
    assert.equal(await edge("HD_caller", { callSessionState: "Answered" }), "hand_over");
    await event({ session_id: "HD_caller", event: "dial.answered" });
    await advance(1_000);
    await followed.done;
    assert.equal(followed.story.at(-1), "connected two_leg");
  }));

Deno.test("two_leg: when the caller's leg is not asked about, it is ended, too", () =>
  withRig(async ({ make, advance, platform, store }) => {
    await store.update("HD_1", (record) => ({ ...record, callerLeg: "HD_caller" }));
    const followed = new Followed(make({ order: ["two_leg"] }));
    await advance(5_000);
    await followed.done;
    assert.ok(platform.hungUp.includes("HD_caller"));
    assert.equal(followed.story.at(-1), "failed no_edge TK-100");
  }));

Deno.test("conference: the person is called into the caller's room", () =>
  withRig(async (rig) => {
    const { make, advance, edge, platform, store } = rig;
    await store.update("HD_1", (record) => ({ ...record, conference: "room-1" }));
    const followed = new Followed(make({ order: ["conference"] }));
    await advance(1_000);
    assert.equal(platform.placed.length, 1);
    platform.legStatus = "answered";
    assert.equal(await edge("HD_human", { callSessionState: "Answered" }), "hand_over");
    const leg = (await store.get("HD_human"))?.handOver;
    assert.deepEqual([leg?.target, leg?.whisper], [{ queue: "room-1" }, "Support call. Refund."]);
    await advance(500);
    assert.equal(
      followed.story.at(-1),
      "attempting conference",
      "the person hears who calls first",
    );
    await advance(2_500);
    await followed.done;
    assert.equal(followed.story.at(-1), "connected conference");
  }));

Deno.test("conference: a person who is busy is a typed failure", () =>
  withRig(async ({ make, advance, platform, store }) => {
    await store.update("HD_1", (record) => ({ ...record, conference: "room-1" }));
    platform.legStatus = "busy";
    const followed = new Followed(make({ order: ["conference"] }));
    await advance(2_000);
    await followed.done;
    assert.deepEqual(followed.story.slice(1), ["refused conference busy", "failed busy TK-100"]);
  }));

Deno.test("ways that can't work for a call are not tried", () =>
  withRig(async ({ make }) => {
    const target = { sip: "sip:desk@pbx.example" };
    const order = ["supervision", "conference", "two_leg"];
    const followed = new Followed(make({ order, target }));
    await followed.done;
    assert.deepEqual(followed.story, ["failed not_possible TK-100"]);
  }));

Deno.test("a strategy that does not exist is named at the start", () =>
  withRig(({ make }) => {
    assert.throws(() => make({ order: ["teleport"] }), /strategy teleport: it must be one of/);
    make({ order: ["next_callback", "callback_promise"] });
    return Promise.resolve();
  }));

Deno.test("a promise made while the backend is down is kept when it is back", () =>
  withRig(async ({ make, tickets, promises, store }) => {
    tickets.down = true;
    const followed = new Followed(make({ isOpen: () => false }));
    await followed.done;
    const step = followed.steps[0];
    assert.ok(step.type === "failed" && /^\d{6}$/.test(step.reference!));
    assert.equal(await promises.deliver(), 1);
    tickets.down = false;
    assert.equal(await promises.deliver(), 0);
    assert.equal(tickets.opened.size, 1);
    assert.equal((await store.get("HD_1"))?.handOver?.reference, step.reference);
    assert.equal(await promises.deliver(), 0);
    assert.equal(tickets.opened.size, 1);
  }));

Deno.test("events that come twice, or about a way that was given up, change nothing", () =>
  withRig(async (rig) => {
    const { make, advance, event, store } = rig;
    const followed = new Followed(make({ order: EDGES }), onDocumentedPlatform(rig, ""));
    await advance(1_000);
    await event({ kind: "call.supervision.connected", event_id: "e1" });
    await event({ event: "dial.failed", event_id: "e2" });
    await event({ event: "dial.failed", event_id: "e2" });
    await advance(500);
    await followed.done;
    assert.equal(followed.story.at(-1), "failed failed TK-100");
    assert.equal((await store.get("HD_1"))?.handOver?.proof, undefined);
  }));

Deno.test("a call back rings a person, and their leg is answered with the caller", () =>
  withRig(async ({ make, callBack, platform, store, edge }) => {
    const followed = new Followed(make({ isOpen: () => false }));
    await followed.done;
    const record = (await store.get("HD_1"))!;
    await callBack(record, new AbortController().signal);
    assert.equal(platform.placed.length, 1);
    assert.equal(await edge("HD_human", { callSessionState: "Answered" }), "hand_over");
    assert.deepEqual((await store.get("HD_human"))?.handOver?.target, { number: "+254712345678" });
  }));

Deno.test("each reason why nobody came has a sentence of its own in every language", () => {
  const own = [
    "no_answer",
    "busy",
    "declined",
    "failed",
    "unreached",
    "closed",
    "all_busy",
  ] as const;
  for (const tag of knownLanguages()) {
    const texts = own.map((reason) => failureText(tag, reason, "TK-7"));
    assert.equal(new Set(texts).size, own.length, texts.join("\n"));
    for (const text of texts) assert.match(text, /TK-7/);
    for (const reason of own) assert.doesNotMatch(failureText(tag, reason), /TK-7|\{/);
  }
});

Deno.test("a dial that ends without a word of why is not told as unanswered, busy or declined", () =>
  withRig(async ({ make, event, store, advance, edge }) => {
    const follow = onDocumentedPlatform({ edge } as Rig, "");
    const followed = new Followed(make({ order: ["next_callback"] }), follow);
    await advance(2_000);
    await event({ event: "dialcompleted" });
    assert.equal((await store.get("HD_1"))?.handOver?.failure, "unreached");
    await advance(1_000);
    await followed.done;
  }));

Deno.test("a person who has talked and hung up is found in the platform's record", () =>
  withRig(async ({ platform, event, store, clock }) => {
    await store.update("HD_1", (record) => ({
      ...record,
      stage: "handing_over",
      handOver: {
        state: "attempting",
        reason: "",
        brief: "",
        target: {},
        dialledMs: clock.wallMs(),
      },
    }));
    platform.callEvents = [{ kind: "dial.answered" }, { kind: "dial.ended" }];
    await event({ event: "dialcompleted" });
    assert.equal((await store.get("HD_1"))?.handOver?.state, "connected");
  }));

Deno.test("after a dial that brought nobody the caller hears what was promised, and no more", () =>
  withRig(async ({ make, store }) => {
    const followed = new Followed(make({ isOpen: () => false }), () => {}, {
      ...REQUEST,
      language: "sw",
    });
    await followed.done;
    const record = (await store.get("HD_1"))!;
    assert.equal(dialDocument(record, "hand_over"), undefined);
    const [say, end] = dialDocument(record, "dial_over")!;
    assert.ok(say.verb === "say" && say.text.includes("TK-100") && say.language.startsWith("sw"));
    assert.equal(end.verb, "hangup");
    const without = { ...record, handOver: { ...record.handOver!, reference: undefined } };
    const [plain] = dialDocument(without, "dial_over")!;
    assert.ok(plain.verb === "say" && !plain.text.includes("TK-100"));
  }));
