import assert from "node:assert/strict";
import type { CallRecord } from "../lib/contracts/call_record.ts";
import type { VoiceCallback } from "../lib/platform/voice_callback.ts";
import { decide } from "../lib/platform/voice_decision.ts";

const NOW_MS = 1_000_000;

function record(stage: CallRecord["stage"], more: Partial<CallRecord> = {}): CallRecord {
  return {
    callId: "HD_1",
    aliases: [],
    createdMs: 0,
    changedMs: 0,
    expiresMs: Infinity,
    stage,
    ...more,
  };
}

const armed = (dialledMs?: number) =>
  record("handing_over", {
    handOver: {
      state: "attempting",
      reason: "",
      brief: "",
      target: { number: "+254709900100" },
      dialledMs,
    },
  });

function ask(before: CallRecord, callback: Partial<VoiceCallback>, refused = false) {
  return decide(before, { callId: "HD_1", ids: ["HD_1"], ...callback }, NOW_MS, () => refused);
}

Deno.test("a first callback gets the stream, whatever state it names", () => {
  for (const state of ["ringing", "answered", undefined]) {
    const { answer, record: after } = ask(record("ringing"), { state });
    assert.equal(answer, "stream");
    assert.equal(after.stage, "offered");
  }
});

Deno.test("a first callback that says Completed with set-up fields gets the stream", () => {
  const setUp = [
    { active: true },
    { active: true, durationSeconds: 3 },
    { direction: "inbound", durationSeconds: 0 },
    { active: false, durationSeconds: 0 },
    {},
  ];
  for (const fields of setUp) {
    const { answer } = ask(record("ringing"), { state: "completed", ...fields });
    assert.equal(answer, "stream", JSON.stringify(fields));
  }
});

Deno.test("Completed with a duration is the end, also of a call that never had its stream", () => {
  for (const stage of ["ringing", "offered", "streaming", "handing_over"] as const) {
    for (const active of [false, undefined]) {
      const end = { state: "completed", durationSeconds: 86, active };
      const { answer, record: after } = ask(record(stage), end);
      assert.equal(answer, "empty");
      assert.equal(after.stage, "ended");
      assert.equal(after.endedMs, NOW_MS);
    }
  }
});

Deno.test("Completed of an inactive leg ends a call that had its stream", () => {
  const { record: after } = ask(record("streaming"), { state: "completed", active: false });
  assert.equal(after.stage, "ended");
  // Nothing but the word: it may be the late set-up edge of a call that is talking.
  assert.equal(ask(record("streaming"), { state: "completed" }).record.stage, "streaming");
});

Deno.test("a callback that comes again before the socket gets the stream again", () => {
  const { answer, record: after } = ask(record("offered"), { state: "ringing" });
  assert.equal(answer, "stream");
  assert.equal(after.stage, "offered");
  assert.equal(ask(record("offered"), { state: "ringing" }, true).answer, "stream");
});

Deno.test("edges of a stream or dial get nothing, and never a second stream", () => {
  for (const state of ["streamstarted", "streamstopped", "streamerror", "dialcompleted"]) {
    for (const stage of ["ringing", "offered", "streaming"] as const) {
      assert.equal(ask(record(stage), { state }).answer, "empty", `${stage} ${state}`);
    }
  }
  for (const state of ["ringing", "answered", "completed", undefined]) {
    assert.equal(ask(record("streaming"), { state }).answer, "empty");
  }
  assert.equal(ask(record("offered"), { state: "answered" }).answer, "empty");
});

Deno.test("an armed hand-over is answered on any edge but the end", () => {
  for (const state of ["streamstopped", "answered", "completed", undefined]) {
    const { answer, record: after } = ask(armed(), { state });
    assert.equal(answer, "hand_over");
    assert.equal(after.handOver?.dialledMs, NOW_MS);
  }
  const { answer } = ask(armed(), { state: "completed", durationSeconds: 9, active: false });
  assert.equal(answer, "empty");
});

Deno.test("after the dial a retry gets it again, its end is told apart, and edges get nothing", () => {
  const justNow = armed(NOW_MS - 1_000);
  assert.equal(ask(justNow, { state: "answered" }).answer, "hand_over");
  assert.equal(ask(justNow, { state: "streamstopped" }).answer, "empty");
  assert.equal(ask(armed(NOW_MS - 11_000), { state: "answered" }).answer, "empty");
  assert.equal(ask(justNow, { after: "dial" }).answer, "dial_over");
  assert.equal(ask(justNow, { state: "dialcompleted" }).answer, "dial_over");
});

Deno.test("a stream that gave the leg back without a hand-over is recovered", () => {
  for (const stage of ["ringing", "offered", "streaming"] as const) {
    assert.equal(ask(record(stage), { after: "stream" }).answer, "recover");
  }
});

Deno.test("a live edge of a call that we have ended hangs up", () => {
  assert.equal(ask(record("ended"), { state: "streamstopped" }).answer, "hang_up");
  assert.equal(ask(record("ended"), { after: "stream" }).answer, "hang_up");
  const end = ask(record("ended", { endReason: "goodbye" }), {
    state: "completed",
    durationSeconds: 5,
  });
  assert.equal(end.answer, "empty");
  assert.equal(end.record.endReason, "goodbye");
});

Deno.test("only a new call can be refused, and it keeps its numbers", () => {
  const numbers = { callerNumber: "+254712345678", dialledNumber: "+254709900100" };
  const { answer, record: after } = ask(record("ringing"), numbers, true);
  assert.equal(answer, "refuse");
  assert.equal(after.stage, "ringing");
  assert.equal(after.callerNumber, "+254712345678");
});
