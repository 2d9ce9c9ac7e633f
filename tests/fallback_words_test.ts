import assert from "node:assert/strict";
import { EngineError, type EngineFault } from "../lib/contracts/engine_error.ts";
import type { Engine } from "../lib/engines/engine.ts";
import { knownLanguages } from "../lib/languages/languages.ts";
import type { PhraseName } from "../lib/languages/phrase_names.ts";
import { phrase } from "../lib/languages/phrases.ts";
import { CallWorld, type WorldOptions } from "./call_world.ts";

const second: Engine = {
  async *stt() {},
  async *tts() {},
  async *llm() {
    yield { type: "text", text: "It is fine." };
    yield { type: "end", reason: "stop" };
  },
};

function callTo(language: string, llm: WorldOptions["llm"]): CallWorld {
  return new CallWorld({
    second,
    llm,
    agentYaml: `name: A\ncompany: B\nlanguages: [${language}]\n` +
      `hand_over: { number: "+254700000100" }\n`,
  });
}

const told: [EngineFault, PhraseName][] = [
  ["bad_request", "fallback_llm"],
  ["rate_limited", "fallback_llm_busy"],
  ["quota", "fallback_llm_limit"],
  ["spend_limit", "fallback_llm_limit"],
  ["recitation", "fallback_llm_question"],
];

for (const language of knownLanguages()) {
  Deno.test(`in ${language}, a caller hears once what is wrong with a model, and the record says why another answers`, async () => {
    for (const [fault, name] of told) {
      // deno-lint-ignore require-yield -- it fails before it says anything
      const call = callTo(language, async function* () {
        throw new EngineError("fake", fault, "no");
      });
      await call.greeted();
      for (const turn of [1, 2]) {
        await call.speak(1200);
        await call.answered(turn);
      }
      const said = call.said.join(" ");
      const text = phrase(language, name);
      assert.equal(said.split(text).length - 1, 1, `${fault}: ${said}`);
      assert.ok(said.indexOf(text) < said.indexOf("It is fine."), said);
      // Also of the second answer, for which a model that rests was not asked.
      assert.deepEqual(call.all("engine_fallback").map((event) => event.fault), [fault, fault]);
      call.call.lost("the test is over");
    }
  });
}

Deno.test("what stands in for a model is told before its answer, also after a filler", async () => {
  // deno-lint-ignore require-yield -- it fails before it says anything
  const call = callTo("en", async function* (_, signal) {
    await call.clock.until(call.clock.now() + 1400, signal);
    throw new EngineError("fake", "quota", "no");
  });
  await call.greeted();
  await call.speak(1200);
  await call.answered(1);
  assert.equal(call.all("filler").length, 1, call.log());
  const limit = call.said.indexOf(phrase("en", "fallback_llm_limit"));
  assert.ok(limit >= 0 && limit < call.said.indexOf("It is fine."), call.log());
  assert.equal(call.kills, 0);
  call.call.lost("the test is over");
});
