import assert from "node:assert/strict";
import { EngineError } from "../lib/contracts/engine_error.ts";
import { createGemini } from "../lib/providers/gemini/gemini.ts";
import { collect, never, question, withGemini } from "./gemini_rig.ts";
import { chunk, type GeminiScript, problem, sse } from "./gemini_server.ts";

const failures: [string, GeminiScript, string, RegExp, number?][] = [
  [
    "a blocked prompt",
    {
      answer: (exchange, requests) =>
        sse(requests, exchange, [{ promptFeedback: { blockReason: "SAFETY" } }]),
    },
    "blocked_words",
    /refused the prompt \(SAFETY\)/,
  ],
  [
    "a prompt refused without a reason",
    {
      answer: (exchange, requests) =>
        sse(requests, exchange, [{ promptFeedback: { blockReason: "OTHER" } }]),
    },
    "broken",
    /refused the prompt \(OTHER\)/,
  ],
  ...([
    ["SAFETY", "blocked_answer", /unsafe/],
    ["BLOCKLIST", "blocked_answer", /forbidden term/],
    ["PROHIBITED_CONTENT", "blocked_answer", /prohibited/],
    ["SPII", "personal_data", /personal information/],
    ["RECITATION", "recitation", /recitation/],
    ["LANGUAGE", "unknown_language", /language/],
    ["MAX_TOKENS", "too_long", /limit of tokens/],
    ["OTHER", "broken", /doesn't tell/],
    ["MALFORMED_FUNCTION_CALL", "bad_tool_call", /tool in a form/],
    ["UNEXPECTED_TOOL_CALL", "bad_tool_call", /not given/],
    ["TOO_MANY_TOOL_CALLS", "bad_tool_call", /too many tools/],
    ["MALFORMED_RESPONSE", "broken", /can't be read/],
    ["SOMETHING_NEW", "broken", /SOMETHING_NEW/],
  ] as [string, string, RegExp][]).map((
    [reason, fault, words],
  ): [string, GeminiScript, string, RegExp] => [
    `an answer that stops for ${reason}`,
    { answer: (exchange, requests) => sse(requests, exchange, [chunk([], reason)]) },
    fault,
    words,
  ]),
  [
    "an answer without words or calls",
    {
      answer: (exchange, requests) => sse(requests, exchange, [chunk([{ text: "" }], "STOP")]),
    },
    "empty",
    /wrote nothing/,
  ],
  [
    "half a sentence and a proper end of the stream",
    { answer: (exchange, requests) => sse(requests, exchange, [chunk([{ text: "Your bal" }])]) },
    "broken",
    /ended in the middle/,
  ],
  [
    "half a sentence and a cut line",
    {
      answer: (exchange, requests) =>
        sse(requests, exchange, [chunk([{ text: "Your bal" }])], "cut"),
    },
    "unavailable",
    /dropped the line/,
  ],
  [
    "an error in the middle of the stream",
    {
      answer: (exchange, requests) =>
        sse(requests, exchange, [
          chunk([{ text: "Your bal" }]),
          problem(503, "UNAVAILABLE", "The model is overloaded."),
        ]),
    },
    "unavailable",
    /overloaded or down \(503\): The model is overloaded/,
  ],
  [
    "a stream that isn't JSON",
    {
      answer: (exchange, requests) =>
        requests.stream(exchange, ["data: {oops\n\n"], { "content-type": "text/event-stream" }),
    },
    "broken",
    /can't be read/,
  ],
  [
    "a bad key",
    {
      answer: (exchange, requests) =>
        requests.json(
          exchange,
          problem(400, "INVALID_ARGUMENT", "API key not valid.", [{ reason: "API_KEY_INVALID" }]),
          400,
        ),
    },
    "bad_request",
    /doesn't know the API key/,
  ],
  [
    "a model that was shut down",
    {
      answer: (exchange, requests) =>
        requests.json(exchange, problem(404, "NOT_FOUND", "models/x is not found"), 404),
    },
    "bad_request",
    /doesn't have this model/,
  ],
  [
    "a gateway's HTML page",
    {
      answer: (exchange) => {
        exchange.open = false;
        return new Response("<html>Bad gateway</html>", { status: 502 });
      },
    },
    "unavailable",
    /502/,
  ],
  [
    "too many requests a minute",
    {
      answer: (exchange, requests) =>
        requests.json(
          exchange,
          problem(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota, see billing.", [
            { violations: [{ quotaId: "GenerateRequestsPerMinutePerProjectPerModel" }] },
            { retryDelay: "37.5s" },
          ]),
          429,
        ),
    },
    "rate_limited",
    /too many requests/,
    37_500,
  ],
  [
    "a day's quota used up",
    {
      answer: (exchange, requests) =>
        requests.json(
          exchange,
          problem(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.", [
            { violations: [{ quotaId: "GenerateRequestsPerDayPerProject-FreeTier" }] },
          ]),
          429,
        ),
    },
    "quota",
    /for the day/,
  ],
  [
    "the spending limit",
    {
      answer: (exchange, requests) =>
        requests.json(
          exchange,
          problem(429, "RESOURCE_EXHAUSTED", "The spend limit for this project was reached."),
          429,
        ),
    },
    "spend_limit",
    /spending limit/,
  ],
];

for (const [name, script, fault, words, retryAfterMs] of failures) {
  Deno.test(`${name} is an EngineError with fault ${fault}`, async () => {
    await withGemini(script, async ({ llm }) => {
      await assert.rejects(collect(llm(question, never())), (error) => {
        assert.ok(error instanceof EngineError, `${error}`);
        assert.equal(error.fault, fault);
        assert.match(error.message, words);
        assert.equal(error.retryAfterMs, retryAfterMs);
        assert.doesNotMatch(error.message, /secret-key/);
        return true;
      });
    });
  });
}

Deno.test("a Gemini that isn't there is unavailable", async () => {
  const gemini = await createGemini({ apiKey: "k", baseUrl: "http://127.0.0.1:1" });
  await assert.rejects(
    collect(gemini.llm(question, never())),
    (error) => error instanceof EngineError && error.fault === "unavailable",
  );
});
