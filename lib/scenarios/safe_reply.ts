import type { CallEvent } from "../contracts/call_event.ts";
import { isUnderWay } from "../hand_over/states.ts";
import { knownLanguages, language } from "../languages/languages.ts";
import { firstSentence } from "./first_sentence.ts";

/** Prompts by which the call itself asks again or offers a person. */
const PROMPTS = new Set([
  "didnt_catch",
  "didnt_catch_digits",
  "keypad_help",
  "keypad_menu",
  "keypad_menu_number",
  "keypad_menu_yes_no",
  "noisy_line",
  "offer_person",
  "say_again_after_stop",
  "still_there",
]);

/** Questions that ask for a value again, or offer a person, in every language. */
const ASKING: string[] = knownLanguages().map(language).flatMap(({ brain, toolTexts }) => [
  ...Object.values(brain.ask),
  ...Object.values(brain.askAgain),
  brain.unknown,
  brain.stillUnclear,
  brain.dropped,
  brain.noFact,
  firstSentence(brain.notUnderstood("")),
  toolTexts.failed,
  toolTexts.unconfirmed,
  toolTexts.needsFact,
  toolTexts.needsNumber,
  toolTexts.notProven,
]);

/**
 * True when the agent's last reply answered nothing wrong: it asked again, or offered or brought a
 * person. A wrong answer after the caller was asked again stays a wrong answer.
 */
export function isSafe(events: readonly CallEvent[]): boolean {
  const lastHeard = events.findLastIndex(({ type }) =>
    type === "caller_turn" || type === "not_understood"
  );
  const reply = events.slice(lastHeard + 1);
  const said = reply.flatMap((event) => event.type === "agent_sentence" ? event.text : [])
    .join(" ");
  return reply.some((event) =>
    event.type === "hand_over" && isUnderWay(event) ||
    event.type === "prompt" && PROMPTS.has(event.name)
  ) || ASKING.some((text) => said.includes(firstSentence(text)));
}
