import { ApiError, GoogleGenAI } from "@google/genai";
import { configuredModels } from "../engines/configured_models.ts";
import { geminiError } from "../providers/gemini/gemini_error.ts";
import type { Settings } from "../settings.ts";
import { type Finding, red, worstOf, yellow } from "./finding.ts";

/** Quotas name the tier that they are of, in one spelling or the other. */
const FREE_TIER = /free_?tier/i;

/**
 * Asks Gemini for each configured model, and one model for a word: only a request that counts tells
 * of the key's quota. Loads the SDK, so it is imported only where Gemini is used.
 */
export async function checkGemini(settings: Settings, signal: AbortSignal): Promise<Finding> {
  const { apiKey, baseUrl, apiVersion, llmModel } = settings.gemini;
  const ai = new GoogleGenAI({ apiKey, apiVersion, httpOptions: { baseUrl, apiVersion } });
  const models = configuredModels(settings).filter(({ engine }) => engine === "gemini");
  const findings: Finding[] = [];
  for (const { stage, model } of models) {
    try {
      await ai.models.get({ model, config: { abortSignal: signal } });
    } catch (error) {
      signal.throwIfAborted();
      const missing = error instanceof ApiError && error.status === 404;
      findings.push(
        missing
          ? red(`Gemini has no ${model}`, `set the model of ${stage} to one that it lists`)
          : meaningOf(error, apiKey),
      );
      if (!missing) break; // the next one would say the same
    }
  }
  if (findings.length === 0 && models.some(({ stage }) => stage === "llm")) {
    try {
      const words = await ai.models.generateContentStream({
        model: llmModel,
        contents: "Say yes.",
        config: { abortSignal: signal, maxOutputTokens: 16, automaticContinuation: false },
      });
      for await (const _ of words);
    } catch (error) {
      signal.throwIfAborted();
      findings.push(meaningOf(error, apiKey));
    }
  }
  const names = [...new Set(models.map(({ model }) => model))].join(", ");
  return worstOf(findings, `the key works, and these models are there: ${names}`);
}

/** What an error says of the key. */
function meaningOf(error: unknown, apiKey: string | undefined): Finding {
  const known = geminiError(error, apiKey);
  if (error instanceof ApiError && error.status === 429 && FREE_TIER.test(error.message)) {
    return red(
      `the key is on the free tier, which takes about one caller at a time: ${known.message}`,
      "turn billing on for the key's project",
    );
  }
  if (known.fault === "rate_limited") {
    return yellow(known.message, "raise the limits of the key's project, or its tier");
  }
  if (known.fault === "quota" || known.fault === "spend_limit") {
    return red(known.message, "raise the quota or the spending limit of the key's project");
  }
  if (known.fault === "bad_request") {
    return red(known.message, "check GEMINI_API_KEY and the model's name");
  }
  return red(known.message, "check the network, GEMINI_BASE_URL and Google's status page");
}
