import { EngineError, type EngineFault } from "../../contracts/engine_error.ts";

const PROVIDER = "gemini";
/** A server's words in our log; whole bodies can be megabytes. */
const MAX_DETAIL_CHARACTERS = 300;

/** Says what an error of the Gemini client means for the call, without secrets. */
export function geminiError(error: unknown, apiKey?: string): EngineError {
  if (error instanceof EngineError) return error;
  const status = statusOf(error);
  const text = error instanceof Error ? error.message : String(error);
  const say = (detail: string) => redact(detail, apiKey).slice(0, MAX_DETAIL_CHARACTERS);
  if (status === undefined) return withoutStatus(error, say(text));
  const body = parseBody(text);
  const detail = say(body.message ?? text);
  if (status === 429) return tooMany(body, detail);
  const [fault, meaning] = meaningOf(status, body);
  return new EngineError(PROVIDER, fault, `Gemini ${meaning} (${status}): ${detail}`, {
    retryAfterMs: body.retryAfterMs,
  });
}

/** Makes the error of an answer that stopped for a reason other than being complete. */
export function finishError(reason: string, message?: string): EngineError {
  const detail = message ? `: ${message.slice(0, MAX_DETAIL_CHARACTERS)}` : "";
  const [fault, meaning] = finishMeanings[reason] ??
    ["broken", "stopped without giving a usable reason"];
  return new EngineError(PROVIDER, fault, `Gemini ${meaning} (${reason})${detail}`);
}

/** Makes the error of a request that was refused before any answer. */
export function promptError(reason: string): EngineError {
  // Without a reason it is no judgement of the words.
  const fault = reason === "OTHER" ? "broken" : "blocked_words";
  return new EngineError(PROVIDER, fault, `Gemini refused the prompt (${reason})`);
}

/** Makes an error of this provider. */
export function fault(kind: EngineFault, message: string): EngineError {
  return new EngineError(PROVIDER, kind, message);
}

const finishMeanings: Record<string, [EngineFault, string] | undefined> = {
  SAFETY: ["blocked_answer", "blocked its answer as unsafe"],
  BLOCKLIST: ["blocked_answer", "blocked its answer for a forbidden term"],
  PROHIBITED_CONTENT: ["blocked_answer", "blocked its answer as prohibited content"],
  SPII: ["personal_data", "blocked its answer for personal information in it"],
  RECITATION: ["recitation", "blocked its answer as a recitation"],
  LANGUAGE: ["unknown_language", "doesn't answer in this language"],
  MALFORMED_FUNCTION_CALL: ["bad_tool_call", "called a tool in a form that can't be read"],
  UNEXPECTED_TOOL_CALL: ["bad_tool_call", "called a tool that it was not given"],
  TOO_MANY_TOOL_CALLS: ["bad_tool_call", "called too many tools"],
  MAX_TOKENS: ["too_long", "ran into its limit of tokens"],
  MALFORMED_RESPONSE: ["broken", "gave an answer that can't be read"],
  OTHER: ["broken", "stopped for a reason that it doesn't tell"],
};

function meaningOf(status: number, body: Body): [EngineFault, string] {
  if (body.reasons.includes("API_KEY_INVALID")) return ["bad_request", "doesn't know the API key"];
  switch (status) {
    case 401:
    case 403:
      return ["bad_request", "doesn't let this API key in"];
    case 404:
      return ["bad_request", "doesn't have this model"];
    case 408:
    case 504:
      return ["timeout", "took too long"];
    case 500:
      return ["unavailable", "failed inside"];
    case 502:
    case 503:
      return ["unavailable", "is overloaded or down"];
    default:
      return status >= 500 ? ["unavailable", "failed"] : ["bad_request", "refused the request"];
  }
}

/** Tells a minute's rate from a day's quota and from the spending limit: waiting helps only the first. */
function tooMany(body: Body, detail: string): EngineError {
  const options = { retryAfterMs: body.retryAfterMs };
  if (/\b(spend|spending|billing|budget|credits?|prepa)/i.test(detail) && !body.quotaIds.length) {
    return new EngineError(
      PROVIDER,
      "spend_limit",
      `Gemini's spending limit is reached (429): ${detail}`,
      options,
    );
  }
  if (body.quotaIds.some((id) => /per ?day/i.test(id))) {
    return new EngineError(
      PROVIDER,
      "quota",
      `Gemini's quota for the day is used up (429): ${detail}`,
      options,
    );
  }
  return new EngineError(
    PROVIDER,
    "rate_limited",
    `Gemini gets too many requests (429): ${detail}`,
    options,
  );
}

function withoutStatus(error: unknown, text: string): EngineError {
  if (error instanceof SyntaxError || /incomplete json segment|parsing stream chunk/i.test(text)) {
    return fault("broken", `Gemini sent an answer that can't be read: ${text}`);
  }
  return fault("unavailable", `Gemini can't be reached or dropped the line: ${text}`);
}

interface Body {
  message?: string;
  reasons: string[];
  quotaIds: string[];
  retryAfterMs?: number;
}

interface Detail {
  reason?: string;
  retryDelay?: string;
  violations?: { quotaId?: string }[];
}

/** The client puts the server's JSON into the message, in a stream with words before it. */
function parseBody(text: string): Body {
  const body: Body = { reasons: [], quotaIds: [] };
  try {
    const { error } = JSON.parse(text.slice(Math.max(0, text.indexOf("{"))));
    body.message = typeof error?.message === "string" ? error.message : undefined;
    for (const detail of (error?.details ?? []) as Detail[]) {
      if (detail.reason) body.reasons.push(detail.reason);
      for (const { quotaId } of detail.violations ?? []) if (quotaId) body.quotaIds.push(quotaId);
      const seconds = /^(\d+(?:\.\d+)?)s$/.exec(detail.retryDelay ?? "")?.[1];
      if (seconds !== undefined) body.retryAfterMs = Math.ceil(Number(seconds) * 1000);
    }
  } catch {
    // the message is not the server's JSON; it is quoted as it is
  }
  return body;
}

function statusOf(error: unknown): number | undefined {
  const status = (error as { status?: unknown } | undefined)?.status;
  return typeof status === "number" ? status : undefined;
}

/** The Live API wants its key in the URL, and errors quote URLs. */
function redact(text: string, apiKey: string | undefined): string {
  return apiKey ? text.replaceAll(apiKey, "…") : text;
}
