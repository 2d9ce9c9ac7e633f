import type { Message } from "../../contracts/llm.ts";

/** The name under which the brain keeps its notes in the call's history. */
export const BRAIN_NAME = "embedded";

/** A tool that goes on when something else is settled. */
export interface Intended {
  tool: string;
  args: Record<string, unknown>;
}

/** What the brain's last words asked for; kept in the `echo` of its message. */
export interface BrainMemory {
  asked?:
    | { for: "person" }
    | { for: "slot"; intended: Intended; field: string; tries: number };
  /** What to call once the caller has been verified. */
  resume?: Intended;
  /** Turns in a row that could not be made out. */
  unclear?: number;
}

/**
 * What the brain noted when it last spoke, as far as the caller heard it: an offer that was cut
 * off before its end was not made.
 */
export function recall(messages: readonly Message[]): BrainMemory {
  for (let i = messages.length - 2; i >= 0; i--) {
    const message = messages[i];
    if (message.role === "caller") break;
    if (message.role !== "agent" || message.echo?.provider !== BRAIN_NAME) continue;
    const memory = message.echo.content as BrainMemory;
    const heard = message.text.trim();
    const cut = memory.asked?.for === "person" && !/\?\W*$/.test(heard);
    return cut ? { ...memory, asked: undefined } : memory;
  }
  return {};
}
