import type { CallEvent } from "../contracts/call_event.ts";

export type Mood = "calm" | "impatient" | "upset";

/** Turns of the caller that count as the last ones. */
const LAST_TURNS = 4;

/**
 * Guesses how patient the caller still is, by what they did in their last turns: speaking over the
 * agent, saying the same again, not being understood. Words are left to the person who reads them.
 */
export function moodOf(events: readonly CallEvent[]): Mood {
  const turns = events.filter(({ type }) => type === "caller_turn").slice(-LAST_TURNS);
  const sinceSeq = turns[0]?.seq ?? 0;
  const said = new Set<string>();
  let signs = 0;
  for (const event of events) {
    if (event.seq < sinceSeq) continue;
    if (event.type === "barge_in" || event.type === "not_understood") signs++;
    if (event.type !== "caller_turn") continue;
    const words = event.text.toLowerCase().replaceAll(/[^\p{L}\p{N} ]/gu, "").trim();
    if (said.has(words)) signs++;
    said.add(words);
  }
  return signs >= 3 ? "upset" : signs >= 1 ? "impatient" : "calm";
}
