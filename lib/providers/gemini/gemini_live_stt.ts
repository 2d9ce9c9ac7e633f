import { SAMPLE_RATE_HZ } from "../../audio/pcm.ts";
import type { Clock } from "../../clock.ts";
import { EngineError } from "../../contracts/engine_error.ts";
import type { Stt, SttEvent, SttOptions } from "../../contracts/stt.ts";
import type { Breaker } from "../../engines/breaker.ts";
import { orAbort } from "../../engines/or_abort.ts";
import { ownedRequest } from "../../engines/owned_request.ts";
import { Tape } from "../../engines/tape.ts";
import { fault } from "./gemini_error.ts";
import { transcriptionConfig } from "./gemini_stt.ts";
import { isPlausible, voicedMsOf } from "../plausible_words.ts";
import { type GeminiUsage, usageFrom } from "./gemini_usage.ts";
import type { LiveConnection } from "./live_connection.ts";
import { LiveTranscript } from "./live_transcript.ts";
import type { LocaleHints } from "./locale_hints.ts";
import type { SpareConnections } from "./spare_connections.ts";

export interface GeminiLiveSttOptions {
  connections: SpareConnections;
  /** Hears the utterance when no connection does. */
  unary: Stt;
  breaker: Breaker;
  locales: LocaleHints;
  clock: Clock;
  explain: (error: unknown) => EngineError;
}

/**
 * How long the final text may take after the end of the audio, before the whole utterance is sent
 * in one request: the median is 262 ms, and 808 ms for the request (measured by others against the
 * real service), so that both fit into the 1500 ms that a recogniser has.
 */
const FINAL_MS = 500;
/** How long to wait for more words after some came without a word on whether they are all. */
const SETTLE_MS = 300;
/** Connections tried for one utterance; the second gets all of it from the start. */
const MAX_CONNECTIONS = 2;

/** Recognises while the caller speaks, over the Live API, with one connection for each utterance. */
export function geminiLiveStt(options: GeminiLiveSttOptions): Stt {
  return async function* (audio, sttOptions, signal) {
    signal.throwIfAborted();
    const tape = new Tape();
    const explain = (error: unknown) => tape.failedWith(error) ? error : options.explain(error);
    yield* ownedRequest(signal, (own) => {
      tape.record(audio, own);
      return recognise(tape, options, sttOptions, own);
    }, explain);
  };
}

async function* recognise(
  tape: Tape,
  options: GeminiLiveSttOptions,
  sttOptions: SttOptions,
  signal: AbortSignal,
): AsyncGenerator<SttEvent> {
  await tape.started;
  const nothingSaid = tape.over && tape.samples.length === 0;
  const pass = nothingSaid ? undefined : options.breaker.enter();
  try {
    for (let tried = 1; pass; tried++) {
      try {
        yield* overLive(tape, options, sttOptions, signal);
        return pass.worked();
      } catch (error) {
        signal.throwIfAborted();
        if (tape.failedWith(error)) throw error;
        // While the caller still speaks, another connection costs no time.
        const mayWork = options.locales.refusedBy(error) || !tape.over;
        if (tried < MAX_CONNECTIONS && mayWork) continue;
        pass.failed(options.explain(error));
        break;
      }
    }
  } finally {
    pass?.abandoned();
  }
  yield* options.unary(tape.read(), sttOptions, signal);
}

async function* overLive(
  tape: Tape,
  { connections, locales, clock }: GeminiLiveSttOptions,
  sttOptions: SttOptions,
  signal: AbortSignal,
): AsyncGenerator<SttEvent> {
  const transcript = new LiveTranscript();
  const late = new AbortController();
  const change = new Bell();
  const timers: (() => void)[] = [];
  const after = (ms: number, task: () => void) => {
    if (!signal.aborted) timers.push(clock.at(clock.now() + ms, task));
  };
  let connection: LiveConnection | undefined, done = false, settling = false;
  tape.ended.then(() => {
    if (done) return;
    after(FINAL_MS, () => {
      if (transcript.outcome.type === "settling") transcript.finish();
      else late.abort(fault("timeout", `Gemini gave no final text within ${FINAL_MS} ms`));
      change.ring();
    });
  });
  try {
    const either = AbortSignal.any([signal, late.signal]);
    const config = { inputAudioTranscription: transcriptionConfig(sttOptions, locales) };
    connection = await orAbort(connections.take(config, either), either);
    let usage: GeminiUsage | undefined, failure: { error: unknown } | undefined;
    connection.listen((event) => {
      if (event.type === "usage") usage = event.usage;
      else transcript.take(event);
      change.ring();
    });
    send(tape, connection).then(() => transcript.audioEnded(), (error) => failure = { error })
      .then(() => change.ring());
    for (let shown = "";;) {
      if (failure) throw failure.error;
      const { outcome, text } = transcript;
      if (outcome.type === "failed") throw fault(outcome.fault, outcome.message);
      if (outcome.type === "final") {
        return yield final(outcome.text, outcome.language, usage, connections.model, tape);
      }
      if (outcome.type === "settling" && !settling) {
        settling = true;
        after(SETTLE_MS, () => {
          transcript.finish();
          change.ring();
        });
      }
      if (text !== shown) yield { type: "partial", text: shown = text };
      else await orAbort(change.next, either);
    }
  } finally {
    done = true;
    for (const stop of timers) stop();
    connection?.close();
  }
}

/** Sends the utterance from its beginning, as it comes. */
async function send(tape: Tape, connection: LiveConnection): Promise<void> {
  connection.start();
  for await (const piece of tape.read()) {
    if (!connection.usable) return;
    connection.send(piece);
  }
  connection.end();
}

function final(
  text: string,
  language: string | undefined,
  usage: GeminiUsage | undefined,
  model: string,
  tape: Tape,
): SttEvent {
  const { samples } = tape;
  return {
    type: "final",
    text: isPlausible(text, voicedMsOf(samples)) ? text : "",
    ...language ? { language } : {},
    usage: { ...usageFrom(usage, model), audioMs: samples.length / SAMPLE_RATE_HZ * 1000 },
  };
}

/** Wakes one who waits for a change. */
class Bell {
  #ringing = Promise.withResolvers<void>();

  /** Resolves with the next ring. */
  get next(): Promise<void> {
    return this.#ringing.promise;
  }

  ring(): void {
    this.#ringing.resolve();
    this.#ringing = Promise.withResolvers();
  }
}
