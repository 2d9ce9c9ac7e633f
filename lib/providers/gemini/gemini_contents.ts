import type { Content, Part } from "@google/genai";
import type { Message, ToolOutcome } from "../../contracts/llm.ts";
import { callerText } from "../caller_text.ts";

/**
 * Stands for the signature of a tool call that another provider made; Gemini 3 refuses calls without
 * one. Documented by Google for histories that come from other models.
 */
const FOREIGN_SIGNATURE = "skip_thought_signature_validator";

/** Name under which this provider keeps its own form of a message. */
export const ECHO_PROVIDER = "gemini";

/** Writes the call so far in Gemini's form. */
export function contentsFrom(messages: Message[]): Content[] {
  const contents: Content[] = [];
  messages.forEach((message, i) => {
    if (message.role === "caller") {
      contents.push({ role: "user", parts: [{ text: callerText(message) }] });
    } else if (message.role === "tools") {
      contents.push({ role: "user", parts: message.results.map(toolPart) });
    } else {
      const parts = agentParts(message, messages[i + 1]?.role === "tools");
      if (parts.length > 0) contents.push({ role: "model", parts });
    }
  });
  // A history that begins with the agent's greeting gets a user content, which must come first.
  if (contents[0]?.role === "model") {
    contents.unshift({ role: "user", parts: [{ text: "(the call begins)" }] });
  }
  return contents;
}

/** Calls that were never answered are left out: Gemini refuses them. */
function agentParts(message: Message & { role: "agent" }, answered: boolean): Part[] {
  if (message.echo?.provider === ECHO_PROVIDER) {
    const { parts = [] } = message.echo.content as Content;
    const kept = answered ? parts : parts.filter((part) => !part.functionCall);
    return withHeardText(kept, message.text);
  }
  const parts: Part[] = message.text ? [{ text: message.text }] : [];
  if (!answered) return parts;
  for (const [i, { id, name, args }] of (message.toolCalls ?? []).entries()) {
    const part: Part = { functionCall: { id, name, args } };
    // Of parallel calls only the first carries a signature.
    if (i === 0) part.thoughtSignature = FOREIGN_SIGNATURE;
    parts.push(part);
  }
  return parts;
}

/** Keeps the parts as they came, except that text which the caller never heard is not claimed. */
function withHeardText(parts: Part[], heard: string): Part[] {
  const written = parts.filter(isText).map((part) => part.text).join("");
  if (written.trim() === heard.trim()) return parts;
  const others = parts.filter((part) => !isText(part));
  return heard ? [{ text: heard }, ...others] : others;
}

function isText(part: Part): boolean {
  return part.text !== undefined && !part.thought && part.functionCall === undefined;
}

function toolPart({ id, name, ok, data, say }: ToolOutcome): Part {
  const response: Record<string, unknown> = ok ? { output: data } : { ...data };
  if (say !== undefined) response.say = say;
  return { functionResponse: { id, name, response } };
}
