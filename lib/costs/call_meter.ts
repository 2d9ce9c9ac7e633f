import type { CallCost, CallEvent, CostItem } from "../contracts/call_event.ts";
import { isStale, type Prices } from "./prices.ts";
import { usageCost } from "./usage_cost.ts";

const MINUTE_MS = 60_000;
const ITEMS: CostItem[] = ["stt", "llm", "tts", "inbound", "stream", "dial"];

/** Adds up what one call costs from what happens in it. */
export class CallMeter {
  readonly #engineKes = { stt: 0, llm: 0, tts: 0 };
  readonly #estimated = new Set<CostItem>();
  readonly #unpriced = new Set<string>();
  #atMs = 0;
  #wallMs = 0;
  #personFromMs?: number;

  constructor(readonly prices: Prices) {}

  take(event: CallEvent): void {
    this.#atMs = Math.max(this.#atMs, event.atMs);
    this.#wallMs = event.wallMs;
    if (event.type === "hand_over" && event.state === "connected") {
      this.#personFromMs ??= event.atMs;
    }
    if (event.type !== "usage") return;
    const { stage, provider, usage } = event;
    const { models, usdToKes } = this.prices;
    const price = (usage.model && models[usage.model]) || models[provider];
    if (!price) {
      this.#unpriced.add(usage.model ?? provider);
      this.#estimated.add(stage);
      return;
    }
    const { usd, isEstimated } = usageCost(stage, usage, price);
    this.#engineKes[stage] += usd * usdToKes.rate;
    if (isEstimated) this.#estimated.add(stage);
  }

  /**
   * The cost so far; `atMs` are the milliseconds since the socket opened. The line's share is our
   * own clock at the price file's rates, so it is always an estimate: the platform has the true one.
   */
  cost(atMs = this.#atMs): CallCost {
    const kes = this.#kes(atMs);
    const { personKesPerMinute } = this.prices;
    const line = (["inbound", "stream", "dial"] as const).filter((item) => kes[item] > 0);
    return {
      kes,
      totalKes: sum(kes),
      ...personKesPerMinute && { personKes: round(this.#minutes(atMs) * personKesPerMinute) },
      estimated: ITEMS.filter((item) => this.#estimated.has(item) || line.includes(item as never)),
      unpriced: [...this.#unpriced],
      stale: isStale(this.prices, this.#wallMs),
    };
  }

  /** The sum alone, for those who ask many times a second. */
  totalKes(atMs = this.#atMs): number {
    return sum(this.#kes(atMs));
  }

  #minutes(atMs: number): number {
    return Math.max(atMs, this.#atMs) / MINUTE_MS;
  }

  #kes(atMs: number): Record<CostItem, number> {
    const { inbound, stream, outbound } = this.prices.lineKesPerMinute;
    const minutes = this.#minutes(atMs);
    const withPerson = this.#personFromMs === undefined
      ? 0
      : minutes - this.#personFromMs / MINUTE_MS;
    return {
      stt: round(this.#engineKes.stt),
      llm: round(this.#engineKes.llm),
      tts: round(this.#engineKes.tts),
      inbound: round(minutes * inbound),
      stream: round(minutes * stream),
      dial: round(withPerson * outbound),
    };
  }
}

function sum(kes: Record<CostItem, number>): number {
  return round(ITEMS.reduce((sum, item) => sum + kes[item], 0));
}

/** A hundredth of a cent is less than any bill shows. */
function round(kes: number): number {
  return Math.round(kes * 10_000) / 10_000;
}
