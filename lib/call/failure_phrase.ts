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
