/**
 * What went wrong with a provider. Each is a meaning of its own in the call's record, and those that
 * reach the caller have a sentence of their own.
 */
export type EngineFault =
  /** Nothing came in time. */
  | "timeout"
  /** It can't be reached, is overloaded, or dropped the line. */
  | "unavailable"
  /** Too many requests for the moment. */
  | "rate_limited"
  /** The day's requests are used up. */
  | "quota"
  /** The account's money is used up. */
  | "spend_limit"
  /** It refused what it was sent as unsafe or forbidden. */
  | "blocked_words"
  /** It stopped its own answer as unsafe or forbidden. */
  | "blocked_answer"
  /** It stopped its own answer for personal data in it. */
  | "personal_data"
  /** It stopped its own answer as a copy of somebody's text. */
  | "recitation"
  /** It doesn't work in this language. */
  | "unknown_language"
  /** It called a tool that it doesn't have, or in a form that can't be read. */
  | "bad_tool_call"
  /** It ran into the limit of tokens before it had said anything. */
  | "too_long"
  /** It ended properly with nothing in it. */
  | "empty"
  /** It doesn't take the request, the key or the model's name. */
  | "bad_request"
  /** It broke its own protocol, or gave no reason. */
  | "broken";

/** Refusing words says nothing of whether a provider works. */
const REFUSALS: ReadonlySet<EngineFault> = new Set([
  "blocked_words",
  "blocked_answer",
  "personal_data",
  "recitation",
  "unknown_language",
]);

/** A provider did not do its work; the message is for the log, never for the caller. */
export class EngineError extends Error {
  override name = "EngineError";
  constructor(
    /** The provider's name, such as `gemini`. */
    readonly provider: string,
    readonly fault: EngineFault,
    message: string,
    options?: ErrorOptions & { retryAfterMs?: number },
  ) {
    super(message, options);
    this.retryAfterMs = options?.retryAfterMs;
  }
  /** How long the provider asks to be left alone, in milliseconds. */
  readonly retryAfterMs?: number;

  /** True when the provider works and will not do this. */
  get isRefusal(): boolean {
    return REFUSALS.has(this.fault);
  }
}
