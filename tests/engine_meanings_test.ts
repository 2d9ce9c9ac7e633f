import assert from "node:assert/strict";
import { failurePhrase } from "../lib/call/failure_phrase.ts";
import { EngineError, type EngineFault } from "../lib/contracts/engine_error.ts";
import { Breaker } from "../lib/engines/breaker.ts";
import { fallbackLlm } from "../lib/engines/fallback.ts";
import { knownLanguages } from "../lib/languages/languages.ts";
import { phraseVariants } from "../lib/languages/phrases.ts";
import { createGemini } from "../lib/providers/gemini/gemini.ts";
import { createOpenAiLlm } from "../lib/providers/openai/openai_llm.ts";
import { CallWorld } from "./call_world.ts";
import { failure, never, request, Rig, textOf, writes } from "./fallback_rig.ts";
import { chunk, type GeminiScript, problem, sse, startGeminiServer } from "./gemini_server.ts";
import { chat, delta, type OpenAiScript, startOpenAiServer } from "./openai_server.ts";

const refused = (status: number, ...rest: Parameters<typeof problem>) =>
  ((exchange, requests) => requests.json(exchange, problem(...rest), status)) as NonNullable<
    GeminiScript["answer"]
  >;
const stopsFor = (reason: string): NonNullable<GeminiScript["answer"]> => (exchange, requests) =>
  sse(requests, exchange, [chunk([], reason)]);

/** What Gemini says, what that means in the record, and what the caller is told, by its name. */
const gemini: [string, NonNullable<GeminiScript["answer"]>, EngineFault, string][] = [
  [
    "refuses the caller's words",
    (exchange, requests) =>
      sse(requests, exchange, [{ promptFeedback: { blockReason: "PROHIBITED_CONTENT" } }]),
    "blocked_words",
    "cannot_discuss",
  ],
  ["stops for SAFETY", stopsFor("SAFETY"), "blocked_answer", "cannot_answer"],
  ["stops for SPII", stopsFor("SPII"), "personal_data", "cannot_say_private"],
  ["stops for RECITATION", stopsFor("RECITATION"), "recitation", "cannot_quote"],
  ["stops for LANGUAGE", stopsFor("LANGUAGE"), "unknown_language", "cannot_use_language"],
  [
    "stops for MALFORMED_FUNCTION_CALL",
    stopsFor("MALFORMED_FUNCTION_CALL"),
    "bad_tool_call",
    "apology_tool",
  ],
  ["stops for MAX_TOKENS", stopsFor("MAX_TOKENS"), "too_long", "apology_too_long"],
  ["stops for OTHER", stopsFor("OTHER"), "broken", "apology_engine"],
  ["writes nothing", stopsFor("STOP"), "empty", "apology_engine"],
  [
    "gets too many requests",
    refused(429, 429, "RESOURCE_EXHAUSTED", "slow down", [{ retryDelay: "30s" }]),
    "rate_limited",
    "apology_busy",
  ],
  [
    "has used up the day's quota",
    refused(429, 429, "RESOURCE_EXHAUSTED", "quota", [
      { violations: [{ quotaId: "GenerateRequestsPerDayPerProject" }] },
    ]),
    "quota",
    "apology_quota",
  ],
  [
    "has reached the spending limit",
    refused(429, 429, "RESOURCE_EXHAUSTED", "The spend limit for this project was reached."),
    "spend_limit",
    "apology_spend_limit",
  ],
  ["is overloaded", refused(503, 503, "UNAVAILABLE", "busy"), "unavailable", "apology_engine"],
  [
    "doesn't know the key",
    refused(400, 400, "INVALID_ARGUMENT", "API key not valid", [{ reason: "API_KEY_INVALID" }]),
    "bad_request",
    "apology_engine",
  ],
];

const openai: [string, NonNullable<OpenAiScript["answer"]>, EngineFault, string][] = [
  [
    "filters its answer",
    (exchange, requests) => chat(requests, exchange, [delta({}, "content_filter")]),
    "blocked_answer",
    "cannot_answer",
  ],
  [
    "refuses the caller's words",
    (exchange, requests) =>
      requests.json(exchange, { error: { code: "content_filter", message: "no" } }, 400),
    "blocked_words",
    "cannot_discuss",
  ],
  [
    "stops for length before a word",
    (exchange, requests) => chat(requests, exchange, [delta({}, "length")]),
    "too_long",
    "apology_too_long",
  ],
  [
    "has an account without money",
    (exchange, requests) =>
      requests.json(exchange, { error: { code: "insufficient_quota", message: "pay" } }, 429),
    "spend_limit",
    "apology_spend_limit",
  ],
  [
    "gets too many requests",
    (exchange, requests) => requests.json(exchange, { error: { message: "slow" } }, 429),
    "rate_limited",
    "apology_busy",
  ],
];

const cases = [
  ...gemini.map(([name, answer, ...rest]) => ({
    name: `Gemini ${name}`,
    rest,
    open: async () => {
      const server = startGeminiServer({ answer });
      const { llm, close } = await createGemini({ apiKey: "k", baseUrl: server.baseUrl });
      return { llm, close: async () => (await close(), await server.close()) };
    },
  })),
  ...openai.map(([name, answer, ...rest]) => ({
    name: `a compatible server ${name}`,
    rest,
    open: async () => {
      const server = startOpenAiServer({ answer });
      const llm = await createOpenAiLlm({ baseUrl: server.baseUrl, model: "own" });
      return { llm, close: () => server.close() };
    },
  })),
];

for (const { name, rest: [fault, told], open } of cases) {
  Deno.test(`when ${name}, the record says ${fault} and the caller hears ${told}`, async () => {
    const { llm, close } = await open();
    const settled: Promise<unknown>[] = [];
    try {
      for (const language of knownLanguages()) {
        const call = new CallWorld({
          agentYaml: `name: A\ncompany: B\nlanguages: [${language}]\n` +
            `hand_over: { number: "+254700000100" }\n`,
          // The vendor's answer takes real time, the rest of the call none.
          async *llm(request, signal) {
            const events = Array.fromAsync(llm(request, signal));
            settled.push(events.catch(() => {}));
            yield* await events;
          },
        });
        await call.greeted();
        await call.speak(1200);
        for (let i = 0; i < 600 && call.all("agent_turn").length === 0; i++) {
          await call.wait(20);
          await Promise.all(settled);
        }
        const [first] = call.all("engine_fault");
        assert.equal(first?.fault, fault, call.log());
        assert.match(first.message, /\w{4}/);
        const prompt = call.all("prompt").find((event) => event.name === told);
        assert.ok(prompt, call.log());
        const heard = call.said.join(" ");
        assert.ok(
          phraseVariants(language, told as "apology_engine").some((text) => heard.endsWith(text)),
          `${language}: ${heard}`,
        );
        call.call.lost("the test is over");
      }
    } finally {
      await close();
    }
  });
}

Deno.test("every fault has a sentence, and what a voice can't say is blamed on no answer", () => {
  const apology = "apology_engine";
  assert.equal(failurePhrase("tts", new EngineError("x", "blocked_words", "x")), apology);
  assert.equal(failurePhrase("llm", new TypeError("x")), apology);
});

Deno.test("what one model refuses is not asked of the next, which thinks when the refusal is technical", async () => {
  const ask = async (fault: EngineFault) => {
    const rig = new Rig();
    const second = writes("second");
    const llm = fallbackLlm(
      [rig.provider("a", writes(failure(fault))), rig.provider("b", second)],
      rig.options,
    );
    const text = await rig.finish(textOf(llm(request, never())).catch(({ fault }) => fault));
    return [text, second.asked];
  };
  for (const fault of ["blocked_words", "blocked_answer", "personal_data"] as const) {
    assert.deepEqual(await ask(fault), [fault, 0]);
  }
  for (const fault of ["recitation", "unknown_language", "too_long", "quota"] as const) {
    assert.deepEqual(await ask(fault), ["second", 1]);
  }
});

Deno.test("an account without money shuts a provider out for a minute", () => {
  const rig = new Rig();
  const breaker = new Breaker(rig.clock, { random: () => 0 });
  breaker.enter()!.failed(failure("spend_limit"));
  assert.equal(breaker.state, "open");
});
