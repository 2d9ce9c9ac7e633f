import type { Stage } from "../contracts/call_event.ts";
import { EngineError, type EngineFault } from "../contracts/engine_error.ts";
import type { Llm } from "../contracts/llm.ts";
import type { Tts } from "../contracts/tts.ts";
import { SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import { type Deadlines, withDeadlines } from "./deadlines.ts";
import {
  engineError,
  type FallbackOptions,
  noneLeft,
  type Provider,
  retryDelayMs,
} from "./provider.ts";

/** Defaults, in milliseconds: longer than either, and a caller thinks that the line is dead. */
export const LLM_DEADLINES: Deadlines = { firstChunkMs: 2500, gapMs: 2500, totalMs: 8000 };
export const TTS_DEADLINES: Deadlines = { firstChunkMs: 1500, gapMs: 1500, totalMs: 8000 };

/** A sentence of which the caller may have heard the beginning. */
export class SpeechCutError extends EngineError {
  override name = "SpeechCutError";
  constructor(
    cause: EngineError,
    /** How much of the sentence was made. */
    readonly madeMs: number,
  ) {
    const message = `${cause.message}; ${Math.round(madeMs)} ms of the sentence were made`;
    super(cause.provider, cause.fault, message, { cause });
  }
}

/** What one model refuses to hear or to say is not asked of the next: the caller is told. */
const FINAL: ReadonlySet<EngineFault> = new Set([
  "blocked_words",
  "blocked_answer",
  "personal_data",
]);

function isFinal(stage: Stage, { fault }: EngineError): boolean {
  return stage === "llm" && FINAL.has(fault);
}

/**
 * Makes one language model of several, tried in order.
 *
 * A model that fails in the middle is followed by the next one while what it wrote can be taken
 * back. Else the failure is thrown: the caller is hearing it, what was written until then stands, and
 * the reply apologises.
 */
export function fallbackLlm(
  providers: Provider<Llm>[],
  options: FallbackOptions,
  deadlines: Deadlines = LLM_DEADLINES,
): Llm {
  return (request, signal) =>
    firstThatWorks(
      "llm",
      providers,
      (llm, own) => llm(request, own),
      deadlines,
      options,
      signal,
      (error) => request.takeBack?.() ? undefined : error,
    );
}

/**
 * Makes one voice of several, tried in order for each sentence.
 *
 * @throws {SpeechCutError} when a voice fails in the middle of the sentence
 */
export function fallbackTts(
  providers: Provider<Tts>[],
  options: FallbackOptions,
  deadlines: Deadlines = TTS_DEADLINES,
): Tts {
  return async function* (text, ttsOptions, signal) {
    let made = 0;
    const chunks = firstThatWorks(
      "tts",
      providers,
      (tts, own) => tts(text, ttsOptions, own),
      deadlines,
      options,
      signal,
      (error) => new SpeechCutError(error, made / SAMPLE_RATE_HZ * 1000),
    );
    for await (const chunk of chunks) {
      made += chunk.length;
      yield chunk;
    }
  };
}

async function* firstThatWorks<Run, T>(
  stage: Stage,
  providers: Provider<Run>[],
  start: (run: Run, signal: AbortSignal) => AsyncIterable<T>,
  deadlines: Deadlines,
  { clock, watch, random = Math.random }: FallbackOptions,
  signal: AbortSignal,
  /** What to throw when a provider fails in the middle; nothing when another may begin anew. */
  cut: (error: EngineError) => EngineError | undefined,
): AsyncGenerator<T, void, undefined> {
  let failure: EngineError | undefined, why: EngineFault | undefined;
  const [first] = providers;
  for (const { name, run, breaker } of providers) {
    const firstByMs = clock.now() + deadlines.firstChunkMs;
    for (let tried = 1;; tried++) {
      signal.throwIfAborted();
      const pass = breaker.enter();
      if (!pass) break;
      let begun = false, ended = false;
      try {
        const chunks = withDeadlines(
          name,
          (own) => start(run, own),
          deadlines,
          clock,
          firstByMs,
          signal,
        );
        for await (const chunk of chunks) {
          if (!begun && name !== first.name) {
            watch?.fallback?.(stage, first.name, name, why ?? first.breaker.fault);
          }
          begun = true;
          yield chunk;
        }
        ended = true;
        return;
      } catch (error) {
        signal.throwIfAborted();
        failure = engineError(name, error);
        pass.failed(failure);
        if (name === first.name) why = failure.fault;
        watch?.fault?.(stage, name, failure);
        if (isFinal(stage, failure)) throw failure;
        const thrown = begun && cut(failure);
        if (thrown) throw thrown;
      } finally {
        // A reader that stops in the middle has still seen the provider work.
        if (begun || ended) pass.worked();
        else pass.abandoned();
      }
      const delayMs = retryDelayMs(failure, tried, firstByMs - clock.now(), random);
      if (delayMs === undefined) break;
      await clock.until(clock.now() + delayMs, signal);
    }
  }
  throw failure ?? noneLeft(stage, providers);
}
