import type { Expect } from "../../contracts/expect.ts";
import type { LlmEvent, LlmRequest, LookUp } from "../../contracts/llm.ts";
import { BRAIN_NAME, type BrainMemory, type Intended } from "./brain_memory.ts";

/** What the brain does in one turn. */
export interface Move {
  say?: string;
  expect?: Expect;
  calls?: Intended[];
  memory?: BrainMemory;
  /** What was looked for in the knowledge. */
  lookedUp?: LookUp;
}

/** English text has about four characters per token. */
const CHARS_PER_TOKEN = 4;

/** A sentence with its end and the space after it; the points in `192.168.1.1` end nothing. */
const SENTENCE = /(?:[^.!?]|[.!?]+(?=\S))+[.!?]*\s*/g;

/** Offers a person, and notes that a yes means one. */
export function offerPerson(say: string): Move {
  return { say, expect: "yes_no", memory: { asked: { for: "person" } } };
}

/** Writes a move out as events, sentence by sentence. */
export function* perform(
  { say, expect, calls = [], memory = {}, lookedUp }: Move,
  { maxOutputTokens }: LlmRequest,
  signal: AbortSignal,
): Generator<LlmEvent> {
  const echo = { provider: BRAIN_NAME, content: memory };
  let charsLeft = maxOutputTokens * CHARS_PER_TOKEN;
  // Words before a tool call and words after it are one text: "Thank you. " needs its space.
  const text = say && calls.length ? `${say} ` : say;
  for (const piece of text?.match(SENTENCE) ?? []) {
    signal.throwIfAborted();
    charsLeft -= piece.length;
    if (charsLeft < 0) {
      yield { type: "end", reason: "length", echo, lookedUp };
      return;
    }
    yield { type: "text", text: piece };
  }
  for (const { tool, args } of calls) {
    signal.throwIfAborted();
    yield { type: "tool_call", call: { id: crypto.randomUUID(), name: tool, args } };
  }
  signal.throwIfAborted();
  yield { type: "end", reason: calls.length ? "tool_calls" : "stop", expect, echo, lookedUp };
}
