import type { Agent } from "../../agent/agent.ts";
import type { Tool } from "../../contracts/tool.ts";
import type { Knowledge } from "../../knowledge.ts";
import { language as languageOf } from "../../languages/languages.ts";
import { speakable } from "../../speaking/speakable.ts";
import type { RecogniserDomain } from "./recogniser_domain.ts";
import { slotsOfTool } from "./tool_slots.ts";

/** How callers ask for a person; the brain's own grammar understands more. */
const PERSON_PATTERNS = [
  "i (want|need|would like) to (talk|speak) to (a human|a person|an agent|someone|a real person|customer care|an operator)",
  "(can|could|may) i (talk|speak) (to|with) (a human|a person|an agent|someone|customer care|an operator)",
  "(connect|transfer|put) me [through] to (a human|a person|an agent|someone|customer care|an operator)",
  "(get|give) me (a human|a person|an agent|someone)",
  "(a human|a person|an agent|an operator|customer care|agent|operator) [please]",
  "[please] let me (talk|speak) to (a human|a person|someone)",
];

/** How most calls end, so it counts as much as several phrases of tools. */
const FAREWELL_PATTERN = "(thank you|thanks) (goodbye|bye|bye bye)";
const FAREWELL_COUNT = 5;

const ANSWER_PATTERNS = [
  "(yes|yeah|yes please|sure|okay|ok|correct|that's right|of course|go ahead|please do)",
  "(no|no thanks|no thank you|nope|not really|not now|that's wrong)",
  "(goodbye|bye|bye bye)",
  "(thank you|thanks) [(very much|so much|a lot)]",
  "(that's all|that is all|nothing else|that will be all)",
  "(hold on|wait|one moment|just a moment|one second) [please]",
  "[(it's|it is|my number is|the number is)] <digits>",
  // What must be left out has to be recognised first.
  "my [m pesa] (pin|password|code) is <digits>",
];

/**
 * What callers may say to this agent in the recogniser's language, from its tools, its knowledge
 * and its own names.
 */
export function recogniserDomain(
  { agent, knowledge, tools, areas, language = "en" }: {
    agent: Agent;
    knowledge: Knowledge;
    tools: readonly Tool[];
    areas: readonly string[];
    /** @default "en" */
    language?: string;
  },
): RecogniserDomain {
  const slots: Record<string, string[]> = {};
  for (const slot of tools.flatMap(slotsOfTool)) {
    if (slot.kind === "area") {
      if (areas.length) slots[slot.field] = areas.map((area) => area.toLowerCase());
    } else if (slot.kind === "digits") slots[slot.field] = ["<digits>"];
  }
  const usable = (pattern: string) =>
    [...pattern.matchAll(/<(\w+)>/g)].every(([, name]) => name in slots);
  const passages = knowledge.passages().filter((passage) => passage.language === language);
  // Nobody says a figure: "Home 20" is heard as "home twenty".
  const asSaid = (text: string) => speakable(text, language);
  const talk = Object.values(languageOf(language).smallTalk);
  return {
    patterns: [
      ...tools.flatMap((tool) => tool.phrases?.[language] ?? []).filter(usable),
      ...PERSON_PATTERNS,
      ...ANSWER_PATTERNS,
      ...Array<string>(FAREWELL_COUNT).fill(FAREWELL_PATTERN),
      ...talk.map((phrases) => `(${phrases.join("|")})`),
    ],
    slots,
    sentences: passages.flatMap(({ title, questions }) => [title, ...questions]).map(asSaid),
    words: [...agent.vocabulary, agent.name, agent.company, ...areas].map(asSaid),
  };
}
