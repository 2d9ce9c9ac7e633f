import type { Llm, LlmEvent, LlmRequest, Message } from "../contracts/llm.ts";
import { inTexts } from "./in_texts.ts";
import { createMasker, type RuleName } from "./mask.ts";

/** Told to a model that sees masked values. */
const HINT =
  'Personal numbers are hidden from you: "…678" and "[e-mail]" stand for what the caller ' +
  "gave. Pass them to tools exactly as they stand; the tools get the real ones.";

/**
 * Hides personal numbers, codes and addresses from a model that runs elsewhere. What it passes to
 * tools is made whole again, from the caller's own words, so that tools work as if nothing was
 * hidden.
 */
export function veiled(llm: Llm, rules: Partial<Record<RuleName, boolean>> = {}): Llm {
  return async function* (request, signal): AsyncGenerator<LlmEvent> {
    // The later of two that look alike: callers speak of what they have just said.
    const originals = new Map<string, string>();
    const hidden = hide(
      request,
      createMasker(rules, (shown, original) => {
        originals.set(shown, original);
      }),
    );
    const reveal = (text: string) =>
      originals.get(text.trim()) ??
        text.replace(/…\w{3}(?!\w)|\[e-mail\]/g, (shown) => originals.get(shown) ?? shown);
    if (originals.size > 0) hidden.system += `\n${HINT}`;
    for await (const event of llm(hidden, signal)) {
      if (event.type !== "tool_call") yield event;
      else {
        const args = inTexts(event.call.args, reveal) as Record<string, unknown>;
        yield { ...event, call: { ...event.call, args } };
      }
    }
  };
}

/** Without the system prompt: the team has written it, with the numbers that callers may know. */
function hide(request: LlmRequest, mask: (text: string) => string): LlmRequest {
  const messages = request.messages.map((message): Message => {
    if (message.role === "tools") {
      const results = message.results.map((one) => ({
        ...one,
        data: inTexts(one.data, mask) as Record<string, unknown>,
        ...(one.say !== undefined && { say: mask(one.say) }),
      }));
      return { ...message, results };
    }
    if (message.role === "caller") return { ...message, text: mask(message.text) };
    const toolCalls = message.toolCalls?.map((call) => ({
      ...call,
      args: inTexts(call.args, mask) as Record<string, unknown>,
    }));
    return { ...message, text: mask(message.text), ...(toolCalls && { toolCalls }) };
  });
  return { ...request, messages };
}
