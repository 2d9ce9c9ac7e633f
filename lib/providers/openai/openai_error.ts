import { EngineError, type EngineFault } from "../../contracts/engine_error.ts";

const PROVIDER = "openai";
/** A server's words in our log; whole bodies can be megabytes. */
const MAX_DETAIL_CHARACTERS = 300;

/** Makes an error of this provider. */
export function fault(kind: EngineFault, message: string): EngineError {
  return new EngineError(PROVIDER, kind, message);
}

/** What the client throws, as far as it is read here. */
interface ClientError {
  status?: number;
  code?: string | null;
  headers?: Headers;
  /** The server's own words, in whichever envelope it uses. */
  error?: unknown;
  message?: string;
  cause?: unknown;
}

/** Says what an error of the OpenAI client means for the call, without secrets. */
export function openAiError(error: unknown, apiKey?: string): EngineError {
  if (error instanceof EngineError) return error;
  const { status, code, headers, ...rest } = fieldsOf(error);
  const detail = redact(detailOf(rest), apiKey).slice(0, MAX_DETAIL_CHARACTERS);
  if (status === undefined) return withoutStatus(error, detail);
  const [kind, meaning] = meaningOf(status, code ?? "");
  return new EngineError(PROVIDER, kind, `The server ${meaning} (${status}): ${detail}`, {
    retryAfterMs: retryAfterMs(headers),
  });
}

function fieldsOf(error: unknown): ClientError {
  const { status, code, headers, error: body, message, cause } = error as ClientError;
  return { status, code, headers, error: body, message, cause };
}

function meaningOf(status: number, code: string): [EngineFault, string] {
  if (status === 402 || (status === 429 && /insufficient_quota|billing|credit/.test(code))) {
    return ["spend_limit", "says that the account's money is used up"];
  }
  if (status === 429) {
    return /quota|per_day|daily/.test(code)
      ? ["quota", "says that the quota is used up"]
      : ["rate_limited", "gets too many requests"];
  }
  if (code === "content_filter" || code === "content_policy_violation") {
    return ["blocked_words", "refused the words"];
  }
  if (status === 401 || status === 403) return ["bad_request", "doesn't let this key in"];
  if (status === 404) return ["bad_request", "doesn't have this model or path"];
  if (status === 408 || status === 504) return ["timeout", "took too long"];
  if (status >= 500) return ["unavailable", "failed or is overloaded"];
  return ["bad_request", "refused the request"];
}

function withoutStatus(error: unknown, detail: string): EngineError {
  if (error instanceof SyntaxError) {
    return fault("broken", `The server sent an answer that can't be read: ${detail}`);
  }
  // Only an error inside a stream has a body and no status.
  if (fieldsOf(error).error !== undefined) {
    return fault("unavailable", `The server failed in the middle of its answer: ${detail}`);
  }
  return fault("unavailable", `The server can't be reached or dropped the line: ${detail}`);
}

/** Servers put their words into `error.message`, `error`, `message` or `detail`. */
function detailOf({ error, message, cause }: ClientError): string {
  const body = error as { message?: unknown; detail?: unknown } | string | undefined;
  if (typeof body === "string") return body;
  for (const words of [body?.message, body?.detail]) {
    if (typeof words === "string") return words;
  }
  if (body !== undefined) return JSON.stringify(body);
  return cause instanceof Error ? `${message}: ${cause.message}` : String(message);
}

function retryAfterMs(headers: Headers | undefined): number | undefined {
  const ms = Number(headers?.get("retry-after-ms") || NaN);
  if (ms >= 0) return ms;
  const after = headers?.get("retry-after");
  if (!after) return undefined;
  const seconds = Number(after);
  // A date is read against the server's own clock.
  const waitMs = Number.isNaN(seconds)
    ? Date.parse(after) - Date.parse(headers?.get("date") ?? "")
    : seconds * 1000;
  return waitMs >= 0 ? waitMs : undefined;
}

function redact(text: string, apiKey: string | undefined): string {
  return apiKey ? text.replaceAll(apiKey, "…") : text;
}
