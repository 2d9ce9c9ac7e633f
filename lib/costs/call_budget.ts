import type { BudgetSettings } from "../agent/agent.ts";
import type { CallCost, CallEvent } from "../contracts/call_event.ts";
import { type BudgetLimit, type BudgetStep, budgetStep } from "./budget_step.ts";
import { CallMeter } from "./call_meter.ts";
import type { Prices } from "./prices.ts";
import type { Spending } from "./spending.ts";

export interface CallBudgetOptions {
  prices: Prices;
  budget: BudgetSettings;
  spending: Spending;
  /** Runs work that nothing waits for; false when there is too much of it. */
  background(work: () => Promise<void>): boolean;
}

/** What calls side by side can't see of each other; each charge is two reads and a write. */
const CHARGE_EVERY_MS = 15_000;

/** Follows what one call costs, tells when it must save, and adds it to what the day costs. */
export class CallBudget {
  readonly #meter: CallMeter;
  /** What this call has added to the day's sums. */
  #chargedKes = 0;
  /** The day's sums as they were last read, this call's charges in them. */
  #caller = 0;
  #all = 0;
  #charging = false;
  #chargedAtMs = 0;

  constructor(readonly options: CallBudgetOptions) {
    this.#meter = new CallMeter(options.prices);
  }

  take(event: CallEvent): void {
    this.#meter.take(event);
    const isDue = event.atMs - this.#chargedAtMs >= CHARGE_EVERY_MS;
    if (event.type === "started" || event.type === "ended" || isDue) {
      this.#chargedAtMs = event.atMs;
      this.#charge();
    }
  }

  /** The cost so far; `atMs` are the milliseconds since the socket opened. */
  cost(atMs?: number): CallCost {
    return this.#meter.cost(atMs);
  }

  /** How far the budgets are spent at that moment. */
  check(atMs?: number): { step: BudgetStep; limit: BudgetLimit } {
    const totalKes = this.#meter.totalKes(atMs);
    const openKes = totalKes - this.#chargedKes;
    return budgetStep(this.options.budget, {
      call: totalKes,
      caller_day: this.#caller + openKes,
      day: this.#all + openKes,
    });
  }

  /** One charge at a time; what comes to it meanwhile is added by the next round. */
  #charge(): void {
    if (this.#charging) return;
    this.#charging = this.options.background(async () => {
      try {
        let isFirst = true;
        while (isFirst || this.#meter.totalKes() > this.#chargedKes) {
          isFirst = false;
          const totalKes = this.#meter.totalKes();
          const { caller, all } = await this.options.spending.charge(totalKes - this.#chargedKes);
          this.#chargedKes = totalKes;
          this.#caller = caller;
          this.#all = all;
        }
      } finally {
        this.#charging = false;
      }
    });
  }
}
