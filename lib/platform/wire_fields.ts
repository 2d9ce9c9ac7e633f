import { Problem } from "../server/problem.ts";

/** What the platform sent, by names in lower-case letters and digits only. */
export type WireFields = Map<string, unknown>;

/** Objects in which some of the platform's bodies put what others have at the top. */
const WRAPPERS = ["call", "payload", "data"];
const MAX_DEPTH = 3;
/** The longest bodies seen have some forty fields. */
const MAX_FIELDS = 256;
/** Longer values are no id, number or state. */
const MAX_TEXT_UNITS = 512;
const MAX_ID_UNITS = 128;

/** Names under which the platform gives a call's id, best first; `call` is our own query. */
const ID_NAMES = ["sessionid", "callsid", "callid", "callsessionid", "streamsid", "call"];

/**
 * Reads a form or JSON body into fields, whatever the content type says, with the query's below it.
 *
 * @throws {Problem} when the body is neither
 */
export function readFields(
  body: Uint8Array,
  contentType: string | undefined,
  query: URLSearchParams,
): WireFields {
  const fields: WireFields = new Map();
  const text = new TextDecoder().decode(body).trim();
  if (text.startsWith("{") || text.startsWith("[") || contentType?.includes("json")) {
    gather(fields, readJson(text), MAX_DEPTH);
  } else {
    gather(fields, Object.fromEntries(new URLSearchParams(text)), MAX_DEPTH);
  }
  gather(fields, Object.fromEntries(query), 0);
  return fields;
}

function readJson(text: string): Record<string, unknown> {
  if (text === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem(
      400,
      `Cannot read the body: it must be a form or a JSON object: received text that is neither, ` +
        `${text.length} characters long`,
    );
  }
  if (isObject(value)) return value;
  throw new Problem(
    400,
    `Cannot read the body: JSON must be an object: received ${
      Array.isArray(value) ? "an array" : value === null ? "null" : `a ${typeof value}`
    }`,
  );
}

function gather(fields: WireFields, from: Record<string, unknown>, depth: number): void {
  const named = Object.entries(from).map(([name, value]) => [plainName(name), value] as const);
  for (const [name, value] of named) {
    if (fields.size >= MAX_FIELDS) return;
    if (name !== "" && !fields.has(name)) fields.set(name, value);
  }
  if (depth === 0) return;
  for (const [name, value] of named) {
    if (!WRAPPERS.includes(name)) continue;
    const inner = unwrap(value);
    if (!inner) continue;
    // A call's own `id` is the call's; anywhere else `id` may be an event's.
    if (name === "call" && "id" in inner) gather(fields, { callId: inner.id }, 0);
    gather(fields, inner, depth - 1);
  }
}

/** A form can carry a wrapper as JSON text. */
function unwrap(value: unknown): Record<string, unknown> | undefined {
  if (isObject(value)) return value;
  if (typeof value !== "string" || !value.startsWith("{")) return undefined;
  try {
    const parsed = JSON.parse(value);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function plainName(name: string): string {
  return name.length > 64 ? "" : name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Finds the first of `names` that holds text, a number or a flag, as the platform wrote it. */
export function rawText(fields: WireFields, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = fields.get(name);
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    if (typeof value !== "string" || value.length > MAX_TEXT_UNITS) continue;
    if (value.trim() !== "") return value;
  }
}

/** Finds the first of `names` that holds something, without the space around it. */
export function textOf(fields: WireFields, ...names: string[]): string | undefined {
  return rawText(fields, ...names)?.trim();
}

/** Finds a number of at least 0 among `names`. */
export function amountOf(fields: WireFields, ...names: string[]): number | undefined {
  const value = Number(textOf(fields, ...names) ?? NaN);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** Reads the ways in which the platform writes true and false. */
export function flagOf(fields: WireFields, ...names: string[]): boolean | undefined {
  const value = textOf(fields, ...names)?.toLowerCase();
  if (value === "1" || value === "true" || value === "yes") return true;
  if (value === "0" || value === "false" || value === "no") return false;
}

/** Lists every id of the call that the fields hold, best first. */
export function idsOf(fields: WireFields): string[] {
  const ids = ID_NAMES.map((name) => textOf(fields, name)).filter((id) => id && isId(id));
  return [...new Set(ids as string[])];
}

/** Tells whether text can be an id: printable, without space, of bounded length. */
export function isId(text: string): boolean {
  return text.length <= MAX_ID_UNITS && /^[\x21-\x7e]+$/.test(text);
}

/** Reduces a state or event name to lower-case letters: `stream-started`, `StreamStarted` are one. */
export function plainState(text: string | undefined): string | undefined {
  return text?.toLowerCase().replace(/[^a-z]/g, "") || undefined;
}
