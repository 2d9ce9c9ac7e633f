import assert from "node:assert/strict";
import type { CallEvent, CallEventBody } from "../lib/contracts/call_event.ts";
import type { CallRecord, CallStore } from "../lib/contracts/call_record.ts";
import { makeBrief, MAX_BRIEF_WORDS } from "../lib/hand_over/brief.ts";
import { moodOf } from "../lib/hand_over/mood.ts";
import { handOverPage } from "../lib/hand_over/page.ts";
import { makePageToken, PAGE_LIFE_MS, readPageToken } from "../lib/hand_over/page_token.ts";
import { createTeamWebhook } from "../lib/hand_over/team_webhook.ts";
import { checkSignature } from "../lib/platform/signature.ts";
import { createMasker } from "../lib/privacy/mask.ts";
import { openStore } from "../lib/store/kv_store.ts";
import { FakeClock } from "./fake_clock.ts";
import { withApi } from "./rest_client_server.ts";

const SECRET = "a secret of thirty-two characters";
const mask = createMasker();

function events(...bodies: CallEventBody[]): CallEvent[] {
  return bodies.map((body, seq) => ({ ...body, callId: "HD_1", seq, atMs: seq, wallMs: seq }));
}

const said = (text: string): CallEventBody => ({
  type: "caller_turn",
  turn: 1,
  text,
  language: "en",
});
const STORY: CallEventBody[] = [
  said("send my money to 0712345678 <script>alert(1)</script>"),
  {
    type: "tool_call",
    turn: 1,
    name: "reset_password",
    effect: "write",
    ok: false,
    durationMs: 5,
    error: "timeout",
  },
  { type: "agent_turn", turn: 1, heard: "I could not do that.", interrupted: false },
];

function call(clock: FakeClock, reason = "Wants to pay +254712345678 back"): CallRecord {
  return {
    callId: "HD_1",
    aliases: [],
    createdMs: clock.wallMs(),
    stage: "streaming",
    changedMs: 0,
    expiresMs: clock.wallMs() + PAGE_LIFE_MS * 10,
    callerNumber: "+254712345678",
    dialledNumber: "+254711000000",
    language: "sw",
    handOver: { state: "promised", reason, brief: "", target: {}, reference: "TK-1" },
  };
}

Deno.test("the brief says who, why, what was tried and how it went, with numbers masked", () => {
  const record = call(new FakeClock());
  record.handOver!.verified = { level: "fact", how: "knew the last bill" };
  const { text, document, whisper } = makeBrief({
    record,
    events: events(...STORY),
    mask,
  });
  assert.match(text, /^Wants to pay .*678 back\. Caller .*678, knew the last bill\./);
  assert.match(text, /Tried: reset password failed\. Mood calm\. Language sw\./);
  assert.match(whisper, /^Support call\. Wants to pay/);
  assert.doesNotMatch(JSON.stringify({ text, document, whisper }), /0?712345678/);
  assert.deepEqual(document.tried, [
    { tool: "reset_password", effect: "write", ok: false, result: undefined, error: "timeout" },
  ]);
  assert.equal(document.transcript.length, 2);
});

Deno.test("the document has every fact that a person asks for, and nothing unmasked", () => {
  const record = call(new FakeClock());
  Object.assign(record.handOver!, {
    verified: { level: "code", how: "verified by code" },
    account: "…678",
    costMinor: 134,
  });
  const found: CallEventBody = {
    type: "tool_call",
    turn: 1,
    name: "get_account",
    effect: "read",
    ok: true,
    durationMs: 5,
    result: "The account of 0712345678 is paid until Friday. " + "x".repeat(500),
  };
  const { document } = makeBrief({ record, events: events(...STORY, found), mask });
  assert.deepEqual(Object.keys(document).sort(), [
    "account",
    "call_id",
    "caller",
    "cost_minor",
    "dialled",
    "intents",
    "language",
    "mood",
    "reason",
    "reference",
    "transcript",
    "tried",
    "verified",
  ]);
  for (const [name, value] of Object.entries(document)) assert.notEqual(value, undefined, name);
  assert.equal(document.cost_minor, 134, "so far");
  assert.match(document.tried[1].result!, /^The account of \S*678 is paid until Friday/);
  assert.equal(document.tried[1].result!.length, 300);
  assert.doesNotMatch(JSON.stringify(document), /712345678/);

  const kes = { stt: 1, llm: 0, tts: 0, inbound: 0, stream: 0, dial: 1 };
  const cost: CallEventBody = {
    type: "cost",
    kes,
    totalKes: 2,
    estimated: [],
    unpriced: [],
    stale: false,
  };
  const over = makeBrief({ record, events: events(...STORY, cost), mask });
  assert.equal(over.document.cost_minor, 200, "in all");
});

Deno.test("however much there is to say, the brief has at most sixty words", () => {
  const many = Array.from({ length: 50 }, (_, i): CallEventBody => ({
    type: "tool_call",
    turn: i,
    name: `tool_number_${i}`,
    effect: "read",
    ok: true,
    durationMs: 1,
  }));
  const record = call(new FakeClock(), "word ".repeat(200));
  const { text, whisper, document } = makeBrief({ record, events: events(...many), mask });
  assert.ok(text.split(" ").length <= MAX_BRIEF_WORDS);
  assert.ok(whisper.split(" ").length <= 25);
  assert.equal(document.tried.length, 10);
});

Deno.test("mood follows what the caller did in the last turns", () => {
  const bargeIn: CallEventBody = { type: "barge_in", turn: 1, heardMs: 500 };
  const missed: CallEventBody = { type: "not_understood", turn: 1, reason: "" };
  assert.equal(moodOf([]), "calm");
  assert.equal(moodOf(events(said("my balance"), bargeIn)), "impatient");
  assert.equal(moodOf(events(said("my balance"), said("My balance!"), bargeIn, missed)), "upset");
  const calmed = [bargeIn, bargeIn, bargeIn, said("a"), said("b"), said("c"), said("d")];
  assert.equal(moodOf(events(...calmed)), "calm");
});

Deno.test("the page opens with its token for an hour, and with nothing else", async () => {
  const clock = new FakeClock();
  const store = await openStore({ clock, path: ":memory:" });
  await store.update("HD_1", () => call(clock));
  await store.append("HD_1", events(...STORY));
  const app = handOverPage({ store, clock, tokenSecret: SECRET, mask });
  const token = makePageToken(SECRET, "HD_1", clock.wallMs());

  const response = await app.request(`/hand-over/${token}`);
  const page = await response.text();
  assert.equal(response.status, 200);
  assert.match(page, /&lt;script&gt;alert/);
  assert.doesNotMatch(page, /<script>|712345678/);
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.match(response.headers.get("content-security-policy")!, /default-src 'none'/);

  const [claims, signature] = token.split(".");
  const forged = makePageToken("another secret", "HD_1", clock.wallMs());
  for (const bad of ["x", `${claims}.`, `${claims}.${signature}x`, `.${signature}`, forged]) {
    assert.equal((await app.request(`/hand-over/${bad}`)).status, 404, bad);
  }
  await clock.advance(PAGE_LIFE_MS);
  assert.equal((await app.request(`/hand-over/${token}`)).status, 404);
  assert.equal(readPageToken(SECRET, token, clock.wallMs()), undefined);
  store.close();
});

function teamAt(url: string, store: CallStore, clock: FakeClock) {
  const publicUrl = "https://bridge.example";
  const secret = SECRET;
  return createTeamWebhook({ url, secret, store, clock, tokenSecret: SECRET, publicUrl, mask });
}

Deno.test("the team gets the brief with a link, signed so that they can check it", () =>
  withApi([new Response(null, { status: 204 })], async (url, asked) => {
    const clock = new FakeClock();
    const store = await openStore({ clock, path: ":memory:" });
    const tell = teamAt(url, store, clock);
    await tell(call(clock), new AbortController().signal);
    const body = asked[0].body as Record<string, string>;
    assert.equal(body.kind, "hand_over.promised");
    assert.equal(body.reference, "TK-1");
    const token = body.link.replace("https://bridge.example/hand-over/", "");
    assert.equal(readPageToken(SECRET, token, clock.wallMs()), "HD_1");
    const bytes = new TextEncoder().encode(JSON.stringify(body));
    const header = asked[0].headers.get("x-pokea-signature")!;
    const rules = { secrets: [SECRET], acceptBareHex: false };
    checkSignature(bytes, header, rules, clock.wallMs());
    assert.throws(() => checkSignature(bytes.slice(1), header, rules, clock.wallMs()));
    store.close();
  }));

Deno.test("a team that does not take the brief is a failure, so that it is told again", () =>
  withApi([new Response("no", { status: 500 })], async (url) => {
    const clock = new FakeClock();
    const store = await openStore({ clock, path: ":memory:" });
    const tell = teamAt(url, store, clock);
    await assert.rejects(tell(call(clock), new AbortController().signal), /received 500/);
    store.close();
  }));
