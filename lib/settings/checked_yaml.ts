import type { z } from "zod";
import { nearest } from "../agent/nearest.ts";
import { YamlError, YamlText } from "./yaml_text.ts";

/** Stands between what is wrong and how to put it right in a schema's messages. */
export const FIX_MARK = "\t";

/** A schema's message: what is wrong, and how to put it right. */
export function must(wrong: string, fix: string) {
  return {
    error: (issue: { input?: unknown }) =>
      (issue.input === undefined ? "is missing" : wrong) + FIX_MARK + fix,
  };
}

/** Something wrong at one place of a file. */
export interface YamlProblem {
  path: PropertyKey[];
  /** `field: what is wrong: received …: how to put it right` */
  message: string;
  /** The problem is the key itself, not its value. */
  key: boolean;
}

/** What a file says, or everything that is wrong with it, each as `file:LINE: …`. */
export type CheckedYaml<T> =
  | { data: T; lineOf(path: PropertyKey[]): number; problems?: undefined }
  | { problems: string[] };

/**
 * Reads YAML that people write by hand against a schema whose messages are made by
 * {@linkcode must}; `moreProblems` finds what the schema can't see.
 */
export function checkYaml<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  moreProblems: (value: unknown) => YamlProblem[] = () => [],
): CheckedYaml<T> {
  let yaml: YamlText;
  try {
    yaml = new YamlText(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const { message, line } = error;
    const received = show(text.split("\n")[line - 1]);
    return {
      problems: [
        `${file}:${line}: YAML: ${message}: received ${received}: ` +
        "check indentation, quotes and colons",
      ],
    };
  }
  const value = yaml.value ?? {};
  const { data, error } = schema.safeParse(value);
  const problems = (error?.issues ?? []).flatMap((issue) => describe(issue, value, schema));
  problems.push(...moreProblems(value));
  if (data !== undefined && !problems.length) {
    return { data, lineOf: (path) => yaml.lineOf(path) };
  }
  return {
    problems: problems
      .map(({ path, message, key }) => ({ line: yaml.lineOf(path, key), message }))
      .sort((a, b) => a.line - b.line)
      .map(({ line, message }) => `${file}:${line}: ${message}`),
  };
}

type Issue = z.core.$ZodIssue;

function describe(issue: Issue, root: unknown, schema: z.ZodType): YamlProblem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey([...issue.path, key], knownKeys(schema, issue.path)));
  }
  if (issue.code === "invalid_union") {
    const branch = closestBranch(issue.errors);
    if (branch) {
      return branch.flatMap((inner) =>
        describe({ ...inner, path: [...issue.path, ...inner.path] } as Issue, root, schema)
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

/** The alternative that the value was meant to be: one that failed deeper than at its type. */
function closestBranch(branches: Issue[][]): Issue[] | undefined {
  return branches.find((issues) =>
    issues.every(({ code, path }) => path.length > 0 || code === "too_big" || code === "too_small")
  ) ?? branches.find((issues) => issues.every(({ code }) => code === "custom"));
}

/** The problem of a key that nobody reads. */
export function unknownKey(path: PropertyKey[], known: string[]): YamlProblem {
  const key = String(path.at(-1));
  const guess = nearest(key, known);
  return {
    path,
    message: `${path.join(".")}: is not a setting: received ${show(key)}: ` +
      (guess ? `did you mean ${guess}?` : `write one of ${known.join(", ")}`),
    key: true,
  };
}

/** What of a schema's inside is read to find the keys of a block. */
interface SchemaNode {
  shape?: Record<PropertyKey, SchemaNode>;
  def: { in?: SchemaNode; innerType?: SchemaNode; valueType?: SchemaNode; element?: SchemaNode };
}

/** The settings that may stand in the block at `path`. */
function knownKeys(schema: z.ZodType, path: PropertyKey[]): string[] {
  let node = schema as unknown as SchemaNode;
  const unwrap = () => {
    while (!node.shape && !node.def.valueType && !node.def.element) {
      node = (node.def.in ?? node.def.innerType)!;
    }
  };
  for (const name of path) {
    unwrap();
    node = node.shape ? node.shape[name] : (node.def.valueType ?? node.def.element)!;
  }
  unwrap();
  return Object.keys(node.shape!);
}

/** A value as a message shows it. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 57)}…` : json;
}
