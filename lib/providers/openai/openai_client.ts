import type OpenAI from "openai";

/** Where one stage's server is. */
export interface OpenAiServer {
  /** With the version: `http://127.0.0.1:8000/v1`. @default the vendor's own */
  baseUrl?: string;
  /** Own servers mostly need none. */
  apiKey?: string;
}

/** The client wants a limit of its own; calls have much shorter ones. */
const TIMEOUT_MS = 60_000;

/** Loads the client, and only now, so that a bridge without such a server never does. */
export async function openAiClient({ baseUrl, apiKey }: OpenAiServer): Promise<OpenAI> {
  const { default: Client } = await import("openai");
  return new Client({
    baseURL: baseUrl,
    apiKey: apiKey || "none",
    organization: null,
    project: null,
    maxRetries: 0, // retries are the fallback's, which knows what the caller has heard
    timeout: TIMEOUT_MS,
    logLevel: "off", // its debug log holds what callers say
  });
}
