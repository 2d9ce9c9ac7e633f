import assert from "node:assert/strict";
import * as v from "valibot";
import { EngineError } from "../lib/contracts/engine_error.ts";
import type { Llm, LlmRequest } from "../lib/contracts/llm.ts";
import type { Tool } from "../lib/contracts/tool.ts";
import type { Engine } from "../lib/engines/engine.ts";
import { phrase } from "../lib/languages/phrases.ts";
import { CallWorld } from "./call_world.ts";

const died = () => new EngineError("fake", "unavailable", "killed");
const deaf: Omit<Engine, "llm"> = { async *stt() {}, async *tts() {} };

/** A model that answers with these words, and what it was asked. */
function answering(text: string) {
  const requests: LlmRequest[] = [];
  const llm: Llm = async function* (request) {
    requests.push(request);
    yield { type: "text", text };
    yield { type: "end", reason: "stop" };
  };
  return { requests, engine: { ...deaf, llm } };
}

Deno.test("a model that dies before a sentence was heard is followed by the next, and nobody apologises", async () => {
  for (const words of ["Your balance is five hun", "Your balance is low. It was due on Mon"]) {
    const { engine, requests } = answering("Your balance is five hundred.");
    const call = new CallWorld({
      second: engine,
      // A whole sentence is made by then, and not heard: the turn is not over.
      async *llm(_, signal) {
        yield { type: "text", text: words };
        await call.clock.until(call.clock.now() + 400, signal);
        throw died();
      },
      ttsDelayMs: 50,
      agentYaml: "name: A\ncompany: B\nlanguages: [en]\nturn: { commit_ms: 2500 }\n" +
        `hand_over: { number: "+254700000100" }\n`,
    });
    await call.greeted();
    await call.speak(1200);
    await call.answered(1);
    assert.deepEqual(call.all("agent_turn").map(({ heard }) => heard), [
      "Your balance is five hundred.",
    ]);
    assert.equal(call.said.join(" ").includes("due on Mon"), false, call.log());
    assert.equal(call.all("engine_fallback").length, 1);
    assert.deepEqual(
      call.all("prompt").map(({ name }) => name).filter((name) => name.startsWith("apology")),
      [],
    );
    await call.speak(1200);
    await call.answered(2);
    const [, answer] = requests.at(-1)!.messages;
    assert.equal(answer.role === "agent" && answer.text, "Your balance is five hundred.");
    call.call.lost("the test is over");
  }
});

Deno.test("a filler is no part of an answer: the next model still begins anew", async () => {
  const { engine } = answering("Your balance is five hundred.");
  const call = new CallWorld({
    second: engine,
    async *llm(_, signal) {
      yield { type: "text", text: "Your balance is five hun" };
      await call.clock.until(call.clock.now() + 2000, signal);
      throw died();
    },
  });
  await call.greeted();
  const fromMs = call.clock.now() + 1200;
  await call.speak(1200);
  await call.answered(1);
  assert.ok(call.all("filler").length > 0);
  assert.deepEqual(call.all("agent_turn").map(({ heard }) => heard), [
    "Your balance is five hundred.",
  ]);
  assert.ok(call.longestSilenceMs(fromMs) < 3000, call.log());
  call.call.lost("the test is over");
});

Deno.test("what tools did before a model died is done once, and the next model is told", async () => {
  let opened = 0;
  const open: Tool = {
    name: "open",
    description: "Opens",
    parameters: v.strictObject({}),
    effect: "read",
    identity: "none",
    run() {
      opened++;
      return Promise.resolve({ data: { reference: "T-7" }, say: "It is T 7." });
    },
  };
  const { engine, requests } = answering("Your ticket is open.");
  const call = new CallWorld({
    tools: [open],
    second: engine,
    async *llm({ messages }) {
      if (messages.at(-1)!.role === "caller") {
        yield { type: "tool_call", call: { id: "call_1", name: "open", args: {} } };
        yield { type: "end", reason: "tool_calls" };
        return;
      }
      yield { type: "text", text: "Your ticket is" };
      throw died();
    },
  });
  await call.greeted();
  await call.speak(1200);
  await call.answered(1);
  assert.equal(opened, 1);
  const [, asked, result] = requests[0].messages;
  assert.ok(asked.role === "agent" && asked.toolCalls?.[0].id === "call_1");
  assert.ok(result.role === "tools" && result.results[0].data.reference === "T-7");
  assert.equal(call.all("tool_call").length, 1);
  assert.deepEqual(call.all("agent_turn").map(({ heard }) => heard), ["Your ticket is open."]);
  call.call.lost("the test is over");
});

Deno.test("half a tool call of a model that died is forgotten", async () => {
  const { engine } = answering("I can't open it.");
  const call = new CallWorld({
    second: engine,
    async *llm() {
      yield { type: "tool_call", call: { id: "call_1", name: "open", args: {} } };
      throw died();
    },
  });
  await call.greeted();
  await call.speak(1200);
  await call.answered(1);
  assert.deepEqual(call.all("tool_call"), []);
  assert.deepEqual(call.all("agent_turn").map(({ heard }) => heard), ["I can't open it."]);
  call.call.lost("the test is over");
});

Deno.test("once a sentence was heard nobody begins anew: the rest is apologised for", async () => {
  const { engine, requests } = answering("Something else.");
  const call = new CallWorld({
    second: engine,
    async *llm(_, signal) {
      yield { type: "text", text: "Your balance is five hundred shillings. It was due on Mon" };
      await call.clock.until(call.clock.now() + 2000, signal);
      throw died();
    },
  });
  await call.greeted();
  await call.speak(1200);
  await call.answered(1);
  assert.equal(requests.length, 0);
  assert.deepEqual(call.all("agent_turn").map(({ heard }) => heard), [
    "Your balance is five hundred shillings.",
  ]);
  assert.ok(call.said.join(" ").endsWith(phrase("en", "apology_engine")), call.log());
  call.call.lost("the test is over");
});
