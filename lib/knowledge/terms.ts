import * as english from "./words_en.ts";
import * as swahili from "./words_sw.ts";

/** Letters that may stand before a Swahili verb's root: `nitakuhamisha`, `hayajaonekana`. */
const MAX_PREFIX_LETTERS = 8;
/** Letters that may stand after it: `hamishiwe`, `badilishiaje`. */
const MAX_ENDING_LETTERS = 5;

const LANGUAGES = [english, swahili];

const stopWords = new Set(LANGUAGES.flatMap((words) => words.stopWords));
const ideaOfWord = new Map<string, string>();
const verbs: { root: string; endings: number; idea: string }[] = [];
for (const { ideas } of LANGUAGES) {
  for (const [idea, words] of Object.entries(ideas)) {
    for (const word of words.split(" ")) {
      const [, root, open] = /^-(.+?)(-?)$/.exec(word) ?? [];
      if (root) verbs.push({ root, endings: open ? MAX_ENDING_LETTERS : 0, idea });
      else ideaOfWord.set(word, idea);
    }
  }
}
verbs.sort((a, b) => b.root.length - a.root.length);
const joined = new Map(LANGUAGES.flatMap((words) => Object.entries(words.joined)));
const longestJoined = Math.max(...[...joined.keys()].map((words) => words.split(" ").length));

/** Text of a question that is looked at; nobody asks longer than this. */
export const MAX_QUESTION_CHARS = 400;

/**
 * The ideas of a text, in order, without words that carry no topic: two texts that ask the same
 * have the same ideas, in whatever words and language. Unknown words stand for themselves.
 */
export function termsOf(text: string): string[] {
  const words = joinWords(
    text.toLowerCase().replaceAll("’", "'").match(/[\p{L}\p{N}']+/gu) ?? [],
  );
  return words.filter((word) => !stopWords.has(word)).flatMap((word) => ideaOf(word).split(" "));
}

function joinWords(words: string[]): string[] {
  const out: string[] = [];
  for (let at = 0; at < words.length;) {
    let taken = 1;
    let text = words[at];
    for (let count = Math.min(longestJoined, words.length - at); count > 1; count--) {
      const one = joined.get(words.slice(at, at + count).join(" "));
      if (!one) continue;
      [taken, text] = [count, one];
      break;
    }
    out.push(...text.split(" "));
    at += taken;
  }
  return out;
}

function ideaOf(word: string): string {
  const known = ideaOfWord.get(word);
  if (known) return known;
  const verb = verbs.find(({ root, endings }) => {
    const at = word.lastIndexOf(root);
    return at >= 0 && at <= MAX_PREFIX_LETTERS && word.length - at - root.length <= endings;
  });
  if (verb) return verb.idea;
  const stem = stemOf(word);
  return ideaOfWord.get(stem) ?? stem;
}

/** An English word without its commonest endings. */
function stemOf(word: string): string {
  const bare = word.replace(/'s?$/, "");
  if (bare.length > 4 && bare.endsWith("ies")) return `${bare.slice(0, -3)}y`;
  if (bare.length > 5 && bare.endsWith("ing")) return bare.slice(0, -3);
  if (bare.length > 4 && bare.endsWith("ed")) return bare.slice(0, -2);
  if (bare.length > 3 && bare.endsWith("s") && !bare.endsWith("ss")) return bare.slice(0, -1);
  return bare;
}
