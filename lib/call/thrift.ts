import type { Llm } from "../contracts/llm.ts";
import type { BudgetStep } from "../costs/budget_step.ts";
import type { CallBudget } from "../costs/call_budget.ts";
import type { Journal } from "./journal.ts";

/** A soft budget leaves room for two sentences. */
const SHORT_TOKENS = 90;
const SHORT_LINE =
  "Answer in one short sentence, and end the call as soon as the caller is helped.";

/** Lets a call save when what it may cost is nearly spent, and writes each step down once. */
export class Thrift {
  #said: BudgetStep = "none";

  constructor(readonly budget: CallBudget | undefined, readonly journal: Journal) {}

  /** How far the budgets are spent. */
  get step(): BudgetStep {
    if (!this.budget) return "none";
    const { step, limit } = this.budget.check(this.journal.nowMs);
    if (step !== "none" && step !== this.#said) {
      this.#said = step;
      this.journal.write({ type: "budget", step, limit });
    }
    return step;
  }

  /** The language model, asked for less while the call must save. */
  shorten(llm: Llm): Llm {
    return (request, signal) => {
      if (this.step === "none") return llm(request, signal);
      return llm({
        ...request,
        system: `${request.system}\n${SHORT_LINE}`,
        maxOutputTokens: Math.min(request.maxOutputTokens, SHORT_TOKENS),
      }, signal);
    };
  }

  /** Writes down what the call cost. */
  close(): void {
    if (this.budget) this.journal.write({ type: "cost", ...this.budget.cost(this.journal.nowMs) });
  }
}
