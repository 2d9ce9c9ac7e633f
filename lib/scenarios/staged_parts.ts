import type { BridgeParts } from "../bridge.ts";
import type { Clock } from "../clock.ts";
import type { EngineFactory } from "../engines/engine.ts";
import type { EngineName } from "../settings.ts";
import { brokenBackend, brokenLlm, brokenTts, stagedTool, waitOn } from "./faults.ts";
import type { Scenario } from "./scenario.ts";
import { scriptedBrain } from "./scripted_brain.ts";
import type { Witness } from "./witness.ts";

/** The bridge's parts with a scenario's faults, answers and brain in them. */
export function stagedParts(
  parts: BridgeParts,
  { faults, answers, brain }: Scenario,
  clock: Clock,
  witness?: Witness,
): BridgeParts {
  const wait = waitOn(clock);
  const engineOf = (factory: EngineFactory): EngineFactory => async (context) => {
    const engine = await factory(context);
    const llm = brokenLlm(brain ? scriptedBrain(brain) : engine.llm, faults, wait);
    return {
      ...engine,
      llm: witness?.llm(llm) ?? llm,
      tts: brokenTts(engine.tts, faults),
    };
  };
  return {
    ...parts,
    engines: Object.fromEntries(
      Object.entries(parts.engines).map(([name, factory]) => [name, engineOf(factory)]),
    ) as Record<EngineName, EngineFactory>,
    around(tool) {
      const staged = stagedTool(tool, faults, answers, wait);
      return witness?.tool(staged) ?? staged;
    },
    backend: (settings, clock) => brokenBackend(parts.backend(settings, clock), faults, wait),
  };
}
