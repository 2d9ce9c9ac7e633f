import { COMMON_WORDS } from "./common_words.ts";
import { PLACES } from "./places.ts";
import { otherSubjects, subjectIdeas } from "./subjects.ts";
import { isFunctionWord, isVerbPrefix, verbRoot, withoutVerbPrefix } from "./swahili_forms.ts";
import { knownLanguages, language } from "../languages/languages.ts";
import * as english from "./words_en.ts";
import * as french from "./words_fr.ts";
import * as swahili from "./words_sw.ts";

/** Letters that may stand after an open verb's root: `hamishiwe`, `badilishiaje`. */
const MAX_ENDING_LETTERS = 5;
/** Endings that ask or speak to several: `nalipaje`, `nirudishieni`. */
const OPEN_ENDING = /^(?:je|ni|eni)?$/;
/** What French leaves of a small word before a vowel: `l'installation`, `d'eau`. */
const ELISION = /(?<![\p{L}'])(?:[cdjlmnst]|qu)'(?=\p{L}{2})/gu;
/** Shorter words are too often the end of another word. */
const MIN_BORROWED_LETTERS = 4;

/** The words by which questions in a language are found. */
export interface RetrievalWords {
  stopWords: readonly string[];
  faintWords: readonly string[];
  ideas: Record<string, string>;
  joined: Record<string, string>;
}

/** By language tag. One that is missing here gets by with the small words of its own tables. */
export const RETRIEVAL_WORDS: Readonly<Record<string, RetrievalWords>> = {
  en: english,
  sw: swahili,
  fr: french,
};

/** What the words of all languages stand for; callers mix languages, so there is one for all. */
const LEXICON = makeLexicon(
  knownLanguages().map((tag) => RETRIEVAL_WORDS[tag] ?? smallWordsOf(tag)),
);

/** Text of a question that is looked at; nobody asks longer than this. */
export const MAX_QUESTION_CHARS = 400;

/**
 * The ideas of a text, in order, without words that carry no topic: two texts that ask the same
 * have the same ideas, in whatever words and language. Unknown words stand for themselves.
 */
export function termsOf(text: string): string[] {
  const plain = text.toLowerCase().replaceAll("’", "'").replace(ELISION, " ");
  const words = joinWords(plain.match(/[\p{L}\p{N}']+/gu) ?? []);
  return words.filter((word) => !LEXICON.stopWords.has(word) && !isFunctionWord(word))
    .flatMap((word) => ideaOf(word).split(" ")).filter(Boolean);
}

/** True for a term that callers mention in passing. */
export function isFaint(term: string): boolean {
  return LEXICON.faintWords.has(term);
}

/** True for a term without which a passage is about something else. */
export function isSubject(term: string): boolean {
  return LEXICON.subjects.has(term);
}

/** What the tables of a language know anyway: words that end no sentence, thanks, "um". */
export function smallWordsOf(tag: string): RetrievalWords {
  const { turns, answers } = language(tag);
  const words = [...turns.unfinished, ...turns.hesitations, ...answers.polite]
    .flatMap((entry) => entry.split(" "));
  return { stopWords: words, faintWords: [], ideas: {}, joined: {} };
}

function makeLexicon(languages: readonly RetrievalWords[]) {
  const ideas = new Map<string, string>(PLACES.map((place) => [place, "area"]));
  const verbs: { root: string; endings: number; idea: string }[] = [];
  const faintWords = new Set(languages.flatMap((one) => one.faintWords));
  const stopWords = new Set(languages.flatMap((one) => one.stopWords));
  const all = [
    ...[subjectIdeas, ...languages.map((one) => one.ideas)].flatMap((ideas) =>
      Object.entries(ideas)
    )
      .map(([idea, words]) => ({ idea, words: words.split(" ") })),
    // A verb that carries no topic stands for no idea.
    { idea: "", words: [...stopWords].filter((word) => word.startsWith("-")) },
  ];
  for (const word of faintWords) ideas.set(word, word);
  for (const { idea, words } of all) {
    for (const word of words) {
      const [, root, open] = /^-(.+?)(-?)$/.exec(word) ?? [];
      if (root) verbs.push({ root, endings: open ? MAX_ENDING_LETTERS : 0, idea });
      else ideas.set(word, idea);
    }
  }
  const names = new Set(all.flatMap(({ idea }) => idea.split(" ")));
  for (const word of COMMON_WORDS) {
    if (ideas.has(word) || names.has(word)) continue;
    ideas.set(word, word);
    faintWords.add(word);
  }
  const joined = new Map(languages.flatMap((one) => Object.entries(one.joined)));
  return {
    stopWords,
    faintWords,
    subjects: new Set([...Object.keys(subjectIdeas), ...otherSubjects]),
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
      if (one === undefined) continue;
      [taken, text] = [count, one];
      break;
    }
    out.push(...text.split(" "));
    at += taken;
  }
  return out.filter(Boolean);
}

/** Words whose ideas are kept, which makes reading much knowledge several times as fast. */
export const MAX_KEPT_IDEAS = 20_000;
const keptIdeas = new Map<string, string>();

function ideaOf(word: string): string {
  const kept = keptIdeas.get(word);
  if (kept !== undefined) return kept;
  if (keptIdeas.size >= MAX_KEPT_IDEAS) keptIdeas.clear();
  const idea = findIdea(word);
  keptIdeas.set(word, idea);
  return idea;
}

function findIdea(word: string): string {
  const known = LEXICON.ideas.get(word) ?? LEXICON.ideas.get(stemOf(word)) ?? verbIdeaOf(word) ??
    borrowedIdeaOf(word);
  return known ?? verbRoot(word) ?? stemOf(word);
}

function verbIdeaOf(word: string): string | undefined {
  const idea = LEXICON.verbs.find(({ root, endings }) => {
    const at = word.lastIndexOf(root);
    if (at < 0 || !isVerbPrefix(word.slice(0, at))) return false;
    const ending = word.slice(at + root.length);
    return ending.length <= endings || OPEN_ENDING.test(ending);
  })?.idea;
  // "Nalipaje" is "how do I pay".
  return idea !== undefined && word.endsWith("je") ? `${idea} how`.trim() : idea;
}

/** English verbs with Swahili beginnings, and Swahili places: `inabuffer`, `mtaani`. */
function borrowedIdeaOf(word: string): string | undefined {
  for (const rest of withoutVerbPrefix(word, MIN_BORROWED_LETTERS)) {
    const idea = LEXICON.ideas.get(rest);
    if (idea !== undefined) return idea;
  }
  return word.endsWith("ni") ? LEXICON.ideas.get(word.slice(0, -2)) : undefined;
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
