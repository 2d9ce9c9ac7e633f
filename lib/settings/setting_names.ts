import { editDistance, nearest } from "../agent/nearest.ts";
import type { Env } from "./env.ts";

/** Every variable that means something to us. */
export const SETTING_NAMES = [
  "PORT",
  "PUBLIC_URL",
  "DATA_DIR",
  "AGENT_DIR",
  "LOG_LEVEL",
  "STT",
  "LLM",
  "TTS",
  "GEMINI_API_KEY",
  "GEMINI_BASE_URL",
  "GEMINI_API_VERSION",
  "GEMINI_STT_MODEL",
  "GEMINI_STT_LIVE_MODEL",
  "GEMINI_LLM_MODEL",
  "GEMINI_LLM_SMALL_MODEL",
  "GEMINI_TTS_MODEL",
  "OPENAI_API_KEY",
  "OPENAI_BASE_URL",
  "OPENAI_STT_BASE_URL",
  "OPENAI_LLM_BASE_URL",
  "OPENAI_TTS_BASE_URL",
  "OPENAI_STT_MODEL",
  "OPENAI_LLM_MODEL",
  "OPENAI_LLM_SMALL_MODEL",
  "OPENAI_TTS_MODEL",
  "OPENAI_TTS_VOICE",
  "SAUTIKIT_API_KEY",
  "SAUTIKIT_BASE_URL",
  "SAUTIKIT_SIGNING_SECRETS",
  "SIGNATURE_COMPAT",
  "TOKEN_SECRET",
  "TEAM_WEBHOOK_SECRET",
  "BACKEND_URL",
  "DENO_KV_URL",
  "VOICE_FORMAT",
  "STREAM_TRACK",
  "MAX_CALLS",
  "DEFAULT_COUNTRY",
  "OWNED_NUMBERS",
  "CALLER_ID",
] as const;

/** Names that others give to what is meant. */
const OTHER_NAMES: Record<string, string> = {
  GOOGLE_API_KEY: "GEMINI_API_KEY",
  GOOGLE_GEMINI_API_KEY: "GEMINI_API_KEY",
  SAUTIKIT_WEBHOOK_SECRET: "SAUTIKIT_SIGNING_SECRETS",
  SAUTIKIT_SIGNING_SECRET: "SAUTIKIT_SIGNING_SECRETS",
  OPENAI_API_BASE: "OPENAI_BASE_URL",
};

/** Beginnings that nobody else's variables have in common with ours. */
const OURS = /^(GEMINI|SAUTIKIT)_/;

/** Finds variables that we don't read and that look like ones we do, a sentence for each. */
export function misspeltNames(env: Env): string[] {
  const known: readonly string[] = SETTING_NAMES;
  return Object.keys(env).filter((name) => !known.includes(name)).flatMap((name) => {
    const meant = OTHER_NAMES[name] ?? (OURS.test(name) ? nearest(name, known) : slip(name));
    return meant && !env[meant] ? [`${name} is not read; did you mean ${meant}?`] : [];
  });
}

/** Any other program's variable may be in the environment: only a slip of one letter is a sign. */
function slip(name: string): string | undefined {
  return SETTING_NAMES.find((known) => known.length >= 6 && editDistance(name, known) === 1);
}
