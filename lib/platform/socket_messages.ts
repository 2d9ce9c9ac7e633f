import { idsOf, isObject, plainState } from "./wire_fields.ts";

/** What one text message on the audio socket says, as far as we understand it. */
export type SocketMessage =
  /** The first message of a stream: names of the call. */
  | { type: "metadata"; ids: string[] }
  /** One key: `0`–`9`, `*` or `#`. */
  | { type: "digit"; digit: string };

/** Longer texts are not read further; metadata is below 8 KB. */
const MAX_TEXT_UNITS = 65_536;
/** Objects looked at in one text, whole or broken, so that no text costs more than a frame's time. */
const MAX_OBJECTS = 32;
const MAX_DIGITS = 32;

/**
 * Reads a text message. The media server glues objects together and strips quotes and backslashes,
 * so whatever parses is taken and the rest passed over.
 */
export function readSocketText(text: string): SocketMessage[] {
  return objectsIn(text.slice(0, MAX_TEXT_UNITS)).flatMap(messagesOf);
}

/** Writes the command that drops what was sent and not yet played. */
export const KILL_AUDIO = JSON.stringify({ type: "killAudio" });

function objectsIn(text: string): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  let at = text.indexOf("{");
  for (let tries = 0; at >= 0 && tries < MAX_OBJECTS; tries++) {
    const end = closingBrace(text, at);
    const value = end < 0 ? undefined : parse(text.slice(at, end + 1));
    if (value) found.push(value);
    at = text.indexOf("{", value ? end + 1 : at + 1);
  }
  return found;
}

function closingBrace(text: string, from: number): number {
  let depth = 0;
  let inString = false;
  for (let i = from; i < text.length; i++) {
    const character = text[i];
    if (inString) {
      if (character === "\\") i++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return i;
  }
  return -1;
}

function parse(json: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(json);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function messagesOf(message: Record<string, unknown>): SocketMessage[] {
  const name = plainState(firstText(message, ["event", "type", "kind"]));
  if (/dtmf|digit|keypress/.test(name ?? "")) {
    return [...digitsOf(message, 3)].slice(0, MAX_DIGITS).map((digit) => ({
      type: "digit",
      digit,
    }));
  }
  const ids = [message, message.headers, message.metadata, message.start].flatMap((part) => {
    const object = typeof part === "string" ? parse(part) : part;
    if (!isObject(object)) return [];
    return idsOf(
      new Map(Object.entries(object).map(([key, value]) => [plainState(key) ?? "", value])),
    );
  });
  return ids.length > 0 ? [{ type: "metadata", ids: [...new Set(ids)] }] : [];
}

const DIGIT_FIELDS = ["digit", "digits", "dtmf", "key", "value", "data", "payload"];
const NAMED_KEYS: Record<string, string> = { star: "*", asterisk: "*", pound: "#", hash: "#" };

function digitsOf(message: Record<string, unknown>, depth: number): string {
  for (const field of DIGIT_FIELDS) {
    const value = message[field];
    if (isObject(value) && depth > 0) {
      const inner = digitsOf(value, depth - 1);
      if (inner) return inner;
    }
    if (typeof value !== "string" && typeof value !== "number") continue;
    const text = String(value).trim().toLowerCase();
    if (NAMED_KEYS[text]) return NAMED_KEYS[text];
    if (/^[0-9*#]+$/.test(text)) return text;
  }
  return "";
}

function firstText(message: Record<string, unknown>, fields: string[]): string | undefined {
  for (const field of fields) {
    const value = message[field];
    if (typeof value === "string" && value.length <= 64) return value;
  }
}
