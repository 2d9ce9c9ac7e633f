import { follow } from "./follow_document.ts";
import type { Leg } from "./leg.ts";
import type { LegEnd } from "./leg_log.ts";

/** Lives through a whole call: rings, follows the document, and ends; `firstState` is what the first callback says. */
export async function runLeg(leg: Leg, firstState?: string): Promise<LegEnd> {
  const { quirks } = leg.services;
  const state = firstState ?? quirks.firstState ?? "Ringing";
  leg.emit("call.started");
  const first = leg.ask(state);
  for (let i = 1; i < (quirks.firstCallbacks ?? 1); i++) leg.inBackground(leg.ask(state));
  const verbs = await first;
  if (!verbs) leg.hangUp("platform", "the voice callback gave no document");
  else if (verbs.length === 0) leg.hangUp("platform", "the document was empty");
  else {
    const ticking = leg.tickUntilOver();
    await follow(leg, verbs);
    await ticking;
  }
  return await leg.finish();
}
