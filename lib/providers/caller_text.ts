import type { Message } from "../contracts/llm.ts";

/** Below this confidence the model is told that the words may be wrong. */
const UNCLEAR_BELOW = 0.5;

/** Writes a caller's message for a language model, marked when it was typed or heard badly. */
export function callerText(message: Message & { role: "caller" }): string {
  if (message.keypad) return `(typed on the keypad) ${message.text}`;
  if ((message.confidence ?? 1) < UNCLEAR_BELOW) return `(heard unclearly) ${message.text}`;
  return message.text;
}
