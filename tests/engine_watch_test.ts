import assert from "node:assert/strict";
import { EngineWatch } from "../lib/call/engine_watch.ts";
import { Journal } from "../lib/call/journal.ts";
import type { CallEvent } from "../lib/contracts/call_event.ts";
import { EngineError, type EngineFault } from "../lib/contracts/engine_error.ts";
import { FakeClock } from "./fake_clock.ts";

function watched() {
  const events: CallEvent[] = [];
  const worse: string[] = [];
  const journal = new Journal("HD_1", new FakeClock(), (event) => events.push(event));
  return { events, worse, watch: new EngineWatch(journal, (name) => worse.push(name)) };
}

Deno.test("every fallback is written down, and the caller is told once for each stage", () => {
  const { events, worse, watch } = watched();
  watch.fallback("llm", "gemini", "openai");
  watch.fallback("llm", "openai", "embedded");
  watch.fallback("tts", "gemini", "embedded");
  assert.deepEqual(worse, ["fallback_llm", "fallback_tts"]);
  assert.equal(events.filter(({ type }) => type === "engine_fallback").length, 3);
});

Deno.test("a fallback is written down with its reason, and told in words that fit it", () => {
  const faults: [EngineFault, string][] = [
    ["timeout", "fallback_llm"],
    ["unavailable", "fallback_llm"],
    ["rate_limited", "fallback_llm_busy"],
    ["quota", "fallback_llm_limit"],
    ["spend_limit", "fallback_llm_limit"],
    ["recitation", "fallback_llm_question"],
    ["unknown_language", "fallback_llm_question"],
    ["bad_tool_call", "fallback_llm_question"],
    ["too_long", "fallback_llm_question"],
  ];
  for (const [fault, told] of faults) {
    const { events, worse, watch } = watched();
    watch.fallback("llm", "gemini", "openai", fault);
    watch.fallback("llm", "gemini", "openai", fault);
    assert.deepEqual(worse, [told]);
    const [event] = events;
    assert.equal(event.type === "engine_fallback" && event.fault, fault);
  }
  const { worse, watch } = watched();
  watch.fallback("stt", "gemini", "openai", "spend_limit");
  watch.fallback("tts", "gemini", "openai", "rate_limited");
  assert.deepEqual(worse, ["fallback_stt", "fallback_tts"]);
});

Deno.test("what failed at one question keeps no later outage from being told, but not the other way round", () => {
  const first = watched();
  first.watch.fallback("llm", "gemini", "openai", "recitation");
  first.watch.fallback("llm", "gemini", "openai", "quota");
  assert.deepEqual(first.worse, ["fallback_llm_question", "fallback_llm_limit"]);
  const second = watched();
  second.watch.fallback("llm", "gemini", "openai", "quota");
  second.watch.fallback("llm", "gemini", "openai", "recitation");
  assert.deepEqual(second.worse, ["fallback_llm_limit"]);
});

Deno.test("what a request uses after the call is over is not written to the call", () => {
  const { events, watch } = watched();
  const usage = { outputTokens: 1 };
  watch.usage("llm", "gemini", usage);
  watch.close();
  watch.usage("llm", "gemini", usage);
  assert.deepEqual(events.map(({ type }) => type), ["usage"]);
});

Deno.test("a provider's own error is written once, and any other is the bridge's", () => {
  const { events, watch } = watched();
  const error = new EngineError("gemini", "quota", "All is used up");
  watch.fault("llm", "gemini", error);
  watch.unexpected("llm", error);
  watch.unexpected("stt", new TypeError("no such thing"));
  const faults = events.flatMap((event) =>
    event.type === "engine_fault" ? [[event.stage, event.provider, event.message]] : []
  );
  assert.deepEqual(faults, [
    ["llm", "gemini", "All is used up"],
    ["stt", "bridge", "no such thing"],
  ]);
});
