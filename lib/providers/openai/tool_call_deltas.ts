import type { ToolCall } from "../../contracts/llm.ts";
import { fault } from "./openai_error.ts";

/** One piece of a tool call, as servers send it. */
export interface ToolCallDelta {
  index?: number;
  id?: string | null;
  function?: { name?: string | null; arguments?: unknown };
}

/** More than any reply needs; a model that loops must not fill the memory. */
const MAX_CALLS = 16;
const MAX_ARGUMENT_CHARACTERS = 16_384;

interface Building {
  index: number;
  id?: string;
  name: string;
  arguments: string;
}

/**
 * Puts tool calls together from a stream. Servers differ: some send arguments in pieces, some whole
 * calls, some as objects, some without ids, and some number all calls 0.
 */
export class ToolCallDeltas {
  readonly #calls: Building[] = [];

  push(delta: ToolCallDelta): void {
    const call = this.#callOf(delta);
    if (delta.id) call.id = delta.id;
    if (delta.function?.name) call.name = delta.function.name;
    const piece = delta.function?.arguments;
    call.arguments += typeof piece === "string" ? piece : piece ? JSON.stringify(piece) : "";
    if (call.arguments.length > MAX_ARGUMENT_CHARACTERS) {
      throw fault(
        "bad_tool_call",
        `A tool call must have at most ${MAX_ARGUMENT_CHARACTERS} characters`,
      );
    }
  }

  /** @throws {EngineError} when a call has no name or its arguments aren't a JSON object */
  finish(): ToolCall[] {
    return this.#calls.map(({ id, name, arguments: text }) => {
      if (!name) throw fault("bad_tool_call", "The model called a tool without a name");
      return { id: id ?? `call_${crypto.randomUUID()}`, name, args: parse(name, text) };
    });
  }

  #callOf({ index = 0, id, function: called }: ToolCallDelta): Building {
    const open = this.#calls.findLast((call) => call.index === index);
    if (open && !startsAnother(open, id, called?.name)) return open;
    if (this.#calls.length === MAX_CALLS) {
      throw fault("bad_tool_call", `The model must call at most ${MAX_CALLS} tools at once`);
    }
    const call = { index, name: "", arguments: "" };
    this.#calls.push(call);
    return call;
  }
}

/** Without ids, a name after whole arguments begins another call. */
function startsAnother(open: Building, id?: string | null, name?: string | null): boolean {
  if (id && open.id) return id !== open.id;
  return Boolean(name) && isWhole(open.arguments);
}

function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function parse(name: string, text: string): Record<string, unknown> {
  if (text.trim() === "") return {};
  let args: unknown;
  try {
    args = JSON.parse(text);
  } catch {
    throw fault("bad_tool_call", `The model called ${name} with arguments that aren't JSON`);
  }
  if (args === null) return {};
  if (typeof args === "object" && !Array.isArray(args)) return args as Record<string, unknown>;
  throw fault("bad_tool_call", `The model called ${name} with arguments that aren't an object`);
}
