import type { Agent } from "../../agent/agent.ts";
import type { LlmRequest } from "../../contracts/llm.ts";
import type { Tool } from "../../contracts/tool.ts";
import type { Knowledge } from "../../knowledge.ts";
import type { BrainTexts } from "../../languages/brain_texts.ts";
import { language as languageOf } from "../../languages/languages.ts";
import type { IntentIndex } from "./intents.ts";

/** What the brain knows for as long as it lives. */
export interface BrainKnowledge {
  agent: Agent;
  knowledge: Knowledge;
  tools: ReadonlyMap<string, Tool>;
  areas: readonly string[];
  intents: IntentIndex;
}

/** What the brain knows in one request. */
export interface Scope extends BrainKnowledge {
  request: LlmRequest;
  texts: BrainTexts;
  language: string;
  /** True when the tool may be called now. */
  offers(tool: string): boolean;
}

export function scopeOf(known: BrainKnowledge, request: LlmRequest): Scope {
  const { language } = request;
  return {
    ...known,
    request,
    language,
    texts: languageOf(language).brain,
    offers: (name) => known.tools.has(name) && request.tools.some((tool) => tool.name === name),
  };
}

/** Titles named when the caller asks what can be asked. */
const TOPICS_NAMED = 3;

/** Titles of a few topics in the caller's language, from different files, as a list. */
export function topicsOf({ knowledge, language, agent }: Scope): string {
  const all = knowledge.passages().filter(({ kind }) => kind === "answer");
  const own = all.filter((passage) => passage.language === language);
  const titles = [...Map.groupBy(own.length ? own : all, ({ file }) => file).values()]
    .slice(0, TOPICS_NAMED)
    .map(([{ title }]) => title[0].toLowerCase() + title.slice(1));
  return titles.join(", ") || agent.company;
}
