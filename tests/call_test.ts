import assert from "node:assert/strict";
import { isWanted } from "./lawful_steps.ts";
import * as v from "valibot";
import type { Tool } from "../lib/contracts/tool.ts";
import { CallWorld } from "./call_world.ts";

const slowRead = (ms: number, onAbort: () => void = () => {}): Tool => ({
  name: "get_account",
  description: "Looks the account up",
  parameters: v.object({}),
  effect: "read",
  identity: "number",
  timeoutMs: 10_000,
  async run(_args, { signal }) {
    signal.addEventListener("abort", onAbort, { once: true });
    await world!.clock.until(world!.clock.now() + ms, signal);
    return { data: { balance: 100 }, say: "Your balance is one hundred shillings." };
  },
});
let world: CallWorld | undefined;

Deno.test("a call begins with the greeting, within 500 ms of the socket", async () => {
  const call = new CallWorld({ ttsDelayMs: 100 });
  await call.wait(500);
  assert.deepEqual(call.said, ["Hello, how can I help you today?"]);
  assert.ok(call.silentForMs < 500);
});

Deno.test("a question is heard with its pre-roll, answered once, and kept as history", async () => {
  const call = new CallWorld();
  await call.greeted();
  await call.speak(1200);
  await call.answered();
  assert.equal(call.requests.length, 1);
  assert.deepEqual(call.requests[0].messages, [
    { role: "caller", text: "what is my balance please", confidence: undefined },
  ]);
  assert.ok(call.said.includes("Your balance is fine."));
  assert.ok(call.recognised[0].length >= 1200 * 16, "the recogniser gets all of it");
  await call.speak(1200);
  await call.answered(2);
  assert.deepEqual(call.requests[1].messages.map((m) => "text" in m && m.text), [
    "what is my balance please",
    "Your balance is fine.",
    "what is my balance please",
  ]);
});

Deno.test("the reply is drafted at the soft pause and heard only after the commit", async () => {
  const call = new CallWorld({ sttDelayMs: 10, llmDelayMs: 10, ttsDelayMs: 10 });
  await call.greeted();
  await call.speak(1200);
  await call.answered();
  const { waterfall } = call.all("latency")[0];
  assert.ok(waterfall.firstSentenceMs! < waterfall.commitMs!, "drafted before the commit");
  assert.ok(waterfall.firstSampleSentMs! >= waterfall.commitMs!, "unheard until the commit");
  assert.ok(waterfall.firstSampleSentMs! - waterfall.commitMs! < 20, "and heard at once then");
});

Deno.test("a caller who goes on before the first sample has one turn, and the draft is dropped", async () => {
  const call = new CallWorld({ hears: ["i want to pay", "my internet bill"] });
  await call.greeted();
  await call.speak(900);
  await call.wait(440);
  await call.speak(900);
  await call.answered();
  const turns = call.all("caller_turn");
  assert.deepEqual(turns.map(({ text }) => text), ["i want to pay my internet bill"]);
  assert.deepEqual(
    call.requests.at(-1)!.messages.map((m) => "text" in m && m.text),
    ["i want to pay my internet bill"],
  );
  assert.equal(call.all("agent_turn").length, 1);
});

Deno.test("a caller who goes on after the commit but before the first sample has one turn too", async () => {
  const call = new CallWorld({ hears: ["what is my balance", "for fibre"], llmDelayMs: 2200 });
  await call.greeted();
  await call.speak(900);
  await call.wait(1400);
  assert.equal(call.all("caller_turn").length, 1, "committed");
  await call.speak(900);
  await call.answered();
  assert.equal(call.all("caller_turn").at(-1)!.text, "what is my balance for fibre");
  assert.deepEqual(call.requests.at(-1)!.messages.map((m) => "text" in m && m.text), [
    "what is my balance for fibre",
  ]);
});

const LONG_ANSWER = "Your account is active. " +
  "You are on the thirty megabit plan, which costs three thousand shillings each month. " +
  "The next payment is due at the end of November, and you can pay by phone at any time.";

Deno.test("a caller who speaks over the agent gets the floor, and history keeps what was heard", async () => {
  const call = new CallWorld({
    hears: ["tell me about my account", "no how do i pay"],
    says: () => ({ text: LONG_ANSWER }),
  });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => call.said.length >= 3);
  await call.wait(1000);
  const killsBefore = call.kills;
  await call.speak(1500);
  assert.ok(call.kills > killsBefore, "killAudio was sent");
  await call.until(() => call.all("caller_turn").length === 2);
  const [first] = call.all("agent_turn");
  assert.equal(first.interrupted, true);
  assert.ok(LONG_ANSWER.startsWith(first.heard.slice(0, 30)));
  assert.ok(first.heard.length > 20 && first.heard.length < LONG_ANSWER.length - 20, first.heard);
  const history = call.requests.at(-1)!.messages;
  assert.equal(history[1].role === "agent" && history[1].text, first.heard);
});

Deno.test("the agent falls silent soon after the caller begins to speak over it", async () => {
  const call = new CallWorld({
    hears: ["tell me about my account", "no how do i pay"],
    says: () => ({ text: LONG_ANSWER }),
  });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => call.said.length >= 3);
  const fromMs = call.clock.now();
  await call.speak(2000);
  const audible = call.heard.slice(fromMs / 20).findLastIndex((f) =>
    f.some((x) => Math.abs(x) > 100)
  );
  assert.ok(audible * 20 <= 900, `silent after ${audible * 20} ms`);
});

Deno.test("a cough of 200 ms while the agent speaks changes nothing", async () => {
  const call = new CallWorld({
    hears: ["tell me about my account", ""],
    says: () => ({ text: LONG_ANSWER }),
  });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => call.said.length >= 2);
  await call.speak(200, -14);
  await call.answered();
  assert.equal(call.kills, 0);
  assert.equal(call.all("agent_turn").at(-1)!.heard, LONG_ANSWER);
});

Deno.test("“mm, ndio” during an explanation does not stop it", async () => {
  const call = new CallWorld({
    hears: ["tell me about my account", "mm ndio"],
    says: () => ({ text: LONG_ANSWER }),
  });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => call.said.length >= 2);
  await call.speak(500);
  await call.answered();
  assert.equal(call.all("caller_turn").length, 1);
  const [turn] = call.all("agent_turn");
  assert.equal(turn.heard, LONG_ANSWER);
  assert.equal(turn.interrupted, false);
});

Deno.test("a long noise without words over the agent resumes from the clause within 1.5 s", async () => {
  const call = new CallWorld({
    hears: ["tell me about my account", ""],
    says: () => ({ text: LONG_ANSWER }),
  });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => call.said.length >= 2);
  await call.speak(900);
  const fromMs = call.clock.now();
  await call.until(() => call.all("resumed").length === 1, 1500);
  assert.ok(call.clock.now() - fromMs <= 1500);
  await call.answered();
  assert.equal(call.all("agent_turn")[0].heard, LONG_ANSWER);
});

Deno.test("“stop” makes the agent listen, without asking the model", async () => {
  const call = new CallWorld({
    hears: ["tell me about my account", "ngoja"],
    says: () => ({ text: LONG_ANSWER }),
  });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => call.said.length >= 2);
  await call.speak(600);
  await call.quiet(1500);
  assert.equal(call.requests.length, 1);
  assert.equal(call.all("prompt").at(-1)!.name, "say_again_after_stop");
});

Deno.test("our own voice coming back at −15 dB is no interruption", async () => {
  const call = new CallWorld({ echoDb: -15, says: () => ({ text: LONG_ANSWER }) });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => call.all("agent_turn").length === 1);
  assert.equal(call.all("held").length, 0, call.log());
  assert.equal(call.all("barge_in").length, 0);
  assert.equal(call.all("agent_turn")[0].heard, LONG_ANSWER);
});

Deno.test("silence is asked about twice, then the call ends with a goodbye played to its end", async () => {
  const call = new CallWorld();
  await call.greeted();
  await call.speak(1200);
  await call.until(() => call.closed !== undefined, 60_000);
  const names = call.all("prompt").map(({ name }) => name);
  assert.deepEqual(names, ["still_there", "still_there", "goodbye_silent"]);
  assert.deepEqual(call.hangUps, ["HD_0123456789ab"]);
  assert.equal(call.all("ended")[0].reason, "silence");
});

Deno.test("a caller who has not spoken yet is not asked after ten seconds", async () => {
  const call = new CallWorld();
  await call.greeted();
  await call.wait(15_000);
  assert.equal(call.all("prompt").length, 0);
});

Deno.test("nobody is asked whether they are there while a tool runs", async () => {
  let asked = 0;
  const call = world = new CallWorld({
    tools: [slowRead(9_000)],
    says: () => asked++ === 0 ? { calls: [{ name: "get_account", args: {} }] } : { text: "Done." },
    agentYaml: `
name: Amani
company: Upepo
languages: [en]
hand_over: { number: "+254700000100" }
silence: { prompt_after_ms: 3000 }
`,
  });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => call.said.includes("Done."), 20_000);
  assert.deepEqual(call.all("prompt"), []);
  assert.ok(call.all("filler").length >= 1 && call.all("filler").length <= 2);
});

Deno.test("a read that runs is aborted when the caller interrupts", async () => {
  let aborted = 0;
  const call = world = new CallWorld({
    tools: [slowRead(9_000, () => aborted++)],
    says: ({ messages }) =>
      messages.length === 1
        ? {
          text: "Let me look at your account for you.",
          calls: [{ name: "get_account", args: {} }],
        }
        : { text: "Okay." },
    hears: ["what is my balance please", "no i want to pay"],
  });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => call.said.length >= 2);
  await call.wait(600);
  await call.speak(1600);
  await call.quiet(1500);
  assert.equal(aborted, 1);
  assert.ok(!call.said.some((text) => text.includes("one hundred")), "its result is never spoken");
});

Deno.test("speech of which no words come is asked about within 1.2 s, and a person is offered in the end", async () => {
  const call = new CallWorld({ hears: [""] });
  await call.greeted();
  await call.speak(1000);
  const fromMs = call.clock.now();
  await call.until(() => call.all("prompt").length === 1);
  assert.ok(call.clock.now() - fromMs <= 1200, `${call.clock.now() - fromMs} ms`);
  assert.equal(call.all("prompt")[0].name, "didnt_catch");
  assert.equal(call.requests.length, 0, "nothing was made up");
  for (let i = 0; i < 3; i++) {
    await call.quiet(600);
    await call.speak(1000);
    await call.until(() => call.all("not_understood").length === i + 2);
    await call.wait(600);
  }
  await call.until(() => call.all("hand_over").some(isWanted));
  const names = call.all("prompt").map(({ name }) => name);
  assert.deepEqual(names.slice(0, 3), ["didnt_catch", "keypad_help", "offer_person"]);
});

Deno.test("a caller who asks for a person gets one without any model being asked", async () => {
  for (const words of ["i want to talk to a human", "nataka kuongea na mtu"]) {
    const call = new CallWorld({ hears: [words] });
    await call.greeted();
    await call.speak(1200);
    await call.until(() => call.all("hand_over").some(isWanted));
    assert.equal(call.requests.length, 0, words);
  }
});

Deno.test("key 0 asks for a person", async () => {
  const call = new CallWorld();
  await call.greeted();
  call.call.press("0");
  await call.until(() => call.all("hand_over").some(isWanted));
});

Deno.test("a hand-over that fails is told, and the call goes on", async () => {
  const call = new CallWorld({
    hears: ["i want to talk to a human", "what is my balance please"],
    handOver: async function* () {
      yield { type: "attempting", strategy: "supervision", releaseLine: false };
      yield { type: "refused", strategy: "supervision", reason: "busy", onLine: true };
      yield { type: "failed", reason: "busy", reference: "TKT-1234" };
    },
  });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => call.all("hand_over").at(-1)?.state === "failed");
  await call.quiet(1000);
  assert.ok(call.said.includes("I'm sorry, the phone that I called is busy."));
  assert.ok(call.said.some((text) => text.includes("TKT-1234")));
  await call.speak(1200);
  await call.until(() => call.said.includes("Your balance is fine."));
});

Deno.test("nobody waits in silence while a person is called", async () => {
  const call = new CallWorld({
    hears: ["i want to talk to a human"],
    handOver: async function* (_request, signal) {
      yield { type: "attempting", strategy: "supervision", releaseLine: false };
      await call.clock.until(call.clock.now() + 25_000, signal);
      yield { type: "failed", reason: "no_answer" };
    },
  });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => call.all("hand_over").at(-1)?.state === "attempting");
  const fromMs = call.clock.now();
  await call.until(() => call.all("hand_over").at(-1)?.state === "failed", 60_000);
  assert.ok(call.clock.now() - fromMs >= 25_000);
  const silence = call.longestSilenceMs(fromMs);
  assert.ok(silence <= 5000, `${silence} ms of silence`);
});

Deno.test("a strategy that needs the line gets it only after the caller has heard the truth", async () => {
  const call = new CallWorld({
    hears: ["i want to talk to a human"],
    handOver: async function* () {
      yield { type: "attempting", strategy: "next_callback", releaseLine: true };
    },
  });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => call.closed !== undefined);
  assert.ok(call.silentForMs >= 0);
  assert.ok(call.said.some((text) => text.includes("person")));
  assert.equal(call.closed!.code, 1000);
  assert.equal(call.hangUps.length, 0, "the platform goes on with the call");
});

const endCall: Tool = {
  name: "end_call",
  description: "Ends the call",
  parameters: v.object({}),
  effect: "read",
  identity: "none",
  run(_args, context) {
    context.endCall("done");
    return Promise.resolve({ data: { ended: true }, say: "" });
  },
};

Deno.test("the goodbye is heard to its end, then the call is hung up, and the socket closes last", async () => {
  const order: string[] = [];
  const call = new CallWorld({
    tools: [endCall],
    says: ({ messages }) =>
      messages.at(-1)!.role === "caller"
        ? { calls: [{ name: "end_call", args: {} }] }
        : { text: "Goodbye, and thank you for calling." },
    hangUp: () => {
      order.push(
        `hang up after ${call.silentForMs} ms of silence`,
        call.closed ? "closed" : "open",
      );
      return Promise.resolve(true);
    },
  });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => call.closed !== undefined);
  assert.equal(call.all("agent_turn").at(-1)!.heard, "Goodbye, and thank you for calling.");
  assert.equal(order[1], "open");
  assert.ok(Number(order[0].split(" ")[3]) >= 100, order[0]);
});

Deno.test("a caller who speaks into the goodbye stays, and the next goodbye ends the call", async () => {
  let goodbyes = 0;
  const call = new CallWorld({
    tools: [endCall],
    hears: ["that is all", "wait how do i pay", "that is all"],
    says: ({ messages }) => {
      const last = messages.at(-1)!;
      if (last.role === "tools") {
        goodbyes++;
        return { text: "Goodbye, and thank you very much for calling us today." };
      }
      if (last.role === "caller" && last.text.includes("pay")) return { text: "By phone." };
      return { calls: [{ name: "end_call", args: {} }] };
    },
  });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => goodbyes === 1 && call.said.some((text) => text.startsWith("Goodbye")));
  await call.wait(500);
  await call.speak(1500);
  await call.until(() => call.said.includes("By phone."));
  await call.quiet();
  assert.equal(call.closed, undefined, "the first goodbye was cancelled");
  await call.speak(1200);
  await call.until(() => call.closed !== undefined);
  assert.equal(goodbyes, 2);
});

Deno.test("the longest call ends by itself, even when something is stuck", async () => {
  const yaml = `
name: Amani
company: Upepo
languages: [en]
hand_over: { number: "+254700000100" }
max_call_ms: 120000
`;
  const call = new CallWorld({
    agentYaml: yaml,
    tts: async function* (text) {
      if (text.includes("end the call")) await new Promise(() => {});
      yield new Int16Array(8000).fill(3000);
    },
  });
  for (let t = 0; t < 118_000; t += 4000) {
    await call.speak(1000);
    await call.wait(3000);
  }
  await call.until(() => call.closed !== undefined, 10_000);
  assert.ok(call.closed!.atMs <= 123_200, `${call.closed!.atMs}`);
  assert.ok(call.all("prompt").some(({ name }) => name === "time_warning"));
});

Deno.test("frames that stop for three seconds are silence, and the call goes on", async () => {
  const call = new CallWorld();
  await call.greeted();
  await call.speak(1200);
  await call.gap(3000);
  assert.equal(call.all("caller_turn").length, 1, "the gap ended the turn");
  await call.wait(2000);
  await call.speak(1200);
  await call.until(() => call.all("caller_turn").length === 2);
});

Deno.test("a line that is lost ends the call and everything it was doing", async () => {
  const call = new CallWorld({ says: () => ({ text: LONG_ANSWER }) });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => call.said.length >= 2);
  call.call.lost("closed");
  await call.clock.advance(60_000);
  assert.equal(call.all("ended").length, 1);
  assert.equal(call.all("agent_turn").at(-1)!.interrupted, true);
  assert.equal(call.clock.pending, 0, "no timer outlives the call");
});

Deno.test("a model that fails is apologised for, and the next turn works", async () => {
  let fail = true;
  const call = new CallWorld({
    says: () => {
      if (fail) throw new Error("503");
      return { text: "All is well." };
    },
  });
  await call.greeted();
  await call.speak(1200);
  await call.answered();
  assert.ok(call.said.at(-1)!.startsWith("Sorry"), `${call.said.at(-1)}`);
  fail = false;
  await call.speak(1200);
  await call.until(() => call.said.includes("All is well."));
});

Deno.test("keys answer the question that was asked, and # ends them", async () => {
  const call = new CallWorld();
  await call.greeted();
  for (const key of "4821#") call.call.press(key);
  await call.until(() => call.requests.length === 1);
  assert.deepEqual(call.requests[0].messages.at(-1), {
    role: "caller",
    text: "4821",
    confidence: 1,
    keypad: true,
  });
});

Deno.test("what is played is never made longer by frames that come late from a slow voice", async () => {
  const call = new CallWorld({ ttsDelayMs: 1400, says: () => ({ text: LONG_ANSWER }) });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => call.all("agent_turn").length === 1, 60_000);
  assert.equal(call.all("agent_turn")[0].heard, LONG_ANSWER);
});
