import assert from "node:assert/strict";
import type { LlmEvent, LlmRequest, Message } from "../lib/contracts/llm.ts";
import { MIN_CONFIDENCE } from "../lib/providers/embedded/brain.ts";
import { openSupportDesk, TextCall } from "./support_desk.ts";

const desk = await openSupportDesk();
const never = () => new AbortController().signal;

async function ask(messages: Message[], change: Partial<LlmRequest> = {}): Promise<LlmEvent[]> {
  const request = {
    system: "",
    messages,
    tools: desk.catalog.specs(),
    language: "en",
    maxOutputTokens: 300,
    ...change,
  };
  return await Array.fromAsync(desk.brain(request, never()));
}

Deno.test("a question is answered with what the knowledge says", async () => {
  const { said } = await new TextCall(desk).say("how do I pay my bill");
  assert.match(said, /choose Lipa na M-Pesa, then Pay Bill/);
});

Deno.test("the caller's own account is looked up and told", async () => {
  const { said, calls } = await new TextCall(desk).say("hello, what is my balance?");
  assert.deepEqual(calls.map(({ name, args }) => [name, args]), [["get_account", {}]]);
  assert.match(said, /Home 20.+KES 2,499 to pay by 28 November/);
});

Deno.test("a missing number is asked for, and understood in figures, words and mixed", async () => {
  for (const number of ["7315", "seven three one five", "it's 7 3, um, one five", "saba tatu 15"]) {
    const call = new TextCall(desk);
    const asked = await call.say("where is my order");
    assert.equal(asked.expect, "order_no");
    assert.match(asked.said, /order number\?/);
    const { calls, said } = await call.say(number);
    assert.deepEqual(calls[0].args, { order_number: "7315" }, number);
    assert.match(said, /Wi-Fi router, is on the way/);
  }
});

Deno.test("a number said with the request is not asked for again", async () => {
  const { calls } = await new TextCall(desk).say("my order number is double eight 90");
  assert.deepEqual(calls[0].args, { order_number: "8890" });
});

Deno.test("a number that was typed on the keypad fills the slot", async () => {
  const call = new TextCall(desk);
  await call.say("where is my order");
  const { calls } = await call.say("7315", { confidence: 1 });
  assert.deepEqual(calls[0].args, { order_number: "7315" });
});

Deno.test("an area is found although a letter was misheard", async () => {
  const { calls, said } = await new TextCall(desk).say("is there an outage in westland");
  assert.deepEqual(calls[0].args, { area: "Westlands" });
  assert.match(said, /outage in Westlands since 10:00/);
});

Deno.test("a caller without an account is asked for the area", async () => {
  const call = new TextCall(desk, { callerNumber: null });
  const { said } = await call.say("my internet is down");
  assert.match(said, /Which area are you in\?/);
  assert.match((await call.say("atlantis")).said, /I don't know that area/);
  const { calls } = await call.say("bamburi");
  assert.deepEqual(calls[0].args, { area: "Bamburi" });
});

Deno.test("a question in between is answered while a number is waited for", async () => {
  const call = new TextCall(desk);
  await call.say("where is my order");
  assert.match((await call.say("where is your office")).said, /Maua Plaza/);
});

Deno.test("a number that can't be made out is asked for twice, then a person is offered", async () => {
  const call = new TextCall(desk);
  await call.say("where is my order");
  assert.match((await call.say("banana")).said, /digit by digit/);
  const { said, expect } = await call.say("banana");
  assert.match(said, /Shall I get a person/);
  assert.equal(expect, "yes_no");
  assert.equal((await call.say("yes please")).calls[0].name, "hand_over");
});

Deno.test("a caller who doesn't have the number is offered a person", async () => {
  const call = new TextCall(desk);
  await call.say("where is my order");
  assert.match((await call.say("i don't know")).said, /Shall I get a person/);
});

Deno.test("what nobody wrote down is not guessed at", async () => {
  const call = new TextCall(desk);
  const { said, calls, expect } = await call.say("who won the football match last night");
  assert.deepEqual([calls, expect], [[], "yes_no"]);
  assert.match(said, /I don't know that\. Shall I get a person for you\?/);
  assert.match((await call.say("no")).said, /What else/);
});

Deno.test("a person is called whenever the caller asks for one", async () => {
  for (const text of ["can I talk to a human please", "agent", "nataka kuongea na mhudumu"]) {
    const call = new TextCall(desk);
    await call.say("where is my order"); // even while something is waited for
    const { calls } = await call.say(text, { confidence: 0.3 });
    assert.equal(calls[0]?.name, "hand_over", text);
    assert.equal(call.wishes.length, 1);
  }
});

Deno.test("unsure recognition is asked again once, then a person is offered", async () => {
  const call = new TextCall(desk);
  const doubtful = { confidence: MIN_CONFIDENCE - 0.05 };
  const first = await call.say("what is my balance", doubtful);
  assert.deepEqual(first.calls, []);
  assert.match(first.said, /Sorry, I didn't get that\. You can ask about/);
  const second = await call.say("what is my balance", doubtful);
  assert.match(second.said, /Shall I get a person/);
  assert.equal((await call.say("yes")).calls[0].name, "hand_over");
});

Deno.test("unsure recognition of a number repeats the question for it", async () => {
  const call = new TextCall(desk);
  await call.say("where is my order");
  const again = await call.say("seven three one five", { confidence: 0.4 });
  assert.deepEqual([again.calls, again.expect], [[], "order_no"]);
  assert.deepEqual((await call.say("7315")).calls[0].args, { order_number: "7315" });
});

Deno.test("a new password takes a fact, a yes, and happens once", async () => {
  const call = new TextCall(desk);
  const first = await call.say("I forgot my password");
  assert.equal(first.expect, "account_no");
  assert.equal(first.outcomes[0].ok, false);
  const verified = await call.say("two zero four five one eight");
  assert.deepEqual(verified.calls.map(({ name }) => name), ["verify_caller", "reset_password"]);
  assert.match(verified.said, /I will send a link .+ Shall I do that\?/);
  assert.equal(verified.outcomes.at(-1)!.data.sent, undefined);
  const done = await call.say("yes, go ahead");
  assert.match(done.said, /link was sent by SMS to the number ending in 0 0 1/);
});

Deno.test("what waited for the right account number goes on after a wrong one", async () => {
  const call = new TextCall(desk);
  await call.say("I forgot my password");
  await call.say("111111");
  const { calls } = await call.say("204518");
  assert.deepEqual(calls.map(({ name }) => name), ["verify_caller", "reset_password"]);
});

Deno.test("a number said for another request is not taken for the one that was asked for", async () => {
  const call = new TextCall(desk);
  await call.say("I forgot my password");
  const { calls } = await call.say("where is my order 7315");
  assert.deepEqual(calls.map(({ name }) => name), ["get_order"]);
  const other = new TextCall(desk);
  await other.say("I forgot my password");
  const { calls: verified } = await other.say("my account number is 204518");
  assert.deepEqual(verified.map(({ name }) => name), ["verify_caller", "reset_password"]);
});

Deno.test("one word in common with a tool's phrases is not a request for it", async () => {
  assert.match((await new TextCall(desk).say("i want to order pizza")).said, /I don't know that/);
});

Deno.test("three wrong account numbers end the check with the offer of a person", async () => {
  const call = new TextCall(desk);
  await call.say("I forgot my password");
  assert.match((await call.say("111111")).said, /doesn't match/);
  assert.match((await call.say("222222")).said, /doesn't match/);
  const { said } = await call.say("333333");
  assert.match(said, /could not check who I'm speaking with\. Shall I get a person/);
  const later = await call.say("I forgot my password");
  assert.match(later.said, /could not check/);
});

Deno.test("anything but a yes drops the change", async () => {
  const call = new TextCall(desk);
  await call.say("I forgot my password");
  await call.say("204518");
  assert.ok(call.gate.pending);
  await call.say("how much is Home 20");
  assert.equal(call.gate.pending, undefined);
  assert.deepEqual((await call.say("yes")).outcomes, []);
});

Deno.test("a ticket's subject is asked for and read back", async () => {
  const call = new TextCall(desk);
  assert.match((await call.say("I want to report a fault")).said, /what is it about\?/);
  const read = await call.say("the cable on our street is broken");
  assert.match(read.said, /ticket about: the cable on our street is broken\. Shall I/);
  assert.match((await call.say("yes")).said, /reference is U F/);
});

Deno.test("a question whose end was not heard is still remembered", async () => {
  const call = new TextCall(desk);
  await call.say("where is my order");
  // The caller spoke over the question; the history keeps what was heard, without notes.
  const cut: Message = { role: "agent", text: "What is the order number? You can" };
  const messages = [call.messages[0], cut, { role: "caller", text: "7315" } as Message];
  const events = await ask(messages);
  const [made] = events.flatMap((event) => (event.type === "tool_call" ? [event.call] : []));
  assert.deepEqual(made.args, { order_number: "7315" });
});

Deno.test("an offer whose end was not heard was not made", async () => {
  const messages: Message[] = [
    { role: "caller", text: "who won the match" },
    { role: "agent", text: "I don't know that. Shall" },
    { role: "caller", text: "yes" },
  ];
  assert.equal((await ask(messages)).some(({ type }) => type === "tool_call"), false);
  messages[1] = { role: "agent", text: "I don't know that. Shall I get a person for you?" };
  assert.equal((await ask(messages)).some(({ type }) => type === "tool_call"), true);
});

Deno.test("goodbye ends the call, thanks do not", async () => {
  const call = new TextCall(desk);
  assert.deepEqual((await call.say("thank you")).calls, []);
  assert.equal((await call.say("thank you, bye")).calls[0].name, "end_call");
  assert.match(call.wishes[0], /^end: /);
});

Deno.test("what was said last is said again on request", async () => {
  const call = new TextCall(desk);
  const { said } = await call.say("where is your office");
  assert.equal((await call.say("sorry, can you repeat that?")).said, said);
});

Deno.test("it says that it is a machine", async () => {
  assert.match((await new TextCall(desk).say("are you a robot?")).said, /not a person/);
});

Deno.test("Swahili is understood and answered in Swahili", async () => {
  const call = new TextCall(desk, { language: "sw" });
  assert.match((await call.say("habari")).said, /Nikusaidie vipi/);
  assert.match((await call.say("salio langu ni ngapi")).said, /Unadaiwa KES 2,499.+28 Novemba/);
  assert.match((await call.say("ninalipaje bili")).said, /Namba ya biashara ni 555012/);
  await call.say("oda yangu iko wapi");
  assert.match((await call.say("saba tatu moja tano")).said, /iko njiani/);
  assert.equal((await call.say("kwaheri")).calls[0].name, "end_call");
});

Deno.test("English and Swahili may be mixed in one sentence", async () => {
  const { calls } = await new TextCall(desk).say("nataka kujua bill yangu please");
  assert.equal(calls[0].name, "get_account");
});

Deno.test("a tool that is not offered is not called", async () => {
  const events = await ask([{ role: "caller", text: "get me a person" }], { tools: [] });
  assert.deepEqual(events.map(({ type }) => type), ["text", "end"]);
});

Deno.test("text over the limit of tokens ends with its reason", async () => {
  const messages: Message[] = [{ role: "caller", text: "how do I pay" }];
  const end = (await ask(messages, { maxOutputTokens: 20 })).at(-1)!;
  assert.ok(end.type === "end" && end.reason === "length");
});

Deno.test("a failed tool is admitted and a person offered", async () => {
  const call = { id: "1", name: "get_account", args: {} };
  const results = [{ id: "1", name: "get_account", ok: false, data: { error: "down" } }];
  const events = await ask([
    { role: "caller", text: "my balance" },
    { role: "agent", text: "", toolCalls: [call] },
    { role: "tools", results },
  ]);
  const end = events.at(-1)!;
  assert.ok(events[0].type === "text" && /Sorry, I can't tell you that/.test(events[0].text));
  assert.ok(end.type === "end" && end.echo);
});

Deno.test("whether there is fibre in an area is no question about an outage there", async () => {
  for (
    const question of [
      "Do you have fibre in Kasarani?",
      "Is there internet in Kilimani?",
      "Mna fibre Kasarani?",
    ]
  ) {
    const { said, calls } = await new TextCall(desk).say(question);
    assert.deepEqual(calls, [], question);
    assert.match(said, /We serve parts of Nairobi/, question);
  }
  for (const question of ["no internet in Thika", "what about Ruaka"]) {
    const { calls } = await new TextCall(desk).say(question);
    assert.equal(calls[0]?.name, "check_outage", question);
  }
});
