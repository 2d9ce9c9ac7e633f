import { EngineError } from "../contracts/engine_error.ts";
import type { Expect } from "../contracts/expect.ts";
import type { Llm, LlmRequest, LookUp, Message, ToolCall, ToolOutcome } from "../contracts/llm.ts";
import { SentenceSplitter } from "../speaking/sentences.ts";

/** One step of a reply being made. `round` counts the LLM's answers within it, from 0. */
export type ReplyEvent =
  | { type: "first_token" }
  | { type: "sentence"; text: string; round: number }
  | { type: "tools"; calls: ToolCall[]; round: number }
  /** A finished part of the history: the agent's words of a round, or the tools' answers. */
  | { type: "message"; message: Message; round: number }
  | { type: "expect"; expect: Expect }
  | { type: "looked_up"; lookUp: LookUp };

export interface ReplyOptions {
  llm: Llm;
  /** Runs what the model asked for; never throws for a tool's own failure. */
  runTools(calls: ToolCall[], signal: AbortSignal): Promise<ToolOutcome[]>;
  /** True when nothing more needs saying: the call is being handed over or ended. */
  isSettled(): boolean;
  /** Takes back what was said in a round; false when the caller has heard some of it. */
  takeBack(round: number): boolean;
  /** What to say when the model had to stop before it had said all. */
  cutShort(): string;
  /** LLM → tools → LLM loops at most; the last answer gets no tools. @default 3 */
  maxRounds: number;
}

/**
 * Makes a reply: the LLM's text in sentences, with its tools run in between, until it has said
 * everything.
 *
 * @throws {EngineError} when the LLM failed, or answered with nothing at all
 * @throws the signal's reason when it aborts
 */
export async function* makeReply(
  request: LlmRequest,
  options: ReplyOptions,
  signal: AbortSignal,
): AsyncGenerator<ReplyEvent> {
  const messages = [...request.messages];
  let said = false;
  for (let round = 0;; round++) {
    const tools = round < options.maxRounds ? request.tools : [];
    const saidBefore = said;
    let calls: ToolCall[] = [];
    let splitter = new SentenceSplitter();
    let text = "";
    let sentences = 0, isCutShort = false;
    let echo: (Message & { role: "agent" })["echo"];
    const takeBack = () => {
      if (!options.takeBack(round)) return false;
      calls = [];
      splitter = new SentenceSplitter();
      text = "";
      sentences = 0;
      said = saidBefore;
      return true;
    };
    for await (const event of options.llm({ ...request, messages, tools, takeBack }, signal)) {
      signal.throwIfAborted();
      if (event.type === "text") {
        if (text === "" && round === 0) yield { type: "first_token" };
        text += event.text;
        for (const sentence of splitter.push(event.text)) {
          said = true;
          sentences++;
          yield { type: "sentence", text: sentence, round };
        }
      } else if (event.type === "tool_call") {
        calls.push(event.call);
      } else {
        echo = event.echo;
        isCutShort = event.reason === "length";
        if (event.expect) yield { type: "expect", expect: event.expect };
        if (event.lookedUp) yield { type: "looked_up", lookUp: event.lookedUp };
      }
    }
    const rest = splitter.flush();
    if (isCutShort) {
      const last = rest.at(-1) ?? "";
      // Half a sentence is only worth hearing when there is no whole one.
      if (!/[.!?…]["”’)]?$/.test(last) && sentences + rest.length > 1) {
        rest.pop();
        text = text.slice(0, text.lastIndexOf(last)).trimEnd();
        echo = undefined;
      }
      rest.push(options.cutShort());
    }
    for (const sentence of rest) {
      said = true;
      yield { type: "sentence", text: sentence, round };
    }
    const message: Message = {
      role: "agent",
      text,
      ...(calls.length > 0 && { toolCalls: calls }),
      ...(echo && { echo }),
    };
    if (text !== "" || calls.length > 0) yield { type: "message", message, round };
    if (calls.length === 0) {
      if (!said) throw new EngineError("llm", "empty", "The model answered without a word");
      return;
    }
    yield { type: "tools", calls, round };
    const results = await options.runTools(calls, signal);
    signal.throwIfAborted();
    const answer: Message = { role: "tools", results };
    yield { type: "message", message: answer, round };
    for (const { expect } of results) if (expect) yield { type: "expect", expect };
    const question = results.find(({ data }) => data.confirmationNeeded === true)?.say;
    if (question) {
      // Read out by the runtime, word for word: the model must not put it in its own terms.
      yield* saying(question, round + 1);
      return;
    }
    if (options.isSettled()) return;
    messages.push(message, answer);
  }
}

/** A reply whose words are known: sentence by sentence, and as history. */
export function* saying(text: string, round = 0): Generator<ReplyEvent> {
  const splitter = new SentenceSplitter();
  for (const sentence of [...splitter.push(text), ...splitter.flush()]) {
    yield { type: "sentence", text: sentence, round };
  }
  yield { type: "message", message: { role: "agent", text }, round };
}
