import { load } from "js-yaml";
import { systemClock } from "../lib/clock.ts";
import { loadKnowledge } from "../lib/knowledge.ts";
import { indexPassages } from "../lib/knowledge/passage_index.ts";
import { manyPassages } from "./many_passages.ts";
import { percentile } from "./percentile.ts";
import { scoreQuestions } from "./score_questions.ts";

const PASSAGES = 2_000;
/** The best of a few is the search itself, without what else the machine was doing. */
const TRIES = 5;

/** How often a question finds its passage, and how long that takes among many. */
export async function benchRetrieval(print: (line: string) => void): Promise<void> {
  print("Method: each question of tests/fixtures is put to agent/knowledge; right is its passage,");
  print(
    "wrong is another one instead of none. Nothing was chosen on the unseen ones. Then the same",
  );
  print(
    `questions are put to an index of ${PASSAGES} passages, copies that differ in a few words.`,
  );
  const knowledge = await loadKnowledge("agent/knowledge", { clock: systemClock });
  const all: string[] = [];
  for (const name of ["questions", "questions_unseen"]) {
    const text = await Deno.readTextFile(
      new URL(`../tests/fixtures/${name}.yaml`, import.meta.url),
    );
    const questions = load(text) as Record<string, string[]>;
    all.push(...Object.values(questions).flat());
    const { asked, answerable, right, wrong } = scoreQuestions(knowledge, questions).counted;
    print(
      `${name}: ${asked}, of them ${asked - answerable} unanswerable: right ` +
        `${percent(right / answerable)}, wrong ${percent(wrong / asked)}`,
    );
  }
  const startMs = performance.now();
  const index = indexPassages(manyPassages(knowledge.passages(), PASSAGES));
  print(`Index of ${PASSAGES} passages: ${Math.round(performance.now() - startMs)} ms to make`);
  const search = (question: string) => {
    const startMs = performance.now();
    index.search(question, () => true, "en", 3);
    return performance.now() - startMs;
  };
  const tookMs = all.map((question) =>
    Math.min(...Array.from({ length: TRIES }, () => search(question)))
  );
  const at = (share: number) => percentile(tookMs, share).toFixed(2);
  print(`Search among them: median ${at(0.5)} ms, p95 ${at(0.95)} ms`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
