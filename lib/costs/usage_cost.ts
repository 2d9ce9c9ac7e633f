import type { Stage } from "../contracts/call_event.ts";
import type { Usage } from "../contracts/stt.ts";
import type { ModelPrice } from "./prices.ts";

/** What one request cost. */
export interface UsageCost {
  usd: number;
  /** True when the provider did not report all that it bills, or its price is not published. */
  isEstimated: boolean;
}

/**
 * Letters of text for one token. Vendors say four for English; Swahili words take more tokens, so
 * that three keeps the estimate from being too low.
 */
export const CHARACTERS_PER_TOKEN = 3;

const PER_MILLION = 1e-6;

/** Works out what a provider bills for its work on a stage. */
export function usageCost(stage: Stage, usage: Usage, price: ModelPrice): UsageCost {
  if (price.free) return { usd: 0, isEstimated: false };
  if (price.usdPerMinute !== undefined) {
    return {
      usd: (usage.audioMs ?? 0) / 60_000 * price.usdPerMinute,
      isEstimated: price.isAssumed || usage.audioMs === undefined,
    };
  }
  if (price.usdPer1kCharacters !== undefined) {
    return {
      usd: (usage.characters ?? 0) / 1000 * price.usdPer1kCharacters,
      isEstimated: price.isAssumed || usage.characters === undefined,
    };
  }
  return tokenCost(stage, usage, price);
}

function tokenCost(stage: Stage, usage: Usage, price: ModelPrice): UsageCost {
  let usd = 0;
  let isEstimated = price.isAssumed;
  const add = (usdPer1m: number | undefined, tokens: number | undefined, guess: () => number) => {
    if (usdPer1m === undefined) return;
    isEstimated ||= tokens === undefined;
    usd += (tokens ?? guess()) * usdPer1m * PER_MILLION;
  };
  const written = (characters = 0) => Math.ceil(characters / CHARACTERS_PER_TOKEN);
  const sounded = () => (usage.audioMs ?? 0) / 1000 * price.audioTokensPerSecond;
  const { textIn, textOut, audioIn, audioOut } = price.usdPer1mTokens!;
  // A recogniser is sent nothing but audio.
  const textTokens = usage.inputTokens ?? (stage === "stt" ? 0 : undefined);
  add(
    textIn,
    textTokens,
    () => written(stage === "llm" ? usage.promptCharacters : usage.characters),
  );
  add(audioIn, usage.inputAudioTokens, sounded);
  add(textOut, usage.outputTokens, () => written(usage.characters));
  add(audioOut, usage.outputAudioTokens, sounded);
  return { usd, isEstimated };
}
