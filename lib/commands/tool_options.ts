import { UsageError } from "./call_options.ts";

/** Printed for `--help`. */
export const TOOL_HELP = `Tries a tool by hand: in TypeScript, in YAML or of an MCP server.

  deno task tool --list
  deno task tool get_account
  deno task tool get_usage --arg month=2026-11
  deno task tool get_usage --month 2026-11

  NAME              one of --list
  --arg NAME=VALUE  an argument; --NAME VALUE is the same
  --from NUMBER     the caller's number, or withheld (the sample customer's)
  --language TAG    in which it speaks (the agent's first)
  --yes             does not ask before it changes something
  --list            names the tools, what they change and whom they must know

The caller counts as verified. A change is real: it goes to the company's own system.

Ends with 0, 1 when it failed or was refused, 2 when the command can't be understood.`;

export interface ToolOptions {
  help: boolean;
  /** Absent for `--list`. */
  name?: string;
  from?: string;
  language?: string;
  yes: boolean;
  /** What was given, as what the JSON Schema of the tool's parameters wants. */
  argsFor(schema: Record<string, unknown>): Record<string, unknown>;
}

/**
 * Reads the command's arguments; every option that isn't the command's own is the tool's.
 *
 * @throws {UsageError} when they can't be understood
 */
export function readToolOptions(args: string[]): ToolOptions {
  const given: Record<string, string> = {};
  const names: string[] = [];
  const own: { from?: string; language?: string } = {};
  const flags = { help: false, list: false, yes: false };
  for (let i = 0; i < args.length; i++) {
    const [, option, inline] = /^--([\w-]+)(?:=(.*))?$/s.exec(args[i]) ?? [];
    if (args[i] === "-h") flags.help = true;
    else if (option === undefined) names.push(args[i]);
    else if (option === "help" || option === "list" || option === "yes") flags[option] = true;
    else {
      const value = inline ?? args[++i];
      if (value === undefined) {
        throw new UsageError(`Cannot understand the command: --${option} must have a value`);
      }
      if (option === "from" || option === "language") own[option] = value;
      else if (option === "arg") {
        const [, name, rest] = /^([\w-]+)=(.*)$/s.exec(value) ?? [];
        if (name === undefined) {
          throw new UsageError(
            `Cannot understand the command: --arg must be NAME=VALUE: received ${value}`,
          );
        }
        given[name] = rest;
      } else given[option] = value;
    }
  }
  if (!flags.help && !flags.list && names.length !== 1) {
    throw new UsageError(
      `Cannot understand the command: it must name one tool: received ${
        names.join(", ") || "none"
      }`,
    );
  }
  return {
    ...own,
    help: flags.help,
    yes: flags.yes,
    name: flags.list ? undefined : names[0],
    argsFor: (schema) =>
      Object.fromEntries(
        Object.entries(given).map(([name, text]) => [name, valueOf(text, typeIn(schema, name))]),
      ),
  };
}

function typeIn(schema: Record<string, unknown>, name: string): unknown {
  const properties = schema.properties as Record<string, { type?: unknown }> | undefined;
  return properties?.[name]?.type;
}

/** As the type wants it; what doesn't fit stays text, and the tool's own check tells. */
function valueOf(text: string, type: unknown): unknown {
  if (type === "number" || type === "integer") {
    const number = Number(text);
    return text.trim() === "" || Number.isNaN(number) ? text : number;
  }
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : text;
  if (type !== "object" && type !== "array") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
