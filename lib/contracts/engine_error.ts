/** What went wrong with a provider, as far as the call must know. */
export type EngineFault =
  | "timeout"
  | "unavailable"
  | "rate_limited"
  | "quota"
  | "blocked"
  | "empty"
  | "bad_request"
  | "broken";

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
}
