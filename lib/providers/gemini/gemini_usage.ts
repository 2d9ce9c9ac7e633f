import type { Usage } from "../../contracts/stt.ts";

/** What both the unary and the Live API report, as far as it is read here. */
export interface GeminiUsage {
  promptTokenCount?: number;
  promptTokensDetails?: TokenCount[];
  candidatesTokenCount?: number;
  /** The Live API's name for `candidatesTokenCount`. */
  responseTokenCount?: number;
  thoughtsTokenCount?: number;
}

interface TokenCount {
  modality?: string;
  tokenCount?: number;
}

/** Maps Gemini's token counts; audio tokens are counted apart from text tokens. */
export function usageFrom(usage: GeminiUsage | undefined, model: string): Usage {
  if (!usage) return { model };
  const audio = usage.promptTokensDetails
    ?.filter((detail) => detail.modality === "AUDIO")
    .reduce((sum, detail) => sum + (detail.tokenCount ?? 0), 0);
  const written = usage.candidatesTokenCount ?? usage.responseTokenCount;
  const mapped: Usage = { model };
  if (usage.promptTokenCount !== undefined) {
    mapped.inputTokens = Math.max(0, usage.promptTokenCount - (audio ?? 0));
  }
  if (audio) mapped.inputAudioTokens = audio;
  if (written !== undefined || usage.thoughtsTokenCount !== undefined) {
    mapped.outputTokens = (written ?? 0) + (usage.thoughtsTokenCount ?? 0);
  }
  return mapped;
}
