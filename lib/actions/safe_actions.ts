import type { ToolCall } from "../contracts/llm.ts";
import type { Tool } from "../contracts/tool.ts";

/** Tells what a caller's turn says in answer to a yes-or-no question. */
export interface YesNoGrammar {
  isYes(text: string, language: string): boolean;
  isNo(text: string, language: string): boolean;
}

/**
 * Holds back a write until the caller has said yes to it.
 *
 * At most one write waits; it is read back from the tool's own template, and only a clear yes in
 * the very next turn lets it run. Everything else drops it.
 */
export interface ConfirmGate {
  /** The write that waits for an answer. */
  readonly pending: ToolCall | undefined;
  /** Puts a write up for confirmation in place of one that waited; `say` must be read out whole. */
  propose(
    call: ToolCall,
    tool: Tool,
    args: Record<string, unknown>,
    language: string,
  ): { say: string; expect: "yes_no" };
  /** Drops the write when the caller did not hear the question to its end. */
  interrupted(): void;
  /**
   * Takes the caller's next turn. `run` is the confirmed call with its checked arguments, handed
   * out once; `undefined` when nothing waited.
   */
  answer(text: string, language?: string): { run: ToolCall } | { dropped: ToolCall } | undefined;
}

/** Makes the gate of one call. */
export function createConfirmGate({ isYes, isNo }: YesNoGrammar): ConfirmGate {
  let waiting: { call: ToolCall; language: string } | undefined;
  return {
    get pending() {
      return waiting?.call;
    },
    propose(call, tool, args, language) {
      const say = tool.confirm?.(args, language);
      if (!say) throw new TypeError(`Cannot propose ${tool.name}: it must have a confirm text`);
      waiting = { call: { ...call, args }, language };
      return { say, expect: "yes_no" };
    },
    interrupted() {
      waiting = undefined;
    },
    answer(text, language) {
      if (!waiting) return undefined;
      const { call, language: asked } = waiting;
      waiting = undefined;
      const languages = new Set([asked, language ?? asked]);
      const yes = [...languages].some((tag) => isYes(text, tag));
      const no = [...languages].some((tag) => isNo(text, tag));
      return yes && !no ? { run: call } : { dropped: call };
    },
  };
}
