import type { Llm, LlmRequest } from "../contracts/llm.ts";
import type { BudgetStep } from "../costs/budget_step.ts";
import type { CallBudget } from "../costs/call_budget.ts";
import { hurriedLlm } from "../engines/hurried_llm.ts";
import type { Journal } from "./journal.ts";

/** Room for two sentences. */
const SHORT_TOKENS = 90;
const SHORT_LINE = "Answer in one short sentence.";
const SHORT_CALL_LINE = `${SHORT_LINE} End the call as soon as the caller is helped.`;
/** The caller's turns that a model in a hurry still reads. */
const HURRIED_TURNS = 2;

/** Lets a call save money when its budget is nearly spent, and time when its model is slow. */
export class Thrift {
  #said: BudgetStep = "none";

  constructor(readonly budget: CallBudget | undefined, readonly journal: Journal) {}

  /** How far the budgets are spent; each step is written down once. */
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
    const { journal } = this;
    const hurried = hurriedLlm(llm, {
      clock: journal.clock,
      shorten: hurriedRequest,
      onSlow: (waitedMs) => journal.write({ type: "engine_slow", stage: "llm", waitedMs }),
    });
    return (request, signal) =>
      hurried(this.step === "none" ? request : shortened(request, SHORT_CALL_LINE), signal);
  }

  /** Writes down what the call cost. */
  close(): void {
    if (this.budget) this.journal.write({ type: "cost", ...this.budget.cost(this.journal.nowMs) });
  }
}

function shortened(request: LlmRequest, line: string): LlmRequest {
  return {
    ...request,
    // At its end, so that servers that keep a prompt's beginning still know it.
    system: `${request.system}\n${line}`,
    maxOutputTokens: Math.min(request.maxOutputTokens, SHORT_TOKENS),
  };
}

/** The same question with less to read and to write. */
function hurriedRequest(request: LlmRequest): LlmRequest {
  const turns = request.messages.flatMap(({ role }, i) => role === "caller" ? [i] : []);
  const messages = request.messages.slice(turns.at(-HURRIED_TURNS) ?? 0);
  return { ...shortened(request, SHORT_LINE), messages, isHurried: true };
}
