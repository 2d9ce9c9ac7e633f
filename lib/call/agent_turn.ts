import type { Expect } from "../contracts/expect.ts";
import type { LookUp, Message, ToolCall } from "../contracts/llm.ts";
import type { ReplyEvent } from "./reply.ts";
import type { Heard } from "../speaking/heard.ts";
import { Passage, Speech, type SpeechKind } from "../speaking/speech.ts";

/** What the agent's turn tells the call while it is being made. */
export interface AgentTurnHooks {
  /** Makes the sound of one passage; called for one passage after the other. */
  synthesise(passage: Passage, signal: AbortSignal): Promise<void>;
  /** The sentence to say instead, when this one may not be said. */
  guard(sentence: string): string;
  onFirstToken(): void;
  onSentence(): void;
  onTools(calls: ToolCall[]): void;
  /** The reply could not be thought of, or not be spoken; returns what to say of it. */
  onFailure(stage: "llm" | "tts", error: unknown): string;
}

/**
 * The agent's turn while it is made. It may be drafted before the caller's turn is over: nothing is
 * heard and nothing is changed until `commit`. One signal stops everything downstream of it.
 */
export class AgentTurn {
  readonly #abort = new AbortController();
  readonly #messages: { message: Message; round: number }[] = [];
  /** Everything that is said in order, and when its sound is made. */
  #spoken: { passage: Passage; made: Promise<void>; stop: AbortController }[] = [];
  #open!: () => void;
  readonly speech = new Speech();
  /** Resolves when the caller's turn is over, so that work with an effect may begin. */
  readonly committed = new Promise<void>((resolve) => this.#open = resolve);
  /** Set when a tool that changes something has begun: the turn can't be taken back. */
  hasActed = false;
  /** What became of it, in words that the caller must hear. */
  result?: string;
  expect: Expect = "free";
  /** What it answers from the company's knowledge. */
  readonly lookUps: LookUp[] = [];
  /** Resolves when all sound is made, or nothing more will be. */
  readonly made: Promise<void>;

  constructor(
    /** The caller's words that it answers. */
    readonly question: string,
    events: (turn: AgentTurn) => AsyncIterable<ReplyEvent>,
    readonly hooks: AgentTurnHooks,
  ) {
    this.made = this.#make(events(this));
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Lets it be heard and act. */
  commit(): void {
    this.#open();
  }

  abort(reason: string): void {
    this.#abort.abort(new DOMException(reason, "AbortError"));
    this.speech.finish();
  }

  /** True when any sound was made. */
  get hasSound(): boolean {
    return this.speech.passages.some((passage) => passage.samples > 0);
  }

  /** True when the caller may have heard some of the answer itself. */
  get isBegun(): boolean {
    return this.speech.passages.some(({ kind, begun }) => kind === "reply" && begun);
  }

  /** The turn as history: of each round exactly the words that were heard. */
  history(heard: Heard): Message[] {
    const textOf = (round: number) =>
      heard.passages
        .filter(({ passage }) => passage.kind === "reply" && passage.round === round)
        .map(({ text }) => text).join(" ");
    return this.#messages.flatMap(({ message, round }): Message[] => {
      if (message.role !== "agent") return [message];
      const text = textOf(round);
      const whole = heard.whole;
      // The provider's own form holds words that were not heard; only tool calls need it verbatim.
      const echo = whole || message.toolCalls ? message.echo : undefined;
      if (text === "" && !message.toolCalls) return [];
      return [{ ...message, text: whole ? message.text : text, echo }];
    });
  }

  async #make(events: AsyncIterable<ReplyEvent>): Promise<void> {
    let stage: "llm" | "tts" = "llm";
    try {
      for await (const event of events) this.#take(event);
      stage = "tts";
      await Promise.all(this.#spoken.map(({ made }) => made));
    } catch (error) {
      if (this.signal.aborted) return;
      this.say(this.hooks.onFailure(stage, error), "prompt");
      await this.#spoken.at(-1)!.made.catch(() => {}); // not even that could be spoken
    } finally {
      this.speech.finish();
    }
  }

  #take(event: ReplyEvent): void {
    this.signal.throwIfAborted();
    switch (event.type) {
      case "first_token":
        return this.hooks.onFirstToken();
      case "sentence":
        this.hooks.onSentence();
        return this.say(this.hooks.guard(event.text), "reply", event.round);
      case "message":
        this.#messages.push({ message: event.message, round: event.round });
        return;
      case "tools":
        return this.hooks.onTools(event.calls);
      case "expect":
        this.expect = event.expect;
        return;
      case "looked_up":
        this.lookUps.push(event.lookUp);
        return;
    }
  }

  /** Adds words to the end of the turn. */
  say(text: string, kind: SpeechKind, round = 0): void {
    const passage = this.speech.add(new Passage(text, kind, round));
    const stop = new AbortController();
    const signal = AbortSignal.any([this.signal, stop.signal]);
    // One failed sentence does not silence the rest.
    const before = this.#spoken.at(-1)?.made.catch(() => {}) ?? Promise.resolve();
    const made = before.then(async () => {
      signal.throwIfAborted();
      await this.hooks.synthesise(passage, signal);
    });
    made.catch(() => {}); // whoever waits for all gets the error
    this.#spoken.push({ passage, made, stop });
  }

  /** Takes back what a round has said, so that it can be said anew; false when any of it was sent. */
  takeBack(round: number): boolean {
    const isOfRound = ({ passage }: { passage: Passage }) =>
      passage.kind === "reply" && passage.round === round;
    const taken = this.#spoken.filter(isOfRound);
    if (taken.some(({ passage }) => passage.begun)) return false;
    this.#spoken = this.#spoken.filter((one) => !isOfRound(one));
    for (const { passage, stop } of taken) {
      passage.withdraw();
      stop.abort(new DOMException("The words were taken back", "AbortError"));
    }
    return true;
  }

  /** Puts words before the rest, while nothing of it was sent; they do not become history. */
  sayFirst(text: string, kind: "prompt" | "filler"): void {
    const passage = this.speech.prepend(new Passage(text, kind));
    this.hooks.synthesise(passage, this.signal).catch(() => {}); // it only bridges a silence
  }

  /** Puts words before what is still being made; they do not become history. */
  fill(text: string, kind: "prompt" | "filler"): void {
    const passage = this.speech.bridge(new Passage(text, kind));
    this.hooks.synthesise(passage, this.signal).catch(() => {}); // it only bridges a silence
  }
}
