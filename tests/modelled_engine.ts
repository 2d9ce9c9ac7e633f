import { concatSamples } from "../lib/audio/pcm.ts";
import type { Clock } from "../lib/clock.ts";
import type { Expect } from "../lib/contracts/expect.ts";
import type { LlmRequest, ToolCall } from "../lib/contracts/llm.ts";
import { abortable } from "../lib/engines/abortable.ts";
import type { Engine } from "../lib/engines/engine.ts";
import { syntheticSpeech } from "./synthetic_speech.ts";

/** What a modelled language model writes. */
export interface ModelledReply {
  text?: string;
  calls?: Omit<ToolCall, "id">[];
  expect?: Expect;
}

/** What an engine does that takes no vendor, and how long it takes for it. */
export interface ModelledOptions {
  clock: Clock;
  /** The words of a sound that is no digital silence. `number` counts recognitions from 0. */
  hears(samples: Int16Array, number: number): string;
  says(request: LlmRequest): ModelledReply;
  /** @default speech of 60 ms for each character */
  sounds?(text: string): Int16Array;
  /** From the end of the audio to the final text. @default 0 */
  finalMs?: number;
  /** @default 0 */
  firstTokenMs?: number;
  /** Between two words; without it all text comes in one piece. */
  wordMs?: number;
  /** @default 0 */
  firstAudioMs?: number;
  /** @default all of a text */
  pieceSamples?: number;
  /** Between two pieces. @default 0 */
  pieceMs?: number;
}

/** An engine with modelled delays, which keeps the same contracts as those of the vendors. */
export function modelledEngine(options: ModelledOptions): Engine {
  const { clock, hears, says } = options;
  const { sounds = (text) => syntheticSpeech(text.length * 60, { pitchHz: 210 }) } = options;
  let recognitions = 0, calls = 0;
  const pause = async (ms: number | undefined, signal: AbortSignal) => {
    signal.throwIfAborted();
    if (ms) await clock.until(clock.now() + ms, signal);
    else await Promise.resolve(); // as with any vendor, nothing comes in the moment of asking
    signal.throwIfAborted();
  };
  return {
    async *stt(audio, _, signal) {
      signal.throwIfAborted();
      const number = recognitions++;
      const pieces: Int16Array[] = [];
      for await (const piece of abortable(audio, signal)) pieces.push(piece.slice());
      await pause(options.finalMs, signal);
      const samples = concatSamples(pieces);
      const isSilent = samples.every((sample) => sample === 0);
      yield { type: "final", text: isSilent ? "" : hears(samples, number) };
    },
    async *llm(request, signal) {
      await pause(options.firstTokenMs, signal);
      const reply = says(request);
      const { text = "", expect } = reply;
      for (const piece of options.wordMs ? text.split(/(?<=\s)/) : [text]) {
        if (piece === "") continue;
        yield { type: "text", text: piece };
        await pause(options.wordMs, signal);
      }
      for (const call of reply.calls ?? []) {
        yield { type: "tool_call", call: { ...call, id: `call_${calls++}` } };
        signal.throwIfAborted();
      }
      yield { type: "end", reason: reply.calls?.length ? "tool_calls" : "stop", expect };
    },
    async *tts(text, _, signal) {
      signal.throwIfAborted();
      if (!/[\p{L}\p{N}]/u.test(text)) return;
      await pause(options.firstAudioMs, signal);
      const speech = sounds(text);
      const { pieceSamples = speech.length } = options;
      for (let at = 0; at < speech.length; at += pieceSamples) {
        yield speech.slice(at, at + pieceSamples);
        await pause(options.pieceMs, signal);
      }
    },
  };
}
