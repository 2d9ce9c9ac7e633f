import type OpenAI from "openai";
import type { CompletionUsage } from "openai/resources/completions";
import type { ChatCompletionCreateParamsStreaming } from "openai/resources/chat/completions";
import type { Llm, LlmEvent, LlmRequest } from "../../contracts/llm.ts";
import type { Usage } from "../../contracts/stt.ts";
import { ownedRequest } from "../../engines/owned_request.ts";
import { chatMessages } from "./chat_messages.ts";
import { openAiClient, type OpenAiServer } from "./openai_client.ts";
import { fault, openAiError } from "./openai_error.ts";
import { ToolCallDeltas } from "./tool_call_deltas.ts";
import { UnthoughtText } from "./unthought_text.ts";

export interface OpenAiLlmOptions extends OpenAiServer {
  model: string;
  /** Answers requests in a hurry. @default the same model */
  smallModel?: string;
}

/** Writes replies with a chat model behind `/chat/completions`. */
export async function createOpenAiLlm(options: OpenAiLlmOptions): Promise<Llm> {
  const client = await openAiClient(options);
  const { model, smallModel = model } = options;
  return (request, signal) =>
    ownedRequest(
      signal,
      (own) => write(client, request.isHurried ? smallModel : model, request, own),
      (error) => openAiError(error, options.apiKey),
    );
}

async function* write(
  client: OpenAI,
  model: string,
  request: LlmRequest,
  signal: AbortSignal,
): AsyncGenerator<LlmEvent> {
  const chunks = await client.chat.completions.create(paramsOf(client, model, request), { signal });
  const calls = new ToolCallDeltas();
  const answer = new UnthoughtText();
  let written = false, finishReason: string | null | undefined;
  let usage: CompletionUsage | null | undefined;
  const words = (text: string): LlmEvent[] => {
    written ||= text.trim() !== "";
    return text ? [{ type: "text", text }] : [];
  };
  for await (const chunk of chunks) {
    usage = chunk.usage ?? usage;
    const choice = chunk.choices?.[0];
    if (!choice) continue;
    finishReason = choice.finish_reason ?? finishReason;
    if (choice.delta?.content) yield* words(answer.push(choice.delta.content));
    for (const delta of choice.delta?.tool_calls ?? []) calls.push(delta);
  }
  yield* words(answer.flush());
  if (finishReason === "content_filter") {
    throw fault("blocked_answer", "The server filtered its answer");
  }
  if (!finishReason) throw fault("broken", "The server's answer ended in the middle");
  // A call that ran into the limit of tokens has no end; its arguments must not be guessed.
  const toolCalls = calls.finish();
  for (const call of toolCalls) yield { type: "tool_call", call };
  if (!written && toolCalls.length === 0) {
    const kind = finishReason === "length" ? "too_long" : "empty";
    throw fault(kind, `The server wrote nothing (${finishReason})`);
  }
  yield {
    type: "end",
    // Several servers say `stop` after tool calls.
    reason: toolCalls.length > 0 ? "tool_calls" : finishReason === "length" ? "length" : "stop",
    usage: usageFrom(usage, model),
  };
}

function paramsOf(
  client: OpenAI,
  model: string,
  { system, messages, tools, maxOutputTokens }: LlmRequest,
): ChatCompletionCreateParamsStreaming {
  // The vendor's newer models refuse the name that all other servers know.
  const limit = client.baseURL.includes("api.openai.com") ? "max_completion_tokens" : "max_tokens";
  const params: ChatCompletionCreateParamsStreaming = {
    model,
    messages: chatMessages(system, messages),
    stream: true,
    stream_options: { include_usage: true },
    [limit]: maxOutputTokens,
  };
  if (tools.length > 0) {
    params.tools = tools.map(({ name, description, parameters }) => ({
      type: "function",
      function: { name, description, parameters },
    }));
  }
  return params;
}

function usageFrom(usage: CompletionUsage | null | undefined, model: string): Usage {
  if (!usage) return { model };
  return { model, inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens };
}
