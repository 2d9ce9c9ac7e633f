/** What may stand before a Swahili verb's root, in order: `ni-ta-ku-`, `h-a-ja-`, `m-li-vyo-ni-`. */
const PREFIXES = [
  "(?:ha|si|hu|ku|kw)?",
  // Who does it.
  "(?:ni|n|u|a|tu|m|mu|mw|wa|w|i|zi|z|ki|vi|li|ya|y|pa)?",
  // When.
  "(?:na|li|taka|ta|mesha|me|sha|nge|ngali|ka|ki|ja|si)?",
  // Which, where or how.
  "(?:po|yo|zo|cho|vyo|lo|ye|o|ko|mo)?",
  "(?:ku)?",
  // Whom or what.
  "(?:ni|ku|m|mw|mu|tu|wa|i|zi|ki|vi|li|ya|ji|u|pa)?",
].join("");

const IS_PREFIX = new RegExp(`^${PREFIXES}$`);

/** A verb with subject and tense: `anakuja`, `tulihama`, `zimepotea`. */
const FULL_VERB = new RegExp(
  "^(?:ku|(?:ha)?(?:ni|u|a|tu|m|wa|i|zi|ki|vi|li|ya|si)(?:na|li|ta|mesha|me|ka|ki|ja))" +
    "(?:po|yo|zo|cho|vyo|lo|ye)?(?:ni|ku|tu|wa|zi|vi|ji|m(?=[bcdfghjkpstvz]))?" +
    "([a-z]{2,}?)(?:ish|esh|ik|ek|iw|ew|w|i|e|an)?[aei](?:ni|je)?$",
);

/** True when `text` is what may stand before a verb's root, or nothing. */
export function isVerbPrefix(text: string): boolean {
  return IS_PREFIX.test(text);
}

/** What is left of a word after each prefix that a verb may have, longest first: `kucancel`. */
export function* withoutVerbPrefix(word: string, minLetters: number): Generator<string> {
  for (let at = 2; word.length - at >= minLetters; at++) {
    if (isVerbPrefix(word.slice(0, at))) yield word.slice(at);
  }
}

/** The root of a word that is a Swahili verb with subject and tense; none for other words. */
export function verbRoot(word: string): string | undefined {
  const root = FULL_VERB.exec(word)?.[1];
  return root && root.length >= 3 ? root : undefined;
}

/** Words of one class whose beginnings agree with a noun: `zake`, `yule`, `lingine`, `hizi`, `siko`. */
const FUNCTION_WORD = new RegExp(
  "^(?:(?:w|y|z|l|ch|vy|kw|p|mw)(?:angu|ako|ake|etu|enu|ao)" +
    "|(?:w|y|z|l|ch|vy|k|p|i|u|zi|li|ki|vi|wa|ya|yu|pa|ku)le" +
    "|(?:mw|w|l|ch|vy|ny|k|p|m|z)(?:ingine|engine)|(?:w|y|z|l|ch|vy|k|p)ote" +
    "|h(?:uyu|awa|uu|ii|ili|iki|ivi|izi|aya|apa|uku|uyo|ao|uo|iyo|ilo|icho|ivyo|izo|ayo|apo|uko)" +
    "|(?:ni|u|yu|tu|m|wa|i|ya|zi|ki|vi|li|si|ha|hay|hatu|ham|hawa|hai|haya|hazi)(?:ko|po|mo))$",
);

/** True for words that only point, own or say that something is. */
export function isFunctionWord(word: string): boolean {
  return FUNCTION_WORD.test(word);
}
