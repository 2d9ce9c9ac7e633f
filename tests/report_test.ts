import assert from "node:assert/strict";
import { systemClock } from "../lib/clock.ts";
import { runReport } from "../lib/commands/report.ts";
import type { CallEventBody } from "../lib/contracts/call_event.ts";
import { openStore } from "../lib/store/kv_store.ts";
import type { Report } from "../lib/reports/report.ts";

const said = (text: string): CallEventBody => ({
  type: "caller_turn",
  turn: 1,
  text,
  language: "en",
});
const told: CallEventBody = { type: "agent_turn", turn: 1, heard: "Two days.", interrupted: false };
const latency = (ms: number): CallEventBody => ({
  type: "latency",
  turn: 1,
  waterfall: { speechEndMs: 100.3, firstSampleSentMs: 100.6 + ms },
});
const lookedUp = (question: string, topic?: string): CallEventBody => ({
  type: "looked_up",
  turn: 1,
  question,
  topic,
});

const CALLS: Record<string, CallEventBody[]> = {
  HD_1: [said("refund"), lookedUp("refund", "refunds"), latency(800), told, said("thanks bye")],
  HD_2: [said("refund"), lookedUp("refund", "refunds"), latency(900), told],
  HD_3: [said("moon"), lookedUp("=HYPERLINK(moon)"), latency(2000), told],
};

/** A store on disk with three calls of a minute each, and one that still runs. */
async function withCalls(test: () => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  const before = Deno.env.get("DATA_DIR");
  Deno.env.set("DATA_DIR", directory);
  const store = await openStore({ clock: systemClock, path: `${directory}/calls.kv` });
  const nowMs = systemClock.wallMs();
  for (const [callId, bodies] of Object.entries(CALLS)) {
    await store.update(callId, (record) => ({
      ...record,
      createdMs: nowMs - 3_600_000,
      streamStartedMs: nowMs - 3_600_000,
      endedMs: nowMs - 3_540_000,
      stage: "ended",
      callerHash: callId,
      billed: { status: "completed", durationSeconds: 60, costMinor: 50, currency: "KES" },
    }));
    const events = bodies.map((body, seq) => ({ ...body, callId, seq, atMs: 0, wallMs: nowMs }));
    await store.append(callId, events);
  }
  await store.update("HD_4", (record) => ({ ...record, stage: "streaming" }));
  store.close();
  try {
    await test();
  } finally {
    if (before === undefined) Deno.env.delete("DATA_DIR");
    else Deno.env.set("DATA_DIR", before);
    await Deno.remove(directory, { recursive: true });
  }
}

async function run(...args: string[]) {
  const out: string[] = [];
  const errors: string[] = [];
  const code = await runReport(args, (text) => out.push(text), (text) => errors.push(text));
  return { code, out: out.join("\n"), errors: errors.join("\n") };
}

Deno.test("the report counts outcomes, deflection, latency, costs, intents and open questions", () =>
  withCalls(async () => {
    const { code, out } = await run("--since", "7d", "--json", "--human-cost", "60");
    const report: Report = JSON.parse(out);
    assert.equal(code, 0);
    assert.deepEqual([report.calls, report.running], [3, 1]);
    assert.equal(report.outcomes.resolved_confirmed, 1);
    assert.equal(report.outcomes.resolved_unconfirmed, 1);
    assert.equal(report.outcomes.abandoned_mid, 1);
    assert.deepEqual([report.deflection.deflected.count, report.deflection.deflected.n], [1, 3]);
    assert.deepEqual(report.latency, { turns: 3, p50Ms: 900, p95Ms: 2000 });
    assert.equal(report.costs.platformMinor, 150);
    assert.equal(report.costs.perResolvedMinor, 75);
    assert.equal(report.costs.humanMinor, 6000);
    assert.deepEqual(report.intents, [{ name: "refunds", count: 2 }]);
    assert.equal(report.unanswered.length, 1);
  }));

Deno.test("calls before the time asked for are left out", () =>
  withCalls(async () => {
    const report: Report = JSON.parse((await run("--since", "30m", "--json")).out);
    assert.deepEqual([report.calls, report.running], [0, 1]);
    assert.equal(report.latency, undefined);
  }));

Deno.test("people read a table with n and the interval", () =>
  withCalls(async () => {
    const { out } = await run();
    assert.match(out, /^3 calls from .* 1 still running/);
    assert.match(out, /deflected +33\.3 % \(1 of 3, 95 % interval 6\.1 % to 79\.2 %\)/);
    assert.match(out, /p50 \/ p95 +900 \/ 2000 ms over 3 turns/);
    assert.match(out, /per resolved call +KES 0\.75/);
  }));

Deno.test("a spreadsheet gets no formula from a caller's words", () =>
  withCalls(async () => {
    const { out } = await run("--csv");
    assert.match(out, /^section,name,value\r\n/);
    assert.match(out, /unanswered,'=hyperlink\(moon\),1/);
  }));

Deno.test("what can't be understood is named, and ends with 2", async () => {
  for (
    const [args, wrong] of [
      [["--since", "soon"], /Cannot use --since: .*received soon/],
      [["--json", "--csv"], /exclude each other/],
      [["--human-cost", "much"], /--human-cost.*received much/],
      [["--sins", "7d"], /--sins/],
    ] as const
  ) {
    const { code, errors } = await run(...args);
    assert.equal(code, 2);
    assert.match(errors, wrong);
  }
});

Deno.test("help is printed, and a place without calls is named, and ends with 1", async () => {
  assert.match((await run("--help")).out, /Usage: deno task report/);
  const before = Deno.env.get("DATA_DIR");
  Deno.env.set("DATA_DIR", "/nowhere");
  const { code, errors } = await run();
  if (before === undefined) Deno.env.delete("DATA_DIR");
  else Deno.env.set("DATA_DIR", before);
  assert.equal(code, 1);
  assert.match(errors, /no calls at \/nowhere\/calls\.kv/);
});
