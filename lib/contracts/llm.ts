import type { Expect } from "./expect.ts";
import type { Usage } from "./stt.ts";

/**
 * Writes the agent's next words, or asks for tools.
 *
 * Yields text as it is written and tool calls as they are decided, then exactly one `end`. When the
 * signal aborts, the request is closed and the iterable throws the signal's reason.
 *
 * @throws {EngineError} when the provider failed or refused
 */
export type Llm = (request: LlmRequest, signal: AbortSignal) => AsyncIterable<LlmEvent>;

export interface LlmRequest {
  /** Who the agent is and how it speaks. */
  system: string;
  /** The call so far, oldest first; ends with a `caller` or a `tools` message. */
  messages: Message[];
  /** The tools that may be called now. */
  tools: ToolSpec[];
  /** Primary tag of the language to answer in. */
  language: string;
  /** The most tokens of text to write. */
  maxOutputTokens: number;
  /** Set when the caller has waited too long: a provider with a smaller model uses it. */
  isHurried?: boolean;
  /**
   * Takes back all that was written of this answer, so that another provider may begin anew; false
   * when the caller has heard some of it. Absent where nothing can be taken back.
   */
  takeBack?(): boolean;
}

/** One entry of the call's history. */
export type Message =
  | {
    role: "caller";
    text: string;
    /** The recogniser's confidence, 0 to 1, when it gave one. */
    confidence?: number;
    /** Set when the text came from the keypad. */
    keypad?: boolean;
  }
  | {
    role: "agent";
    /** What the caller heard of it, once it is history. */
    text: string;
    toolCalls?: ToolCall[];
    /** The provider's own form of this message, sent back verbatim to that provider and no other. */
    echo?: { provider: string; content: unknown };
  }
  | { role: "tools"; results: ToolOutcome[] };

export interface ToolCall {
  id: string;
  name: string;
  args: Record<string, unknown>;
}

/** What became of one tool call. */
export interface ToolOutcome {
  id: string;
  name: string;
  ok: boolean;
  /** Facts for the model: the tool's data, or `{ error }`. */
  data: Record<string, unknown>;
  /** The facts as a sentence in the caller's language, made by the tool's own template. */
  say?: string;
  /** Set by the tool when its sentence asks the caller for something. */
  expect?: Expect;
}

/** A tool as the model sees it. */
export interface ToolSpec {
  name: string;
  description: string;
  /** JSON Schema of an object. */
  parameters: Record<string, unknown>;
}

export type LlmEvent =
  | { type: "text"; text: string }
  | { type: "tool_call"; call: ToolCall }
  | {
    type: "end";
    /** Why it stopped; `length` when it ran into `maxOutputTokens`. */
    reason: "stop" | "tool_calls" | "length";
    usage?: Usage;
    echo?: { provider: string; content: unknown };
    /** What the text just written asks the caller for, when the provider knows. */
    expect?: Expect;
    /** Set by a provider that answers from the knowledge by itself. */
    lookedUp?: LookUp;
  };

/** A search of the company's knowledge; without a topic it had no answer. */
export interface LookUp {
  question: string;
  topic?: string;
}
