import assert from "node:assert/strict";
import { EngineError } from "../lib/contracts/engine_error.ts";
import { replyTo, withServer } from "./openai_rig.ts";
import { chat, delta, type OpenAiScript } from "./openai_server.ts";

const chatFailures: [string, OpenAiScript["answer"], string, RegExp, number?][] = [
  [
    "half an answer and a proper end",
    (exchange, requests) =>
      chat(requests, exchange, [delta({ content: "Your bal" })], { done: false }),
    "broken",
    /ended in the middle/,
  ],
  [
    "half an answer and a cut line",
    (exchange, requests) =>
      chat(requests, exchange, [delta({ content: "Your bal" })], { end: "cut" }),
    "unavailable",
    /dropped the line/,
  ],
  [
    "an error in the middle",
    (exchange, requests) =>
      chat(requests, exchange, [delta({ content: "x" }), { error: { message: "out of memory" } }]),
    "unavailable",
    /in the middle of its answer: out of memory/,
  ],
  [
    "nothing but a reason",
    (exchange, requests) => chat(requests, exchange, [delta({}, "stop")]),
    "empty",
    /wrote nothing/,
  ],
  [
    "only thoughts",
    (exchange, requests) =>
      chat(requests, exchange, [delta({ content: "<think>hm</think>" }), delta({}, "length")]),
    "too_long",
    /wrote nothing \(length\)/,
  ],
  [
    "a filtered answer",
    (exchange, requests) => chat(requests, exchange, [delta({}, "content_filter")]),
    "blocked_answer",
    /filtered/,
  ],
  [
    "arguments that aren't JSON",
    (exchange, requests) =>
      chat(requests, exchange, [
        delta({ tool_calls: [{ index: 0, function: { name: "one", arguments: '{"x' } }] }),
        delta({}, "length"),
      ]),
    "bad_tool_call",
    /arguments that aren't JSON/,
  ],
  [
    "too many tool calls",
    (exchange, requests) =>
      chat(requests, exchange, [
        ...Array.from({ length: 17 }, (_, index) =>
          delta({ tool_calls: [{ index, function: { name: "one", arguments: "{}" } }] })),
        delta({}, "tool_calls"),
      ]),
    "bad_tool_call",
    /at most 16 tools/,
  ],
  [
    "429 and how long to wait",
    (exchange, requests) =>
      requests.json(exchange, { error: { message: "slow down" } }, 429, { "retry-after": "7" }),
    "rate_limited",
    /slow down/,
    7000,
  ],
  [
    "429 until a date",
    (exchange, requests) =>
      requests.json(exchange, { error: "slow down" }, 429, {
        "date": "Mon, 23 Nov 2026 09:00:00 GMT",
        "retry-after": "Mon, 23 Nov 2026 09:01:00 GMT",
      }),
    "rate_limited",
    /slow down/,
    60_000,
  ],
  [
    "a used-up quota",
    (exchange, requests) =>
      requests.json(exchange, { error: { message: "pay", code: "insufficient_quota" } }, 429),
    "spend_limit",
    /money is used up/,
  ],
  [
    "an account without money",
    (exchange, requests) => requests.json(exchange, { error: { message: "pay" } }, 402),
    "spend_limit",
    /money is used up/,
  ],
  [
    "a day's quota used up",
    (exchange, requests) =>
      requests.json(exchange, { error: { message: "no", code: "requests_per_day" } }, 429),
    "quota",
    /quota is used up/,
  ],
  [
    "refused words",
    (exchange, requests) =>
      requests.json(exchange, { error: { message: "no", code: "content_filter" } }, 400),
    "blocked_words",
    /refused the words/,
  ],
  [
    "an unknown model",
    (exchange, requests) =>
      requests.json(exchange, { error: "model 'qwen' not found, try pulling it first" }, 404),
    "bad_request",
    /try pulling it/,
  ],
  [
    "FastAPI's envelope",
    (exchange, requests) => requests.json(exchange, { detail: "model is loading" }, 500),
    "unavailable",
    /500.*model is loading/,
  ],
  [
    "a refused key",
    (exchange, requests) =>
      requests.json(exchange, { error: { message: "Incorrect API key: secret-key" } }, 401),
    "bad_request",
    /Incorrect API key: …/,
  ],
];

for (const [name, answer, fault, words, retryAfterMs] of chatFailures) {
  Deno.test(`a chat with ${name} is an EngineError with fault ${fault}`, async () => {
    await withServer({ answer }, async ({ llm }) => {
      await assert.rejects(replyTo(llm), (error) => {
        assert.ok(error instanceof EngineError, `${error}`);
        assert.equal(error.fault, fault, error.message);
        assert.match(error.message, words);
        assert.equal(error.retryAfterMs, retryAfterMs);
        return true;
      });
    });
  });
}
