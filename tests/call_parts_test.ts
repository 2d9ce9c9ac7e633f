import assert from "node:assert/strict";
import { AgentTurn } from "../lib/call/agent_turn.ts";
import type { Message } from "../lib/contracts/llm.ts";
import { AudioQueue } from "../lib/hearing/audio_queue.ts";
import { CallerTurn } from "../lib/hearing/caller_turn.ts";
import { PreRoll } from "../lib/hearing/pre_roll.ts";
import { Keypad } from "../lib/call/keypad.ts";
import { Misunderstandings } from "../lib/call/misunderstandings.ts";
import { makeReply, type ReplyEvent } from "../lib/call/reply.ts";
import { SilenceWatch } from "../lib/call/silence.ts";
import { TimeLimit } from "../lib/call/time_limit.ts";
import { Transcript } from "../lib/call/transcript.ts";

Deno.test("keys: # ends, * clears, 0 alone is a person, and digits wait three seconds", () => {
  const keypad = new Keypad();
  assert.deepEqual(keypad.press("0", 0, 0), { type: "person" });
  for (const key of "12*34") keypad.press(key, 0, 0);
  assert.deepEqual(keypad.press("#", 0, 0), { type: "digits", digits: "34" });
  keypad.press("7", 1000, 0);
  assert.equal(keypad.check(3900), undefined);
  assert.deepEqual(keypad.check(4000), { type: "digits", digits: "7" });
  assert.equal(keypad.check(9000), undefined, "an entry is given once");
});

Deno.test("keys: a number that begins with 0 is a number, and is over when it is long enough", () => {
  const keypad = new Keypad();
  for (const key of "071234567") assert.equal(keypad.press(key, 0, 10), undefined);
  assert.deepEqual(keypad.press("8", 0, 10), { type: "digits", digits: "0712345678" });
  keypad.press("0", 0, 10);
  assert.deepEqual(keypad.check(3000), { type: "person" }, "0 and nothing more");
});

Deno.test("keys: an entry is bounded", () => {
  const keypad = new Keypad();
  const events = Array.from({ length: 25 }, () => keypad.press("1", 0, 0)).filter(Boolean);
  assert.deepEqual(events, [{ type: "digits", digits: "1".repeat(20) }]);
});

const patience = { promptAfterMs: 10_000, prompts: 2, hangUpAfterMs: 8_000 };

Deno.test("silence: asked at 10 s and 20 s, given up 8 s later, counted from the last sound", () => {
  const watch = new SilenceWatch(patience);
  watch.callerActed();
  const steps: [number, string][] = [];
  for (let ms = 0; ms <= 40_000; ms += 100) {
    const step = watch.check(ms, true);
    if (step) steps.push([ms, step]);
    if (step === "give_up") break;
  }
  assert.deepEqual(steps, [[10_000, "ask"], [20_100, "ask"], [28_200, "give_up"]]);
});

Deno.test("silence: any sound or work starts it anew, also after an interruption", () => {
  const watch = new SilenceWatch(patience);
  watch.callerActed();
  for (let ms = 0; ms < 9_000; ms += 100) assert.equal(watch.check(ms, true), undefined);
  assert.equal(watch.check(9_000, false), undefined);
  for (let ms = 9_100; ms < 19_000; ms += 100) assert.equal(watch.check(ms, true), undefined);
  assert.equal(watch.check(19_100, true), "ask");
});

Deno.test("silence: a caller who answers is asked twice again later", () => {
  const watch = new SilenceWatch(patience);
  watch.callerActed();
  watch.check(0, true);
  assert.equal(watch.check(10_000, true), "ask");
  watch.callerActed();
  watch.check(11_000, true);
  assert.equal(watch.check(21_000, true), "ask");
  watch.check(21_100, true);
  assert.equal(watch.check(31_100, true), "ask");
});

Deno.test("time: warned once a minute before, up on the minute, overrun 3 s later", () => {
  const limit = new TimeLimit(600_000);
  assert.equal(limit.mustWarn(539_999), false);
  assert.deepEqual([limit.mustWarn(540_000), limit.mustWarn(540_100)], [true, false]);
  assert.deepEqual([limit.isUp(599_999), limit.isUp(600_000)], [false, true]);
  assert.deepEqual([limit.isOverrun(602_999), limit.isOverrun(603_000)], [false, true]);
});

Deno.test("misunderstandings: ask, keypad, offer, person; understanding leads back", () => {
  const ladder = new Misunderstandings();
  const rungs = Array.from({ length: 4 }, () => ladder.next("words", false));
  assert.deepEqual(rungs.map(({ say }) => say), [
    "didnt_catch",
    "keypad_help",
    "offer_person",
    "hand_over_start",
  ]);
  assert.deepEqual(rungs.map(({ handOver }) => handOver ?? false), [false, false, false, true]);
  ladder.understood();
  assert.equal(ladder.next("words", true).say, "noisy_line");
  assert.equal(ladder.next("number", true).say, "didnt_catch_digits");
});

Deno.test("transcript: the oldest go first, and what is left begins with the caller", () => {
  const transcript = new Transcript(5);
  const caller = (text: string): Message => ({ role: "caller", text });
  const agent = (text: string): Message => ({ role: "agent", text });
  transcript.push(
    caller("1"),
    {
      role: "agent",
      text: "",
      toolCalls: [{ id: "a", name: "x", args: {} }],
    },
    { role: "tools", results: [] },
    agent("2"),
    caller("3"),
    agent("4"),
  );
  assert.deepEqual(transcript.messages, [caller("3"), agent("4")]);
});

Deno.test("transcript: only the caller's last message can be taken back", () => {
  const transcript = new Transcript(10);
  transcript.push({ role: "caller", text: "1" }, { role: "agent", text: "2" });
  transcript.takeBackCaller();
  assert.equal(transcript.messages.length, 2);
  transcript.push({ role: "caller", text: "3" });
  transcript.takeBackCaller();
  assert.equal(transcript.messages.length, 2);
});

Deno.test("pre-roll: gives the last samples in order, however often it wrapped around", () => {
  const preRoll = new PreRoll(100);
  let next = 0;
  for (let i = 0; i < 37; i++) preRoll.push(Int16Array.from({ length: 320 }, () => next++));
  const last = preRoll.last(60);
  assert.equal(last.length, 960);
  assert.deepEqual([...last], Array.from({ length: 960 }, (_, i) => next - 960 + i));
  assert.equal(preRoll.last(1000).length, 1600, "no more than it keeps");
});

Deno.test("audio on its way to a recogniser waits for its reader, and ends once", async () => {
  const queue = new AudioQueue();
  queue.push(new Int16Array([1]));
  const read: number[] = [];
  const reading = (async () => {
    for await (const chunk of queue) read.push(...chunk);
  })();
  await Promise.resolve();
  queue.push(new Int16Array([2, 3]));
  queue.end();
  queue.push(new Int16Array([4]));
  await reading;
  assert.deepEqual(read, [1, 2, 3]);
});

Deno.test("a caller's turn joins its stretches, and keeps the lowest confidence", async () => {
  const finals = [{ text: "0712", confidence: 0.9 }, { text: "345", confidence: 0.6 }];
  const turn = new CallerTurn(
    async function* (audio) {
      for await (const _ of audio);
      yield { type: "final", ...finals.shift()! };
    },
    { languages: ["en"], vocabulary: [], expect: "msisdn" },
  );
  turn.open(new Int16Array(320));
  turn.hear(new Int16Array(320));
  assert.deepEqual((await turn.pause()).text, "0712");
  turn.open(new Int16Array(320));
  assert.deepEqual(await turn.pause(), { text: "0712 345", confidence: 0.6, language: undefined });
  assert.equal(turn.version, 2);
});

Deno.test("a recogniser gets the turn in pieces of 100 ms, the rest at the pause, and nothing twice", async () => {
  const heard: number[][] = [];
  const turn = new CallerTurn(
    async function* (audio) {
      const pieces: number[] = [];
      heard.push(pieces);
      for await (const piece of audio) pieces.push(piece.length, piece[0]);
      yield { type: "final", text: "" };
    },
    { languages: ["en"], vocabulary: [], expect: "free" },
  );
  turn.open(new Int16Array(800).fill(1));
  for (let i = 2; i <= 8; i++) turn.hear(new Int16Array(320).fill(i));
  await turn.pause();
  turn.hear(new Int16Array(320).fill(9));
  turn.open(new Int16Array(640).fill(9));
  turn.hear(new Int16Array(320).fill(10));
  await turn.pause();
  assert.deepEqual(heard, [[800, 1, 1600, 2, 640, 7], [640, 9, 320, 10]]);
});

const request = {
  system: "",
  messages: [{ role: "caller" as const, text: "hi" }],
  tools: [{ name: "t", description: "", parameters: {} }],
  language: "en",
  maxOutputTokens: 100,
};

async function collect(events: AsyncIterable<ReplyEvent>): Promise<ReplyEvent[]> {
  const all: ReplyEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

Deno.test("a reply stops asking for tools after its rounds, and the last answer gets none", async () => {
  const offered: number[] = [];
  const events = await collect(makeReply(request, {
    async *llm({ tools }) {
      offered.push(tools.length);
      if (tools.length > 0) yield { type: "tool_call", call: { id: "1", name: "t", args: {} } };
      else yield { type: "text", text: "That is all I know." };
      yield { type: "end", reason: "stop" };
    },
    runTools: () => Promise.resolve([{ id: "1", name: "t", ok: true, data: {} }]),
    isSettled: () => false,
    takeBack: () => false,
    cutShort: () => "There is more.",
    maxRounds: 3,
  }, new AbortController().signal));
  assert.deepEqual(offered, [1, 1, 1, 0]);
  assert.equal(events.filter(({ type }) => type === "sentence").length, 1);
});

Deno.test("a model that answers without a word has failed", async () => {
  await assert.rejects(
    collect(makeReply(request, {
      async *llm() {
        yield { type: "end", reason: "stop" };
      },
      runTools: () => Promise.resolve([]),
      isSettled: () => false,
      takeBack: () => false,
      cutShort: () => "There is more.",
      maxRounds: 3,
    }, new AbortController().signal)),
    { name: "EngineError", fault: "empty" },
  );
});

Deno.test("an answer that only calls a tool and then speaks is no failure", async () => {
  let round = 0;
  const events = await collect(makeReply(request, {
    async *llm() {
      if (round++ === 0) yield { type: "tool_call", call: { id: "1", name: "t", args: {} } };
      else yield { type: "text", text: "Here it is." };
      yield { type: "end", reason: "stop" };
    },
    runTools: () => Promise.resolve([{ id: "1", name: "t", ok: true, data: {} }]),
    isSettled: () => false,
    takeBack: () => false,
    cutShort: () => "There is more.",
    maxRounds: 3,
  }, new AbortController().signal));
  assert.deepEqual(
    events.map(({ type }) => type),
    [
      "message",
      "tools",
      "message",
      "first_token",
      "sentence",
      "message",
    ].filter((type) => type !== "first_token" || round === 0),
  );
});

Deno.test("an answer that ran into its limit ends with its last whole sentence, and says that there is more", async () => {
  const cut = async (text: string) =>
    await collect(makeReply(request, {
      async *llm() {
        yield { type: "text", text };
        yield { type: "end", reason: "length", echo: { provider: "x", content: text } };
      },
      runTools: () => Promise.resolve([]),
      isSettled: () => false,
      takeBack: () => false,
      cutShort: () => "There is more.",
      maxRounds: 3,
    }, new AbortController().signal));
  const sentences = (events: ReplyEvent[]) =>
    events.flatMap((event) => event.type === "sentence" ? event.text : []);
  const history = (events: ReplyEvent[]) =>
    events.flatMap((event) => event.type === "message" ? event.message : []);
  const long = await cut("Home 20 costs 2,499 shillings a month. It has twenty megabits and");
  assert.deepEqual(sentences(long), ["Home 20 costs 2,499 shillings a month.", "There is more."]);
  assert.deepEqual(history(long), [
    { role: "agent", text: "Home 20 costs 2,499 shillings a month." },
  ], "what was not said is no history");
  assert.deepEqual(sentences(await cut("It has twenty megabits and")), [
    "It has twenty megabits and",
    "There is more.",
  ]);
});

Deno.test("a question about a write is read out word for word, and the model is not asked again", async () => {
  let asked = 0;
  const events = await collect(makeReply(request, {
    async *llm() {
      asked++;
      yield { type: "tool_call", call: { id: "1", name: "t", args: {} } };
      yield { type: "end", reason: "tool_calls" };
    },
    runTools: () =>
      Promise.resolve([{
        id: "1",
        name: "t",
        ok: true,
        data: { confirmationNeeded: true },
        say: "Shall I reset your password?",
        expect: "yes_no" as const,
      }]),
    isSettled: () => false,
    takeBack: () => false,
    cutShort: () => "There is more.",
    maxRounds: 3,
  }, new AbortController().signal));
  assert.equal(asked, 1);
  assert.deepEqual(
    events.flatMap((event) => event.type === "sentence" ? event.text : []),
    ["Shall I reset your password?"],
  );
  assert.ok(events.some((event) => event.type === "expect" && event.expect === "yes_no"));
});

Deno.test("a stale reply is stopped between two pieces of text", async () => {
  const controller = new AbortController();
  const said: string[] = [];
  await assert.rejects(async () => {
    const events = makeReply(request, {
      async *llm() {
        yield { type: "text", text: "One. " };
        yield { type: "text", text: "Two. " };
        controller.abort();
        yield { type: "text", text: "Three. " };
      },
      runTools: () => Promise.resolve([]),
      isSettled: () => false,
      takeBack: () => false,
      cutShort: () => "There is more.",
      maxRounds: 3,
    }, controller.signal);
    for await (const event of events) if (event.type === "sentence") said.push(event.text);
  });
  assert.ok(!said.includes("Three."));
});

Deno.test("an agent's turn keeps of each round what was heard, and its own form only when whole", async () => {
  async function* events(): AsyncGenerator<ReplyEvent> {
    const echo = { provider: "p", content: 1 };
    yield { type: "sentence", text: "First.", round: 0 };
    yield { type: "message", message: { role: "agent", text: "First.", echo }, round: 0 };
    yield { type: "sentence", text: "Second.", round: 1 };
    yield { type: "message", message: { role: "agent", text: "Second.", echo }, round: 1 };
  }
  const turn = new AgentTurn("question", events, {
    synthesise: (passage) => {
      passage.push(new Int16Array(320));
      passage.end();
      return Promise.resolve();
    },
    guard: (sentence) => sentence,
    onFirstToken() {},
    onSentence() {},
    onTools() {},
    onFailure: () => "",
  });
  await turn.made;
  const [first, second] = turn.speech.passages;
  const part = turn.history({
    passages: [{ passage: first, text: "First." }],
    sample: 0,
    heardMs: 20,
    whole: false,
  });
  assert.deepEqual(part, [{ role: "agent", text: "First.", echo: undefined }]);
  const whole = turn.history({
    passages: [{ passage: first, text: "First." }, { passage: second, text: "Second." }],
    sample: 0,
    heardMs: 40,
    whole: true,
  });
  assert.equal(whole.length, 2);
  assert.ok(whole.every((message) => message.role === "agent" && message.echo));
});
