import assert from "node:assert/strict";
import type { CallEvent, CallEventBody } from "../lib/contracts/call_event.ts";
import { language } from "../lib/languages/languages.ts";
import { isSafe } from "../lib/scenarios/safe_reply.ts";

const events = (...bodies: CallEventBody[]) =>
  bodies.map((body): CallEvent => ({ ...body, callId: "HD_1", seq: 0, atMs: 0, wallMs: 0 }));
const heard: CallEventBody = { type: "caller_turn", turn: 1, text: "my due", language: "en" };
const didntCatch: CallEventBody = { type: "prompt", name: "didnt_catch", text: "Sorry?" };
const says = (text: string): CallEventBody => ({ type: "agent_sentence", turn: 1, text });

Deno.test("asking again and offering a person are safe", () => {
  assert.ok(isSafe(events(heard, didntCatch)));
  assert.ok(isSafe(events(heard, says("I don't know that."), says("Shall I get a person?"))));
  assert.ok(isSafe(events(heard, says(language("en").brain.stillUnclear))));
});

Deno.test("a wrong answer is wrong, also after the caller was asked again", () => {
  const unheard: CallEventBody = { type: "not_understood", turn: 1, reason: "no words" };
  assert.ok(!isSafe(events(heard, says("You may pay late."))));
  assert.ok(!isSafe(events(unheard, didntCatch, heard, says("You may pay late."))));
  assert.ok(isSafe(events(heard, says("Sorry?"), unheard, didntCatch)));
});
