import type { Message } from "../../contracts/llm.ts";

/** The name under which the brain keeps its notes in the call's history. */
export const BRAIN_NAME = "embedded";

/** A tool to be called, as far as its arguments are known. */
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

/** The notes in a message of the brain's own, if it is one. */
export function notesOf(message: Message | undefined): BrainMemory | undefined {
  if (message?.role !== "agent" || message.echo?.provider !== BRAIN_NAME) return undefined;
  return message.echo.content as BrainMemory;
}

/**
 * What the brain noted when it last spoke. The history keeps no notes of words that were cut off:
 * those are made again by `replay`, from the messages that they answered.
 *
 * @param replay what the brain would say and note at the end of these messages
 */
export function recall(
  messages: readonly Message[],
  replay: (before: Message[]) => { say?: string; memory?: BrainMemory },
): BrainMemory {
  // Between the caller's last two turns lie the agent's words and its tools.
  const spokenAt = messages.findLastIndex(({ role }, i) =>
    role === "agent" && i < messages.length - 1
  );
  const message = messages[spokenAt];
  if (message?.role !== "agent" || message.toolCalls) return {};
  const noted = notesOf(message);
  if (noted) return noted;
  const before = messages.slice(0, spokenAt);
  if (before.length === 0 || before.at(-1)!.role === "agent") return {};
  const { say, memory } = replay(before);
  const heard = letters(message.text);
  if (!say || !heard || !memory || !letters(say).startsWith(heard)) return {};
  // An offer that was not heard to its end was not made.
  return heard === letters(say) || memory.asked?.for !== "person"
    ? memory
    : { ...memory, asked: undefined };
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
