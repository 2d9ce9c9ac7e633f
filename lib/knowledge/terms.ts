import * as english from "./words_en.ts";
import * as swahili from "./words_sw.ts";

/** Letters that may stand before a Swahili verb's root: `nitakuhamisha`, `hayajaonekana`. */
const MAX_PREFIX_LETTERS = 8;
/** Letters that may stand after it: `hamishiwe`, `badilishiaje`. */
const MAX_ENDING_LETTERS = 5;

/** What the words of all languages stand for; callers mix languages, so there is one for all. */
const LEXICON = makeLexicon([english, swahili]);

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
  return words.filter((word) => !LEXICON.stopWords.has(word)).flatMap((word) =>
    ideaOf(word).split(" ")
  );
}

function makeLexicon(languages: (typeof english | typeof swahili)[]) {
  const ideas = new Map<string, string>();
  const verbs: { root: string; endings: number; idea: string }[] = [];
  for (const [idea, words] of languages.flatMap((one) => Object.entries<string>(one.ideas))) {
    for (const word of words.split(" ")) {
      const [, root, open] = /^-(.+?)(-?)$/.exec(word) ?? [];
      if (root) verbs.push({ root, endings: open ? MAX_ENDING_LETTERS : 0, idea });
      else ideas.set(word, idea);
    }
  }
  const joined = new Map(languages.flatMap((one) => Object.entries<string>(one.joined)));
  return {
    stopWords: new Set(languages.flatMap((one) => one.stopWords)),
    ideas,
    /** The longest root first, since it says most. */
    verbs: verbs.sort((a, b) => b.root.length - a.root.length),
    joined,
    longestJoined: Math.max(...[...joined.keys()].map((words) => words.split(" ").length)),
  };
}

function joinWords(words: string[]): string[] {
  const out: string[] = [];
  for (let at = 0; at < words.length;) {
    let taken = 1;
    let text = words[at];
    for (let count = Math.min(LEXICON.longestJoined, words.length - at); count > 1; count--) {
      const one = LEXICON.joined.get(words.slice(at, at + count).join(" "));
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
  const known = LEXICON.ideas.get(word);
  if (known) return known;
  const verb = LEXICON.verbs.find(({ root, endings }) => {
    const at = word.lastIndexOf(root);
    return at >= 0 && at <= MAX_PREFIX_LETTERS && word.length - at - root.length <= endings;
  });
  if (verb) return verb.idea;
  const stem = stemOf(word);
  return LEXICON.ideas.get(stem) ?? stem;
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
