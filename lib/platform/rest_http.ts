import { type Clock, deadline } from "../clock.ts";
import { PlatformError, readPlatformError } from "./platform_error.ts";

export interface RestOptions {
  /** @default "https://api.sautikit.com" */
  baseUrl?: string;
  apiKey: string;
  clock: Clock;
  /** Time for one request with all its repetitions. @default 4000 */
  limitMs?: number;
  fetch?: typeof fetch;
}

export interface RestRequest {
  /** What it is for, to fit behind "Cannot". */
  what: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: Record<string, unknown>;
  /** Makes a repetition harmless; sent as `Idempotency-Key`. */
  idempotencyKey?: string;
  /** Set when doing it twice is the same as doing it once. @default only for GET, PUT, DELETE and keys */
  repeatable?: boolean;
  limitMs?: number;
}

/** Makes one request and returns the parsed answer, `undefined` for an empty one. */
export type Rest = (request: RestRequest, signal?: AbortSignal) => Promise<unknown>;

const DEFAULT_BASE_URL = "https://api.sautikit.com";
const LIMIT_MS = 4_000;
const MAX_TRIES = 3;
const FIRST_PAUSE_MS = 200;
/** A page of 100 calls with their events has some 200 kB. */
const MAX_ANSWER_BYTES = 2 * 1024 * 1024;

/**
 * Makes the function through which everything goes to the platform's API.
 *
 * @throws {RangeError} when key or address can't be used; the message never shows the key
 */
export function createRest(options: RestOptions): Rest {
  const key = cleanKey(options.apiKey);
  const base = cleanBase(options.baseUrl ?? DEFAULT_BASE_URL);
  const { clock } = options;
  const send = options.fetch ?? fetch;

  return async (request, signal) => {
    const limitMs = request.limitMs ?? options.limitMs ?? LIMIT_MS;
    const limit = deadline(clock, limitMs, signal);
    const endMs = clock.now() + limitMs;
    try {
      for (let tries = 1;; tries++) {
        try {
          return await once(request, limit.signal);
        } catch (error) {
          const pauseMs = pauseBefore(error, request, tries);
          if (pauseMs === undefined || clock.now() + pauseMs >= endMs) throw error;
          await clock.until(clock.now() + pauseMs, limit.signal);
        }
      }
    } catch (error) {
      throw signal?.aborted ? signal.reason : explained(error, request, limitMs);
    } finally {
      limit.clear();
    }
  };

  async function once(request: RestRequest, signal: AbortSignal): Promise<unknown> {
    const url = new URL(base + request.path);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const headers = new Headers({ authorization: `Bearer ${key}`, accept: "application/json" });
    if (request.body) headers.set("content-type", "application/json");
    if (request.idempotencyKey) headers.set("idempotency-key", request.idempotencyKey);
    const response = await send(url, {
      method: request.method,
      headers,
      body: request.body && JSON.stringify(request.body),
      // Nobody else may get the key.
      redirect: "error",
      signal,
    });
    const text = await readText(response);
    if (!response.ok) throw readPlatformError(request.what, response, text);
    if (text.trim() === "") return undefined;
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new PlatformError(
        `Cannot ${request.what}: the platform's answer must be JSON: received ${text.length} ` +
          "characters of something else",
        { status: response.status, code: "not_json" },
        { cause },
      );
    }
  }
}

/** Milliseconds until the next try, or `undefined` when there must be none. */
function pauseBefore(error: unknown, request: RestRequest, tries: number): number | undefined {
  const repeatable = request.repeatable ??
    (["GET", "PUT", "DELETE"].includes(request.method) || request.idempotencyKey !== undefined);
  if (!repeatable || tries >= MAX_TRIES) return undefined;
  if (error instanceof DOMException) return undefined;
  if (error instanceof PlatformError) {
    if (error.fault !== "rate_limited" && error.fault !== "unavailable") return undefined;
    if (error.retryAfterMs !== undefined) return error.retryAfterMs;
  }
  // Chance spreads the calls that were refused together.
  return FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + Math.random());
}

function explained(error: unknown, request: RestRequest, limitMs: number): unknown {
  if (error instanceof PlatformError) return error;
  const timedOut = error instanceof DOMException && error.name === "TimeoutError";
  return new PlatformError(
    timedOut
      ? `Cannot ${request.what}: the platform gave no answer within ${limitMs} ms`
      : `Cannot ${request.what}: the platform could not be reached`,
    { status: 0, code: timedOut ? "timeout" : "unreachable" },
    { cause: error },
  );
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) {
      throw new PlatformError(
        `Cannot read the platform's answer: it must have at most ${MAX_ANSWER_BYTES} bytes`,
        { status: response.status, code: "too_large" },
      );
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Takes off what comes along when a key is pasted: quotes, a header's name, `Bearer`. */
function cleanKey(raw: string): string {
  const key = raw.trim().replace(/^authorization:\s*/i, "").replace(/^["']|["']$/g, "")
    .replace(/^bearer\s+/i, "").trim();
  if (/^[\x21-\x7e]{8,4096}$/.test(key)) return key;
  throw new RangeError(
    "Cannot use SAUTIKIT_API_KEY: it must be 8 to 4096 printable characters without spaces: " +
      `received ${key.length} characters${/\s/.test(key) ? " with spaces" : ""}`,
  );
}

function cleanBase(raw: string): string {
  const url = URL.parse(raw);
  const local = url && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (url?.protocol === "https:" || (url?.protocol === "http:" && local)) {
    return url.href.replace(/\/+$/, "");
  }
  throw new RangeError(
    `Cannot use SAUTIKIT_BASE_URL: it must be an https URL, or http on this machine: received ${raw}`,
  );
}
