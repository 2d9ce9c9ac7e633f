import type { Knowledge } from "../lib/knowledge.ts";

/** How many questions were answered rightly, wrongly or not at all. */
export interface QuestionScore {
  asked: number;
  /** Those that the knowledge answers. */
  answerable: number;
  right: number;
  /** Answered with a passage that is not the answer. */
  wrong: number;
}

/**
 * Asks every question and compares what was found.
 *
 * @param questions by the topic that answers them; `none` has those that nothing answers
 */
export function scoreQuestions(
  knowledge: Knowledge,
  questions: Record<string, string[]>,
): { counted: QuestionScore; mistakes: string[] } {
  const counted: QuestionScore = { asked: 0, answerable: 0, right: 0, wrong: 0 };
  const mistakes: string[] = [];
  for (const [topic, asked] of Object.entries(questions)) {
    const wanted = topic === "none" ? undefined : topic;
    for (const question of asked) {
      const found = knowledge.answer(question, { language: "en" })?.passage.topic;
      counted.asked++;
      if (wanted) counted.answerable++;
      if (found === wanted) counted.right += wanted ? 1 : 0;
      else {
        if (found) counted.wrong++;
        mistakes.push(`${question}: ${found ?? "nothing"}, not ${topic}`);
      }
    }
  }
  return { counted, mistakes };
}
