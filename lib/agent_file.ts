import { isMap, isPair, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import type { Agent, ByLanguage } from "./agent/agent.ts";
import { agentSchema, FIX_MARK } from "./agent/agent_schema.ts";
import { DEFAULT_CONSENT, DEFAULT_GREETING } from "./agent/default_texts.ts";
import { nearest } from "./agent/nearest.ts";
import { knownLanguages } from "./languages/languages.ts";
import { phraseFields } from "./languages/phrase_names.ts";

export type { Agent, ByLanguage, Hours } from "./agent/agent.ts";

/** Everything that is wrong with an agent file, one line per problem. */
export class AgentFileError extends Error {
  override name = "AgentFileError";
  constructor(
    /** `agent.yaml:LINE: field: what is wrong: received …: how to put it right` */
    readonly problems: string[],
    options?: ErrorOptions,
  ) {
    super(`Cannot read the agent:\n${problems.join("\n")}`, options);
  }
}

export interface AgentFileOptions {
  /** Prompts that may be replaced. @default all that the agent has */
  promptNames?: string[];
}

/** Larger files are refused: an agent file is written by hand. */
export const MAX_AGENT_FILE_BYTES = 256 * 1024;

/**
 * Reads `agent.yaml` in `directory`.
 *
 * @throws {AgentFileError} naming every problem with its line
 */
export async function loadAgent(directory: string, options?: AgentFileOptions): Promise<Agent> {
  const path = `${directory}/agent.yaml`;
  let text: string;
  try {
    const { size } = await Deno.stat(path);
    if (size > MAX_AGENT_FILE_BYTES) {
      throw new AgentFileError([
        `agent.yaml:1: file: must have at most ${MAX_AGENT_FILE_BYTES} bytes: received ${size}: ` +
        "move texts into knowledge/",
      ]);
    }
    text = await Deno.readTextFile(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new AgentFileError([
      `agent.yaml:1: file: is missing: received no ${path}: make it with name, company and hand_over`,
    ], { cause });
  }
  return parseAgent(text, options);
}

/** Makes the text of an agent file into an agent; see {@linkcode loadAgent}. */
export function parseAgent(
  text: string,
  { promptNames = Object.keys(phraseFields) }: AgentFileOptions = {},
): Agent {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const lineAt = (offset: number) => lineCounter.linePos(offset).line || 1;
  if (document.errors.length) {
    throw new AgentFileError(
      document.errors.map(({ message, pos }) =>
        `agent.yaml:${lineAt(pos[0])}: YAML: ${message}: received ` +
        `${show(text.split("\n")[lineAt(pos[0]) - 1])}: check indentation, quotes and colons`
      ),
    );
  }
  const value: unknown = document.toJS() ?? {};
  const { data, error } = agentSchema.safeParse(value);
  const problems = (error?.issues ?? []).flatMap((issue) => describe(issue, value));
  problems.push(...textProblems(value, promptNames));
  if (data && !problems.length) return data;
  throw new AgentFileError(
    problems
      .map(({ path, message, key }) => ({ line: lineAt(offsetOf(path, key)), message }))
      .sort((a, b) => a.line - b.line)
      .map(({ line, message }) => `agent.yaml:${line}: ${message}`),
  );

  /** Where the value at `path` is written, or the nearest block around it. */
  function offsetOf(path: PropertyKey[], atKey: boolean): number {
    for (let length = path.length; length > 0; length--) {
      const parent = document.getIn(path.slice(0, length - 1), true);
      const name = path[length - 1];
      const pair = isMap(parent) &&
        parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === name);
      const node = (pair && (atKey || length < path.length || !pair.value)
        ? pair.key
        : document.getIn(path.slice(0, length), true)) as Node | undefined;
      if (node?.range) {
        return node.range[0];
      }
    }
    return document.contents?.range?.[0] ?? 0;
  }
}

interface Problem {
  path: PropertyKey[];
  message: string;
  /** The problem is the key itself, not its value. */
  key: boolean;
}

type Issue = z.core.$ZodIssue;

function describe(issue: Issue, root: unknown): Problem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey([...issue.path, key], knownKeys(issue.path)));
  }
  if (issue.code === "invalid_union") {
    const branch = closestBranch(issue.errors);
    if (branch) {
      return branch.flatMap((inner) =>
        describe({ ...inner, path: [...issue.path, ...inner.path] } as Issue, root)
      );
    }
  }
  if (issue.code === "invalid_key") {
    const [wrong, fix] = issue.issues[0].message.split(FIX_MARK);
    const key = String(issue.path.at(-1));
    return [{
      path: issue.path,
      message: `${issue.path.join(".")}: ${wrong}: received ${show(key)}: ${fix}`,
      key: true,
    }];
  }
  const received = issue.path.reduce<unknown>(
    (value, name) => (value as Record<PropertyKey, unknown> | undefined)?.[name],
    root,
  );
  const [wrong, fix = "change it"] = issue.message.split(FIX_MARK);
  const field = issue.path.join(".") || "file";
  return [{
    path: issue.path,
    message: `${field}: ${wrong}: received ${show(received)}: ${fix}`,
    key: false,
  }];
}

/** What the schema cannot see: names of prompts, and languages that a text leaves out. */
function textProblems(value: unknown, promptNames: string[]): Problem[] {
  if (!isRecord(value)) return [];
  const languages: string[] = (Array.isArray(value.languages) ? value.languages : ["en"])
    .filter((language) => knownLanguages().includes(language));
  const prompts = isRecord(value.prompts) ? value.prompts : {};
  const problems = Object.keys(prompts)
    .filter((name) => !promptNames.includes(name))
    .map((name) => unknownKey(["prompts", name], promptNames));
  const complete = (path: string[], given: unknown, fallback: ByLanguage) => {
    if (given !== undefined && !isRecord(given)) return;
    for (const language of languages) {
      if (given?.[language] || fallback[language]) continue;
      problems.push({
        path,
        message: `${path.join(".")}: has no text in ${language}: received ` +
          `${show(given)}: write ${language}: … below it`,
        key: false,
      });
    }
  };
  complete(["greeting"], value.greeting, DEFAULT_GREETING);
  for (const [name, given] of Object.entries(prompts)) complete(["prompts", name], given, {});
  if (isRecord(value.recording) && value.recording.enabled === true) {
    complete(["recording", "consent"], value.recording.consent, DEFAULT_CONSENT);
  }
  return problems;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The alternative that the value was meant to be: one that failed deeper than at its type. */
function closestBranch(branches: Issue[][]): Issue[] | undefined {
  return branches.find((issues) =>
    issues.every(({ code, path }) => path.length > 0 || code === "too_big" || code === "too_small")
  ) ?? branches.find((issues) => issues.every(({ code }) => code === "custom"));
}

function unknownKey(path: PropertyKey[], known: string[]): Problem {
  const key = String(path.at(-1));
  const guess = nearest(key, known);
  return {
    path,
    message: `${path.join(".")}: is not a setting: received ${show(key)}: ` +
      (guess ? `did you mean ${guess}?` : `write one of ${known.join(", ")}`),
    key: true,
  };
}

/** The settings that may stand in the block at `path`. */
function knownKeys(path: PropertyKey[]): string[] {
  let schema: unknown = agentSchema;
  for (const name of [undefined, ...path]) {
    if (name !== undefined) {
      schema = (schema as { shape: Record<PropertyKey, unknown> }).shape[name];
    }
    while (!(schema as { shape?: unknown }).shape) {
      const { def } = schema as { def: { in?: unknown; innerType?: unknown } };
      schema = def.in ?? def.innerType;
    }
  }
  return Object.keys((schema as { shape: object }).shape);
}

function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 57)}…` : json;
}
