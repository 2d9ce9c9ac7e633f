import type { Agent } from "../agent_file.ts";
import type { Clock } from "../clock.ts";
import type { Llm } from "../contracts/llm.ts";
import type { Stt } from "../contracts/stt.ts";
import type { Tool } from "../contracts/tool.ts";
import type { Tts } from "../contracts/tts.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Settings } from "../settings.ts";

/** The three stages of one vendor; each may be used without the others. */
export interface Engine {
  stt: Stt;
  llm: Llm;
  tts: Tts;
  /** Gets ready for a call that is about to come; costs nothing at the vendor. */
  warm?(signal: AbortSignal): Promise<void>;
  close?(): void | Promise<void>;
}

/** What an engine is made from. */
export interface EngineContext {
  settings: Settings;
  agent: Agent;
  knowledge: Knowledge;
  tools: readonly Tool[];
  /** Names of the areas that the company serves. */
  areas: readonly string[];
  clock: Clock;
}

/** Makes an engine; loads its code and models only when called. */
export type EngineFactory = (context: EngineContext) => Promise<Engine>;

/** An engine that is made on first use, once. */
export function lazyEngine(make: () => Promise<Engine>): Required<Engine> {
  let made: Promise<Engine> | undefined;
  const get = () =>
    made ??= make().catch((error) => {
      made = undefined; // the next use tries again
      throw error;
    });
  return {
    async *stt(...args) {
      yield* (await get()).stt(...args);
    },
    async *llm(...args) {
      yield* (await get()).llm(...args);
    },
    async *tts(...args) {
      yield* (await get()).tts(...args);
    },
    async warm(signal) {
      await (await get()).warm?.(signal);
    },
    async close() {
      await (await made?.catch(() => undefined))?.close?.();
    },
  };
}
