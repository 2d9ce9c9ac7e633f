import { Call } from "../call.ts";
import type { CallDependencies } from "../call/call_dependencies.ts";
import type { CallEvent } from "../contracts/call_event.ts";
import type { HandOver } from "../contracts/hand_over.ts";
import type { Llm } from "../contracts/llm.ts";
import type { Tool } from "../contracts/tool.ts";
import type { Tts } from "../contracts/tts.ts";
import type { Backend } from "../contracts/backend.ts";
import type { Agent } from "../agent/agent.ts";
import { Ladder } from "../engines/ladder.ts";
import { createMasker } from "../privacy/mask.ts";
import { createToolCatalog } from "../actions/tool_catalog.ts";
import type { MarkedSounds } from "./marked_sound.ts";
import { textStt, textTts } from "./text_engine.ts";
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

/** Starts the real call on a phone without real sound: words travel as marks in it. */
export function startTextCall(phone: TextPhone, parts: TextCallParts): Call {
  const { clock, line } = phone;
  const engine = {
    stt: textStt(parts.sounds, clock),
    llm: parts.llm,
    tts: parts.tts ?? textTts(parts.sounds, clock),
  };
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
