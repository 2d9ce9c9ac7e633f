import type { BridgeParts } from "../bridge.ts";
import type { Clock } from "../clock.ts";
import type { EngineFactory } from "../engines/engine.ts";
import type { EngineName } from "../settings.ts";
import { parseLine } from "../simulator/caller_script.ts";
import type { Heard } from "./marked_sound.ts";
import type { ScenarioTurn } from "./scenario.ts";
import { textStt } from "./text_engine.ts";

/** Hears the lines of a scenario as text mode does, whatever they sound like. */
export class WrittenEars {
  readonly #lines: Heard[][];
  #left: Heard[] = [];

  constructor(turns: readonly Pick<ScenarioTurn, "caller" | "heard" | "confidence">[]) {
    this.#lines = turns.map(({ caller, heard, confidence }) => {
      const said = parseLine(caller).parts.flatMap((part) => part.do === "say" ? part.text : []);
      // What was misheard stands for the whole line.
      return (heard === undefined ? said : [heard]).map((text) => ({ text, confidence }));
    });
  }

  /** The caller begins a line, from 0. */
  begin(line: number): void {
    this.#left = [...this.#lines[line] ?? []];
  }

  /** What the next utterance of the line stands for; nothing when there is none left. */
  read(): Heard[] {
    return this.#left.splice(0, 1);
  }
}

/** The bridge's parts with these ears in every engine. */
export function withEars(parts: BridgeParts, ears: WrittenEars, clock: Clock): BridgeParts {
  const stt = textStt(ears, clock);
  const engines = Object.entries(parts.engines).map(([name, factory]) => {
    const deaf: EngineFactory = async (context) => ({ ...await factory(context), stt });
    return [name, deaf];
  });
  return { ...parts, engines: Object.fromEntries(engines) as Record<EngineName, EngineFactory> };
}
