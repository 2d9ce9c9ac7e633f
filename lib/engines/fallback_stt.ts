import type { Clock } from "../clock.ts";
import { EngineError, type EngineFault } from "../contracts/engine_error.ts";
import type { Stt, SttEvent } from "../contracts/stt.ts";
import { abortable } from "./abortable.ts";
import {
  engineError,
  type FallbackOptions,
  noneLeft,
  type Provider,
  retryDelayMs,
} from "./provider.ts";
import { Tape } from "./tape.ts";

/** How long a final text may take after the end of the audio before the next one is asked, in ms. */
export const STT_FINAL_MS = 1500;
/** How long all recognisers may take together: a caller bears no more, and is offered keys then. */
const STT_ALL_MS = 3500;
/** What each of those behind a late one has of that time. */
const STT_LEAST_MS = 1000;

/**
 * Makes one recogniser of several, tried in order.
 *
 * The utterance is kept, so that each gets all of it. Partials of one that fails later are simply
 * followed by those of the next.
 */
export function fallbackStt(
  providers: Provider<Stt>[],
  options: FallbackOptions,
  finalMs = STT_FINAL_MS,
): Stt {
  return async function* (audio, sttOptions, signal) {
    signal.throwIfAborted();
    const own = new AbortController();
    const tape = new Tape();
    tape.record(audio, own.signal);
    try {
      yield* abortable(
        firstThatHears(providers, options, finalMs, tape, (run, until) => {
          return run(tape.read(), sttOptions, until);
        }, own.signal),
        signal,
      );
    } finally {
      own.abort(signal.reason);
    }
  };
}

async function* firstThatHears(
  providers: Provider<Stt>[],
  { clock, watch, random = Math.random }: FallbackOptions,
  finalMs: number,
  tape: Tape,
  start: (run: Stt, signal: AbortSignal) => AsyncIterable<SttEvent>,
  signal: AbortSignal,
): AsyncGenerator<SttEvent, void, undefined> {
  let failure: EngineError | undefined, why: EngineFault | undefined;
  const [first] = providers;
  let allByMs = Infinity;
  tape.ended.then(() => allByMs = clock.now() + STT_ALL_MS);
  for (const [i, { name, run, breaker }] of providers.entries()) {
    const behind = providers.slice(i + 1).filter(({ breaker }) => breaker.state !== "open").length;
    const mayTakeMs = () => {
      const leftMs = Math.max(0, allByMs - clock.now() - behind * STT_LEAST_MS);
      // Late words are better than none, so the last one may take all the time that is left.
      return behind === 0 ? leftMs : Math.min(finalMs, leftMs);
    };
    const patience = new Patience(name, tape, mayTakeMs, clock, signal);
    try {
      for (let tried = 1;; tried++) {
        signal.throwIfAborted();
        const pass = breaker.enter();
        if (!pass) break;
        try {
          let heard = false;
          for await (const event of abortable(start(run, patience.signal), patience.signal)) {
            if (event.type === "final" && name !== first.name) {
              watch?.fallback?.("stt", first.name, name, why ?? first.breaker.fault);
            }
            heard ||= event.type === "final";
            yield event;
          }
          if (!heard) throw new EngineError(name, "broken", `${name} gave no final text`);
          return pass.worked();
        } catch (error) {
          signal.throwIfAborted();
          if (tape.failedWith(error)) throw error;
          failure = engineError(name, error);
          pass.failed(failure);
          if (name === first.name) why = failure.fault;
          watch?.fault?.("stt", name, failure);
        } finally {
          pass.abandoned();
        }
        const delayMs = retryDelayMs(failure, tried, patience.leftMs, random);
        if (delayMs === undefined) break;
        await clock.until(clock.now() + delayMs, signal);
      }
    } finally {
      patience.end();
    }
  }
  throw failure ?? noneLeft("stt", providers);
}

/** Aborts a recogniser that is late; nothing is late before the caller has finished. */
class Patience {
  readonly #controller = new AbortController();
  readonly #follow: () => void;
  #untilMs = Infinity;
  #stopTimer = () => {};
  #over = false;

  constructor(
    name: string,
    tape: Tape,
    mayTakeMs: () => number,
    readonly clock: Clock,
    readonly parent: AbortSignal,
  ) {
    this.#follow = () => this.#controller.abort(parent.reason);
    parent.addEventListener("abort", this.#follow, { once: true });
    tape.ended.then(() => {
      if (this.#over) return;
      const finalMs = mayTakeMs();
      this.#untilMs = clock.now() + finalMs;
      this.#stopTimer = clock.at(this.#untilMs, () => {
        const message = `${name} gave no final text within ${finalMs} ms`;
        this.#controller.abort(new EngineError(name, "timeout", message));
      });
    });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get leftMs(): number {
    return this.#untilMs - this.clock.now();
  }

  end(): void {
    this.#over = true;
    this.#stopTimer();
    this.parent.removeEventListener("abort", this.#follow);
    this.#controller.abort();
  }
}
