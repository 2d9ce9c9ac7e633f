import type { LlmRequest, ToolCall } from "../lib/contracts/llm.ts";
import type { Engine } from "../lib/engines/engine.ts";
import type { BridgeWorld } from "./bridge_world.ts";
import { syntheticSpeech } from "./synthetic_speech.ts";

/** What the model does about the caller's last words. */
export type Answers = (
  said: string,
  request: LlmRequest,
) => { text?: string; call?: Omit<ToolCall, "id"> };

const STT_MS = 150;
const FIRST_TOKEN_MS = 300;
const FIRST_AUDIO_MS = 120;
/** Speech is made as fast as the platform of a small server makes it. */
const MS_PER_CHARACTER = 45;

const PIECE_SAMPLES = 16_000;

/** Speech of one length is the same, and making it takes longer than a call may. */
const speeches = new Map<number, Int16Array>();

/** An engine that hears the caller's script by heart and answers from a list, with usual delays. */
export function scriptedEngine(world: BridgeWorld, answers: Answers): Engine {
  const { clock } = world;
  let calls = 0;
  return {
    async *stt(audio, _, signal) {
      for await (const _ of audio);
      const text = world.saidLast;
      await clock.until(clock.now() + STT_MS, signal);
      yield { type: "final", text };
    },
    async *llm(request, signal) {
      signal.throwIfAborted();
      await clock.until(clock.now() + FIRST_TOKEN_MS, signal);
      const last = request.messages.at(-1);
      const { text, call } = last?.role === "caller"
        ? answers(last.text, request)
        : { text: "That is what I found.", call: undefined };
      if (text) yield { type: "text", text };
      signal.throwIfAborted();
      if (call) {
        yield { type: "tool_call", call: { ...call, id: `call_${calls++}` } };
        signal.throwIfAborted();
      }
      yield { type: "end", reason: call ? "tool_calls" : "stop" };
    },
    async *tts(text, _, signal) {
      signal.throwIfAborted();
      if (!/[\p{L}\p{N}]/u.test(text)) return;
      await clock.until(clock.now() + FIRST_AUDIO_MS, signal);
      const ms = text.length * MS_PER_CHARACTER;
      const speech = speeches.get(ms) ?? syntheticSpeech(ms, { pitchHz: 210, levelDbfs: -18 });
      speeches.set(ms, speech);
      for (let at = 0; at < speech.length; at += PIECE_SAMPLES) {
        yield speech.slice(at, at + PIECE_SAMPLES);
        signal.throwIfAborted();
      }
    },
  };
}
