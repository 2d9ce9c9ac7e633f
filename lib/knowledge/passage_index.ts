import MiniSearch from "minisearch";
import {
  type Asked,
  coverage,
  type Example,
  likeness,
  Vocabulary,
  weightBy,
  weightFor,
} from "./likeness.ts";
import type { Passage } from "./passage_file.ts";
import { MAX_QUESTION_CHARS, termsOf } from "./terms.ts";

/** A passage and how well it fits what was asked, 0 to 1. */
export interface Found {
  passage: Passage;
  score: number;
  /** The share of what was asked that the topic speaks of, by weight, 0 to 1. */
  covered: number;
}

/** Passages that are compared in full with a question. */
const CANDIDATES = 12;
/** Terms of a question that candidates are looked up by. */
const LOOKED_UP_TERMS = 6;
/** Terms that weigh less than this part of the heaviest one would bring up half of all passages. */
const MIN_LOOKED_UP_WEIGHT = 0.7;
/** Share of the score that comes from the likeness to an example question; the rest is belonging. */
const LIKENESS_SHARE = 0.7;

interface Indexed {
  passage: Passage;
  title: Example;
  questions: Example[];
  topic: Topic;
}

/** What a topic's passages have in common, in all languages. */
interface Topic {
  /** In how many titles, questions and texts each of its terms is. */
  uses: ReadonlyMap<string, number>;
  terms: ReadonlySet<string>;
}

/** Passages by what is asked, best topic first, each topic once. */
export interface PassageIndex {
  search(
    query: string,
    usable: (passage: Passage) => boolean,
    language: string,
    limit: number,
  ): Found[];
}

/** The terms of a question by which its candidates are looked up: the rarer ones. */
function telling(asked: Asked): string {
  const known = asked.filter(({ isKnown }) => isKnown);
  const heaviest = Math.max(0, ...known.map(({ weight }) => weight));
  return asked
    .filter(({ isKnown, weight }) => !isKnown || weight >= heaviest * MIN_LOOKED_UP_WEIGHT)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, LOOKED_UP_TERMS)
    .map(({ term }) => term)
    .join(" ");
}

/** The sets without repetitions and empty ones: many questions differ in their small words only. */
function distinct(sets: Set<string>[]): Set<string>[] {
  const byTerms = new Map(sets.map((set) => [[...set].sort().join(" "), set]));
  byTerms.delete("");
  return [...byTerms.values()];
}

/**
 * Makes passages searchable; takes about a millisecond for each, most of it in `termsIn`, which may
 * know the texts already.
 */
export function indexPassages(
  passages: readonly Passage[],
  termsIn: (text: string) => readonly string[] = termsOf,
): PassageIndex {
  const terms = passages.map(({ title, questions, text }) => ({
    title: new Set(termsIn(title)),
    questions: distinct(questions.map((question) => new Set(termsIn(question)))),
    text: new Set(termsIn(text)),
  }));
  const uses = new Map<string, Map<string, number>>();
  const usesInAll = new Map<string, number>();
  passages.forEach(({ topic }, i) => {
    const own = uses.get(topic) ?? new Map<string, number>();
    uses.set(topic, own);
    for (const set of [terms[i].title, terms[i].text, ...terms[i].questions]) {
      for (const term of set) {
        own.set(term, (own.get(term) ?? 0) + 1);
        usesInAll.set(term, (usesInAll.get(term) ?? 0) + 1);
      }
    }
  });
  const topics = new Map(
    [...uses].map((
      [name, own],
    ): [string, Topic] => [name, { uses: own, terms: new Set(own.keys()) }]),
  );
  const vocabulary = new Vocabulary([...topics.values()].map(({ terms }) => terms));
  const indexed = passages.map((passage, i): Indexed => ({
    passage,
    title: vocabulary.example(terms[i].title),
    questions: terms[i].questions.map((question) => vocabulary.example(question)),
    topic: topics.get(passage.topic)!,
  }));
  const byTopic = Map.groupBy(passages, ({ topic }) => topic);
  const search = new MiniSearch<{ id: number; title: string; questions: string; text: string }>({
    fields: ["questions", "title", "text"],
    tokenize: (terms) => terms.split(" "),
    processTerm: (term) => term,
    searchOptions: {
      boost: { questions: 3, title: 2 },
      // Words that are known need no guessing, which is most of the time a search takes.
      fuzzy: (term) => (term.length >= 5 && !vocabulary.has(term) ? 0.2 : false),
      prefix: (term) => term.length >= 5 && !vocabulary.has(term),
    },
  });
  search.addAll(terms.map(({ title, questions, text }, id) => ({
    id,
    title: [...title].join(" "),
    questions: questions.flatMap((question) => [...question]).join(" "),
    text: [...text].join(" "),
  })));

  function compare(asked: Asked, { passage, title, questions, topic }: Indexed): Found {
    const total = weightFor(asked, topic.terms);
    const best = Math.max(
      likeness(asked, title, total),
      ...questions.map((question) => likeness(asked, question, total)),
    );
    // A word that few other topics use speaks for this one.
    const belongs = weightBy(asked, (term) => {
      const own = topic.uses.get(term);
      return own ? Math.sqrt(own / usesInAll.get(term)!) : 0;
    });
    return {
      passage,
      score: LIKENESS_SHARE * best + (1 - LIKENESS_SHARE) * belongs / total,
      covered: coverage(asked, topic.terms),
    };
  }

  return {
    search(query, usable, language, limit) {
      const text = query.slice(0, MAX_QUESTION_CHARS);
      const asked = vocabulary.ask(termsOf(text));
      if (asked.length === 0) return [];
      const best = new Map<string, Found>();
      const hits = search.search(telling(asked), {
        filter: ({ id }) => usable(passages[id]),
      });
      for (const { id } of hits.slice(0, CANDIDATES)) {
        const found = compare(asked, indexed[id]);
        const known = best.get(found.passage.topic);
        if (!known || known.score < found.score) best.set(found.passage.topic, found);
      }
      return [...best.values()]
        .sort((a, b) => b.score - a.score)
        .slice(0, limit)
        .map(({ passage, ...rest }) => ({
          passage: byTopic.get(passage.topic)!
            .find((same) => same.language === language && usable(same)) ?? passage,
          ...rest,
        }));
    },
  };
}
