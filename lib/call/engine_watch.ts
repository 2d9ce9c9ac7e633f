import type { Stage } from "../contracts/call_event.ts";
import { EngineError, type EngineFault } from "../contracts/engine_error.ts";
import type { Usage } from "../contracts/stt.ts";
import type { Watch } from "../engines/provider.ts";
import { fallbackPhrase } from "./failure_phrase.ts";
import type { PhraseName } from "../languages/phrase_names.ts";
import type { Journal } from "./journal.ts";

/** Writes down how one call's engines do, and tells once of each stage that works worse than usual. */
export class EngineWatch implements Watch {
  readonly #told = new Set<Stage | PhraseName>();
  #closed = false;

  constructor(
    readonly journal: Journal,
    /** `isPassing`: it is of the present answer alone. */
    readonly onWorse: (told: PhraseName, isPassing: boolean) => void,
  ) {}

  fault(stage: Stage, provider: string, { fault, message }: EngineError): void {
    this.journal.write({ type: "engine_fault", stage, provider, fault, message });
  }

  fallback(stage: Stage, from: string, to: string, fault?: EngineFault): void {
    this.journal.write({ type: "engine_fallback", stage, from, to, ...(fault && { fault }) });
    const name = fallbackPhrase(stage, fault);
    if (this.#told.has(stage) || this.#told.has(name)) return;
    // What failed at one question may work at the next, and may yet fail for good.
    const isPassing = name === "fallback_llm_question";
    this.#told.add(isPassing ? name : stage);
    this.onWorse(name, isPassing);
  }

  usage(stage: Stage, provider: string, usage: Usage): void {
    if (!this.#closed) this.journal.write({ type: "usage", stage, provider, usage });
  }

  /** Writes down what no provider can be blamed for; their own faults are known already. */
  unexpected(stage: Stage, error: unknown): void {
    if (error instanceof EngineError) return;
    const message = error instanceof Error ? error.message : String(error);
    const provider = "bridge";
    this.journal.write({ type: "engine_fault", stage, provider, fault: "broken", message });
  }

  /** The call is over: what is used from now on belongs to no call. */
  close(): void {
    this.#closed = true;
  }
}
