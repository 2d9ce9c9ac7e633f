import type { Engine, EngineContext, EngineFactory } from "../engines/engine.ts";
import { EngineSet } from "../engines/engine_set.ts";
import type { EngineName } from "../settings.ts";
import { type Finding, green, yellow } from "./finding.ts";

/** Counts the fixed sentences that are kept for the first voice, without having any made. */
export async function checkPrompts(context: EngineContext, signal: AbortSignal): Promise<Finding> {
  const mute: EngineFactory = () => Promise.resolve(MUTE);
  const names: EngineName[] = ["gemini", "openai", "embedded"];
  const set = new EngineSet(
    Object.fromEntries(names.map((name) => [name, mute])) as Record<EngineName, EngineFactory>,
    context,
  );
  const { kept, failed } = await set.keepPrompts(signal);
  if (failed === 0) return green(`all ${kept} fixed sentences are kept`);
  return yellow(
    `${failed} of ${kept + failed} fixed sentences are not kept: their first caller waits`,
    "start the bridge once: it makes them while it is idle",
  );
}

/** Makes nothing, so that only what was made before counts. */
const MUTE: Engine = {
  async *stt() {},
  async *llm() {},
  async *tts() {},
};
