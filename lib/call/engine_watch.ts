import type { Stage } from "../contracts/call_event.ts";
import { EngineError } from "../contracts/engine_error.ts";
import type { Usage } from "../contracts/stt.ts";
import type { Watch } from "../engines/provider.ts";
import type { Journal } from "./journal.ts";

/** Writes down how one call's engines do, and tells once of each stage that works worse than usual. */
export class EngineWatch implements Watch {
  readonly #worse = new Set<Stage>();
  #closed = false;

  constructor(readonly journal: Journal, readonly onWorse: (stage: Stage) => void) {}

  fault(stage: Stage, provider: string, { fault, message }: EngineError): void {
    this.journal.write({ type: "engine_fault", stage, provider, fault, message });
  }

  fallback(stage: Stage, from: string, to: string): void {
    this.journal.write({ type: "engine_fallback", stage, from, to });
    if (this.#worse.has(stage)) return;
    this.#worse.add(stage);
    this.onWorse(stage);
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
