import type { Clock } from "../clock.ts";
import { type Backend, BackendError } from "../contracts/backend.ts";
import { EngineError } from "../contracts/engine_error.ts";
import type { Llm } from "../contracts/llm.ts";
import type { Tool } from "../contracts/tool.ts";
import type { Tts } from "../contracts/tts.ts";
import type { CannedAnswer, Faults } from "./scenario.ts";

/** Longer than any tool may take. */
const SLOW_MS = 60_000;

/** Waits on the clock; a scenario's clock may leap meanwhile. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export function waitOn(clock: Clock): Wait {
  return (ms, signal) => clock.until(clock.now() + ms, signal);
}

/** The company's system as it is in this scenario. */
export function brokenBackend(backend: Backend, { backend: fault }: Faults, wait: Wait): Backend {
  if (!fault) return backend;
  // Every method takes its signal last, and areas are asked for before the call.
  const breakOne = (name: keyof Backend) => async (...given: unknown[]) => {
    const signal = given.at(-1) as AbortSignal;
    if (fault === "slow") await wait(SLOW_MS, signal);
    throw new BackendError(`Cannot ask for ${name}: the company's system is down`);
  };
  const names = (Object.keys(backend) as (keyof Backend)[]).filter((name) => name !== "areas");
  return { ...backend, ...Object.fromEntries(names.map((name) => [name, breakOne(name)])) };
}

/** A tool as it is in this scenario: broken, slow, or with an answer of the scenario's own. */
export function stagedTool(
  tool: Tool,
  faults: Faults,
  answers: Record<string, CannedAnswer>,
  wait: Wait,
): Tool {
  const fault = faults.tools[tool.name];
  const answer = answers[tool.name];
  if (!fault && !answer) return tool;
  return {
    ...tool,
    async run(_, { signal }) {
      if (fault === "slow") await wait(SLOW_MS, signal);
      if (fault) throw new Error("the tool was made to fail");
      return structuredClone(answer);
    },
  };
}

export function brokenLlm(llm: Llm, { llm: fault }: Faults, wait: Wait): Llm {
  if (!fault) return llm;
  // deno-lint-ignore require-yield -- it fails before it has a word to say
  return async function* (_, signal) {
    if (fault === "silent") await wait(SLOW_MS, signal);
    throw new EngineError("scenario", "unavailable", "Cannot think: the scenario breaks the model");
  };
}

export function brokenTts(tts: Tts, { tts: fault }: Faults): Tts {
  if (!fault) return tts;
  // deno-lint-ignore require-yield -- it fails before it has a sound to make
  return async function* () {
    throw new EngineError("scenario", "unavailable", "Cannot speak: the scenario breaks the voice");
  };
}
