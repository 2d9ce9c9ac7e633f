import assert from "node:assert/strict";
import { readSocketText } from "../lib/platform/socket_messages.ts";

const digits = (text: string) =>
  readSocketText(text).map((message) => message.type === "digit" ? message.digit : "?").join("");

Deno.test("the first message gives the call's names, wherever they stand", () => {
  for (
    const text of [
      '{"sessionId":"HD_1","streamSid":"s1"}',
      '{"event":"start","headers":{"callSid":"HD_1"},"streamSid":"s1"}',
      '{"metadata":{"call_id":"HD_1","stream_sid":"s1"}}',
      '{"headers":"{\\"callSid\\":\\"HD_1\\",\\"streamSid\\":\\"s1\\"}"}',
    ]
  ) {
    const messages = readSocketText(text);
    assert.equal(messages.length, 1, text);
    assert.ok(messages[0].type === "metadata");
    assert.deepEqual(new Set(messages[0].ids), new Set(["HD_1", "s1"]));
  }
});

Deno.test("objects that were glued together are read one by one", () => {
  const messages = readSocketText('{"callSid":"HD_1"}{"event":"dtmf","digit":"7"}');
  assert.deepEqual(messages, [
    { type: "metadata", ids: ["HD_1"] },
    { type: "digit", digit: "7" },
  ]);
});

Deno.test("a stray apostrophe, half an object and no JSON at all spoil nothing", () => {
  assert.deepEqual(readSocketText(`{"callSid":"HD_1"}'`), [{ type: "metadata", ids: ["HD_1"] }]);
  assert.deepEqual(readSocketText(`{"say":"it}{"callSid":"HD_1"}`), [
    { type: "metadata", ids: ["HD_1"] },
  ]);
  assert.deepEqual(readSocketText(`{callSid:HD_1} {"callSid":"HD_2"}`), [
    { type: "metadata", ids: ["HD_2"] },
  ]);
  for (const text of ["", "hello", "{", "}{", "[]", '"', "null", '{"a":1}', "{{{{{{"]) {
    assert.deepEqual(readSocketText(text), [], text);
  }
});

Deno.test("keys are understood in every shape that a switch may write them", () => {
  for (
    const text of [
      '{"event":"dtmf","digit":"5"}',
      '{"event":"dtmf","dtmf":{"digit":"5","duration":1600}}',
      '{"type":"DTMF","data":{"digit":5}}',
      '{"type":"dtmf","payload":{"dtmf":"5"}}',
      '{"event":"digit-pressed","value":"5"}',
    ]
  ) assert.equal(digits(text), "5", text);
  assert.equal(digits('{"event":"dtmf","digits":"12*#"}'), "12*#");
  assert.equal(digits('{"event":"dtmf","digit":"star"}{"event":"dtmf","key":"pound"}'), "*#");
  assert.equal(digits('{"event":"dtmf","digit":"A"}'), "");
  assert.equal(digits(`{"event":"dtmf","digits":"${"1".repeat(500)}"}`).length, 32);
});

Deno.test("a hostile text costs no more than a frame's time", () => {
  const startMs = performance.now();
  readSocketText("{".repeat(1_000_000));
  readSocketText('{"'.repeat(500_000));
  assert.ok(performance.now() - startMs < 200);
});
