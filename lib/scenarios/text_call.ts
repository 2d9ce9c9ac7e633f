import { concatSamples } from "../audio/pcm.ts";
import { Call } from "../call.ts";
import type { CallDependencies } from "../call/call_dependencies.ts";
import type { CallEvent } from "../contracts/call_event.ts";
import type { HandOver } from "../contracts/hand_over.ts";
import type { Llm } from "../contracts/llm.ts";
import type { Stt } from "../contracts/stt.ts";
import type { Tool } from "../contracts/tool.ts";
import type { Tts } from "../contracts/tts.ts";
import type { Backend } from "../contracts/backend.ts";
import type { Agent } from "../agent/agent.ts";
import { Ladder } from "../engines/ladder.ts";
import { createMasker } from "../privacy/mask.ts";
import { createToolCatalog } from "../actions/tool_catalog.ts";
import type { MarkedSounds } from "./marked_sound.ts";
import type { TextPhone } from "./text_phone.ts";

/** What a call in text mode is made of. */
export interface TextCallParts extends Pick<CallDependencies, "knowledge" | "topicOf"> {
  agent: Agent;
  llm: Llm;
  tts?: Tts;
  tools: Tool[];
  backend: Backend;
  handOver: HandOver;
  callerNumber?: string;
  sounds: MarkedSounds;
  engineName: string;
  publish(event: CallEvent): void;
}

/** How long recognising and speaking take, about as long as with real engines. */
const STT_MS = 250;
const TTS_MS = 150;

/** Starts the real call on a phone without real sound: words travel as marks in it. */
export function startTextCall(phone: TextPhone, parts: TextCallParts): Call {
  const { clock, line } = phone;
  const wait = (ms: number, signal: AbortSignal) => clock.until(clock.now() + ms, signal);

  const stt: Stt = async function* (audio, _, signal) {
    const chunks: Int16Array[] = [];
    for await (const chunk of audio) chunks.push(chunk);
    await wait(STT_MS, signal);
    const heard = parts.sounds.read(concatSamples(chunks));
    const text = heard.map((one) => one.text).filter(Boolean).join(" ");
    const sure = heard.flatMap(({ confidence }) => confidence ?? []);
    yield { type: "final", text, confidence: sure.length ? Math.min(...sure) : undefined };
  };
  const tts: Tts = parts.tts ?? async function* (text, _, signal) {
    await wait(TTS_MS, signal);
    yield parts.sounds.unmarked(text);
  };
  const engine = { stt, llm: parts.llm, tts };
  const ladder = new Ladder({
    providers: (stage) => [{ name: parts.engineName, run: engine[stage] }],
  }, clock);
  return new Call({ callId: newCallId(), callerNumber: parts.callerNumber }, line, {
    agent: parts.agent,
    knowledge: parts.knowledge,
    topicOf: parts.topicOf,
    engines: (watch) => ladder.forCall(watch),
    engineNames: { stt: "text", llm: parts.engineName, tts: "text" },
    catalog: createToolCatalog(parts.tools),
    backend: parts.backend,
    handOver: parts.handOver,
    hangUp: () => Promise.resolve(true),
    mask: createMasker(parts.agent.privacy.mask),
    clock,
    publish: parts.publish,
  });
}

/** An id in the platform's form. */
function newCallId(): string {
  return `HD_${crypto.getRandomValues(new Uint8Array(6)).toHex()}`;
}
