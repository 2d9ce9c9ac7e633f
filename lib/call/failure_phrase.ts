import type { Stage } from "../contracts/call_event.ts";
import { EngineError, type EngineFault } from "../contracts/engine_error.ts";
import type { PhraseName } from "../languages/phrase_names.ts";

/** What a caller is told of each fault for which nobody could stand in. */
const PHRASES: Record<EngineFault, PhraseName> = {
  timeout: "apology_engine",
  unavailable: "apology_engine",
  rate_limited: "apology_busy",
  quota: "apology_quota",
  spend_limit: "apology_spend_limit",
  blocked_words: "cannot_discuss",
  blocked_answer: "cannot_answer",
  personal_data: "cannot_say_private",
  recitation: "cannot_quote",
  unknown_language: "cannot_use_language",
  bad_tool_call: "apology_tool",
  too_long: "apology_too_long",
  empty: "apology_engine",
  bad_request: "apology_engine",
  broken: "apology_engine",
};

/** The sentence for a reply that could not be thought of, or not be spoken. */
export function failurePhrase(stage: "llm" | "tts", error: unknown): PhraseName {
  // That a voice can't say it is no fault of the answer.
  if (stage === "tts" || !(error instanceof EngineError)) return "apology_engine";
  return PHRASES[error.fault];
}

/** What a caller is told of a language model for which another one stands in; else that it is down. */
const FALLBACKS: Partial<Record<EngineFault, PhraseName>> = {
  rate_limited: "fallback_llm_busy",
  quota: "fallback_llm_limit",
  spend_limit: "fallback_llm_limit",
  recitation: "fallback_llm_question",
  unknown_language: "fallback_llm_question",
  bad_tool_call: "fallback_llm_question",
  too_long: "fallback_llm_question",
};

/** The sentence for an engine that stands in for the usual one, which failed with `fault`. */
export function fallbackPhrase(stage: Stage, fault?: EngineFault): PhraseName {
  // Of ears and voices the caller notices that they are others, whatever the reason.
  if (stage !== "llm") return `fallback_${stage}`;
  return fault && FALLBACKS[fault] || "fallback_llm";
}
