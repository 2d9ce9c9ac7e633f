import type { ClaimedAction } from "../languages/language.ts";
import { spokenTogether } from "../languages/languages.ts";

/** Parts of tool names that stand for what the tool does. */
const NAME_PARTS: Readonly<Record<ClaimedAction, readonly string[]>> = {
  sent: ["send", "email", "sms", "notify"],
  reset: ["reset", "restart", "reboot", "unlock", "reactivate"],
  paid: ["pay", "refund", "reverse", "credit"],
  transferred: ["transfer", "hand_over"],
  connected: ["connect", "hand_over"],
  changed: ["change", "update", "upgrade", "activate", "register", "set_"],
  cancelled: ["cancel", "stop", "remove", "delete", "block"],
  opened: ["open", "create", "raise", "report", "escalate"],
  booked: ["book", "schedule", "order", "reserve"],
};

/** Everything that a sentence says was done, in the language of the tag and those mixed into it. */
export function claimsIn(sentence: string, tag: string): ClaimedAction[] {
  const text = sentence.toLowerCase().replaceAll("’", "'");
  const tables = spokenTogether(tag).map((one) => Object.entries(one.claims));
  const found = tables.flat().filter(([_, patterns]) => patterns.some((one) => one.test(text)));
  return [...new Set(found.map(([action]) => action as ClaimedAction))];
}

/**
 * The first thing that a sentence claims was done and that is not in `done`, or undefined.
 * `done` holds the actions and the names of the tools that did something in this call.
 */
export function unprovenClaim(
  sentence: string,
  tag: string,
  done: ReadonlySet<string>,
): ClaimedAction | undefined {
  return claimsIn(sentence, tag).find((action) => {
    if (done.has(action)) return false;
    return ![...done].some((name) => NAME_PARTS[action].some((part) => name.includes(part)));
  });
}

/** What a tool proves by having done its work: its name, and all that its own sentence tells. */
export function provenBy(tool: { name: string; say?: string }, tag: string): string[] {
  return [tool.name, ...(tool.say === undefined ? [] : claimsIn(tool.say, tag))];
}
