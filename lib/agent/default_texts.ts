import { knownLanguages } from "../languages/languages.ts";
import { phraseVariants } from "../languages/phrases.ts";
import type { ByLanguage } from "./agent.ts";

/**
 * What an agent says where its file has no text of its own, with `{name}` and `{company}` still in
 * it: its greeting, and that it records.
 */
export function defaultTexts(name: "greeting_default" | "consent_recording"): ByLanguage {
  return Object.fromEntries(knownLanguages().map((tag) => [tag, phraseVariants(tag, name)[0]]));
}
