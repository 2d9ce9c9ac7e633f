import type { CallCost, CallEvent } from "../contracts/call_event.ts";

/** What the engines of a call cost in minor units; nothing when it was not metered. */
export function engineCostMinor(events: readonly CallEvent[]): number | undefined {
  const cost = costOf(events);
  return cost && (cost.kes.stt + cost.kes.llm + cost.kes.tts) * 100;
}

/** What a person would have cost for the same minutes, in minor units, when that is known. */
export function personCostMinor(events: readonly CallEvent[]): number | undefined {
  const personKes = costOf(events)?.personKes;
  return personKes && personKes * 100;
}

function costOf(events: readonly CallEvent[]): CallCost | undefined {
  return events.findLast((event) => event.type === "cost");
}
