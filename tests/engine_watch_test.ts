import assert from "node:assert/strict";
import { EngineWatch } from "../lib/call/engine_watch.ts";
import { Journal } from "../lib/call/journal.ts";
import type { CallEvent } from "../lib/contracts/call_event.ts";
import { EngineError } from "../lib/contracts/engine_error.ts";
import { FakeClock } from "./fake_clock.ts";

function watched() {
  const events: CallEvent[] = [];
  const worse: string[] = [];
  const journal = new Journal("HD_1", new FakeClock(), (event) => events.push(event));
  return { events, worse, watch: new EngineWatch(journal, (stage) => worse.push(stage)) };
}

Deno.test("every fallback is written down, and the caller is told once for each stage", () => {
  const { events, worse, watch } = watched();
  watch.fallback("llm", "gemini", "openai");
  watch.fallback("llm", "openai", "embedded");
  watch.fallback("tts", "gemini", "embedded");
  assert.deepEqual(worse, ["llm", "tts"]);
  assert.equal(events.filter(({ type }) => type === "engine_fallback").length, 3);
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
