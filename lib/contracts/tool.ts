import type * as v from "valibot";
import type { Backend } from "./backend.ts";
import type { Expect } from "./expect.ts";
import type { LookUp } from "./llm.ts";

/** Something that the model may ask the runtime to do; one file each in `tools/`. */
export interface Tool<Args = Record<string, unknown>> {
  /** The file's name: `get_account`. */
  name: string;
  /** When to use it, for the model. */
  description: string;
  /**
   * An object schema; its fields may carry `v.metadata({ expect })` to say what the caller must
   * give.
   */
  parameters: v.GenericSchema<unknown, Args>;
  /** `read` changes nothing; `write` changes something that can be undone; `irreversible` cannot. */
  effect: "read" | "write" | "irreversible";
  /** What must be known of the caller before it runs. */
  identity: "none" | "number" | "fact" | "code";
  /** What it can prove of the caller; only where a `code` is proven may the agent ask for one. */
  proves?: "fact" | "code";
  /** @default 4000 */
  timeoutMs?: number;
  /**
   * True when trying it counts by itself, such as a proof of who is calling: it must not run for
   * words that the caller goes on with.
   * @default false
   */
  waitsForTurn?: boolean;
  /**
   * How callers ask for it, per language: `(a|b)` alternatives, `[x]` optional, `<field>` the value
   * of a parameter. The embedded recogniser and brain learn them; language models never see them.
   */
  phrases?: Record<string, string[]>;
  /** What a call was about in which it ran, per language: "your bill". */
  about?: Record<string, string>;
  /** What to say before a write, in the caller's language, ending in a question. */
  confirm?(args: Args, language: string): string;
  run(args: Args, context: ToolContext): Promise<ToolResult>;
}

/** What a tool knows of the call; nothing in it comes from the model. */
export interface ToolContext {
  callId: string;
  /** E.164 number that the platform gave, absent when withheld. */
  callerNumber?: string;
  language: string;
  backend: Backend;
  /** The same for every try of one confirmed action. */
  idempotencyKey: string;
  /** Aborted when the time is up, and for reads also when the caller interrupts. */
  signal: AbortSignal;
  /**
   * Tells whether what the caller gave as proof matched the company's own data; a match raises the
   * caller's identity to `level` for this call, and too many misses lock it.
   */
  proveIdentity(level: "fact" | "code", matched: boolean): "raised" | "wrong" | "locked";
  /** Marks the call for a person; the hand-over starts when the agent has spoken. */
  handOver(reason: string): void;
  /** Marks the call as over; it ends when the agent has spoken. */
  endCall(reason: string): void;
}

export interface ToolResult {
  /** Facts for the model. */
  data: Record<string, unknown>;
  /** The facts as one or two sentences in `context.language`, for an engine that cannot write. */
  say: string;
  /** What `say` asks the caller for, if anything. */
  expect?: Expect;
  /** Set when the tool searched the company's knowledge. */
  lookedUp?: LookUp;
}
