import type { ChatCompletionMessageParam } from "openai/resources/chat/completions";
import type { Message, ToolOutcome } from "../../contracts/llm.ts";
import { callerText } from "../caller_text.ts";

/**
 * Writes the call so far as chat messages.
 *
 * Many models' templates refuse a history that doesn't begin with the user or in which one side
 * speaks twice in a row, so that such messages are joined.
 */
export function chatMessages(system: string, messages: Message[]): ChatCompletionMessageParam[] {
  const chat: ChatCompletionMessageParam[] = [{ role: "system", content: system }];
  messages.forEach((message, i) => {
    if (message.role === "caller") add(chat, { role: "user", content: callerText(message) });
    else if (message.role === "tools") chat.push(...message.results.map(toolMessage));
    else {
      if (chat.length === 1) chat.push({ role: "user", content: "(the call begins)" });
      const calls = messages[i + 1]?.role === "tools" ? message.toolCalls ?? [] : [];
      if (calls.length > 0) {
        chat.push({
          role: "assistant",
          content: message.text || null,
          tool_calls: calls.map(({ id, name, args }) => ({
            id,
            type: "function",
            function: { name, arguments: JSON.stringify(args) },
          })),
        });
      } else if (message.text) add(chat, { role: "assistant", content: message.text });
    }
  });
  return chat;
}

type TextMessage = { role: "user" | "assistant"; content: string };

function add(chat: ChatCompletionMessageParam[], message: TextMessage): void {
  const last = chat[chat.length - 1];
  if (last.role === message.role && typeof last.content === "string" && !("tool_calls" in last)) {
    last.content += `\n${message.content}`;
  } else chat.push(message);
}

function toolMessage({ id, data, say }: ToolOutcome): ChatCompletionMessageParam {
  const content = JSON.stringify(say === undefined ? data : { ...data, say });
  return { role: "tool", tool_call_id: id, content };
}
