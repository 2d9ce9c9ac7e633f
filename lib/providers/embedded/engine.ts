import type { Engine, EngineContext } from "../../engines/engine.ts";
import { recogniserDomain } from "./agent_domain.ts";
import { createBrain } from "./brain.ts";
import { createEmbeddedStt } from "./recogniser.ts";
import { createEmbeddedTts } from "./voice.ts";

/** Ears, brain and voice that need no key and no network; see the README for what they can't do. */
export function embeddedEngine({ agent, knowledge, tools, areas }: EngineContext): Promise<Engine> {
  const voice = createEmbeddedTts();
  const ears = createEmbeddedStt(recogniserDomain({ agent, knowledge, tools, areas }), {
    pronounce: voice.pronounce,
  });
  return Promise.resolve({
    stt: ears.stt,
    llm: createBrain({ agent, knowledge, tools, areas }),
    tts: voice.tts,
    async warm() {
      await Promise.all([voice.warm(), ears.warm()]);
    },
    close() {
      ears.close();
      voice.close();
    },
  });
}
