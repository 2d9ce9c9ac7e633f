import type { Expect } from "../contracts/expect.ts";

/** What callers say that asks for no fact; a goodbye is among the answers. */
export type SmallTalkKind = "greeting" | "thanks" | "repeat" | "who" | "help" | "cancel";

/** What the agent may lack to do what was asked. */
export type MissingValue = Exclude<Expect, "yes_no" | "mpesa_code"> | "area";

/** Everything that a brain without a language model says by itself. */
export interface BrainTexts {
  greeting: string;
  thanks: string;
  who(company: string): string;
  /** `topics` are titles of the company's knowledge. */
  help(topics: string): string;
  notUnderstood(topics: string): string;
  unknown: string;
  stillUnclear: string;
  noPerson: string;
  nothingAsked: string;
  dropped: string;
  declined: string;
  noFact: string;
  nothingSaid: string;
  /** How it asks for a value that is missing. */
  ask: Readonly<Record<MissingValue, string>>;
  askAgain: Readonly<Record<"free" | "area" | "order_no" | "account_no", string>>;
  or: string;
}
