import assert from "node:assert/strict";
import { getLogger, resetSync } from "@logtape/logtape";
import { configureLog } from "../lib/log.ts";

function logged(write: (log: ReturnType<typeof getLogger>) => void, pretty = false): string {
  let text = "";
  configureLog({
    level: "info",
    pretty,
    sink: (format) => (record) => void (text += format(record)),
  });
  write(getLogger(["pokea", "app"]));
  resetSync();
  return text;
}

Deno.test("a line is one JSON object with category, level and fields", () => {
  const text = logged((log) => log.info("line open", { callId: "HD_0a8d5911d055" }));
  const line = JSON.parse(text);
  assert.equal(line.logger, "pokea.app");
  assert.equal(line.level, "INFO");
  assert.equal(line.message, "line open");
  assert.equal(line.callId, "HD_0a8d5911d055");
  assert.equal(text.split("\n").length, 2);
});

Deno.test("nothing below the level is written", () => {
  assert.equal(logged((log) => log.debug("detail")), "");
});

const SECRETS = {
  "a phone number": "caller +254712345678 rang",
  "a number without a plus": "caller 254712345678 rang",
  "a local number": "caller 0712345678 rang",
  "an audio token": "GET wss://agent.example/audio/mf2k.AbC-_9.SEQ.x9x9x9x9 failed",
  "a bearer token": "authorization: Bearer abc.def-123",
  "a key in a query": "wss://host/ws?key=AIzaSyD4ff-k_2x&v=1",
  "a Gemini key": "key AIzaSyD4ffk_2xyzzy",
  "a platform key": "key tskey_live_51Habcdefgh",
  "a JSON web token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
  "a signing secret": "secret whsec_0123456789abc",
};

for (const [what, text] of Object.entries(SECRETS)) {
  Deno.test(`${what} never reaches the log, in either format`, () => {
    const hidden = /712345678|SEQ|x9x9|abc\.def|D4ff|51Habc|dozjgN|0123456789abc/;
    assert.match(text, hidden);
    for (const pretty of [false, true]) {
      for (
        const line of [
          logged((log) => log.info(text.replaceAll("{", "")), pretty),
          logged((log) => log.warn("it failed: {error}", { error: new Error(text) }), pretty),
          logged((log) => log.warn("it failed: {detail}", { detail: { deep: [text] } }), pretty),
        ]
      ) {
        assert.ok(line.length > 10);
        assert.doesNotMatch(line, hidden);
      }
    }
  });
}

Deno.test("fields that hold the caller's words, numbers or keys are hidden whatever they hold", () => {
  const fields = {
    callerNumber: "words-1",
    text: "words-2",
    heard: "words-3",
    digits: "words-4",
    apiKey: "words-5",
    tokenSecret: "words-6",
    nested: { transcript: "words-7" },
  };
  const text = logged((log) => log.info("the turn is over", { callId: "HD_1", ...fields }));
  assert.doesNotMatch(text, /words-/);
  assert.match(text, /HD_1/);
});

Deno.test("times, ids and measures stay readable", () => {
  const text = logged((log) =>
    log.info("done at {at}", {
      at: "2026-11-23T09:00:00.000Z",
      callId: "HD_0a8d5911d055",
      durationMs: 86_000,
      inputTokens: 123456,
      host: "127.0.0.1:54321",
    })
  );
  const line = JSON.parse(text);
  assert.match(line.message, /2026-11-23T09:00:00\.000Z/);
  assert.equal(line.durationMs, 86_000);
  assert.equal(line.inputTokens, 123456);
  assert.equal(line.host, "127.0.0.1:54321");
});
