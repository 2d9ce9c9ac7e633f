import assert from "node:assert/strict";
import * as v from "valibot";
import { systemClock } from "../lib/clock.ts";
import { EngineError } from "../lib/contracts/engine_error.ts";
import type { Tool } from "../lib/contracts/tool.ts";
import { CallWorld } from "./call_world.ts";
import { modelledEngine } from "./modelled_engine.ts";
import { noise, syntheticSpeech } from "./synthetic_speech.ts";

// What broke in other voice agents, and must not break here.

const LONG_ANSWER = "Your account is active. " +
  "You are on the thirty megabit plan, which costs three thousand shillings each month. " +
  "The next payment is due at the end of November, and you can pay by phone at any time.";

Deno.test("an interruption before the first sound of a reply leaves nothing stuck", async () => {
  const call = new CallWorld({
    hears: ["what is my balance", "of my second account"],
    ttsDelayMs: 1400,
  });
  await call.greeted();
  await call.speak(1200);
  await call.wait(1600); // committed, and no sound yet
  await call.speak(1000);
  await call.answered();
  assert.equal(call.all("caller_turn").at(-1)!.text, "what is my balance of my second account");
  assert.equal(call.all("agent_turn").at(-1)!.heard, "Your balance is fine.");
});

Deno.test("an interruption after all audio was sent still stops it and cuts the history", async () => {
  const call = new CallWorld({
    hears: ["tell me about my account", "no i want to pay"],
    says: ({ messages }) => ({ text: messages.length === 1 ? "One moment please." : "Okay." }),
  });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => call.said.includes("One moment please."));
  await call.wait(300);
  await call.speak(1500);
  await call.answered(2);
  const first = call.all("agent_turn")[0];
  assert.equal(first.interrupted, true);
  assert.ok(call.kills >= 1);
});

Deno.test("a phone number in four groups with pauses of a second is one turn", async () => {
  const call = new CallWorld({
    hears: ["what is my balance", "oh seven one two", "three four five", "six seven eight"],
    says: ({ messages }) =>
      messages.length === 1
        ? { text: "What is your phone number?", expect: "msisdn" }
        : { text: "Thank you." },
  });
  await call.greeted();
  await call.speak(1200);
  await call.answered();
  for (let group = 0; group < 3; group++) {
    await call.speak(900);
    await call.wait(1000);
  }
  await call.answered(2);
  assert.equal(call.all("caller_turn").length, 2);
  assert.equal(
    call.all("caller_turn")[1].text,
    "oh seven one two three four five six seven eight",
  );
});

Deno.test("comfort noise that never ends is no speech, and the caller is still heard over it", async () => {
  const call = new CallWorld({ noiseDbfs: -45 });
  await call.greeted();
  await call.wait(8000);
  assert.equal(call.all("caller_turn").length, 0);
  await call.speak(1200);
  await call.answered();
  assert.equal(call.all("caller_turn").length, 1);
});

Deno.test("a line whose noise gets louder in the call gets its turns answered again within 2 s", async () => {
  const call = new CallWorld();
  await call.greeted();
  await call.hear(noise(3000, -40));
  const before = call.all("caller_turn").length;
  await call.hear(noise(4000, -40, 7));
  assert.equal(call.all("caller_turn").length, before, "the noise is no turn");
});

Deno.test("a turn that only calls a tool is no failure of the voice", async () => {
  const lookUp: Tool = {
    name: "get_account",
    description: "Looks up",
    parameters: v.object({}),
    effect: "read",
    identity: "number",
    run: () => Promise.resolve({ data: { ok: true }, say: "Fine." }),
  };
  const call = new CallWorld({
    tools: [lookUp],
    says: ({ messages }) =>
      messages.at(-1)!.role === "caller"
        ? { calls: [{ name: "get_account", args: {} }] }
        : { text: "You owe nothing." },
  });
  await call.greeted();
  await call.speak(1200);
  await call.answered();
  assert.equal(call.all("engine_fault").length, 0);
  assert.equal(call.all("agent_turn")[0].heard, "You owe nothing.");
});

Deno.test("a voice that makes no sound is apologised for, and the next turn works", async () => {
  let mute = false;
  const call = new CallWorld({
    says: () => ({ text: mute ? "Lost words." : "Found words." }),
    tts: async function* (text) {
      if (text.includes("Lost")) throw new EngineError("fake", "empty", "no audio");
      yield* [syntheticSpeech(text.length * 50, { pitchHz: 200 })];
    },
  });
  await call.greeted();
  mute = true;
  await call.speak(1200);
  await call.answered();
  assert.equal(call.all("engine_fault")[0].stage, "tts");
  assert.ok(call.said.some((text) => text.startsWith("Sorry")));
  assert.equal(call.all("agent_turn")[0].heard, "", "what made no sound was not heard");
  mute = false;
  await call.speak(1200);
  await call.answered(2);
  assert.equal(call.all("agent_turn")[1].heard, "Found words.");
});

Deno.test("the silence prompt is armed again after an interruption", async () => {
  const call = new CallWorld({
    hears: ["tell me about my account", "ngoja"],
    says: () => ({ text: LONG_ANSWER }),
  });
  await call.greeted();
  await call.speak(1200);
  await call.until(() => call.said.length >= 2);
  await call.speak(600);
  await call.until(() => call.all("prompt").some(({ name }) => name === "still_there"), 20_000);
});

Deno.test("a filler ends before the answer begins, and is no part of it", async () => {
  const call = new CallWorld({
    llmDelayMs: 1600,
    ttsDelayMs: 50,
    says: () => ({ text: "Your balance is fine." }),
  });
  await call.greeted();
  await call.speak(1200);
  await call.answered();
  assert.equal(call.all("filler").length, 1);
  assert.equal(call.all("agent_turn")[0].heard, "Your balance is fine.");
  const history = call.requests;
  await call.speak(1200);
  await call.answered(2);
  const [, reply] = history.at(-1)!.messages;
  assert.equal("text" in reply && reply.text, "Your balance is fine.");
});

Deno.test("no filler is heard when the answer comes in time", async () => {
  const call = new CallWorld({ llmDelayMs: 100, ttsDelayMs: 100 });
  await call.greeted();
  await call.speak(1200);
  await call.answered();
  assert.equal(call.all("filler").length, 0);
});

Deno.test("an answer that comes after a newer turn is dropped", async () => {
  const call = new CallWorld({
    hears: ["what is my balance", "no wait how do i pay"],
    llmDelayMs: 2200,
    says: ({ messages }) => ({
      text: JSON.stringify(messages).includes("pay") ? "Fresh answer." : "Stale answer.",
    }),
  });
  await call.greeted();
  await call.speak(1200);
  await call.wait(2000);
  await call.speak(1200);
  await call.answered();
  await call.wait(5000);
  assert.ok(!call.said.includes("Stale answer."), call.log());
  assert.equal(call.all("agent_turn").filter(({ heard }) => heard.includes("answer")).length, 1);
});

Deno.test("a caller who talks for thirty seconds is answered, and told so", async () => {
  const call = new CallWorld();
  await call.greeted();
  await call.speak(33_000);
  await call.answered();
  assert.ok(call.said.some((text) => text.includes("heard you")), call.said.join(" | "));
});

Deno.test("two calls at once share nothing", async () => {
  const [a, b] = [
    new CallWorld({ hears: ["what is my balance"], says: () => ({ text: "A is rich." }) }),
    new CallWorld({ hears: ["where is my order"], says: () => ({ text: "B waits." }) }),
  ];
  const live = async (call: CallWorld) => {
    await call.greeted();
    await call.speak(1200);
    await call.answered();
  };
  await Promise.all([live(a), live(b)]);
  assert.equal(a.all("caller_turn")[0].text, "what is my balance");
  assert.equal(b.all("caller_turn")[0].text, "where is my order");
  assert.ok(!a.said.includes("B waits.") && !b.said.includes("A is rich."));
});

Deno.test("a PIN that a caller says reaches neither the model nor the record", async () => {
  const call = new CallWorld({ hears: ["my pin is one two three four and i cannot log in"] });
  await call.greeted();
  await call.speak(2500);
  await call.answered();
  const everything = JSON.stringify([call.requests, call.events]);
  assert.ok(!everything.includes("one two three four"), everything.slice(0, 500));
  assert.ok(call.said.some((text) => text.includes("PIN")), "and the caller is told");
});

Deno.test("a reply that claims what no tool did is not spoken", async () => {
  const call = new CallWorld({ says: () => ({ text: "I have reset your password." }) });
  await call.greeted();
  await call.speak(1200);
  await call.answered();
  assert.ok(!call.said.includes("I have reset your password."));
});

Deno.test("a model that asks for a PIN is not heard asking", async () => {
  const call = new CallWorld({ says: () => ({ text: "What is your M-Pesa PIN?" }) });
  await call.greeted();
  await call.speak(1200);
  await call.answered();
  assert.ok(!call.said.includes("What is your M-Pesa PIN?"));
  assert.ok(call.said.some((text) => text.includes("I never need your PIN")), call.said.join("\n"));
});

/** An engine that always works. */
const second = modelledEngine({
  clock: systemClock,
  hears: () => "heard by the second ears",
  says: () => ({ text: "From the second brain." }),
  sounds: (text) => syntheticSpeech(text.length * 50, { pitchHz: 120, syllablesPerSecond: 3.1 }),
});

Deno.test("a brain that is down is replaced in the same turn, said once, and recorded", async () => {
  const call = new CallWorld({
    second,
    says: () => {
      throw new EngineError("fake", "rate_limited", "429", { retryAfterMs: 60_000 });
    },
  });
  await call.greeted();
  for (let turn = 1; turn <= 3; turn++) {
    const fromMs = call.clock.now();
    await call.speak(1200);
    await call.answered(turn);
    assert.ok(call.longestSilenceMs(fromMs) <= 3000, `${call.longestSilenceMs(fromMs)} ms`);
  }
  assert.equal(call.said.filter((text) => text === "From the second brain.").length, 3);
  assert.equal(call.said.filter((text) => text.includes("too many requests")).length, 1);
  assert.equal(call.requests.length, 1, "the provider that asked to be left alone is left alone");
  assert.deepEqual(call.all("engine_fallback")[0], {
    ...call.all("engine_fallback")[0],
    stage: "llm",
    from: "fake",
    to: "second",
  });
});

Deno.test("ears that are down are replaced in the same turn", async () => {
  const call = new CallWorld({
    second,
    // deno-lint-ignore require-yield -- it fails before it says anything
    stt: async function* () {
      throw new EngineError("fake", "unavailable", "503");
    },
  });
  await call.greeted();
  await call.speak(1200);
  await call.answered();
  assert.equal(call.all("caller_turn")[0].text, "heard by the second ears");
});

Deno.test("a voice that sends nothing is replaced before the caller waits three seconds", async () => {
  const call = new CallWorld({
    second,
    // deno-lint-ignore require-yield -- it never says anything
    tts: async function* (_text, _options, signal) {
      await new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason), { once: true })
      );
    },
  });
  await call.until(() => call.heard.some((frame) => frame.some((x) => x !== 0)));
  await call.quiet();
  const fromMs = call.clock.now();
  await call.speak(1200);
  await call.answered();
  assert.equal(call.all("agent_turn")[0].heard, "Your balance is fine.");
  assert.ok(call.longestSilenceMs(fromMs + 1200) <= 3000, `${call.longestSilenceMs(fromMs)} ms`);
});
