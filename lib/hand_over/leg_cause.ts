import type { FailureReason } from "../contracts/hand_over.ts";

const FAILURES: [RegExp, FailureReason][] = [
  [/busy|\b486\b|\b600\b/, "busy"],
  [
    /no[_ -]?answer|no[_ -]user[_ -]response|time[d_ -]*out|timer[_ -]expire|\b408\b|\b480\b/,
    "no_answer",
  ],
  [/reject|declin|\b603\b/, "declined"],
  [/insufficient|\b402\b/, "no_money"],
  // Whoever called has given up; that says nothing of the person.
  [/cancel|\b487\b/, "unreached"],
  [
    /fail|error|unallocated|congest|unreachable|absent|unregistered|out[_ -]of[_ -]order|loop|\b4\d\d\b|\b5\d\d\b/,
    "failed",
  ],
];

/** Reads a state, a hang-up cause or a SIP status; `undefined` when it names no failure. */
export function failureOf(words: string): FailureReason | undefined {
  const lower = words.toLowerCase();
  return FAILURES.find(([pattern]) => pattern.test(lower))?.[1];
}

/** Names under which the platform says what became of a leg; durations and ids are none of them. */
const CAUSE_NAMES = /cause|code|status|state|reason|outcome|result/i;

/** Finds what a failed leg is said to have failed of, in whatever shape the platform tells it. */
export function causeIn(told: unknown): FailureReason | undefined {
  if (typeof told === "string") return failureOf(told);
  if (typeof told !== "object" || told === null) return undefined;
  const reasons = Object.entries(told).flatMap(([name, value]) => {
    if (typeof value === "object") return causeIn(value) ?? [];
    if (!CAUSE_NAMES.test(name)) return [];
    return failureOf(String(value)) ?? [];
  });
  // "Failed" alone says nothing that a cause beside it does not say better.
  return reasons.find((reason) => reason !== "failed") ?? reasons[0];
}
