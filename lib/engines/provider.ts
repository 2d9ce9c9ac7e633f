import type { Clock } from "../clock.ts";
import type { Stage } from "../contracts/call_event.ts";
import { EngineError, type EngineFault } from "../contracts/engine_error.ts";
import type { Usage } from "../contracts/stt.ts";
import type { Breaker } from "./breaker.ts";

/** One way to do a stage's work, and whether it may be tried now. */
export interface Provider<Run> {
  name: string;
  run: Run;
  /** Shared by all calls. */
  breaker: Breaker;
}

/** Hears what became of the providers; each call has its own. */
export interface Watch {
  fault?(stage: Stage, provider: string, error: EngineError): void;
  /** `to` does the work because `from`, the first choice, doesn't; `fault` is why, where known. */
  fallback?(stage: Stage, from: string, to: string, fault?: EngineFault): void;
  /** What one request used; also of requests that were given up. */
  usage?(stage: Stage, provider: string, usage: Usage): void;
}

export interface FallbackOptions {
  clock: Clock;
  watch?: Watch;
  /** Gives numbers from 0 to 1. */
  random?: () => number;
}

/** Faults after which the same provider may well work a moment later. */
const PASSING_FAULTS: ReadonlySet<EngineFault> = new Set([
  "unavailable",
  "broken",
  "empty",
  "bad_tool_call",
]);
const RETRY_MIN_MS = 50;
const RETRY_SPREAD_MS = 150;

/** How long to wait before the one retry, or nothing when there should be none. */
export function retryDelayMs(
  error: EngineError,
  tried: number,
  leftMs: number,
  random: () => number,
): number | undefined {
  if (tried > 1 || !PASSING_FAULTS.has(error.fault) || error.retryAfterMs) return undefined;
  const delayMs = RETRY_MIN_MS + RETRY_SPREAD_MS * random();
  return delayMs < leftMs ? delayMs : undefined;
}

/** Makes every error of a provider one that the call understands. */
export function engineError(provider: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new EngineError(provider, "broken", `${provider} failed: ${message}`, { cause: error });
}

/** The error of a stage none of whose providers may be tried. */
export function noneLeft(stage: Stage, providers: Provider<unknown>[]): EngineError {
  const names = providers.map(({ name }) => name).join(", ");
  return new EngineError(stage, "unavailable", `Cannot use any of ${names}: each is left alone`);
}
