import type { Llm } from "../contracts/llm.ts";
import type { BrainStep } from "./scenario.ts";

/**
 * A model that says and calls what a scenario wrote down, one step for each time that it is asked,
 * whatever it is asked: for showing what the runtime does about a model that is wrong. After its
 * last step it says that it is done.
 */
export function scriptedBrain(steps: readonly BrainStep[]): Llm {
  let next = 0;
  // An async generator, since the contract's reader may stop between any two events.
  return async function* ({ tools }, signal) {
    signal.throwIfAborted();
    // Drafts that are dropped use up no step.
    const number = next;
    const { say, call, with: args = {} } = steps[number] ?? { say: "That is all." };
    if (say) yield { type: "text", text: call ? `${say} ` : say };
    const calls = call !== undefined && tools.length > 0;
    if (calls) yield { type: "tool_call", call: { id: `scripted_${number}`, name: call, args } };
    signal.throwIfAborted();
    next = number + 1;
    yield { type: "end", reason: calls ? "tool_calls" : "stop" };
  };
}
