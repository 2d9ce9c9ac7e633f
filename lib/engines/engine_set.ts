import type { Stage } from "../contracts/call_event.ts";
import type { EngineName } from "../settings.ts";
import { type Engine, type EngineContext, type EngineFactory, lazyEngine } from "./engine.ts";

/** The engines of one bridge: each made on first use, shared by all calls. */
export class EngineSet {
  readonly #engines = new Map<EngineName, Required<Engine>>();

  constructor(
    readonly factories: Record<EngineName, EngineFactory>,
    readonly context: EngineContext,
  ) {
    for (const names of Object.values(context.settings.engines)) {
      for (const name of names) {
        if (this.#engines.has(name)) continue;
        this.#engines.set(name, lazyEngine(() => factories[name](context)));
      }
    }
  }

  /** The providers of a stage, in the order in which they are tried. */
  providers<S extends Stage>(stage: S): { name: EngineName; run: Engine[S] }[] {
    return this.context.settings.engines[stage].map((name) => ({
      name,
      run: this.#engines.get(name)![stage],
    }));
  }

  /** Gets the first choice of each stage ready. */
  async warm(signal: AbortSignal): Promise<void> {
    const { settings } = this.context;
    const first = new Set(Object.values(settings.engines).map(([name]) => name));
    await Promise.all([...first].map((name) => this.#engines.get(name)!.warm(signal)));
  }

  async close(): Promise<void> {
    for (const engine of this.#engines.values()) await engine.close();
  }
}
