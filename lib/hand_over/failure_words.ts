import type { FailureReason } from "../contracts/hand_over.ts";
import type { PhraseName } from "../languages/phrase_names.ts";
import { phrase } from "../languages/phrases.ts";

const WORDS: Record<FailureReason, PhraseName> = {
  no_answer: "hand_over_no_answer",
  busy: "hand_over_busy",
  declined: "hand_over_declined",
  failed: "hand_over_not_through",
  not_possible: "hand_over_not_through",
  no_money: "hand_over_not_through",
  no_edge: "hand_over_not_through",
  all_busy: "hand_over_all_busy",
  closed: "hand_over_closed",
  unreached: "hand_over_unreached",
  caller_left: "hand_over_unreached",
};

/** One sentence that the caller is told, and the values that it takes. */
export interface FailureSentence {
  name: PhraseName;
  values?: Record<string, string>;
}

/** Names what a caller is told to whom no person came: why, and what comes next. */
export function failureSentences(reason: FailureReason, reference?: string): FailureSentence[] {
  return [
    { name: WORDS[reason] },
    reference === undefined
      ? { name: "hand_over_call_again" }
      : { name: "hand_over_call_back", values: { reference } },
  ];
}

/** Writes the same for the platform's own voice. */
export function failureText(language: string, reason: FailureReason, reference?: string): string {
  return failureSentences(reason, reference)
    .map(({ name, values }) => phrase(language, name, values)).join(" ");
}
