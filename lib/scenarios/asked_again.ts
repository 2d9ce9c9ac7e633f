import type { CallEvent } from "../contracts/call_event.ts";
import { knownLanguages, language } from "../languages/languages.ts";
import { firstSentence } from "./first_sentence.ts";

/** Prompts by which the call itself asks for the same again. */
const PROMPTS = ["didnt_catch", "didnt_catch_digits", "noisy_line"];
const TEXTS = knownLanguages().map((tag) => language(tag).brain);
const NOT_UNDERSTOOD = TEXTS.map((texts) => firstSentence(texts.notUnderstood("")));
const ASKING_AGAIN = TEXTS.flatMap((texts) => Object.values(texts.askAgain));
const QUESTIONS = TEXTS.flatMap((texts) => Object.values(texts.ask));

/** Tells of each event of a call whether it asks the caller for the same again. */
export function watchForAskingAgain(): (event: CallEvent) => boolean {
  let lastQuestion = "";
  return (event) => {
    if (event.type === "prompt") return PROMPTS.includes(event.name);
    if (event.type !== "agent_sentence") return false;
    const { text } = event;
    // The call speaks sentence by sentence, so a question may be the first part of a text.
    const isOne = (one: string) => one.startsWith(text);
    if (NOT_UNDERSTOOD.some(isOne) || ASKING_AGAIN.some(isOne)) return true;
    if (!QUESTIONS.some(isOne)) return false;
    const isSame = text === lastQuestion;
    lastQuestion = text;
    return isSame;
  };
}
