import { createHmac, randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";

/** Why a new call can't reach the agent. */
export type Refusal =
  | "draining"
  | "too many calls"
  | "too many from one caller"
  | "too busy"
  | "engines down"
  | "out of memory";

export interface AdmissionLimits {
  /** Calls that may talk at once. */
  maxCalls: number;
  /** Calls that one number may place within `windowMs`. @default 10 */
  maxPerCaller?: number;
  /** @default 10 minutes */
  windowMs?: number;
  /** How late the event loop may run before frames are late as well. @default 200 */
  maxLagMs?: number;
  /** @default 1 GiB */
  maxRssBytes?: number;
}

export interface AdmissionDeps {
  clock: Clock;
  /** Calls that have an agent now. */
  openCalls(): number;
  /** Memory of this process. */
  rssBytes(): number;
  /** True when a call could not be heard, answered or spoken to. */
  enginesAreDown?(): boolean;
}

/** The platform opens the socket within 10 s or not at all. */
const OFFER_MS = 12_000;
const SAMPLE_EVERY_MS = 500;
const SALT_BYTES = 32;
/** Numbers that are counted; when more call, the one that called longest ago is forgotten. */
export const MAX_CALLERS = 10_000;

/** Decides whether one more call can be served without harm to those that are running. */
export class Admission {
  readonly #limits: Required<AdmissionLimits>;
  readonly #deps: AdmissionDeps;
  /** When each caller has called, by what stands for their number in this process alone. */
  readonly #callsBy = new Map<string, number[]>();
  readonly #salt = randomBytes(SALT_BYTES);
  readonly #offers = new Map<string, number>();
  #lagMs = 0;
  #rssBytes = 0;
  #draining = false;
  #cancelSample?: () => void;

  constructor(limits: AdmissionLimits, deps: AdmissionDeps) {
    this.#limits = {
      maxPerCaller: 10,
      windowMs: 600_000,
      maxLagMs: 200,
      maxRssBytes: 1024 ** 3,
      ...limits,
    };
    this.#deps = deps;
  }

  /** Begins to measure the event loop and memory; `stop` ends it. */
  start(): void {
    const dueMs = this.#deps.clock.now() + SAMPLE_EVERY_MS;
    this.#cancelSample = this.#deps.clock.at(dueMs, () => {
      // One late sample is a hiccup: the mean of the last few counts.
      this.#lagMs += (this.#deps.clock.now() - dueMs - this.#lagMs) / 2;
      this.#rssBytes = this.#deps.rssBytes();
      this.#forgetOld();
      this.start();
    });
  }

  stop(): void {
    this.#cancelSample?.();
  }

  /** Lets no new call in from now on. */
  drain(): void {
    this.#draining = true;
  }

  get draining(): boolean {
    return this.#draining;
  }

  get enginesAreDown(): boolean {
    return this.#deps.enginesAreDown?.() ?? false;
  }

  /** Callers that are counted now; nothing here leads back to a number. */
  get counted(): readonly string[] {
    return [...this.#callsBy.keys()];
  }

  /** Resolves when the event loop is in time again, as after much work at the start. */
  async hasTime(): Promise<void> {
    const { clock } = this.#deps;
    while (this.#isLate && !this.#draining) await clock.until(clock.now() + SAMPLE_EVERY_MS);
  }

  get #isLate(): boolean {
    return this.#lagMs > this.#limits.maxLagMs;
  }

  /** Counts a new call and tells why it must not reach the agent, if so. */
  refusal(callId: string, callerNumber: string | undefined): Refusal | undefined {
    const refusal = this.#refusal(callerNumber);
    if (!refusal) this.#offers.set(callId, this.#deps.clock.now());
    return refusal;
  }

  /** The call's line is open, so `openCalls` counts it from now on. */
  opened(callId: string): void {
    this.#offers.delete(callId);
  }

  #refusal(callerNumber: string | undefined): Refusal | undefined {
    if (this.#draining) return "draining";
    if (this.enginesAreDown) return "engines down";
    if (this.#deps.openCalls() + this.#expected() >= this.#limits.maxCalls) return "too many calls";
    if (this.#isLate) return "too busy";
    if (this.#rssBytes > this.#limits.maxRssBytes) return "out of memory";
    if (callerNumber && this.#tooMany(callerNumber)) return "too many from one caller";
  }

  /** Calls that were offered a stream and whose socket has yet to come. */
  #expected(): number {
    const oldestMs = this.#deps.clock.now() - OFFER_MS;
    for (const [callId, atMs] of this.#offers) {
      if (atMs > oldestMs) break;
      this.#offers.delete(callId);
    }
    return this.#offers.size;
  }

  #tooMany(callerNumber: string): boolean {
    const nowMs = this.#deps.clock.now();
    const { windowMs, maxPerCaller } = this.#limits;
    const caller = createHmac("sha256", this.#salt).update(callerNumber).digest("base64url");
    const recent = (this.#callsBy.get(caller) ?? []).filter((atMs) => nowMs - atMs < windowMs);
    // Put at the end, so that the first of the map is the one that called longest ago.
    this.#callsBy.delete(caller);
    this.#callsBy.set(caller, [...recent, nowMs].slice(-maxPerCaller - 1));
    if (this.#callsBy.size > MAX_CALLERS) {
      this.#callsBy.delete(this.#callsBy.keys().next().value!);
    }
    return recent.length >= maxPerCaller;
  }

  /** What no limit asks for any more. */
  #forgetOld(): void {
    const oldestMs = this.#deps.clock.now() - this.#limits.windowMs;
    for (const [caller, calls] of this.#callsBy) {
      if (calls.at(-1)! > oldestMs) return;
      this.#callsBy.delete(caller);
    }
  }
}
