import assert from "node:assert/strict";
import type { Tool } from "../lib/contracts/tool.ts";
import { createConfirmGate } from "../lib/actions/safe_actions.ts";
import { isNo, isYes } from "../lib/languages/answers.ts";

const pay = { name: "pay", confirm: () => "Pay 5 shillings?" } as unknown as Tool;
const call = { id: "1", name: "pay", args: { amount: "five" } };

const open = () =>
  createConfirmGate({
    isYes: (text, language) => isYes(text, language),
    isNo: (text, language) => isNo(text, language),
  });

Deno.test("a clear yes in the next turn lets the write run, once, with its checked arguments", () => {
  const gate = open();
  assert.deepEqual(gate.propose(call, pay, { amount: 5 }, "en"), {
    say: "Pay 5 shillings?",
    expect: "yes_no",
  });
  assert.deepEqual(gate.answer("yes please"), { run: { ...call, args: { amount: 5 } } });
  assert.equal(gate.answer("yes"), undefined);
});

Deno.test("anything else drops the write, and a later yes means nothing", () => {
  for (const text of ["no", "yes but not today", "what?", "", "pay ten", "hapana"]) {
    const gate = open();
    gate.propose(call, pay, {}, "en");
    assert.deepEqual(gate.answer(text), { dropped: { ...call, args: {} } }, text);
    assert.equal(gate.answer("yes"), undefined, text);
  }
});

Deno.test("a yes counts in the language of the question and in the caller's", () => {
  for (const [text, language] of [["ndiyo", "sw"], ["oui", "fr"], ["yes", "sw"]]) {
    const gate = open();
    gate.propose(call, pay, {}, "en");
    assert.ok("run" in gate.answer(text, language)!, text);
  }
});

Deno.test("what is a yes in one language and a no in the other is no clear yes", () => {
  const gate = createConfirmGate({
    isYes: (text, language) => text === "la" && language === "en",
    isNo: (text, language) => text === "la" && language === "sw",
  });
  gate.propose(call, pay, {}, "en");
  assert.ok("dropped" in gate.answer("la", "sw")!);
});

Deno.test("a question that was not heard to its end asks for nothing", () => {
  const gate = open();
  gate.propose(call, pay, {}, "en");
  gate.interrupted();
  assert.equal(gate.pending, undefined);
  assert.equal(gate.answer("yes"), undefined);
});

Deno.test("a new proposal takes the place of the old one", () => {
  const gate = open();
  gate.propose(call, pay, { amount: 5 }, "en");
  gate.propose({ ...call, id: "2" }, pay, { amount: 6 }, "en");
  assert.deepEqual(gate.answer("yes"), { run: { id: "2", name: "pay", args: { amount: 6 } } });
});

Deno.test("a tool without a confirm text can't be proposed", () => {
  assert.throws(() => open().propose(call, { name: "pay" } as Tool, {}, "en"), TypeError);
});
