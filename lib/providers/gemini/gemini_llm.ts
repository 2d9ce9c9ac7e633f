import type {
  Content,
  FunctionCall,
  GenerateContentConfig,
  GoogleGenAI,
  Part,
  ThinkingLevel,
} from "@google/genai";
import type { Llm, LlmEvent, LlmRequest, ToolCall } from "../../contracts/llm.ts";
import { ownedRequest } from "../../engines/owned_request.ts";
import { contentsFrom, ECHO_PROVIDER } from "./gemini_contents.ts";
import { fault, finishError, promptError } from "./gemini_error.ts";
import { type GeminiUsage, usageFrom } from "./gemini_usage.ts";

export interface GeminiLlmOptions {
  model: string;
  /** How long the model may think; models differ in which levels they take. */
  thinking: "minimal" | "low" | "medium" | "high";
  explain: (error: unknown) => unknown;
}

/** Gemini counts thoughts as output, so that a short limit would leave no room for words. */
const THOUGHT_TOKENS = { minimal: 128, low: 1024, medium: 4096, high: 8192 };

/** Writes replies with a Gemini text model. */
export function geminiLlm(ai: GoogleGenAI, options: GeminiLlmOptions): Llm {
  return (request, signal) =>
    ownedRequest(signal, (own) => write(ai, options, request, own), options.explain);
}

async function* write(
  ai: GoogleGenAI,
  { model, thinking }: GeminiLlmOptions,
  request: LlmRequest,
  signal: AbortSignal,
): AsyncGenerator<LlmEvent> {
  const config: GenerateContentConfig = {
    abortSignal: signal,
    systemInstruction: request.system,
    maxOutputTokens: request.maxOutputTokens + THOUGHT_TOKENS[thinking],
    thinkingConfig: { thinkingLevel: thinking.toUpperCase() as ThinkingLevel },
    automaticFunctionCalling: { disable: true },
    automaticContinuation: false, // would send, and bill, the request again
  };
  if (request.tools.length > 0) {
    config.tools = [{
      functionDeclarations: request.tools.map(({ name, description, parameters }) => ({
        name,
        description,
        parametersJsonSchema: parameters,
      })),
    }];
  }
  const chunks = await ai.models.generateContentStream({
    model,
    contents: contentsFrom(request.messages),
    config,
  });
  const echo: Part[] = [];
  let callCount = 0, finishReason: string | undefined, finishMessage: string | undefined;
  let usage: GeminiUsage | undefined;
  for await (const chunk of chunks) {
    usage = chunk.usageMetadata ?? usage;
    const blocked = chunk.promptFeedback?.blockReason;
    if (blocked) throw promptError(blocked);
    const candidate = chunk.candidates?.[0];
    finishReason = candidate?.finishReason ?? finishReason;
    finishMessage = candidate?.finishMessage ?? finishMessage;
    for (const part of candidate?.content?.parts ?? []) {
      if (part.functionCall) {
        const call = toolCall(part.functionCall);
        callCount++;
        part.functionCall.id = call.id;
        yield { type: "tool_call", call };
      } else if (part.text && !part.thought) yield { type: "text", text: part.text };
      keep(echo, part);
    }
  }
  if (!finishReason) throw fault("broken", "Gemini's answer ended in the middle");
  if (finishReason !== "STOP" && finishReason !== "MAX_TOKENS") {
    throw finishError(finishReason, finishMessage);
  }
  if (callCount === 0 && !echo.some((part) => part.text && !part.thought)) {
    if (finishReason === "MAX_TOKENS") throw finishError(finishReason);
    throw fault("empty", `Gemini wrote nothing (${finishReason})`);
  }
  const content: Content = { role: "model", parts: echo };
  yield {
    type: "end",
    reason: callCount > 0 ? "tool_calls" : finishReason === "STOP" ? "stop" : "length",
    usage: usageFrom(usage, model),
    echo: { provider: ECHO_PROVIDER, content },
  };
}

/** Gives a call that came without an id one of its own, so that its outcome can be told from others. */
function toolCall({ id, name, args }: FunctionCall): ToolCall {
  if (!name) throw fault("bad_tool_call", "Gemini called a tool without a name");
  return { id: id ?? `call_${crypto.randomUUID()}`, name, args: args ?? {} };
}

/** Adds a part verbatim; plain text is joined, since a stream cuts it into very many parts. */
function keep(echo: Part[], part: Part): void {
  const last = echo.at(-1);
  if (last && isPlainText(last) && isPlainText(part)) last.text! += part.text!;
  else echo.push({ ...part });
}

function isPlainText(part: Part): boolean {
  return part.text !== undefined && Object.values(part).filter((v) => v !== undefined).length === 1;
}
