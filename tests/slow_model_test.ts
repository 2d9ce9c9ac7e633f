import assert from "node:assert/strict";
import type { Llm, LlmRequest } from "../lib/contracts/llm.ts";
import { configuredModels } from "../lib/engines/configured_models.ts";
import { hurriedLlm, SLOW_AFTER_MS } from "../lib/engines/hurried_llm.ts";
import { knownLanguages } from "../lib/languages/languages.ts";
import { phrase } from "../lib/languages/phrases.ts";
import { createGemini } from "../lib/providers/gemini/gemini.ts";
import { createOpenAiLlm } from "../lib/providers/openai/openai_llm.ts";
import { readSettings } from "../lib/settings.ts";
import { CallWorld } from "./call_world.ts";
import { failure, never, request, Rig, textOf } from "./fallback_rig.ts";
import { startGeminiServer } from "./gemini_server.ts";
import { startOpenAiServer } from "./openai_server.ts";

/** A model that takes its time, by whether it is hurried; `Infinity` is for ever. */
function model(rig: Rig, usualMs: number, hurriedMs: number, error?: Error) {
  const asked: LlmRequest[] = [];
  const aborted: LlmRequest[] = [];
  const llm: Llm = async function* (request, signal) {
    asked.push(request);
    signal.addEventListener("abort", () => aborted.push(request), { once: true });
    await rig.clock.until(rig.clock.now() + (request.isHurried ? hurriedMs : usualMs), signal);
    if (error) throw error;
    yield { type: "text", text: request.isHurried ? "short" : "usual" };
    yield { type: "end", reason: "stop" };
  };
  const slow: number[] = [];
  const hurried = hurriedLlm(llm, {
    clock: rig.clock,
    shorten: (request) => ({ ...request, isHurried: true }),
    onSlow: (waitedMs) => slow.push(waitedMs),
  });
  return {
    hurried,
    asked,
    aborted,
    slow,
    ask: () => rig.finish(textOf(hurried(request, never()))),
  };
}

Deno.test("a model that answers in time is asked once, and for all", async () => {
  const rig = new Rig();
  const { ask, asked, slow } = model(rig, SLOW_AFTER_MS - 100, 0);
  assert.equal(await ask(), "usual");
  assert.equal(asked.length, 1);
  assert.deepEqual(slow, []);
  assert.equal(rig.clock.pending, 0);
});

Deno.test("a slow model is asked for less, the first to write is heard, and the other is given up", async () => {
  const rig = new Rig();
  const { ask, asked, aborted, slow } = model(rig, 60_000, 300);
  assert.equal(await ask(), "short");
  assert.ok(rig.clock.now() <= SLOW_AFTER_MS + 350);
  assert.deepEqual(slow, [SLOW_AFTER_MS]);
  assert.deepEqual(asked.map(({ isHurried }) => isHurried ?? false), [false, true]);
  assert.equal(aborted[0], asked[0]);

  const late = new Rig();
  const second = model(late, 2000, 60_000);
  assert.equal(await second.ask(), "usual", "what was asked first still counts");
  assert.ok(second.aborted.includes(second.asked[1]));
  assert.equal(late.clock.pending, 0);
});

Deno.test("after a slow answer a model is asked for less at once, for a minute", async () => {
  const rig = new Rig();
  const { ask, asked, slow } = model(rig, 60_000, 300);
  await ask();
  const fromMs = rig.clock.now();
  assert.equal(await ask(), "short");
  assert.ok(rig.clock.now() - fromMs <= 350, "nobody waits for the slow one again");
  assert.deepEqual(asked.map(({ isHurried }) => isHurried ?? false), [false, true, true]);
  await rig.clock.advance(60_000);
  await ask();
  assert.deepEqual(asked.map(({ isHurried }) => isHurried ?? false), [
    false,
    true,
    true,
    false,
    true,
  ]);
  assert.equal(slow.length, 2);
});

Deno.test("an error before that is thrown as it is, and two errors as the first one", async () => {
  const rig = new Rig();
  const early = model(rig, 100, 100, failure("quota"));
  await assert.rejects(early.ask(), { fault: "quota" });
  assert.equal(early.asked.length, 1);
  const late = model(rig, 2000, 200, failure("unavailable"));
  await assert.rejects(late.ask(), { fault: "unavailable" });
  assert.equal(late.asked.length, 2);
});

Deno.test("an abort gives up both requests and throws its reason", async () => {
  const rig = new Rig();
  const { hurried, aborted } = model(rig, 60_000, 60_000);
  const controller = new AbortController();
  const reply = textOf(hurried(request, controller.signal));
  reply.catch(() => {});
  await rig.clock.advance(SLOW_AFTER_MS + 100);
  controller.abort(new DOMException("The caller interrupted", "AbortError"));
  await assert.rejects(reply, /The caller interrupted/);
  await rig.clock.advance(0);
  assert.equal(aborted.length, 2);
  assert.equal(rig.clock.pending, 0);
});

for (const language of knownLanguages()) {
  Deno.test(`in ${language}, a caller of a slow model hears a filler, why it takes long, and a short answer`, async () => {
    const requests: LlmRequest[] = [];
    const call = new CallWorld({
      agentYaml: `name: A\ncompany: B\nlanguages: [${language}]\n` +
        `hand_over: { number: "+254700000100" }\n`,
      async *llm(request, signal) {
        requests.push(request);
        const waitMs = requests.length < 4 ? 200 : request.isHurried ? 3000 : 60_000;
        await call.clock.until(call.clock.now() + waitMs, signal);
        yield { type: "text", text: "All is well." };
        yield { type: "end", reason: "stop" };
      },
    });
    await call.greeted();
    for (const turn of [1, 2, 3]) {
      await call.speak(1200);
      await call.answered(turn);
    }
    const fromMs = call.clock.now();
    await call.speak(1200);
    await call.answered(4);
    assert.ok(call.longestSilenceMs(fromMs + 1200) < 3000, call.log());
    const fillers = call.all("filler").map(({ text }) => text);
    assert.equal(fillers.length, 2, `${fillers}`);
    assert.equal(fillers[1], phrase(language, "apology_slow"));
    assert.deepEqual(
      call.all("engine_slow").map(({ stage, waitedMs }) => [stage, waitedMs]),
      [["llm", SLOW_AFTER_MS]],
    );
    const [usual, hurried] = requests.slice(-2);
    assert.equal(usual.isHurried, undefined);
    assert.equal(hurried.isHurried, true);
    assert.equal(usual.messages.filter(({ role }) => role === "caller").length, 4);
    assert.equal(hurried.messages.filter(({ role }) => role === "caller").length, 2);
    assert.deepEqual(hurried.messages.at(-1), usual.messages.at(-1), "the question is the same");
    assert.ok(hurried.system.startsWith(usual.system), "the rules stay");
    assert.ok(hurried.maxOutputTokens < usual.maxOutputTokens);

    await call.speak(1200);
    await call.answered(5);
    const slow = call.all("filler").filter(({ text }) => text === phrase(language, "apology_slow"));
    assert.equal(slow.length, 1, "told once");
    call.call.lost("the test is over");
  });
}

Deno.test("a smaller model answers in a hurry where one is named, else the same", async () => {
  const gemini = startGeminiServer();
  const openai = startOpenAiServer();
  const hurried = { ...request, isHurried: true };
  try {
    for (const small of ["tiny", undefined]) {
      const { llm, close } = await createGemini({
        apiKey: "k",
        baseUrl: gemini.baseUrl,
        llmModel: "big",
        llmSmallModel: small,
      });
      await textOf(llm(request, never()));
      assert.match(gemini.requests.last.path, /models\/big:/);
      await textOf(llm(hurried, never()));
      assert.match(gemini.requests.last.path, small ? /models\/tiny:/ : /models\/big:/);
      await close();
      const own = await createOpenAiLlm({
        baseUrl: openai.baseUrl,
        model: "big",
        smallModel: small,
      });
      await textOf(own(request, never()));
      assert.equal(openai.requests.last.body.model, "big");
      await textOf(own(hurried, never()));
      assert.equal(openai.requests.last.body.model, small ?? "big");
    }
  } finally {
    await gemini.close();
    await openai.close();
  }
});

Deno.test("smaller models are looked at like the others", () => {
  const settings = readSettings({
    GEMINI_API_KEY: "k",
    GEMINI_LLM_SMALL_MODEL: "small",
    LLM: "gemini,openai",
    OPENAI_LLM_MODEL: "big",
    OPENAI_LLM_SMALL_MODEL: "tiny",
    OPENAI_BASE_URL: "http://127.0.0.1:1/v1",
  });
  const names = configuredModels(settings).filter(({ stage }) => stage === "llm");
  assert.deepEqual(names.map(({ engine, model }) => `${engine} ${model}`), [
    "gemini gemini-3.5-flash-lite",
    "gemini small",
    "openai big",
    "openai tiny",
  ]);
});
