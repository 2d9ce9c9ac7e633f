import type { CallEvent } from "../contracts/call_event.ts";

/** What the engines of a call cost in minor units, from its cost event; nothing without one. */
export function engineCostMinor(events: readonly CallEvent[]): number | undefined {
  const cost = events.findLast((event) => event.type === "cost");
  if (!cost) return undefined;
  const { stt, llm, tts } = cost.kes;
  return (stt + llm + tts) * 100;
}
