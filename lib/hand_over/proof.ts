import type { FailureReason } from "../contracts/hand_over.ts";
import type { PlatformEvent } from "../platform/platform_event.ts";
import { textOf } from "../platform/wire_fields.ts";
import { failureOf } from "./leg_cause.ts";
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
  /** Which of several legs that are rung one after another. */
  legId?: string;
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
  const legId = textOf(event.fields, "supervisionid");
  const failure = failureIn(event, state);
  if (over && spoke && !failure) return { strategies, result: proof(event), left: true };
  if (failure) return { strategies, result: { failure }, left: false, legId };
  if (over) return { strategies, result: { failure: "unreached" }, left: true, legId };
  const answered = /(connected|answered|joined|join|bridged)$/;
  if (answered.test(event.name) || answered.test(state)) {
    return { strategies, result: proof(event), left: false };
  }
  return { strategies, left: false };
}

function failureIn(event: PlatformEvent, state: string): FailureReason | undefined {
  const plain = failureOf(`${event.name} ${state}`);
  // A supervisor who does not come has always "failed"; only the cause says of what.
  const unexplained = event.kind === "supervision" && plain === "failed" ? "unreached" : plain;
  return failureOf(event.hangupCause ?? "") ?? unexplained;
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
