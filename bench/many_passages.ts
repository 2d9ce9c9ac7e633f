import type { Passage } from "../lib/knowledge.ts";

/** Copies of the passages, each about something else, as in a large company's knowledge. */
export function manyPassages(passages: readonly Passage[], count: number): Passage[] {
  const words = [...new Set(passages.flatMap(({ text }) => text.split(/\W+/)))];
  return Array.from({ length: count }, (_, i) => {
    const copy = Math.floor(i / passages.length);
    const passage = passages[i % passages.length];
    const own = words[(copy * 7) % words.length] + words[(copy * 13) % words.length];
    return {
      ...passage,
      topic: `${passage.topic}-${copy}`,
      title: `${passage.title} ${own}`,
      questions: passage.questions.map((question) => `${question} ${own}`),
    };
  });
}
