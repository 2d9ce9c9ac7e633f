import type { Clock } from "../clock.ts";
import type { Llm, LlmEvent, LlmRequest } from "../contracts/llm.ts";
import { orAbort } from "./or_abort.ts";

export interface HurriedLlmOptions {
  clock: Clock;
  /** Makes the request that is quicker to answer. */
  shorten(request: LlmRequest): LlmRequest;
  /** Told each time that a model has given nothing for `waitedMs`, and is asked for less. */
  onSlow?(waitedMs: number): void;
}

/** A caller has heard a filler by then; other replies mostly begin before it. */
export const SLOW_AFTER_MS = 1500;
/** A model that was slow is asked for less at once for so long. */
const STAYS_SLOW_MS = 60_000;

/**
 * Asks a language model that is slow for less: when nothing has come after 1500 ms, a shorter
 * request goes beside the first one, whichever begins to write first is heard, and the other is
 * given up. Where the shorter one was faster, only short ones are sent for a minute.
 */
export function hurriedLlm(llm: Llm, { clock, shorten, onSlow }: HurriedLlmOptions): Llm {
  let slowUntilMs = -Infinity;
  return async function* (request, signal) {
    if (clock.now() < slowUntilMs) return yield* llm(shorten(request), signal);
    const asked: Asked[] = [new Asked(llm, request, signal)];
    try {
      const [usual] = asked;
      if (await isLate(usual.first, clock, signal)) {
        onSlow?.(SLOW_AFTER_MS);
        asked.push(new Asked(llm, shorten(request), signal));
      }
      const first = await orAbort(firstOf(asked), signal);
      if (first !== usual) slowUntilMs = clock.now() + STAYS_SLOW_MS;
      for (const other of asked) if (other !== first) other.giveUp();
      yield* first.events();
    } finally {
      for (const one of asked) one.giveUp();
    }
  };
}

/** One request of which the first event is waited for. */
class Asked {
  readonly #own = new AbortController();
  readonly #events: AsyncIterator<LlmEvent>;
  readonly first: Promise<IteratorResult<LlmEvent>>;

  constructor(llm: Llm, request: LlmRequest, signal: AbortSignal) {
    const either = AbortSignal.any([signal, this.#own.signal]);
    this.#events = llm(request, either)[Symbol.asyncIterator]();
    this.first = this.#events.next();
    this.first.catch(() => {}); // whoever waits for it gets the error
  }

  async *events(): AsyncGenerator<LlmEvent, void, undefined> {
    for (let step = await this.first; !step.done; step = await this.#events.next()) {
      yield step.value;
    }
  }

  giveUp(): void {
    this.#own.abort();
    this.#events.return?.().catch(() => {});
  }
}

/** The request that begins first; the first one's error when none does. */
async function firstOf(asked: Asked[]): Promise<Asked> {
  try {
    return await Promise.any(asked.map((one) => one.first.then(() => one)));
  } catch (error) {
    throw (error as AggregateError).errors[0];
  }
}

/** True when nothing comes in time; an error counts as something. */
async function isLate(
  first: Promise<unknown>,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  const come = first.then(() => false, () => false);
  const late = Promise.withResolvers<boolean>();
  const stopTimer = clock.at(clock.now() + SLOW_AFTER_MS, () => late.resolve(true));
  try {
    return await orAbort(Promise.race([come, late.promise]), signal);
  } finally {
    stopTimer();
  }
}
