import assert from "node:assert/strict";
import fc from "fast-check";
import { readAudioToken } from "../lib/platform/audio_token.ts";
import { readPlatformEvent } from "../lib/platform/platform_event.ts";
import { checkSignature } from "../lib/platform/signature.ts";
import { readSocketText } from "../lib/platform/socket_messages.ts";
import { readVoiceCallback } from "../lib/platform/voice_callback.ts";
import { Problem } from "../lib/server/problem.ts";
import { openBridge } from "./app_bridge.ts";

const RULES = { defaultCountry: "KE", ownedNumbers: [] };

/** Runs a parser that may refuse, in words, and may do nothing else. */
function orProblem<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/** Names that the parsers know, and some that they don't. */
const name = fc.constantFrom(
  "sessionId",
  "callSid",
  "from",
  "callerNumber",
  "callSessionState",
  "isActive",
  "duration",
  "digits",
  "call",
  "data",
  "payload",
  "event",
  "type",
  "digit",
  "__proto__",
  "constructor",
  "other",
);

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: "binary" }),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(name, tie("value")), { maxLength: 6 }).map((pairs) =>
      Object.fromEntries(pairs)
    ),
  ),
})).value;

const body = fc.oneof(
  fc.uint8Array({ maxLength: 500 }),
  json.map((value) => new TextEncoder().encode(JSON.stringify(value))),
  fc.array(fc.tuple(name, fc.string({ unit: "binary" })), { maxLength: 8 }).map((pairs) =>
    new TextEncoder().encode(
      new URLSearchParams(pairs.map(([key, value]) => [key, value.toWellFormed()])).toString(),
    )
  ),
);
const contentType = fc.option(
  fc.constantFrom("application/json", "application/x-www-form-urlencoded", "text/html; x", ""),
  { nil: undefined },
);
const query = fc.webQueryParameters().map((text) => new URLSearchParams(text));

Deno.test("any body is a callback that names its call, or a problem", () => {
  fc.assert(
    fc.property(body, contentType, query, (bytes, type, search) => {
      const callback = orProblem(() => readVoiceCallback(bytes, type, search, RULES));
      if (!callback) return;
      assert.ok(callback.callId.length >= 1 && callback.callId.length <= 128);
      assert.equal(callback.ids[0], callback.callId);
      assert.match(callback.callerNumber ?? "+1", /^\+\d+$/);
      assert.match(callback.digits ?? "1", /^[0-9*#]+$/);
      assert.ok((callback.durationSeconds ?? 0) >= 0);
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("any body is an event with a bounded key, or a problem", () => {
  fc.assert(
    fc.property(body, contentType, query, (bytes, type, search) => {
      const headers = new Headers(type === undefined ? {} : { "content-type": type });
      const event = orProblem(() => readPlatformEvent(bytes, headers, search));
      if (event) assert.ok(event.key.length <= 300 && typeof event.kind === "string");
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("any text on the socket is a list of messages that we know", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(json, { maxLength: 4 }).map((values) => values.map((v) => JSON.stringify(v)).join("")),
    fc.tuple(json, fc.nat(60)).map(([value, at]) => JSON.stringify(value).slice(at)),
  );
  fc.assert(
    fc.property(text, (given) => {
      for (const message of readSocketText(given)) {
        if (message.type === "digit") assert.match(message.digit, /^[0-9*#]$/);
        else assert.ok(message.ids.every((id) => id.length >= 1 && id.length <= 128));
      }
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("no made-up signature and no made-up token is believed", () => {
  const signature = fc.oneof(
    fc.string(),
    fc.tuple(fc.nat(), fc.stringMatching(/^[0-9a-f]{64}$/)).map(([t, v1]) => `t=${t},v1=${v1}`),
    fc.stringMatching(/^[0-9a-f]{64}$/),
  );
  const rules = { secrets: ["s3cret"], acceptBareHex: true };
  fc.assert(fc.property(fc.uint8Array(), signature, fc.nat(), (bytes, header, nowS) => {
    assert.throws(() => checkSignature(bytes, header, rules, nowS * 1000), Problem);
    assert.equal(readAudioToken("s3cret", header, nowS * 1000), undefined);
  }));
});

Deno.test("whatever is posted, the answer is a document or a problem, and never 500", async () => {
  await using bridge = await openBridge();
  const path = fc.constantFrom("/", "/voice", "/events", "/stream-status");
  await fc.assert(
    fc.asyncProperty(path, body, contentType, async (path, bytes, type) => {
      const response = await bridge.app.request(`http://bridge.test${path}`, {
        method: "POST",
        body: bytes as Uint8Array<ArrayBuffer>,
        headers: type === undefined ? {} : { "content-type": type },
      });
      assert.ok([200, 204, 400].includes(response.status), `${response.status}`);
      if (response.status === 400) assert.ok((await response.json()).detail);
      else await response.body?.cancel();
    }),
    { numRuns: 200 },
  );
  await bridge.deps.background.idle();
  assert.deepEqual(bridge.errors, []);
});
