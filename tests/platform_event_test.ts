import assert from "node:assert/strict";
import { callbackEvent, readPlatformEvent } from "../lib/platform/platform_event.ts";

function read(body: object, headers: Record<string, string> = {}, query = "") {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  return readPlatformEvent(bytes, new Headers(headers), new URLSearchParams(query));
}

Deno.test("the kind is found in header or body, in every envelope", () => {
  assert.equal(read({}, { "X-Sautikit-Event-Kind": "call.completed" }).kind, "call_completed");
  assert.equal(read({}, { "X-Sautikit-Event": "call.failed" }).kind, "call_failed");
  assert.equal(read({ kind: "call.started" }).kind, "call_started");
  assert.equal(read({ event_kind: "call.answered", payload: {} }).kind, "call_answered");
  assert.equal(read({ event: "call.recording.ready" }).kind, "recording_ready");
  assert.equal(read({ type: "call.supervision.started" }).kind, "supervision");
  assert.equal(read({ data: { event: "join", conference_name: "x" } }).kind, "other");
  assert.equal(read({ event: "participant-join" }).kind, "conference");
  assert.equal(read({ kind: "wallet.top_up" }).kind, "other");
  assert.equal(read({}).kind, "other");
});

Deno.test("stream edges are one thing in every spelling", () => {
  for (const streamEvent of ["stream-stopped", "StreamStopped", "stream_stopped"]) {
    assert.equal(read({ streamEvent, streamSid: "HD_1" }).kind, "stream_stopped");
  }
  assert.equal(read({ callSessionState: "StreamError" }).kind, "stream_error");
  assert.equal(read({ streamStatus: "stream-started" }).kind, "stream_started");
});

Deno.test("a state that says Completed proves the end only with a length or an inactive leg", () => {
  const state = (more: object) => read({ callSessionState: "Completed", ...more }).kind;
  assert.equal(state({}), "other");
  assert.equal(state({ isActive: 1, durationInSeconds: 0 }), "other");
  assert.equal(state({ durationInSeconds: 86 }), "call_completed");
  assert.equal(state({ isActive: "0" }), "call_completed");
  assert.equal(read({ kind: "call.completed" }).kind, "call_completed");
});

Deno.test("what hand-overs and records need is read, from nested data too", () => {
  const event = read({
    kind: "call.failed",
    event_id: "ev_1",
    data: { call_id: "u1", session_id: "HD_1", status: "no-answer", hangup_cause: "NO_ANSWER" },
  });
  assert.deepEqual(event.ids, ["HD_1", "u1"]);
  assert.equal(event.key, "ev_1");
  assert.equal(event.status, "noanswer");
  assert.equal(event.hangupCause, "NO_ANSWER");
  assert.equal(read({ streamEvent: "stream-started" }, {}, "call=HD_2").ids[0], "HD_2");
});

Deno.test("a repeated event has the same key, and another event another", () => {
  const stopped = { callSessionState: "StreamStopped", sessionId: "HD_1" };
  assert.equal(read(stopped).key, read(stopped).key);
  assert.notEqual(read(stopped).key, read({ ...stopped, attempt: 2 }).key);
  assert.notEqual(read(stopped).key, read({ ...stopped, sessionId: "HD_2" }).key);
  assert.equal(read({ event_id: "e" }, { "Event-Id": "from-header" }).key, "from-header");
  const timed = { kind: "call.started", sessionId: "HD_1", occurred_at: "2026-11-23T09:00:00Z" };
  assert.equal(read(timed).key, read({ ...timed, attempt: 2 }).key);
});

Deno.test("callbacks are events when they tell of a stream, a dial or the end", () => {
  const callback = { callId: "HD_1", ids: ["HD_1"] };
  const kind = (more: object, over = false) => callbackEvent({ ...callback, ...more }, over)?.kind;
  assert.equal(kind({ state: "ringing" }), undefined);
  assert.equal(kind({ state: "completed" }), undefined);
  assert.equal(kind({ state: "completed" }, true), "call_completed");
  assert.equal(kind({ state: "streamstopped" }), "stream_stopped");
  assert.equal(kind({ state: "dialcompleted" }), "dial");
  assert.equal(kind({ after: "dial" }), "dial");
  assert.equal(kind({ after: "stream" }), "stream_stopped");
});
