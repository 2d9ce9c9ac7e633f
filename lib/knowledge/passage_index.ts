import MiniSearch from "minisearch";
import { coverage, likeness, type Rarity, rarityOf } from "./likeness.ts";
import type { Passage } from "./passage_file.ts";
import { MAX_QUESTION_CHARS, termsOf } from "./terms.ts";

/** A passage and how well it fits what was asked, 0 to 1. */
export interface Found {
  passage: Passage;
  score: number;
}

/** Passages that are compared in full with a question. */
const CANDIDATES = 12;
/** Share of the score that comes from the likeness to an example question, the rest is coverage. */
const LIKENESS_SHARE = 0.7;
/** A title names a topic and asks nothing, so being like it tells less. */
const TITLE_SHARE = 0.85;

interface Indexed {
  passage: Passage;
  title: ReadonlySet<string>;
  /** Terms of each question. */
  questions: ReadonlySet<string>[];
  all: ReadonlySet<string>;
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

export function indexPassages(passages: readonly Passage[]): PassageIndex {
  const indexed = passages.map((passage): Indexed => {
    const title = new Set(termsOf(passage.title));
    const questions = passage.questions.map((text) => new Set(termsOf(text)));
    const all = new Set([
      ...title,
      ...questions.flatMap((set) => [...set]),
      ...termsOf(passage.text),
    ]);
    return { passage, title, questions, all };
  });
  const byTopic = Map.groupBy(indexed, ({ passage }) => passage.topic);
  const rarity: Rarity = rarityOf(
    [...byTopic.values()].map((same) => new Set(same.flatMap(({ all }) => [...all]))),
  );
  const search = new MiniSearch<{ id: number; title: string; questions: string; text: string }>({
    fields: ["questions", "title", "text"],
    tokenize: (text) => termsOf(text),
    processTerm: (term) => term,
    searchOptions: {
      boost: { questions: 3, title: 2 },
      fuzzy: (term) => (term.length >= 5 ? 0.2 : false),
      prefix: (term) => term.length >= 5,
    },
  });
  search.addAll(passages.map(({ title, questions, text }, id) => ({
    id,
    title,
    questions: questions.join("\n"),
    text,
  })));

  function score(asked: ReadonlySet<string>, { title, questions, all }: Indexed): number {
    const best = Math.max(
      TITLE_SHARE * likeness(asked, title, rarity),
      ...questions.map((question) => likeness(asked, question, rarity)),
    );
    return LIKENESS_SHARE * best + (1 - LIKENESS_SHARE) * coverage(asked, all, rarity);
  }

  return {
    search(query, usable, language, limit) {
      const text = query.slice(0, MAX_QUESTION_CHARS);
      const asked = new Set(termsOf(text));
      const best = new Map<string, { found: Found; entry: Indexed }>();
      const hits = search.search(text, { filter: ({ id }) => usable(passages[id]) });
      for (const { id } of hits.slice(0, CANDIDATES)) {
        const entry = indexed[id];
        const found = { passage: entry.passage, score: score(asked, entry) };
        const known = best.get(entry.passage.topic);
        if (!known || known.found.score < found.score) {
          best.set(entry.passage.topic, { found, entry });
        }
      }
      return [...best.values()]
        .map(({ found }) => found)
        .sort((a, b) => b.score - a.score)
        .slice(0, limit)
        .map(({ passage, score }) => ({
          passage: byTopic.get(passage.topic)!.map((same) => same.passage)
            .find((same) => same.language === language && usable(same)) ?? passage,
          score,
        }));
    },
  };
}
