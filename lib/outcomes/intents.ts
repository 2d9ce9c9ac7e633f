import type { CallEvent } from "../contracts/call_event.ts";

/** More would make every repeat call one about the same thing. */
const MAX_INTENTS = 5;
const NO_INTENT = new Set(["hand_over", "end_call", "search_knowledge"]);

/**
 * Names what a call was about, most telling first: what was changed, then what was asked of the
 * knowledge, then what was only looked at.
 */
export function intentsOf(events: readonly CallEvent[]): string[] {
  const changed: string[] = [];
  const asked: string[] = [];
  const seen: string[] = [];
  for (const event of events) {
    if (event.type === "looked_up" && event.topic) asked.push(event.topic);
    if (event.type !== "tool_call" || NO_INTENT.has(event.name)) continue;
    (event.effect === "read" ? seen : changed).push(event.name);
  }
  return [...new Set([...changed, ...asked, ...seen])].slice(0, MAX_INTENTS);
}
