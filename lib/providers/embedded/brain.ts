import type { Agent } from "../../agent/agent.ts";
import { byLanguage } from "../../by_language.ts";
import type { Expect } from "../../contracts/expect.ts";
import type { Llm, LlmEvent, LlmRequest, Message, ToolOutcome } from "../../contracts/llm.ts";
import { EngineError } from "../../contracts/engine_error.ts";
import type { Tool } from "../../contracts/tool.ts";
import type { Knowledge } from "../../knowledge.ts";
import { isNo, isYes } from "../../languages/answers.ts";
import { asksForPerson } from "../../languages/person_requests.ts";
import { BRAIN_NAME, type BrainMemory, type Intended, recall } from "./brain_memory.ts";
import { BRAIN_TEXTS, type BrainTexts } from "./brain_texts.ts";
import { indexIntents, type Intent } from "./intents.ts";
import { smallTalk } from "./small_talk.ts";
import { slotsOfTool, slotValue } from "./tool_slots.ts";

/** Below this the recogniser took a quarter of the speech for words that it doesn't know. */
export const MIN_CONFIDENCE = 0.75;
/** Below this no tool and no passage is what the caller means. */
export const MIN_SCORE = 0.45;
/** By how much the best meaning must beat the next one. */
export const MIN_MARGIN = 0.04;
/** Times that a missing value is asked for before a person is offered. */
const MAX_SLOT_TRIES = 2;
/** Titles named when the caller asks what can be asked. */
const TOPICS_NAMED = 3;
/** English text has about four characters per token. */
const CHARS_PER_TOKEN = 4;

export interface BrainOptions {
  agent: Agent;
  knowledge: Knowledge;
  tools: readonly Tool[];
  /** Names of the areas that the company serves. */
  areas: readonly string[];
}

/** What the brain does in one turn. */
interface Move {
  say?: string;
  expect?: Expect;
  calls?: Intended[];
  memory?: BrainMemory;
}

/**
 * Answers without a language model: from the knowledge by retrieval, from the tools by the phrases
 * that they declare. It knows when it doesn't know, and offers a person then.
 *
 * It keeps nothing between calls of the function: what it asked last is in the messages' `echo`.
 */
export function createBrain({ agent, knowledge, tools, areas }: BrainOptions): Llm {
  const index = indexIntents(
    tools,
    areas,
    knowledge.passages().map(({ title, text, questions }) =>
      [title, text, ...questions].join("\n")
    ),
  );
  const toolsByName = new Map(tools.map((tool) => [tool.name, tool]));

  async function* brain(request: LlmRequest, signal: AbortSignal): AsyncGenerator<LlmEvent> {
    signal.throwIfAborted();
    const last = request.messages.at(-1);
    if (!last || last.role === "agent") {
      throw new EngineError(
        BRAIN_NAME,
        "bad_request",
        "Cannot reply: the last message must be from the caller or from tools: received " +
          (last?.role ?? "none"),
      );
    }
    const move = last.role === "tools" ? tell(request, last.results) : reply(request, last);
    yield* perform(move, request, signal);
  }

  const textsFor = (request: LlmRequest): BrainTexts => byLanguage(BRAIN_TEXTS, request.language);
  const offered = (request: LlmRequest, name: string) =>
    request.tools.some((tool) => tool.name === name);

  /** Answers what the caller said. */
  function reply(request: LlmRequest, caller: Extract<Message, { role: "caller" }>): Move {
    const texts = textsFor(request);
    const memory = recall(request.messages);
    const { text } = caller;
    if (asksForPerson(text)) return person(request, "The caller asked for a person");
    if (memory.asked?.for === "person" && isYes(text)) {
      return person(request, "The agent could not help and the caller wants a person");
    }
    if (!caller.keypad && (caller.confidence ?? 1) < MIN_CONFIDENCE || !text.trim()) {
      return unclear(request, memory);
    }
    const talk = smallTalk(text);
    if (memory.asked?.for === "slot" && talk !== "repeat") {
      const filled = fillSlot(request, text, memory, talk === "cancel");
      if (filled) return filled;
    }
    if (memory.asked?.for === "person" && isNo(text)) return { say: texts.declined };
    if (talk) return chat(request, talk, memory);
    const meant = understand(request, text);
    if (meant) return meant;
    if (isYes(text) || isNo(text)) return { say: texts.nothingAsked };
    return { say: texts.unknown, expect: "yes_no", memory: { asked: { for: "person" } } };
  }

  function person(request: LlmRequest, reason: string): Move {
    if (!offered(request, "hand_over")) return { say: textsFor(request).noPerson };
    return { calls: [{ tool: "hand_over", args: { reason } }] };
  }

  function unclear(request: LlmRequest, memory: BrainMemory): Move {
    const texts = textsFor(request);
    const times = (memory.unclear ?? 0) + 1;
    if (times > 1) {
      const asked = { for: "person" } as const;
      return { say: texts.stillUnclear, expect: "yes_no", memory: { asked, unclear: times } };
    }
    if (memory.asked?.for === "slot") {
      return ask(request, memory.asked.intended, memory.asked.field, {
        tries: memory.asked.tries,
        memory: { ...memory, unclear: times },
      });
    }
    return {
      say: texts.notUnderstood(topics(request)),
      memory: { ...memory, unclear: times },
    };
  }

  /** Titles of a few topics in the caller's language, as a list. */
  function topics(request: LlmRequest): string {
    const all = knowledge.passages().filter(({ kind }) => kind === "answer");
    const own = all.filter(({ language }) => language === request.language);
    const titles = [...Map.groupBy(own.length ? own : all, ({ file }) => file).values()]
      .slice(0, TOPICS_NAMED)
      .map(([{ title }]) => title[0].toLowerCase() + title.slice(1));
    return titles.join(", ") || agent.company;
  }

  function chat(
    request: LlmRequest,
    talk: NonNullable<ReturnType<typeof smallTalk>>,
    memory: BrainMemory,
  ): Move {
    const texts = textsFor(request);
    switch (talk) {
      case "greeting":
        return { say: texts.greeting };
      case "thanks":
        return { say: texts.thanks };
      case "who":
        return { say: texts.who(agent.company) };
      case "help":
        return { say: texts.help(topics(request)) };
      case "cancel":
        return { say: texts.declined };
      case "repeat": {
        const before = request.messages.findLast((message) =>
          message.role === "agent" && message.text.trim() !== ""
        );
        return { say: before?.role === "agent" ? before.text : texts.nothingSaid, memory };
      }
      case "farewell":
        if (!offered(request, "end_call")) return { say: texts.thanks };
        return { calls: [{ tool: "end_call", args: { reason: "The caller said goodbye" } }] };
    }
  }

  /** Finds the tool or the passage that the caller means. */
  function understand(request: LlmRequest, text: string): Move | undefined {
    const parts = [text, ...text.split(/[.!?]+\s/)].filter((part) => part.trim());
    const meanings = parts.flatMap((part) => meaningsOf(request, part));
    meanings.sort((a, b) => b.score - a.score);
    const best = meanings[0];
    if (!best || best.score < MIN_SCORE) return undefined;
    const next = meanings.find(({ key }) => key !== best.key);
    if (next && best.score - next.score < MIN_MARGIN) return undefined;
    if ("say" in best) return { say: best.say };
    return start(request, best.intent, text);
  }

  function meaningsOf(request: LlmRequest, text: string) {
    const { language } = request;
    return [
      ...index.match(text)
        .filter(({ intent }) => offered(request, intent.tool.name))
        .slice(0, 2)
        .map(({ intent, score }) => ({ key: intent.tool.name, score, intent })),
      ...knowledge.search(text, { language, limit: 2 })
        .map(({ passage, score }) => ({ key: passage.topic, score, say: passage.text })),
    ];
  }

  /** Calls a tool with what the caller has already said, or asks for what is missing. */
  function start(request: LlmRequest, { tool, slots }: Intent, text: string): Move {
    const args: Record<string, unknown> = {};
    for (const slot of slots) {
      // Free words are asked for: the request itself does not hold them.
      const value = slot.kind === "words" ? undefined : slotValue(tool, slot, text, areas);
      if (value !== undefined) args[slot.field] = value;
    }
    return proceed(request, { tool: tool.name, args });
  }

  function proceed(request: LlmRequest, intended: Intended, memory: BrainMemory = {}): Move {
    const slots = slotsOfTool(toolsByName.get(intended.tool)!);
    const missing = slots.find(({ field, required }) => required && !(field in intended.args));
    if (missing) return ask(request, intended, missing.field, { tries: 0, memory });
    return { calls: [intended], memory: { resume: memory.resume } };
  }

  function ask(
    request: LlmRequest,
    intended: Intended,
    field: string,
    { tries, memory }: { tries: number; memory: BrainMemory },
  ): Move {
    const texts = textsFor(request);
    const slot = slotsOfTool(toolsByName.get(intended.tool)!).find((one) => one.field === field)!;
    const kind = slot.kind === "area" ? "area" : slot.expect;
    const question = tries > 0 || memory.unclear
      ? texts.askAgain[kind] ?? texts.ask[kind] ?? texts.askAgain.free
      : texts.ask[kind] ?? texts.ask.free;
    return {
      say: question,
      expect: slot.expect,
      memory: { ...memory, asked: { for: "slot", intended, field, tries } },
    };
  }

  /** Takes the caller's words as the value that was asked for, unless they mean something else. */
  function fillSlot(
    request: LlmRequest,
    text: string,
    memory: BrainMemory,
    cancelled: boolean,
  ): Move | undefined {
    if (memory.asked?.for !== "slot") return undefined;
    const { intended, field, tries } = memory.asked;
    const tool = toolsByName.get(intended.tool);
    const slot = tool && slotsOfTool(tool).find((one) => one.field === field);
    if (!tool || !slot || !offered(request, tool.name)) return undefined;
    const offer: Move = { expect: "yes_no", memory: { asked: { for: "person" } } };
    if (cancelled || isNo(text)) return { ...offer, say: textsFor(request).dropped };
    const value = slotValue(tool, slot, text, areas);
    if (value !== undefined) {
      const args = { ...intended.args, [field]: value };
      return proceed(request, { tool: tool.name, args }, { resume: memory.resume });
    }
    const other = understand(request, text);
    if (other) return other;
    if (tries + 1 >= MAX_SLOT_TRIES) return { ...offer, say: textsFor(request).stillUnclear };
    return ask(request, intended, field, { tries: tries + 1, memory });
  }

  /** Tells what the tools found, and goes on with what waited for them. */
  function tell(request: LlmRequest, results: ToolOutcome[]): Move {
    const texts = textsFor(request);
    const before = request.messages.findLast((message) => message.role === "agent");
    const noted = before?.role === "agent" && before.echo?.provider === BRAIN_NAME
      ? before.echo.content as BrainMemory
      : {};
    const say = results
      .map((outcome) => outcome.say ?? (outcome.ok ? "" : texts.noFact))
      .filter(Boolean).join(" ") || texts.noFact;
    const last = results.at(-1);
    const expect = last?.expect;
    const verified = results.some(({ data }) => data.verified === true);
    if (verified && noted.resume) return { say, calls: [noted.resume] };
    if (!last) return { say };
    const call = before?.role === "agent"
      ? before.toolCalls?.find(({ id }) => id === last.id)
      : undefined;
    const own: Intended = { tool: last.name, args: call?.args ?? {} };
    const slotOf = (tool: string, field: string, intended: Intended, resume?: Intended): Move =>
      offered(request, tool) && toolsByName.has(tool)
        ? {
          say,
          expect,
          memory: { resume, asked: { for: "slot", intended, field, tries: 0 } },
        }
        : { say: texts.noFact, expect: "yes_no", memory: { asked: { for: "person" } } };
    if (last.data.needsIdentity) {
      return slotOf("verify_caller", "account_number", { tool: "verify_caller", args: {} }, own);
    }
    if (last.name === "verify_caller" && last.data.triesLeft === true) {
      const again = { tool: "verify_caller", args: {} };
      return slotOf("verify_caller", "account_number", again, noted.resume);
    }
    if (typeof last.data.missing === "string") {
      return slotOf(last.name, last.data.missing, own, noted.resume);
    }
    const offersPerson = last.data.offersPerson === true || last.say === undefined && !last.ok;
    return { say, expect, memory: offersPerson ? { asked: { for: "person" } } : {} };
  }

  return brain;
}

/** Writes a move out as events, sentence by sentence. */
function* perform(
  { say, expect, calls = [], memory = {} }: Move,
  request: LlmRequest,
  signal: AbortSignal,
): Generator<LlmEvent> {
  const echo = { provider: BRAIN_NAME, content: memory };
  let charsLeft = request.maxOutputTokens * CHARS_PER_TOKEN;
  for (const piece of say?.match(/[^.!?]+(?:[.!?]+(?!\s|$)[^.!?]*)*[.!?]*\s*/g) ?? []) {
    signal.throwIfAborted();
    charsLeft -= piece.length;
    if (charsLeft < 0) {
      yield { type: "end", reason: "length", echo };
      return;
    }
    yield { type: "text", text: piece };
  }
  for (const { tool, args } of calls) {
    signal.throwIfAborted();
    yield { type: "tool_call", call: { id: crypto.randomUUID(), name: tool, args } };
  }
  signal.throwIfAborted();
  yield { type: "end", reason: calls.length ? "tool_calls" : "stop", expect, echo };
}
