import * as v from "valibot";
import type { Tool } from "../lib/contracts/tool.ts";
import { type Found, type Knowledge, MIN_SCORE } from "../lib/knowledge.ts";
import { toolWords } from "../lib/actions/tool_words.ts";

const parameters = v.strictObject({
  question: v.pipe(
    v.string(),
    v.trim(),
    v.minLength(2),
    v.maxLength(300),
    v.description("What the caller wants to know, in short"),
  ),
});

/** Passages that a model gets for one question. */
const MAX_PASSAGES = 3;

const words = toolWords("search_knowledge", {
  en: { nothing: "I have nothing written about that." },
  sw: { nothing: "Sina maelezo kuhusu hilo." },
});

/** Makes the tool by which language models read the company's knowledge. */
export function searchKnowledge(knowledge: Knowledge): Tool<v.InferOutput<typeof parameters>> {
  return {
    name: "search_knowledge",
    description: "Searches what the company has written for its customers: prices, payments, " +
      "set-up, policies. Use it before answering any such question, and say only what it says.",
    parameters,
    effect: "read",
    identity: "none",
    run({ question }, { language }) {
      const found = knowledge.search(question, { language, limit: MAX_PASSAGES });
      const answer = knowledge.answer(question, { language });
      return Promise.resolve({
        data: {
          passages: found.map(({ passage }) => ({
            id: passage.id,
            title: passage.title,
            text: passage.text,
          })),
        },
        lookedUp: { question, topic: (answer ?? found.find(isClear))?.passage.topic },
        say: answer?.passage.text ?? words.in(language).nothing,
      });
    },
  };
}

/** Fits well enough that a model will answer with it. */
function isClear({ score }: Found): boolean {
  return score >= MIN_SCORE;
}
