import type { BudgetSettings } from "../agent/agent.ts";

/** Up to which point money is spent: shorter answers from `soft` on, no more answers at `hard`. */
export type BudgetStep = "none" | "soft" | "hard";

export type BudgetLimit = "call" | "caller_day" | "day";

/** What was spent against each limit, in KES. */
export type Spent = Record<BudgetLimit, number>;

/** Tells how far the budgets are spent, and which of them the furthest. */
export function budgetStep(
  budget: BudgetSettings,
  spent: Spent,
): { step: BudgetStep; limit: BudgetLimit } {
  const limits: [BudgetLimit, number | undefined][] = [
    ["call", budget.callKes],
    ["caller_day", budget.callerDayKes],
    ["day", budget.dayKes],
  ];
  let limit: BudgetLimit = "call";
  let share = 0;
  for (const [name, kes] of limits) {
    if (kes === undefined || spent[name] / kes <= share) continue;
    [limit, share] = [name, spent[name] / kes];
  }
  return { step: share >= 1 ? "hard" : share >= budget.softShare ? "soft" : "none", limit };
}
