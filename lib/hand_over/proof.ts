import type { PlatformEvent } from "../platform/platform_event.ts";
import type { FailureReason } from "../contracts/hand_over.ts";
import type { AttemptResult } from "./strategy.ts";

/** Which strategies an event can be a proof for. */
const STRATEGIES: Partial<Record<PlatformEvent["kind"], string[]>> = {
  dial: ["next_callback", "redirect", "two_leg"],
  supervision: ["supervision"],
  conference: ["next_callback", "redirect", "two_leg"],
};

/** What an event says about the person's leg. */
export interface Evidence {
  strategies: string[];
  /** Absent when the leg only rings. */
  result?: AttemptResult;
  /** The person has been there and has left. */
  left: boolean;
}

/** Reads the platform's words for the person's leg; nothing counts as a person but their answer. */
export function readEvidence(event: PlatformEvent): Evidence | undefined {
  const strategies = STRATEGIES[event.kind];
  if (!strategies) return undefined;
  // Callers join rooms as well: only two in a room in which people wait are a caller and a person.
  if (event.kind === "conference" && !(Number(event.fields.get("participants")) >= 2)) {
    return undefined;
  }
  const state = stateOf(event);
  const over = /(completed|ended|stopped|left|leave|finished|removed)$/.test(event.name) ||
    /^(completed|ended)$/.test(state);
  const spoke = wasAnswered(event);
  const failure = failureOf(`${event.name} ${state} ${event.hangupCause ?? ""}`);
  if (over && spoke && !failure) return { strategies, result: proof(event), left: true };
  if (failure) return { strategies, result: { failure }, left: false };
  if (over) return { strategies, result: { failure: "unreached" }, left: true };
  const answered = /(connected|answered|joined|join|bridged)$/;
  if (answered.test(event.name) || answered.test(state)) {
    return { strategies, result: proof(event), left: false };
  }
  return { strategies, left: false };
}

/** The event's own duration may be the whole call's, so only what is said of the leg counts. */
function wasAnswered({ kind, fields, durationSeconds }: PlatformEvent): boolean {
  if (kind === "supervision") return fields.has("connectedat") || (durationSeconds ?? 0) > 0;
  const status = String(fields.get("dialcallstatus") ?? fields.get("dialstatus") ?? "");
  if (/^(completed|answered)$/i.test(status)) return true;
  return ["dialduration", "dialdurationinseconds", "dialcallduration"]
    .some((name) => Number(fields.get(name)) > 0);
}

function stateOf({ fields, status, name }: PlatformEvent): string {
  for (const field of ["state", "dialstatus", "dialcallstatus", "status"]) {
    const value = fields.get(field);
    if (typeof value === "string") return value.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  }
  return status === name ? "" : status ?? "";
}

function proof(event: PlatformEvent): AttemptResult {
  return { proof: `event ${event.name}` };
}

const FAILURES: [RegExp, FailureReason][] = [
  [/busy|\b486\b|\b600\b/, "busy"],
  [/no[_ -]?answer|no[_ -]user[_ -]response|timeout|timed[_ -]?out|\b408\b|\b480\b/, "no_answer"],
  [/reject|declin|cancel|\b603\b/, "declined"],
  [/insufficient|\b402\b/, "no_money"],
  [/fail|error|unallocated|congest|unreachable|loop|\b4\d\d\b|\b5\d\d\b/, "failed"],
];

/** Reads a state, a hang-up cause or a SIP status; `undefined` when it names no failure. */
export function failureOf(words: string): FailureReason | undefined {
  const lower = words.toLowerCase();
  return FAILURES.find(([pattern]) => pattern.test(lower))?.[1];
}
