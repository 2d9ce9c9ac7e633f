import type { Agent } from "../../agent/agent.ts";
import { EngineError } from "../../contracts/engine_error.ts";
import type { Llm, LlmEvent, Message } from "../../contracts/llm.ts";
import type { Tool } from "../../contracts/tool.ts";
import { isClear, type Knowledge } from "../../knowledge.ts";
import { isNo, isYes } from "../../languages/answers.ts";
import { asksForPerson } from "../../languages/person_requests.ts";
import { BRAIN_NAME, type BrainMemory, recall } from "./brain_memory.ts";
import { type Move, offerPerson, perform } from "./brain_move.ts";
import { tellOutcomes } from "./brain_outcomes.ts";
import { type BrainKnowledge, type Scope, scopeOf, topicsOf } from "./brain_scope.ts";
import { askForSlot, fillSlot, startTool } from "./brain_slots.ts";
import { indexIntents } from "./intents.ts";
import { type SmallTalk, smallTalk } from "./small_talk.ts";

/** Below this the recogniser took a quarter of the speech for words that it doesn't know. */
export const MIN_CONFIDENCE = 0.75;

export interface BrainOptions {
  agent: Agent;
  knowledge: Knowledge;
  tools: readonly Tool[];
  /** Names of the areas that the company serves. */
  areas: readonly string[];
}

type Caller = Extract<Message, { role: "caller" }>;

/**
 * Answers without a language model: from the knowledge by retrieval, from the tools by the phrases
 * that they declare. It knows when it doesn't know, and offers a person then.
 *
 * It keeps nothing between calls of the function: what it asked last is in the messages' `echo`.
 */
export function createBrain({ agent, knowledge, tools, areas }: BrainOptions): Llm {
  const texts = knowledge.passages()
    .map(({ title, text, questions }) => [title, text, ...questions].join("\n"));
  const known: BrainKnowledge = {
    agent,
    knowledge,
    areas,
    tools: new Map(tools.map((tool) => [tool.name, tool])),
    intents: indexIntents(tools, areas, texts),
  };
  // An async generator, since the contract's reader may stop between any two events.
  return async function* brain(request, signal): AsyncGenerator<LlmEvent> {
    signal.throwIfAborted();
    yield* perform(decide(scopeOf(known, request)), request, signal);
  };
}

/** What to do about the last message. */
function decide(scope: Scope): Move {
  const last = scope.request.messages.at(-1);
  if (last?.role === "tools") return tellOutcomes(scope, last.results);
  if (last?.role === "caller") return reply(scope, last);
  throw new EngineError(
    BRAIN_NAME,
    "bad_request",
    "Cannot reply: the last message must be from the caller or from tools: received " +
      (last?.role ?? "none"),
  );
}

/** Answers what the caller said. */
function reply(scope: Scope, caller: Caller): Move {
  const { texts, request } = scope;
  const { text } = caller;
  const memory = recall(
    request.messages,
    (messages) => decide({ ...scope, request: { ...request, messages } }),
  );
  const offeredPerson = memory.asked?.for === "person";
  if (asksForPerson(text)) return person(scope, "The caller asked for a person");
  if (offeredPerson && isYes(text)) {
    return person(scope, "The agent could not help, and the caller wants a person");
  }
  const doubtful = !caller.keypad && (caller.confidence ?? 1) < MIN_CONFIDENCE;
  if (doubtful || !text.trim()) return unclear(scope, memory);
  const talk = smallTalk(text);
  if (talk !== "repeat") {
    const filled = fillSlot(scope, caller, memory, {
      cancelled: talk === "cancel",
      understand: () => understand(scope, text),
    });
    if (filled) return filled;
  }
  if (offeredPerson && isNo(text)) return { say: texts.declined };
  if (talk) return chat(scope, talk, memory);
  const meant = understand(scope, text);
  if (meant) return meant;
  if (isYes(text) || isNo(text)) return { say: texts.nothingAsked };
  return { ...offerPerson(texts.unknown), lookedUp: { question: text } };
}

function person({ offers, texts }: Scope, reason: string): Move {
  if (!offers("hand_over")) return { say: texts.noPerson };
  return { calls: [{ tool: "hand_over", args: { reason } }] };
}

/** Asks again once, then offers a person. */
function unclear(scope: Scope, before: BrainMemory): Move {
  const memory = { ...before, unclear: (before.unclear ?? 0) + 1 };
  if (memory.unclear > 1) return offerPerson(scope.texts.stillUnclear);
  const { asked } = before;
  if (asked?.for === "slot" && scope.offers(asked.intended.tool)) {
    return askForSlot(scope, asked.intended, asked.field, asked.tries, memory);
  }
  return { say: scope.texts.notUnderstood(topicsOf(scope)), memory };
}

function chat(scope: Scope, talk: SmallTalk, memory: BrainMemory): Move {
  const { texts, request } = scope;
  switch (talk) {
    case "greeting":
      return { say: texts.greeting };
    case "thanks":
      return { say: texts.thanks };
    case "who":
      return { say: texts.who(scope.agent.company) };
    case "help":
      return { say: texts.help(topicsOf(scope)) };
    case "cancel":
      return { say: texts.declined };
    case "repeat": {
      const before = request.messages.findLast((message) =>
        message.role === "agent" && message.text.trim() !== ""
      );
      return { say: before?.role === "agent" ? before.text : texts.nothingSaid, memory };
    }
    case "farewell":
      if (!scope.offers("end_call")) return { say: texts.thanks };
      return { calls: [{ tool: "end_call", args: { reason: "The caller said goodbye" } }] };
  }
}

/** Finds the tool or the passage that the caller means, in all they said or in one sentence of it. */
function understand(scope: Scope, text: string): Move | undefined {
  const parts = new Set([text, ...text.split(/[.!?]+\s/)].map((part) => part.trim()));
  const meanings = [...parts].flatMap((part) => meaningsOf(scope, part));
  meanings.sort((a, b) => b.score - a.score);
  const [best] = meanings;
  const next = meanings.find(({ key }) => key !== best?.key);
  return best && isClear(best, next) ? best.move() : undefined;
}

function meaningsOf(scope: Scope, text: string) {
  const { knowledge, intents, language } = scope;
  const tools = intents.match(text, language).filter(({ intent }) =>
    scope.offers(intent.tool.name)
  );
  return [
    ...tools.slice(0, 2).map(({ intent, score, covered }) => ({
      key: `tool ${intent.tool.name}`,
      score,
      covered,
      move: () => startTool(scope, intent, text),
    })),
    ...knowledge.search(text, { language, limit: 2 }).map(({ passage, score, covered }) => ({
      key: `topic ${passage.topic}`,
      score,
      covered,
      move: (): Move => ({
        say: passage.text,
        lookedUp: { question: text, topic: passage.topic },
      }),
    })),
  ];
}
