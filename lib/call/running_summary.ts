import type { Message } from "../contracts/llm.ts";

/** Facts of each kind that are kept; the oldest go first. */
const MAX_FACTS = 8;
/** Characters of one fact. */
const MAX_FACT_CHARS = 160;

/**
 * What was said and done in the part of a call that the history holds no more: what the caller asked
 * and what tools answered, as they were, without a model in between.
 */
export class RunningSummary {
  readonly #asked: string[] = [];
  readonly #done: string[] = [];

  /** Takes a message that leaves the history. */
  take(message: Message): void {
    if (message.role === "caller") keep(this.#asked, message.text);
    if (message.role !== "tools") return;
    for (const { name, ok, say, data } of message.results) {
      const result = say ?? JSON.stringify(data);
      keep(this.#done, `${name} ${ok ? "answered" : "failed"}: ${result}`);
    }
  }

  /** The summary as text, none as long as nothing has left. */
  get text(): string | undefined {
    if (this.#asked.length + this.#done.length === 0) return undefined;
    return [
      this.#asked.length && `the caller said: ${quoted(this.#asked)}`,
      this.#done.length && `tools: ${quoted(this.#done)}`,
    ].filter(Boolean).join("; ");
  }
}

function keep(facts: string[], fact: string): void {
  const short = fact.length > MAX_FACT_CHARS ? `${fact.slice(0, MAX_FACT_CHARS - 1)}…` : fact;
  const before = facts.indexOf(short);
  if (before >= 0) facts.splice(before, 1);
  facts.push(short);
  if (facts.length > MAX_FACTS) facts.shift();
}

function quoted(facts: string[]): string {
  return facts.map((fact) => JSON.stringify(fact)).join(", ");
}
