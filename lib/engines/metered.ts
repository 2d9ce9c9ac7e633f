import { SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import type { Llm, LlmRequest } from "../contracts/llm.ts";
import type { Stt, Usage } from "../contracts/stt.ts";
import type { Tts, TtsOptions } from "../contracts/tts.ts";

/**
 * Told once of each request that a provider worked on, also when it was given up: drafts that nobody
 * hears are billed like any other.
 */
export type OnUsage = (usage: Usage) => void;

/** Measures a recogniser; no words and no usage mean that nothing was sent. */
export function meteredStt(run: Stt, model: string | undefined, onUsage: OnUsage): Stt {
  return (audio, options, signal) => {
    let samples = 0;
    let usage: Usage | undefined;
    let characters = 0;
    let wasSent = true;
    async function* counted() {
      for await (const piece of audio) {
        samples += piece.length;
        yield piece;
      }
    }
    return watched(run(counted(), options, signal), signal, (event) => {
      characters = event.text.length;
      if (event.type !== "final") return;
      usage = event.usage;
      wasSent = usage !== undefined || characters > 0;
    }, () => {
      if (!wasSent || samples === 0) return;
      const audioMs = Math.round(samples / SAMPLE_RATE_HZ * 1000);
      onUsage({ model, audioMs, characters, ...usage });
    });
  };
}

/** Measures a language model; `smallModel` does the work in a hurry. */
export function meteredLlm(
  run: Llm,
  usual: string | undefined,
  onUsage: OnUsage,
  smallModel = usual,
): Llm {
  return (request, signal) => {
    const model = request.isHurried ? smallModel : usual;
    let usage: Usage | undefined;
    let characters = 0;
    return watched(run(request, signal), signal, (event) => {
      if (event.type === "text") characters += event.text.length;
      else if (event.type === "tool_call") characters += lengthOf(event.call);
      else usage = event.usage;
    }, () => onUsage({ model, promptCharacters: promptLength(request), characters, ...usage }));
  };
}

/** Measures a voice, apart from sentences that `isKept` says come from what was kept. */
export function meteredTts(
  run: Tts,
  model: string | undefined,
  onUsage: OnUsage,
  isKept: (text: string, options: TtsOptions) => boolean = () => false,
): Tts {
  return (text, options, signal) => {
    if (isKept(text, options)) return run(text, options, signal);
    let samples = 0;
    return watched(run(text, options, signal), signal, (made) => samples += made.length, () => {
      const audioMs = Math.round(samples / SAMPLE_RATE_HZ * 1000);
      onUsage({ model, characters: text.length, audioMs });
    });
  };
}

/** Passes chunks on; `report` runs unless the provider failed with nothing done. */
async function* watched<T>(
  chunks: AsyncIterable<T>,
  signal: AbortSignal,
  see: (chunk: T) => void,
  report: () => void,
): AsyncGenerator<T, void, undefined> {
  let begun = false, failed = false;
  try {
    for await (const chunk of chunks) {
      begun = true;
      see(chunk);
      yield chunk;
    }
  } catch (error) {
    failed = !signal.aborted;
    throw error;
  } finally {
    if (begun || !failed) report();
  }
}

function promptLength({ system, messages, tools }: LlmRequest): number {
  const sent = messages.map((message) =>
    message.role === "agent" ? { ...message, echo: undefined } : message
  );
  return system.length + lengthOf(sent) + (tools.length > 0 ? lengthOf(tools) : 0);
}

function lengthOf(value: unknown): number {
  return JSON.stringify(value).length;
}
