import type { Clock } from "../clock.ts";
import type { EngineError, EngineFault } from "../contracts/engine_error.ts";

export interface BreakerOptions {
  /** Failures in a row after which the provider is left alone. @default 3 */
  failures?: number;
  /** How long it is left alone the first time; doubles with each failed probe. @default 5000 */
  openMs?: number;
  /** The longest that it is left alone without having asked for it. @default 60000 */
  maxOpenMs?: number;
  /** Gives numbers from 0 to 1, to spread the probes of several processes. */
  random?: () => number;
}

/** Leave to use a provider once; only the first verdict counts. */
export interface Pass {
  worked(): void;
  failed(error: EngineError): void;
  /** The request was given up for reasons that say nothing of the provider. */
  abandoned(): void;
}

/** No provider is left alone for longer, whatever it asks for. */
const MAX_REST_MS = 10 * 60_000;
/** A used-up quota or account rarely comes back sooner. */
const QUOTA_REST_MS = 60_000;
const USED_UP: ReadonlySet<EngineFault> = new Set(["quota", "spend_limit"]);
/** Share of a rest that is left to chance. */
const JITTER = 0.2;

/**
 * Keeps calls away from a provider that doesn't work: shut for a while after several failures in a
 * row or when the provider asks for it, then one request at a time probes it until one works.
 *
 * Written here because the circuit breakers on npm wrap promises and keep their own time, and an
 * answer here is a stream whose first chunk decides.
 */
export class Breaker {
  readonly #failuresToOpen: number;
  readonly #openMs: number;
  readonly #maxOpenMs: number;
  readonly #random: () => number;
  #failures = 0;
  #fault?: EngineFault;
  /** Probes that failed since the provider last worked. */
  #failedProbes = 0;
  #restUntilMs?: number;
  #probe?: Pass;

  constructor(readonly clock: Clock, options: BreakerOptions = {}) {
    this.#failuresToOpen = options.failures ?? 3;
    this.#openMs = options.openMs ?? 5000;
    this.#maxOpenMs = options.maxOpenMs ?? 60_000;
    this.#random = options.random ?? Math.random;
  }

  get state(): "closed" | "open" | "half_open" {
    if (this.#restUntilMs === undefined) return "closed";
    return this.clock.now() < this.#restUntilMs ? "open" : "half_open";
  }

  /** What the provider failed with last; nothing since it works. */
  get fault(): EngineFault | undefined {
    return this.#fault;
  }

  /** Gives a pass, or nothing when the provider is to be left alone. */
  enter(): Pass | undefined {
    if (this.state === "open" || this.#probe) return undefined;
    const probing = this.state === "half_open";
    let open = true;
    const once = (verdict: () => void) => {
      if (open) verdict();
      open = false;
    };
    const worked = () => {
      if (this.#probe === pass || this.#restUntilMs === undefined) this.#close();
    };
    const pass: Pass = {
      worked: () => once(worked),
      failed: (error) =>
        once(() => {
          if (error.isRefusal) worked();
          else this.#failed(error, this.#probe === pass);
        }),
      abandoned: () =>
        once(() => {
          if (this.#probe === pass) this.#probe = undefined;
        }),
    };
    if (probing) this.#probe = pass;
    return pass;
  }

  #close(): void {
    this.#failures = 0;
    this.#fault = undefined;
    this.#failedProbes = 0;
    this.#restUntilMs = undefined;
    this.#probe = undefined;
  }

  #failed(error: EngineError, wasProbe: boolean): void {
    if (wasProbe) {
      this.#probe = undefined;
      this.#failedProbes++;
    }
    this.#failures++;
    this.#fault = error.fault;
    const askedMs = error.retryAfterMs ?? (USED_UP.has(error.fault) ? QUOTA_REST_MS : 0);
    if (!wasProbe && this.#failures < this.#failuresToOpen && askedMs === 0) return;
    const ownMs = Math.min(this.#maxOpenMs, this.#openMs * 2 ** this.#failedProbes);
    const restMs = Math.min(MAX_REST_MS, Math.max(ownMs, askedMs));
    const untilMs = this.clock.now() + restMs * (1 + JITTER * this.#random());
    this.#restUntilMs = Math.max(this.#restUntilMs ?? 0, untilMs);
  }
}
