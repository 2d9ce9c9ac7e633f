import assert from "node:assert/strict";
import { isWanted } from "./lawful_steps.ts";
import * as v from "valibot";
import { EngineError } from "../lib/contracts/engine_error.ts";
import type { Stt } from "../lib/contracts/stt.ts";
import type { Tool } from "../lib/contracts/tool.ts";
import type { Engine } from "../lib/engines/engine.ts";
import { knownLanguages } from "../lib/languages/languages.ts";
import type { PhraseName } from "../lib/languages/phrase_names.ts";
import { phrase, phraseVariants } from "../lib/languages/phrases.ts";
import { CallWorld, type WorldOptions } from "./call_world.ts";

/** Ears that fail until they are mended. */
class Ears {
  works = false;
  stt: Stt = async function* (this: Ears, audio: AsyncIterable<Int16Array>) {
    if (!this.works) throw new EngineError("fake", "unavailable", "no recogniser");
    for await (const _ of audio);
    yield { type: "final" as const, text: "what is my balance please" };
  }.bind(this) as Stt;
}

const mute: Omit<Engine, "stt"> = {
  async *llm() {},
  async *tts() {},
};

function deafCall(language: string, options: WorldOptions = {}) {
  const ears = new Ears();
  const call = new CallWorld({
    stt: ears.stt,
    // The embedded ears behind the first ones fail too.
    second: { ...mute, stt: new Ears().stt },
    agentYaml: `name: A\ncompany: B\nlanguages: [${language}]\n` +
      `hand_over: { number: "+254700000100" }\n`,
    ...options,
  });
  return { ears, call };
}

/** The caller says something that nobody makes out, and hears a menu. */
async function speakUnheard(call: CallWorld, language: string, menu: PhraseName) {
  const told = call.all("prompt").length;
  await call.speak(1000);
  const fromMs = call.clock.now();
  await call.until(() => call.all("prompt").length > told);
  assert.ok(call.clock.now() - fromMs <= 1200, "nobody waits for a menu");
  const { name, text } = call.all("prompt").at(-1)!;
  assert.equal(name, menu);
  assert.equal(text, phrase(language, menu));
  const before = call.said.length;
  await call.until(() => call.said.slice(before).join(" ") === text);
  await call.quiet(600);
}

for (const language of knownLanguages()) {
  Deno.test(`in ${language}, a caller whom no recogniser hears is offered keys, and tries again with 1`, async () => {
    const { ears, call } = deafCall(language);
    await call.greeted();
    await speakUnheard(call, language, "keypad_menu");
    assert.equal(call.all("not_understood")[0].reason, "no recogniser works");
    assert.deepEqual(
      call.all("engine_fault").map(({ stage, provider }) => `${stage} ${provider}`).slice(0, 2),
      ["stt fake", "stt fake"],
      "the first one was tried twice, then the one behind it",
    );
    assert.ok(call.all("engine_fault").some(({ provider }) => provider === "second"));
    call.call.press("1");
    await call.answered(1);
    assert.ok(phraseVariants(language, "say_again_after_stop").includes(call.said.at(-1)!));
    assert.equal(call.requests.length, 0, "a key of the menu is nothing to think about");
    ears.works = true;
    await call.wait(30_000); // the providers' rest is over
    await call.speak(1200);
    await call.until(() => call.said.includes("Your balance is fine."));
    call.call.lost("the test is over");
  });

  Deno.test(`in ${language}, 0 in the menu gets a person, and so does a third turn that nobody hears`, async () => {
    const pressing = deafCall(language).call;
    await pressing.greeted();
    await speakUnheard(pressing, language, "keypad_menu");
    pressing.call.press("0");
    await pressing.until(() => pressing.all("hand_over").some(isWanted));
    pressing.call.lost("the test is over");

    const { call } = deafCall(language);
    await call.greeted();
    await speakUnheard(call, language, "keypad_menu");
    await speakUnheard(call, language, "keypad_menu");
    await call.speak(1000);
    await call.until(() => call.all("hand_over").some(isWanted));
    call.call.lost("the test is over");
  });

  Deno.test(`in ${language}, a number that was asked for can be typed when no recogniser works`, async () => {
    const asked: WorldOptions = {
      says: ({ messages }) =>
        messages.length === 1
          ? { text: "Which account is it?", expect: "account_no" }
          : { text: "Thank you." },
    };
    const { ears, call } = deafCall(language, asked);
    ears.works = true;
    await call.greeted();
    await call.speak(1200);
    await call.answered(1);
    ears.works = false;
    await speakUnheard(call, language, "keypad_menu_number");
    for (const key of "204518#") call.call.press(key);
    await call.answered(2);
    assert.deepEqual(call.requests.at(-1)!.messages.at(-1), {
      role: "caller",
      text: "204518",
      confidence: 1,
      keypad: true,
    });
    call.call.lost("the test is over");

    const other = deafCall(language, asked);
    other.ears.works = true;
    await other.call.greeted();
    await other.call.speak(1200);
    await other.call.answered(1);
    other.ears.works = false;
    await speakUnheard(other.call, language, "keypad_menu_number");
    for (const key of "0#") other.call.call.press(key);
    await other.call.until(() => other.call.all("hand_over").some(isWanted));
    other.call.call.lost("the test is over");
  });

  for (const [key, runs] of [["1", 1], ["2", 0]] as const) {
    Deno.test(`in ${language}, ${key} answers the question of a change when no recogniser works`, async () => {
      let changes = 0;
      const restart: Tool = {
        name: "restart",
        description: "Restarts",
        parameters: v.strictObject({}),
        effect: "write",
        identity: "none",
        confirm: () => "Shall I restart your router now?",
        run() {
          changes++;
          return Promise.resolve({ data: {}, say: "Your router starts again." });
        },
      };
      const { ears, call } = deafCall(language, {
        tools: [restart],
        says: () => ({ calls: [{ name: "restart", args: {} }] }),
      });
      ears.works = true;
      await call.greeted();
      await call.speak(1200);
      await call.answered(1);
      ears.works = false;
      await speakUnheard(call, language, "keypad_menu_yes_no");
      call.call.press(key);
      await call.answered(2);
      assert.equal(changes, runs);
      const told = runs ? "Your router starts again." : phrase(language, "confirm_cancelled");
      assert.ok(call.said.join(" ").endsWith(told), call.log());
      call.call.lost("the test is over");
    });
  }
}

Deno.test("a caller who is only hard to understand gets no menu", async () => {
  const call = new CallWorld({ hears: [""] });
  await call.greeted();
  await call.speak(1000);
  await call.until(() => call.all("prompt").length === 1);
  assert.equal(call.all("prompt")[0].name, "didnt_catch");
  call.call.lost("the test is over");
});
