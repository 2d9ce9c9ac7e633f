import type { Message } from "../contracts/llm.ts";
import { RunningSummary } from "./running_summary.ts";

/** The call's history as the model sees it: what was asked, done and heard. */
export class Transcript {
  #messages: Message[] = [];
  readonly #summary = new RunningSummary();

  constructor(
    /** Messages kept at most; the oldest go first, a tool call never without its result. */
    readonly maxMessages: number,
  ) {}

  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** What the messages said that are no longer there. */
  get summary(): string | undefined {
    return this.#summary.text;
  }

  push(...messages: Message[]): void {
    this.#messages.push(...messages);
    while (this.#messages.length > this.maxMessages) {
      this.#dropFirst();
      // A history begins with the caller: an answer without its question misleads.
      while (this.#messages.length > 0 && this.#messages[0].role !== "caller") this.#dropFirst();
    }
  }

  #dropFirst(): void {
    this.#summary.take(this.#messages.shift()!);
  }

  /** Takes the caller's last message back, when the turn turned out not to be over. */
  takeBackCaller(): void {
    if (this.#messages.at(-1)?.role === "caller") this.#messages.pop();
  }
}
