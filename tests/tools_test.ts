import assert from "node:assert/strict";
import * as v from "valibot";
import { createSampleCompany, DEMO_CALLER } from "../lib/backends/sample_company.ts";
import type { Backend } from "../lib/contracts/backend.ts";
import type { Tool, ToolContext } from "../lib/contracts/tool.ts";
import { createIdentity } from "../lib/actions/identity.ts";
import { parsePattern, slotsOf } from "../lib/providers/embedded/phrase_patterns.ts";
import { slotsOfTool } from "../lib/providers/embedded/tool_slots.ts";
import { dayOf, money, timeOf } from "../lib/actions/spoken_facts.ts";
import { checkOutage } from "../tools/check_outage.ts";
import { endCall } from "../tools/end_call.ts";
import { getAccount } from "../tools/get_account.ts";
import { getOrder } from "../tools/get_order.ts";
import { getTickets } from "../tools/get_tickets.ts";
import { handOver } from "../tools/hand_over.ts";
import { openTicket } from "../tools/open_ticket.ts";
import { resetPassword } from "../tools/reset_password.ts";
import { verifyCaller } from "../tools/verify_caller.ts";
import { FakeClock } from "./fake_clock.ts";
import { openSupportDesk } from "./support_desk.ts";

const LANGUAGES = ["en", "sw", "fr"];

function contextOf(change: Partial<ToolContext> = {}) {
  const wishes: string[] = [];
  const context: ToolContext = {
    callId: "HD_1",
    callerNumber: DEMO_CALLER,
    language: "en",
    backend: createSampleCompany(new FakeClock()),
    idempotencyKey: "key",
    signal: new AbortController().signal,
    proveIdentity: createIdentity(DEMO_CALLER).prove,
    handOver: (reason) => wishes.push(reason),
    endCall: (reason) => wishes.push(reason),
    ...change,
  };
  return { context, wishes };
}

const allTools = async (): Promise<readonly Tool[]> => (await openSupportDesk()).catalog.tools;

Deno.test("every tool is named like its file", async () => {
  const files = [...Deno.readDirSync("tools")].map(({ name }) => name.replace(/\.ts$/, ""));
  assert.deepEqual((await allTools()).map(({ name }) => name).sort(), files.sort());
});

Deno.test("every tool that callers ask for has phrases in English and Swahili that can be read", async () => {
  for (const tool of await allTools()) {
    // Control tools are understood by the languages' own grammar.
    if (["hand_over", "end_call", "search_knowledge"].includes(tool.name)) continue;
    const fields = slotsOfTool(tool).map(({ field }) => field);
    for (const language of ["en", "sw"]) {
      const phrases = tool.phrases?.[language] ?? [];
      assert.ok(phrases.length > 0, `${tool.name} in ${language}`);
      for (const phrase of phrases) {
        for (const slot of slotsOf(parsePattern(phrase))) {
          assert.ok(fields.includes(slot), `${tool.name}: <${slot}> must be a parameter`);
        }
      }
    }
  }
});

Deno.test("every tool that changes something needs a question to be asked in each language", async () => {
  for (const tool of await allTools()) {
    if (tool.effect === "read") continue;
    const questions = LANGUAGES.map((language) => tool.confirm!({ subject: "noise" }, language));
    for (const question of questions) assert.match(question, /\?$/);
    assert.equal(new Set(questions).size, LANGUAGES.length, tool.name);
  }
});

Deno.test("no tool takes the caller's number as a parameter", async () => {
  for (const spec of (await openSupportDesk()).catalog.specs()) {
    const fields = Object.keys(spec.parameters.properties as object);
    assert.ok(!fields.some((field) => /caller|msisdn|phone/.test(field)), spec.name);
  }
});

Deno.test("get_account tells what is due, what is in credit and what is nothing", async () => {
  const { context } = contextOf();
  const { say, data } = await getAccount.run({}, context);
  assert.equal(
    say,
    "You're on Home 20, and your account is active. You have KES 2,499 to pay by 28 November.",
  );
  assert.equal(data.accountNumber, "…518", "callers prove themselves with the rest");
  const other = contextOf({ callerNumber: "+254700000003" }).context;
  assert.match((await getAccount.run({}, other)).say, /You have KES 500 in credit\./);
  const suspended = contextOf({ callerNumber: "+254700000002", language: "sw" }).context;
  assert.match(
    (await getAccount.run({}, suspended)).say,
    /imesimamishwa\. Unadaiwa KES 3,798\.50, ulipe kufikia 14 Novemba\./,
  );
});

Deno.test("a number that nobody knows gets no account", async () => {
  const { context } = contextOf({ callerNumber: "+254799999999" });
  const { data, say, expect } = await getAccount.run({}, context);
  assert.deepEqual([data.found, expect], [false, "yes_no"]);
  assert.match(say, /can't find an account/);
});

Deno.test("get_order tells the caller's own order and nobody else's", async () => {
  const mine = await getOrder.run({ order_number: "7315" }, contextOf().context);
  assert.equal(mine.say, "Your order, Wi-Fi router, is on the way. We expect it on 24 November.");
  const delivered = await getOrder.run({ order_number: "6890" }, contextOf().context);
  assert.equal(delivered.say, "Your order, indoor cable, has been delivered.");
  const foreign = await getOrder.run({ order_number: "8042" }, contextOf().context);
  assert.match(foreign.say, /can't find order 8 0 4 2/);
  assert.equal(v.is(getOrder.parameters, { order_number: "73-15" }), false);
});

Deno.test("get_tickets tells open tickets", async () => {
  const { say } = await getTickets.run({}, contextOf().context);
  assert.equal(
    say,
    "You have 1 open ticket. Slow internet in the evening, from 20 November, is being worked on.",
  );
  const none = await getTickets.run({}, contextOf({ callerNumber: "+254700000002" }).context);
  assert.equal(none.say, "You have no open ticket with us.");
});

Deno.test("check_outage tells what is known, and what is not known", async () => {
  const { context } = contextOf();
  assert.equal(
    (await checkOutage.run({ area: "Westlands" }, context)).say,
    "There is an outage in Westlands since 10:00: a fibre cable was cut during road works. " +
      "We expect it to be back by 15:00.",
  );
  assert.match((await checkOutage.run({ area: "bamburi" }, context)).say, /don't know yet when/);
  assert.match((await checkOutage.run({ area: "Karen" }, context)).say, /no outage in Karen/);
  assert.match((await checkOutage.run({}, context)).say, /no outage in Kilimani/);
});

Deno.test("check_outage asks for the area when neither the caller nor the account has one", async () => {
  const { data, say } = await checkOutage.run({}, contextOf({ callerNumber: undefined }).context);
  assert.deepEqual([data.missing, say], ["area", "Which area are you in?"]);
});

Deno.test("reset_password tells only the end of the number, and only after it was sent", async () => {
  const { context } = contextOf();
  const { say } = await resetPassword.run({}, context);
  assert.equal(say, "Done. The link was sent by SMS to the number ending in 0 0 1.");
  const stranger = contextOf({ callerNumber: "+254799999999" }).context;
  await assert.rejects(resetPassword.run({}, stranger), /must be a customer/);
});

Deno.test("open_ticket gives a reference to note down", async () => {
  const { say, data } = await openTicket.run({ subject: "noise on the line" }, contextOf().context);
  assert.match(say, /reference is U F 1 0 0 1\./);
  assert.equal((data.ticket as { status: string }).status, "open");
});

Deno.test("verify_caller raises the identity only for the number's own account", async () => {
  const identity = createIdentity(DEMO_CALLER);
  const { context } = contextOf({ proveIdentity: identity.prove });
  const wrong = await verifyCaller.run({ account_number: "118706" }, context); // another's
  assert.deepEqual([wrong.data.verified, wrong.expect, identity.level], [
    false,
    "account_no",
    "number",
  ]);
  const right = await verifyCaller.run({ account_number: "204518" }, context);
  assert.deepEqual([right.data.verified, identity.level], [true, "fact"]);
});

Deno.test("hand_over and end_call tell the call, and promise nothing that has not happened", async () => {
  const { context, wishes } = contextOf();
  const { say } = await handOver.run({ reason: "upset" }, context);
  assert.doesNotMatch(say, /connected|transferred/i);
  await endCall.run({ reason: "done" }, context);
  assert.deepEqual(wishes, ["upset", "done"]);
});

Deno.test("search_knowledge gives passages with their ids, and says when there are none", async () => {
  const { catalog } = await openSupportDesk();
  const search = catalog.get("search_knowledge")!;
  const { context } = contextOf();
  const { data, say } = await search.run({ question: "how do i pay" }, context);
  const [first] = data.passages as { id: string; text: string }[];
  assert.equal(first.id, "paying.en#pay-mpesa");
  assert.equal(say, first.text);
  assert.match((await search.run({ question: "zebra crossing" }, context)).say, /nothing written/);
});

Deno.test("every tool speaks each language", async () => {
  const args: Record<string, Record<string, string>> = {
    get_order: { order_number: "7315" },
    open_ticket: { subject: "noise" },
    verify_caller: { account_number: "204518" },
    hand_over: { reason: "asked" },
    end_call: { reason: "done" },
    search_knowledge: { question: "zebra crossing" },
  };
  for (const tool of await allTools()) {
    const said = await Promise.all(LANGUAGES.map(async (language) => {
      return (await tool.run(args[tool.name] ?? {}, contextOf({ language }).context)).say;
    }));
    assert.equal(new Set(said).size, LANGUAGES.length, `${tool.name}: ${said.join(" | ")}`);
  }
});

Deno.test("a company's system that fails makes the tool fail", async () => {
  const backend = { account: () => Promise.reject(new Error("down")) } as unknown as Backend;
  await assert.rejects(getAccount.run({}, contextOf({ backend }).context), /down/);
});

Deno.test("amounts and dates are written so that they can be spoken", () => {
  assert.equal(money(123_450, "KES"), "KES 1,234.50");
  assert.equal(money(100, "KES"), "KES 1");
  assert.equal(money(5, "USD"), "USD 0.05");
  assert.deepEqual(LANGUAGES.map((language) => dayOf("2026-11-25", language)), [
    "25 November",
    "25 Novemba",
    "25 novembre",
  ]);
  assert.equal(dayOf("2026-03-01T23:30:00+03:00", "en"), "1 March");
  assert.equal(timeOf("2026-11-23T14:30:00+03:00"), "14:30");
});
