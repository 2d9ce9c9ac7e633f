import type { Engine, EngineContext } from "../../engines/engine.ts";
import { language } from "../../languages/languages.ts";
import { createGemini } from "./gemini.ts";

/** Gemini as an engine, from the settings. */
export function geminiEngine({ settings, agent, clock }: EngineContext): Promise<Engine> {
  const { apiKey, ...options } = settings.gemini;
  return createGemini({
    apiKey: apiKey!, // checked with the settings
    ...options,
    // What the first question will be heard with; another question's connection is opened for it.
    ...settings.engines.stt.includes("gemini") && {
      expected: { languages: agent.languages, vocabulary: agent.vocabulary },
    },
    // The agent names a voice of its first choice; another engine doesn't have it.
    voice: settings.engines.tts[0] === "gemini" ? agent.voice.name : undefined,
    locale: (tag) => language(tag).locale,
    clock,
  });
}
