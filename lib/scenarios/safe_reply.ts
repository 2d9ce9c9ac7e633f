import type { CallEvent } from "../contracts/call_event.ts";
import { BRAIN_TEXTS } from "../providers/embedded/brain_texts.ts";
import { TOOL_TEXTS } from "../actions/tool_texts.ts";
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
const ASKING: string[] = [
  ...Object.values(BRAIN_TEXTS).flatMap((texts) => [
    ...Object.values(texts.ask),
    ...Object.values(texts.askAgain),
    texts.unknown,
    texts.stillUnclear,
    texts.dropped,
    texts.noFact,
    firstSentence(texts.notUnderstood("")),
  ]),
  ...Object.values(TOOL_TEXTS).flatMap((texts) => Object.values(texts)),
];

/** True when the agent answered nothing wrong: it asked again, or offered or brought a person. */
export function isSafe(events: readonly CallEvent[], said: string): boolean {
  return events.some((event) =>
    event.type === "hand_over" || event.type === "prompt" && PROMPTS.has(event.name)
  ) || ASKING.some((text) => said.includes(firstSentence(text)));
}
