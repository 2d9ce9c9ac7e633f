import assert from "node:assert/strict";
import type { CallEvent, CallEventBody } from "../lib/contracts/call_event.ts";
import { language } from "../lib/languages/languages.ts";
import { watchForAskingAgain } from "../lib/scenarios/asked_again.ts";

const event = (body: CallEventBody): CallEvent => {
  return { ...body, callId: "HD_1", seq: 0, atMs: 0, wallMs: 0 };
};
const sentence = (text: string) => event({ type: "agent_sentence", turn: 1, text });
const [en, sw] = ["en", "sw"].map((tag) => language(tag).brain);

Deno.test("prompts and sentences that ask for the same again are told from others", () => {
  const asksAgain = watchForAskingAgain();
  assert.ok(asksAgain(event({ type: "prompt", name: "didnt_catch", text: "Sorry?" })));
  assert.ok(asksAgain(sentence("Sorry, I didn't get that.")));
  assert.ok(asksAgain(sentence("Samahani, sijaelewa.")), sw.notUnderstood(""));
  assert.ok(!asksAgain(sentence(en.unknown)));
  assert.ok(!asksAgain(sentence("Your balance is KES 10.")));
  assert.ok(!asksAgain(event({ type: "prompt", name: "still_there", text: "Hello?" })));
});

Deno.test("a question that is put twice asks again, and the first time it does not", () => {
  const asksAgain = watchForAskingAgain();
  const [question] = /^[^?]+\?/.exec(en.ask.order_no!)!;
  assert.ok(!asksAgain(sentence(question)));
  assert.ok(asksAgain(sentence(question)));
});
