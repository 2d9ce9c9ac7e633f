import { knownLanguages, language } from "../languages/languages.ts";
import type { RetrievalWords, VerbForms } from "../languages/retrieval_words.ts";
import { PLACES } from "./places.ts";

/** Letters that may stand after an open verb's root: `hamishiwe`, `badilishiaje`. */
const MAX_ENDING_LETTERS = 5;
/** Shorter words are too often the end of another word. */
const MIN_BORROWED_LETTERS = 4;

const WORDS = knownLanguages().map((tag) => language(tag).retrieval);
const FORMS = WORDS.map(({ forms }) => forms);
const VERB_FORMS = FORMS.flatMap(({ verbs }) => verbs ?? []);

/** What the words of all languages stand for; callers mix languages, so there is one for all. */
const LEXICON = makeLexicon(WORDS);

/** Text of a question that is looked at; nobody asks longer than this. */
export const MAX_QUESTION_CHARS = 400;

/**
 * The ideas of a text, in order, without words that carry no topic: two texts that ask the same
 * have the same ideas, in whatever words and language. Unknown words stand for themselves.
 */
export function termsOf(text: string): string[] {
  const lower = text.toLowerCase().replaceAll("’", "'");
  const plain = FORMS.reduce((before, { prepare }) => prepare?.(before) ?? before, lower);
  const words = joinWords(plain.match(/[\p{L}\p{N}']+/gu) ?? []);
  return words.filter((word) => !LEXICON.stopWords.has(word) && !isSmall(word))
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

function isSmall(word: string): boolean {
  return FORMS.some((forms) => forms.isSmall?.(word));
}

function makeLexicon(languages: readonly RetrievalWords[]) {
  const ideas = new Map<string, string>(PLACES.map((place) => [place, "area"]));
  const verbs: { root: string; endings: number; idea: string; forms: VerbForms }[] = [];
  const faintWords = new Set(languages.flatMap((one) => one.faintWords));
  const stopWords = new Set(languages.flatMap((one) => one.stopWords));
  for (const word of faintWords) ideas.set(word, word);
  for (const one of languages) {
    const meant = [...Object.entries(one.subjects), ...Object.entries(one.ideas)]
      .map(([idea, words]) => ({ idea, words: words.split(" ") }));
    // A verb that carries no topic stands for no idea.
    meant.push({ idea: "", words: one.stopWords.filter((word) => word.startsWith("-")) });
    for (const { idea, words } of meant) {
      for (const word of words) {
        const [, root, open] = /^-(.+?)(-?)$/.exec(word) ?? [];
        if (!root) ideas.set(word, idea);
        else if (one.forms.verbs) {
          const endings = open ? MAX_ENDING_LETTERS : 0;
          verbs.push({ root, endings, idea, forms: one.forms.verbs });
        }
      }
    }
  }
  const names = new Set(
    languages.flatMap(({ ideas, subjects }) => [...Object.keys(ideas), ...Object.keys(subjects)])
      .flatMap((idea) => idea.split(" ")),
  );
  for (const word of languages.flatMap((one) => one.commonWords)) {
    if (ideas.has(word) || names.has(word)) continue;
    ideas.set(word, word);
    faintWords.add(word);
  }
  const joined = new Map(languages.flatMap((one) => Object.entries(one.joined)));
  return {
    stopWords,
    faintWords,
    subjects: new Set(
      languages.flatMap((one) => [...Object.keys(one.subjects), ...one.subjectIdeas]),
    ),
    ideas,
    /** The longest root first, since it says most. */
    verbs: verbs.sort((a, b) => b.root.length - a.root.length),
    joined,
    longestJoined: Math.max(1, ...[...joined.keys()].map((words) => words.split(" ").length)),
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
  const stem = stemOf(word);
  const known = LEXICON.ideas.get(word) ?? LEXICON.ideas.get(stem) ?? verbIdeaOf(word) ??
    borrowedIdeaOf(word);
  return known ?? verbRootOf(word) ?? stem;
}

function verbIdeaOf(word: string): string | undefined {
  const verb = LEXICON.verbs.find(({ root, endings, forms }) => {
    const at = word.lastIndexOf(root);
    if (at < 0 || !forms.isPrefix(word.slice(0, at))) return false;
    const ending = word.slice(at + root.length);
    return ending.length <= endings || forms.openEnding.test(ending);
  });
  // "Nalipaje" is "how do I pay".
  return verb && word.endsWith(verb.forms.howEnding) ? `${verb.idea} how`.trim() : verb?.idea;
}

function verbRootOf(word: string): string | undefined {
  for (const { root } of VERB_FORMS) {
    const found = root(word);
    if (found) return found;
  }
}

/** A word with another language's beginning or ending: `inabuffer`, `mtaani`. */
function borrowedIdeaOf(word: string): string | undefined {
  for (const { isPrefix } of VERB_FORMS) {
    for (let at = 2; word.length - at >= MIN_BORROWED_LETTERS; at++) {
      const idea = isPrefix(word.slice(0, at)) && LEXICON.ideas.get(word.slice(at));
      if (idea) return idea;
    }
  }
  for (const { withoutCase } of FORMS) {
    const bare = withoutCase?.(word) ?? word;
    if (bare !== word && LEXICON.ideas.has(bare)) return LEXICON.ideas.get(bare);
  }
}

function stemOf(word: string): string {
  return FORMS.reduce((before, { stem }) => stem?.(before) ?? before, word);
}
