/** What a refusal of the platform means to us. */
export type PlatformFault =
  | "no_money"
  | "not_allowed"
  | "not_found"
  | "conflict"
  | "rate_limited"
  | "bad_request"
  | "unavailable"
  | "timeout";

/** The platform's API refused, failed or did not answer. */
export class PlatformError extends Error {
  override name = "PlatformError";
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** The platform's own code, such as `wallet.insufficient_funds`; else `http_<status>`. */
  readonly code: string;
  /** What the platform's support asks for. */
  readonly requestId?: string;
  readonly retryAfterMs?: number;

  constructor(
    message: string,
    facts: { status: number; code: string; requestId?: string; retryAfterMs?: number },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.status = facts.status;
    this.code = facts.code;
    this.requestId = facts.requestId;
    this.retryAfterMs = facts.retryAfterMs;
  }

  get fault(): PlatformFault {
    // Pages of the vendor write the code with a dot and with an underscore.
    if (this.status === 402 || /insufficient.?funds/.test(this.code)) return "no_money";
    if (this.code === "timeout") return "timeout";
    return FAULTS[this.status] ?? (this.status >= 500 ? "unavailable" : "bad_request");
  }
}

const FAULTS: Record<number, PlatformFault> = {
  0: "unavailable",
  401: "not_allowed",
  403: "not_allowed",
  404: "not_found",
  409: "conflict",
  410: "not_found",
  429: "rate_limited",
};

/** Longest message taken over from the platform. */
const MAX_MESSAGE_UNITS = 200;

/** Reads a refusal: `{error: {code, message, request_id}}`, or `{code, reason}` as some endpoints write. */
export function readPlatformError(what: string, response: Response, text: string): PlatformError {
  const { status } = response;
  const { code, message, requestId } = readEnvelope(text);
  const said = message
    ? `${message.replaceAll(/\+?\d{7,}/g, "…").slice(0, MAX_MESSAGE_UNITS)} `
    : "";
  const id = requestId ?? response.headers.get("x-request-id") ?? undefined;
  return new PlatformError(
    `Cannot ${what}: the platform answered ${status} ${said}(${code ?? "no code"}` +
      `${id ? `, request ${id}` : ""})`,
    {
      status,
      code: code ?? `http_${status}`,
      requestId: id,
      retryAfterMs: readRetryAfter(response.headers.get("retry-after")),
    },
  );
}

function readEnvelope(text: string): { code?: string; message?: string; requestId?: string } {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return {};
  }
  const outer = isObject(body) ? body : {};
  const inner = isObject(outer.error) ? outer.error : outer;
  return {
    code: textOf(inner.code),
    message: textOf(inner.message) ?? textOf(inner.reason),
    requestId: textOf(inner.request_id),
  };
}

/** Only the form in seconds: dates would be measured with a clock that may be wrong. */
function readRetryAfter(header: string | null): number | undefined {
  return header && /^\d{1,6}$/.test(header.trim()) ? Number(header) * 1000 : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
