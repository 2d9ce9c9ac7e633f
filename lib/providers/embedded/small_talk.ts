import type { SmallTalkKind } from "../../languages/brain_texts.ts";
import { knownLanguages, language } from "../../languages/languages.ts";
import { countWhenOnly, type PhraseLists, wordsOf } from "../../languages/words.ts";

/** What callers say that asks for no fact. */
export type SmallTalk = SmallTalkKind | "farewell";

const ORDER: SmallTalkKind[] = ["repeat", "who", "help", "cancel", "thanks", "greeting"];

/** Longer turns ask for something. */
const MAX_WORDS = 10;

/** Recognises a turn that is small talk and nothing else. */
export function smallTalk(text: string): SmallTalk | undefined {
  const words = wordsOf(text);
  if (words.length === 0 || words.length > MAX_WORDS) return undefined;
  const tables = knownLanguages().map(language);
  const all = (kind: SmallTalkKind) => tables.map(({ smallTalk }) => smallTalk[kind]);
  const answers = tables.map((table) => table.answers);
  const around = [...answers.map(({ polite }) => polite), ...all("greeting"), ...all("thanks")];
  const farewells = answers.map((table) => table.farewells);
  // "Thanks, bye" thanks too, but what counts is the goodbye.
  if (countWhenOnly(words, farewells, around) > 0 && isNotJustThanks(words, all("thanks"))) {
    return "farewell";
  }
  return ORDER.find((kind) => countWhenOnly(words, all(kind), around) > 0);
}

function isNotJustThanks(words: string[], thanks: PhraseLists): boolean {
  return countWhenOnly(words, thanks, []) === 0;
}
