import assert from "node:assert/strict";
import { readVoiceCallback, type VoiceCallback } from "../lib/platform/voice_callback.ts";
import { Problem } from "../lib/server/problem.ts";

const FORM = "application/x-www-form-urlencoded";
const RULES = { defaultCountry: "KE", ownedNumbers: ["+254709900100"] };

function read(body: string | object, contentType?: string, query = ""): VoiceCallback {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const bytes = new TextEncoder().encode(text);
  return readVoiceCallback(bytes, contentType, new URLSearchParams(query), RULES);
}

Deno.test("the live names are read from a form", () => {
  const callback = read(
    "sessionId=HD_0a8d5911d055&callerNumber=%2B254712345678&destinationNumber=%2B254709900100" +
      "&callSessionState=Ringing&isActive=1&direction=Inbound&durationInSeconds=0",
    FORM,
  );
  assert.deepEqual(callback, {
    callId: "HD_0a8d5911d055",
    ids: ["HD_0a8d5911d055"],
    callerNumber: "+254712345678",
    dialledNumber: "+254709900100",
    direction: "inbound",
    state: "ringing",
    active: true,
    durationSeconds: 0,
    digits: undefined,
    clientRequestId: undefined,
    dialStatus: undefined,
    hangupCause: undefined,
    after: undefined,
  });
});

Deno.test("the documented names are read from JSON, in any case and inside wrappers", () => {
  const flat = { CallId: "c1", From: "0712345678", To: "+254709900100", Digits: "1*2#" };
  for (const body of [flat, { data: flat }, { payload: { call: flat } }, { CALL: flat }]) {
    const callback = read(body, "application/json");
    assert.equal(callback.callId, "c1");
    assert.equal(callback.callerNumber, "+254712345678");
    assert.equal(callback.dialledNumber, "+254709900100");
    assert.equal(callback.digits, "1*2#");
  }
});

Deno.test("a wrong or missing content type does not matter", () => {
  assert.equal(read({ sessionId: "a" }, FORM).callId, "a");
  assert.equal(read({ sessionId: "a" }).callId, "a");
  assert.equal(read("sessionId=a").callId, "a");
  assert.equal(read("sessionId=a", "text/plain").callId, "a");
});

Deno.test("a form that carries its wrapper as JSON text is read", () => {
  assert.equal(read(`payload=${encodeURIComponent('{"session_id":"HD_1"}')}`, FORM).callId, "HD_1");
});

Deno.test("the session id is the call's name and the others are its aliases", () => {
  const callback = read({ streamSid: "s1", callSid: "c1", sessionId: "HD_1", call: { id: "u1" } });
  assert.equal(callback.callId, "HD_1");
  assert.deepEqual(callback.ids, ["HD_1", "c1", "u1", "s1"]);
});

Deno.test("a call that seems to come from our own number has its ends swapped", () => {
  const callback = read({ sessionId: "a", callerNumber: "+254709900100", to: "+254712345678" });
  assert.equal(callback.callerNumber, "+254712345678");
  assert.equal(callback.dialledNumber, "+254709900100");
});

Deno.test("numbers become E.164, and withheld or strange ones are left out", () => {
  const caller = (from: string) => read({ sessionId: "a", From: from }).callerNumber;
  assert.equal(caller("254712345678"), "+254712345678");
  assert.equal(caller("+44 20 7946 0958"), "+442079460958");
  for (const from of ["anonymous", "Restricted", "", "sip:bob@example.com", "100", "+1"]) {
    assert.equal(caller(from), undefined, from);
  }
  // An unescaped plus of a form is a space by the time we see it.
  assert.equal(read("sessionId=a&From=+442079460958", FORM).callerNumber, "+442079460958");
});

Deno.test("the query gives the correlation id, our own call id last, and which verb is over", () => {
  const callback = read("", FORM, "clientRequestId=r.1&call=HD_1&after=dial");
  assert.equal(callback.clientRequestId, "r.1");
  assert.equal(callback.callId, "HD_1");
  assert.equal(callback.after, "dial");
  assert.equal(read({ sessionId: "HD_2" }, undefined, "call=HD_1&after=x").callId, "HD_2");
});

Deno.test("states are one word whatever their style, and a stream's edge goes first", () => {
  assert.equal(read({ sessionId: "a", callSessionState: "Stream-Started" }).state, "streamstarted");
  const both = { sessionId: "a", callSessionState: "Answered", streamEvent: "stream-stopped" };
  assert.equal(read(both).state, "streamstopped");
});

Deno.test("a body that names no call is a problem that says which field is missing", () => {
  for (const body of ["", "From=1", "{}", `sessionId=${"x".repeat(200)}`, "sessionId=a b"]) {
    assert.throws(() => read(body), (error) => {
      assert.ok(error instanceof Problem);
      assert.equal(error.status, 400);
      assert.match(error.detail, /sessionId/);
      return true;
    });
  }
  assert.throws(() => read("[1]"), /must be an object: received an array/);
  assert.throws(() => read("not json", "application/json"), /form or a JSON object/);
});
