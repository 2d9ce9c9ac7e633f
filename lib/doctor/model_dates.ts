/** When a model stops answering. */
export interface ModelDate {
  model: string;
  /** ISO date of the first day without it. */
  shutDownOn: string;
  /** The vendor's own advice. */
  useInstead: string;
}

/** The day on which the vendors' pages were last read. */
export const READ_ON = "2026-11-23";

/**
 * Announced ends of models that hear, write or speak, from ai.google.dev/gemini-api/docs/deprecations
 * and developers.openai.com/api/docs/deprecations. What is not here has no announced end.
 */
export const MODEL_DATES: ModelDate[] = [
  ["gemini-2.0-flash", "2026-06-01", "gemini-3.5-flash-lite"],
  ["gemini-2.0-flash-lite", "2026-06-01", "gemini-3.5-flash-lite"],
  ["gemini-2.5-pro", "2026-12-01", "gemini-3.8-flash"],
  ["gemini-2.5-flash", "2026-12-01", "gemini-3.5-flash-lite"],
  ["gemini-2.5-flash-preview-tts", "2026-12-18", "gemini-3.8-flash-lite-tts"],
  ["gemini-2.5-pro-preview-tts", "2026-12-18", "gemini-3.8-flash-tts"],
  ["gemini-3.1-flash-tts-preview", "2026-12-18", "gemini-3.8-flash-lite-tts"],
  ["gemini-3.1-flash-lite", "2027-05-07", "gemini-3.5-flash-lite"],
  ["gpt-5", "2026-12-11", "gpt-6.1-sol"],
  ["gpt-5-mini", "2026-12-11", "gpt-6.1-terra"],
  ["gpt-4o", "2027-01-14", "gpt-6-luna"],
  ["gpt-4o-mini", "2027-01-14", "gpt-6-luna"],
  ["gpt-4.1", "2027-01-14", "gpt-6-luna"],
  ["gpt-4.1-mini", "2027-01-14", "gpt-6-luna"],
  ["gpt-4o-transcribe", "2027-02-26", "gpt-transcribe"],
  ["gpt-4o-mini-transcribe", "2027-02-26", "gpt-transcribe"],
  ["whisper-1", "2027-02-26", "gpt-transcribe"],
].map(([model, shutDownOn, useInstead]) => ({ model, shutDownOn, useInstead }));

/** A dated or numbered edition of a model ends with it. */
const EDITION = /-(\d{3}|\d{4}-\d{2}-\d{2})$/;

/** The announced end of a model, if there is one. */
export function endOf(model: string): ModelDate | undefined {
  const name = model.replace(/^models\//, "").replace(EDITION, "");
  return MODEL_DATES.find((date) => date.model === name);
}
