import type { LlmRequest, ToolCall } from "../lib/contracts/llm.ts";
import type { Engine } from "../lib/engines/engine.ts";
import type { BridgeWorld } from "./bridge_world.ts";
import { modelledEngine } from "./modelled_engine.ts";
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
export function scriptedEngine(
  world: BridgeWorld,
  answers: Answers,
  hears: (samples: Int16Array) => string = () => world.saidLast,
): Engine {
  return modelledEngine({
    clock: world.clock,
    hears,
    says(request) {
      const last = request.messages.at(-1);
      if (last?.role !== "caller") return { text: "That is what I found." };
      const { text, call } = answers(last.text, request);
      return { text, calls: call && [call] };
    },
    sounds(text) {
      const ms = text.length * MS_PER_CHARACTER;
      const speech = speeches.get(ms) ?? syntheticSpeech(ms, { pitchHz: 210, levelDbfs: -18 });
      speeches.set(ms, speech);
      return speech;
    },
    finalMs: STT_MS,
    firstTokenMs: FIRST_TOKEN_MS,
    firstAudioMs: FIRST_AUDIO_MS,
    pieceSamples: PIECE_SAMPLES,
  });
}
