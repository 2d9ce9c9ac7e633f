import { knownLanguages, spokenTogether } from "./languages.ts";
import { wordsOf } from "./words.ts";

/**
 * True when the caller asks for a human. Speaking of agents, tills or people who were paid is no
 * request, and neither is "I don't want to talk to a person".
 */
export function asksForPerson(
  text: string,
  languages: string | readonly string[] = knownLanguages(),
): boolean {
  const tables = spokenTogether(languages).map((one) => one.asks);
  const words = tables.flatMap((table) => table.notPerson).reduce(
    (rest, pattern) => rest.replace(new RegExp(pattern, pattern.flags + "g"), "…"),
    wordsOf(text).join(" "),
  );
  return tables.some((table) => table.person.some((pattern) => pattern.test(words)));
}
