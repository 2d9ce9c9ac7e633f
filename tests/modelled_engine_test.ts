import { systemClock } from "../lib/clock.ts";
import type { BridgeWorld } from "./bridge_world.ts";
import { testEngineContracts } from "./contracts/engine_contracts.ts";
import { EngineError } from "../lib/contracts/engine_error.ts";
import type { Engine } from "../lib/engines/engine.ts";
import { lazyEngine } from "../lib/engines/engine.ts";
import { hurriedLlm } from "../lib/engines/hurried_llm.ts";
import { Ladder } from "../lib/engines/ladder.ts";
import { veiled } from "../lib/privacy/veil.ts";
import { modelledEngine, type ModelledOptions } from "./modelled_engine.ts";
import { scriptedEngine } from "./scripted_engine.ts";
import { hear } from "./tone_speech.ts";

const says: ModelledOptions["says"] = ({ messages, tools }) => {
  const last = messages.at(-1)!;
  if (last.role === "tools") return { text: "That is what I found." };
  if (tools.length > 0) return { calls: [{ name: tools[0].name, args: {} }] };
  return { text: last.role === "caller" && last.text.includes("bill") ? "By M-Pesa." : "In Maua." };
};
const basics = { clock: systemClock, hears: (samples: Int16Array) => hear(samples), says };

testEngineContracts("A modelled engine without delays", () => modelledEngine(basics));

testEngineContracts("A modelled engine with delays", () =>
  modelledEngine({
    ...basics,
    finalMs: 50,
    firstTokenMs: 50,
    wordMs: 5,
    firstAudioMs: 50,
    pieceSamples: 1600,
    pieceMs: 5,
  }), { streams: true });

testEngineContracts("The scripted engine", () => {
  const world = { clock: systemClock, saidLast: "" };
  return scriptedEngine(world as BridgeWorld, (said, { tools }) => {
    if (tools.length > 0) return { call: { name: tools[0].name, args: {} } };
    return { text: said.includes("bill") ? "By M-Pesa." : "In Maua." };
  }, (samples) => hear(samples));
});

/** The same engine as calls have it: behind a breaker, a ladder, a meter, a hurry and a veil. */
const asCallsHaveIt = (first?: Engine) => {
  const works = modelledEngine(basics);
  const lazy = lazyEngine(() => Promise.resolve(works));
  const engine = new Ladder({
    providers: (stage) => [
      ...(first ? [{ name: "first", run: first[stage] }] : []),
      { name: "works", run: lazy[stage] },
    ],
  }, systemClock).forCall({});
  const llm = hurriedLlm(engine.llm, {
    clock: systemClock,
    shorten: (request) => ({ ...request, isHurried: true }),
  });
  return { ...engine, llm: veiled(llm) };
};

testEngineContracts("An engine of a call", () => asCallsHaveIt());

// deno-lint-ignore require-yield -- it fails before it gives anything
async function* down(): AsyncGenerator<never> {
  await Promise.resolve();
  throw new EngineError("first", "unavailable", "It is down");
}
const isDown: Engine = { stt: down, llm: down, tts: down };

testEngineContracts("An engine of a call whose first choice is down", () => asCallsHaveIt(isDown));
