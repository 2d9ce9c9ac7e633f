import assert from "node:assert/strict";
import type { Stt } from "../lib/contracts/stt.ts";
import type { Engine } from "../lib/engines/engine.ts";
import { knownLanguages } from "../lib/languages/languages.ts";
import { phraseVariants } from "../lib/languages/phrases.ts";
import { CallWorld, type WorldOptions } from "./call_world.ts";

/** A recogniser that hears everything and says nothing. */
// deno-lint-ignore require-yield -- it never gets so far
const stuck: Stt = async function* (audio, _, signal) {
  for await (const _ of audio);
  await new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
};
const mute: Omit<Engine, "stt"> = { async *llm() {}, async *tts() {} };

/** A call whose caller has heard the greeting and has just said something, with the moment of its end. */
async function asked(options: WorldOptions): Promise<{ call: CallWorld; saidAtMs: number }> {
  const call = new CallWorld(options);
  await call.greeted();
  await call.speak(1200);
  return { call, saidAtMs: call.clock.now() };
}

for (const language of knownLanguages()) {
  Deno.test(`in ${language}, when all recognisers hang, the caller hears a filler and then a menu, and never 3 s of nothing`, async () => {
    const { call, saidAtMs } = await asked({
      stt: stuck,
      second: { ...mute, stt: stuck },
      agentYaml: `name: A\ncompany: B\nlanguages: [${language}]\n` +
        `hand_over: { number: "+254700000100" }\n`,
    });
    await call.until(() => call.all("prompt").some(({ name }) => name === "keypad_menu"));
    assert.ok(call.clock.now() - saidAtMs <= 4000, call.log());
    await call.quiet();
    const fillers = call.all("filler").map(({ text }) => text);
    assert.equal(fillers.length, 1, call.log());
    assert.ok(phraseVariants(language, "filler_thinking").includes(fillers[0]));
    assert.ok(call.longestSilenceMs(saidAtMs) < 2500, `${call.longestSilenceMs(saidAtMs)}`);
    assert.equal(call.kills, 0, "the filler is heard to its end");
    call.call.lost("the test is over");
  });
}

Deno.test("a second recogniser's words are answered after the filler, which is heard to its end", async () => {
  const { call, saidAtMs } = await asked({
    stt: stuck,
    second: {
      ...mute,
      async *stt(audio) {
        for await (const _ of audio);
        yield { type: "final", text: "what is my balance please" };
      },
    },
    llmDelayMs: 50,
    ttsDelayMs: 50,
  });
  await call.answered(1);
  assert.equal(call.all("filler").length, 1, call.log());
  assert.equal(call.kills, 0);
  assert.ok(call.said.includes("Your balance is fine."));
  assert.ok(call.longestSilenceMs(saidAtMs) < 2500, call.log());
  call.call.lost("the test is over");
});

Deno.test("words and an answer that are both slow get two fillers in all, and no silence of 3 s", async () => {
  const { call, saidAtMs } = await asked({ sttDelayMs: 1400, llmDelayMs: 2400, ttsDelayMs: 400 });
  await call.answered(1);
  assert.ok(call.all("filler").length <= 2, call.log());
  assert.ok(call.longestSilenceMs(saidAtMs) < 3000, call.log());
  call.call.lost("the test is over");
});

Deno.test("words that come in time get no filler, and those of a caller who goes on none either", async () => {
  const { call } = await asked({ sttDelayMs: 900, llmDelayMs: 50, ttsDelayMs: 50 });
  await call.answered(1);
  assert.deepEqual(call.all("filler"), []);

  const going = await asked({ stt: stuck });
  await going.call.wait(1000);
  await going.call.speak(3000);
  assert.deepEqual(going.call.all("filler"), [], going.call.log());
  for (const { call: one } of [{ call }, going]) one.call.lost("the test is over");
});

for (const [when, afterMs] of [["before", 400], ["after", 1000]] as const) {
  Deno.test(`a caller who goes on over a filler, ${when} the commit, silences it and has one turn`, async () => {
    let asks = 0;
    const { call } = await asked({
      stt: stuck,
      second: {
        ...mute,
        async *stt(audio, _, signal) {
          const isFirst = asks++ === 0;
          for await (const _ of audio);
          await call.clock.until(call.clock.now() + (isFirst ? 1400 : 200), signal);
          yield { type: "final", text: isFirst ? "what" : "is my balance please" };
        },
      },
      agentYaml: `name: A\ncompany: B\nlanguages: [en]\nhand_over: { number: "+254700000100" }\n` +
        "prompts: { filler_thinking: { en: Okay let me see what I can find for you now } }\n",
    });
    await call.until(() => call.all("filler").length === 1);
    await call.wait(afterMs);
    assert.ok(call.silentForMs < 100, "the filler is being heard");
    await call.speak(600);
    assert.ok(call.silentForMs >= 200, `${call.silentForMs}`);
    await call.answered(1);
    assert.deepEqual(call.all("caller_turn").map(({ text }) => text), [
      "what is my balance please",
    ]);
    assert.equal(call.all("filler").length, 2, call.log());
    call.call.lost("the test is over");
  });
}

Deno.test("a call that ends while words are awaited says nothing more", async () => {
  const { call } = await asked({ stt: stuck });
  call.call.lost("the caller has hung up");
  await call.wait(5000);
  assert.deepEqual(call.all("filler"), []);
  assert.equal(call.clock.pending, 0);
});
