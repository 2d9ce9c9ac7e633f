import { type Agent, loadAgent } from "../lib/agent_file.ts";
import { createSampleCompany, DEMO_CALLER } from "../lib/backends/sample_company.ts";
import type { Clock } from "../lib/clock.ts";
import type { Backend } from "../lib/contracts/backend.ts";
import type { Expect } from "../lib/contracts/expect.ts";
import type { Llm, LlmEvent, Message, ToolCall, ToolOutcome } from "../lib/contracts/llm.ts";
import { createIdentity } from "../lib/actions/identity.ts";
import { type Knowledge, loadKnowledge } from "../lib/knowledge.ts";
import { isNo, isYes } from "../lib/languages/answers.ts";
import { createBrain } from "../lib/providers/embedded/brain.ts";
import { createConfirmGate } from "../lib/actions/safe_actions.ts";
import { createToolCatalog, type ToolCatalog } from "../lib/actions/tool_catalog.ts";
import { createToolRunner } from "../lib/actions/tool_runner.ts";
import { parts } from "../main.ts";
import { FakeClock } from "./fake_clock.ts";

/** The project's own agent, tools and sample company, and the brain over them. */
export interface SupportDesk {
  clock: Clock;
  agent: Agent;
  knowledge: Knowledge;
  backend: Backend;
  catalog: ToolCatalog;
  areas: string[];
  brain: Llm;
}

export async function openSupportDesk(clock: Clock = new FakeClock()): Promise<SupportDesk> {
  const agent = await loadAgent("agent");
  const knowledge = await loadKnowledge("agent/knowledge", { clock });
  const backend = createSampleCompany(clock);
  const areas = await backend.areas(new AbortController().signal);
  const catalog = createToolCatalog(parts.tools(knowledge));
  const brain = createBrain({ agent, knowledge, tools: catalog.tools, areas });
  return { clock, agent, knowledge, backend, catalog, areas, brain };
}

/** What one caller's turn led to. */
export interface Exchange {
  said: string;
  expect?: Expect;
  calls: ToolCall[];
  outcomes: ToolOutcome[];
}

/** One call in text: the brain and the tools, put together as a call puts them together. */
export class TextCall {
  readonly messages: Message[] = [];
  readonly wishes: string[] = [];
  readonly gate = createConfirmGate({ isYes: (text) => isYes(text), isNo: (text) => isNo(text) });
  readonly #runner;

  readonly language: string;

  /** @param options `callerNumber: null` is a withheld number. */
  constructor(
    readonly desk: SupportDesk,
    { language = "en", callerNumber: number = DEMO_CALLER }: {
      language?: string;
      callerNumber?: string | null;
    } = {},
  ) {
    const callerNumber = number ?? undefined;
    this.language = language;
    this.#runner = createToolRunner({
      callId: "HD_text",
      callerNumber,
      catalog: desk.catalog,
      backend: desk.backend,
      clock: desk.clock,
      identity: createIdentity(callerNumber),
      gate: this.gate,
      handOver: (reason) => this.wishes.push(`hand over: ${reason}`),
      endCall: (reason) => this.wishes.push(`end: ${reason}`),
    });
  }

  async say(text: string, heardOf: { confidence?: number } = {}): Promise<Exchange> {
    const signal = new AbortController().signal;
    const exchange: Exchange = { said: "", calls: [], outcomes: [] };
    this.messages.push({ role: "caller", text, ...heardOf });
    const answer = this.gate.answer(text, this.language);
    if (answer && "run" in answer) {
      const outcome = await this.#runner.runConfirmed(answer.run, this.language);
      this.messages.push({ role: "agent", text: outcome.say! });
      return { said: outcome.say!, expect: outcome.expect, calls: [], outcomes: [outcome] };
    }
    while (true) {
      const events: LlmEvent[] = [];
      const request = {
        system: "",
        messages: this.messages,
        tools: this.desk.catalog.specs(),
        language: this.language,
        maxOutputTokens: 300,
      };
      for await (const event of this.desk.brain(request, signal)) events.push(event);
      const words = events.map((event) => (event.type === "text" ? event.text : "")).join("");
      const calls = events.flatMap((event) => (event.type === "tool_call" ? [event.call] : []));
      const end = events.at(-1)!;
      if (end.type !== "end") throw new Error("the last event must be the end");
      exchange.said += words;
      exchange.expect = end.expect;
      exchange.calls.push(...calls);
      this.messages.push({
        role: "agent",
        text: words,
        ...(calls.length && { toolCalls: calls }),
        echo: end.echo,
      });
      if (!calls.length) return exchange;
      const results = await this.#runner.run(calls, this.language, signal);
      exchange.outcomes.push(...results);
      this.messages.push({ role: "tools", results });
    }
  }
}
