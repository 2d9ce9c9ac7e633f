import type { Agent } from "../agent/agent.ts";
import type { AgentTurn } from "./agent_turn.ts";
import type { Clock } from "../clock.ts";
import type { Backend } from "../contracts/backend.ts";
import type { HandOverRequest } from "../contracts/hand_over.ts";
import type { CallFacts } from "../contracts/line.ts";
import type { CallBudget } from "../costs/call_budget.ts";
import type { Llm, Message, ToolOutcome } from "../contracts/llm.ts";
import { makeBrief } from "../hand_over/brief.ts";
import { createIdentity, type Identity } from "../actions/identity.ts";
import type { Journal } from "./journal.ts";
import { isNo, isYes } from "../languages/answers.ts";
import { onlyAsksForLanguage } from "../languages/detection.ts";
import { asksForPerson } from "../languages/person_requests.ts";
import { TRY_AGAIN_KEY } from "./keypad.ts";
import type { PhraseName } from "../languages/phrase_names.ts";
import { phrase } from "../languages/phrases.ts";
import { provenBy, unprovenClaim } from "../privacy/claims.ts";
import { secretAskedFor } from "../privacy/secret_requests.ts";
import { makeReply, type ReplyEvent, saying } from "./reply.ts";
import { type ConfirmGate, createConfirmGate } from "../actions/safe_actions.ts";
import { systemPrompt } from "./system_prompt.ts";
import type { ToolCatalog } from "../actions/tool_catalog.ts";
import { createToolRunner, type ToolRunner } from "../actions/tool_runner.ts";
import { Transcript } from "./transcript.ts";

/** What a reply decided about the call itself; carried out when the caller has heard it. */
export type Wish = { type: "hand_over" | "end"; reason: string };

export interface MindOptions {
  agent: Agent;
  llm: Llm;
  catalog: ToolCatalog;
  backend: Backend;
  clock: Clock;
  facts: CallFacts;
  journal: Journal;
  /** Knows what the call has cost so far. */
  budget?: Pick<CallBudget, "cost">;
  mask(text: string): string;
}

/** Results of changes that a model is reminded of. */
const MAX_RESULTS_TOLD = 8;

/** What people are told of how a caller was recognised. */
const HOW_VERIFIED: Record<Identity["level"], string> = {
  none: "number withheld, not verified",
  number: "known by the calling number only",
  fact: "verified by account number",
  code: "verified by code",
};

/** What the agent knows and decides in one call: history, language, actions, replies. */
export class Mind {
  readonly transcript: Transcript;
  readonly #gate: ConfirmGate = createConfirmGate({
    isYes: (text) => isYes(text),
    isNo: (text) => isNo(text),
  });
  readonly #identity: Identity;
  readonly #runner: ToolRunner;
  /** The account that a tool has shown. */
  #account?: string;
  #language: string;
  #variant = 0;
  #begun?: string;
  /** Resolves when the caller's turn that is being answered is over. */
  #committed: Promise<void> = Promise.resolve();
  /** What tools have shown in this call, so that a reply may say it. */
  readonly #proven = new Set<string>();
  /** Counts the caller's turns that were answered. */
  turnNumber = 0;
  wish?: Wish;
  /** A change to something that is being made; it goes on when the call is over. */
  writing?: Promise<unknown>;
  #offeredPerson = false;
  /** Results of changes that the caller has not heard to their end. */
  readonly untold: string[] = [];
  /** Results of all changes; there is one for each yes, so their number is small. */
  readonly #results: string[] = [];
  /** What was found out about the caller, in a language. */
  aboutCaller: (language: string) => string[] = () => [];

  constructor(readonly options: MindOptions) {
    const { agent, facts, journal } = options;
    this.transcript = new Transcript(agent.reply.maxHistoryMessages);
    this.#language = agent.languages[0];
    this.#identity = createIdentity(facts.callerNumber);
    this.#runner = createToolRunner({
      callId: facts.callId,
      callerNumber: facts.callerNumber,
      catalog: options.catalog,
      backend: options.backend,
      clock: options.clock,
      identity: this.#identity,
      gate: this.#gate,
      handOver: (reason) => this.wish = { type: "hand_over", reason },
      endCall: (reason) => this.wish ??= { type: "end", reason },
      onRun: ({ lookedUp, result, ...run }) => {
        // What a draft looked up belongs to the caller's turn that it answers, once that is over.
        this.#committed.then(() => {
          const turn = this.turnNumber;
          const found = result && { result: options.mask(result) };
          journal.write({ type: "tool_call", turn, ...run, ...found });
          if (!lookedUp) return;
          const { question, topic } = lookedUp;
          journal.write({ type: "looked_up", turn, question: options.mask(question), topic });
        });
      },
    });
  }

  /** The company's day and time when the call began; one text a call, so that prompts can be cached. */
  get #now(): string {
    const { agent, clock } = this.options;
    return this.#begun ??= new Date(clock.wallMs()).toLocaleString("en-GB", {
      timeZone: agent.hours?.timeZone ?? "Africa/Nairobi",
      dateStyle: "full",
      timeStyle: "short",
    });
  }

  /** True while the caller's yes means: get a person. */
  get offeredPerson(): boolean {
    return this.#offeredPerson;
  }

  /** The caller is being asked whether they want a person. */
  offerPerson(): void {
    this.#offeredPerson = true;
    this.options.journal.write({ type: "hand_over", state: "offered" });
  }

  get language(): string {
    return this.#language;
  }

  set language(tag: string) {
    if (this.options.agent.languages.includes(tag)) this.#language = tag;
  }

  /** True while a write waits for the caller's yes. */
  get awaitsYes(): boolean {
    return this.#gate.pending !== undefined;
  }

  /** A sentence of the agent's own, from its file or built in. */
  phrase(name: PhraseName, values: Record<string, string> = {}): string {
    const own = this.options.agent.prompts[name]?.[this.#language];
    if (own === undefined) return phrase(this.#language, name, values, this.#variant++);
    return own.replace(/\{(\w+)\}/g, (whole, field: string) => values[field] ?? whole);
  }

  /** The reply to what the caller said. Nothing with an effect happens before `turn.committed`. */
  async *answer(
    question: Message & { role: "caller" },
    turn: AgentTurn,
  ): AsyncGenerator<ReplyEvent> {
    this.wish = undefined;
    this.#committed = turn.committed;
    const wasOffered = this.offeredPerson;
    const wantsPerson = (wasOffered && isYes(question.text)) || asksForPerson(question.text);
    if (wasOffered) void turn.committed.then(() => this.#closeOffer(wantsPerson));
    if (wasOffered && question.keypad && question.text === TRY_AGAIN_KEY) {
      return yield* saying(this.phrase("say_again_after_stop"));
    }
    if (wantsPerson) {
      this.wish = { type: "hand_over", reason: "The caller asked for a person" };
      return;
    }
    if (this.awaitsYes) {
      await turn.committed;
      const answer = this.#gate.answer(question.text, this.#language);
      if (answer && "run" in answer) {
        turn.hasActed = true;
        const writing = this.#runner.runConfirmed(answer.run, this.#language);
        this.writing = writing;
        const outcome = await writing;
        if (this.writing === writing) this.writing = undefined;
        this.#remember(outcome);
        const result = outcome.say ?? this.phrase("write_timeout");
        this.#results.push(result);
        if (turn.signal.aborted) return void this.untold.push(result);
        turn.result = result;
        if (outcome.expect) yield { type: "expect", expect: outcome.expect };
        return yield* saying(result);
      }
      if (isNo(question.text)) return yield* saying(this.phrase("confirm_cancelled"));
    }
    const { agent, llm, catalog } = this.options;
    if (onlyAsksForLanguage(question.text, agent.languages)) {
      return yield* saying(this.phrase("switched_language"));
    }
    yield* makeReply(
      {
        system: this.#system(),
        messages: [...this.transcript.messages, question],
        tools: catalog.specs(),
        language: this.#language,
        maxOutputTokens: agent.reply.maxOutputTokens,
      },
      {
        llm,
        runTools: async (calls, signal) => {
          if (calls.some(({ name }) => catalog.get(name)?.waitsForTurn)) await turn.committed;
          const outcomes = await this.#runner.run(calls, this.#language, signal);
          for (const outcome of outcomes) this.#remember(outcome);
          return outcomes;
        },
        takeBack: (round) => turn.takeBack(round),
        cutShort: () => this.phrase("answer_cut_short"),
        isSettled: () => this.wish?.type === "hand_over",
        maxRounds: agent.reply.maxToolRounds,
      },
      turn.signal,
    );
  }

  #closeOffer(isTaken: boolean): void {
    this.#offeredPerson = false;
    if (!isTaken) this.options.journal.write({ type: "hand_over", state: "declined" });
  }

  /** The caller did not hear the reply to its end: what it asked or wanted counts no more. */
  interrupted(): void {
    this.#gate.interrupted();
    this.wish = undefined;
  }

  /** The sentence, or what is said in place of one that asks for a secret or claims what no tool did. */
  guard(sentence: string): string {
    const checksCodes = this.options.catalog.tools.some(({ proves }) => proves === "code");
    if (secretAskedFor(sentence, this.#language, checksCodes ? ["one_time_code"] : [])) {
      return this.phrase("never_asks_secret");
    }
    const claim = unprovenClaim(sentence, this.#language, this.#proven);
    return claim === undefined ? sentence : this.phrase("not_done_claim");
  }

  #remember({ ok, name, say, data }: ToolOutcome): void {
    if (!ok || data.confirmationNeeded) return;
    if (typeof data.accountNumber === "string") this.#account = data.accountNumber;
    for (const proven of provenBy({ name, say }, this.#language)) this.#proven.add(proven);
  }

  /** What the people who take the call over need to know. */
  handOverRequest(reason: string): HandOverRequest {
    this.#offeredPerson = false;
    const { facts, journal, budget, mask } = this.options;
    const costMinor = budget && Math.round(budget.cost(journal.nowMs).totalKes * 100);
    const { level } = this.#identity;
    const verified = { level, how: HOW_VERIFIED[level] };
    const account = this.#account && mask(this.#account);
    const language = this.#language;
    const record = { ...facts, language, handOver: { reason, verified, account } };
    const { text: brief } = makeBrief({ record, events: journal.told, mask });
    return { ...facts, language, reason, brief, verified, account, costMinor };
  }

  #system(): string {
    const { agent, facts, mask } = this.options;
    return systemPrompt(agent, this.#language, {
      now: this.#now,
      callerKnown: facts.callerNumber !== undefined,
      greeting: agent.greeting[this.#language],
      caller: this.aboutCaller(this.#language),
      earlier: mask(this.transcript.summary ?? ""),
      done: this.#results.slice(-MAX_RESULTS_TOLD).map(mask),
    });
  }
}
