import * as v from "valibot";
import { nearest } from "../agent/nearest.ts";
import { issueText } from "./issue_text.ts";
import { YamlError, YamlText } from "./yaml_text.ts";

/** Stands between what is wrong and how to put it right in a schema's messages. */
export const FIX_MARK = "\t";

/** A schema's message: what is wrong, and how to put it right. */
export function must(wrong: string, fix: string) {
  return ({ input }: { input: unknown }) =>
    (input === undefined ? "is missing" : wrong) + FIX_MARK + fix;
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
  schema: v.GenericSchema<unknown, T>,
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
  const { success, output, issues } = v.safeParse(schema, value, { message: issueText });
  const problems = (issues ?? []).flatMap((issue) => describe(issue, value));
  problems.push(...moreProblems(value));
  if (success && !problems.length) {
    return { data: output, lineOf: (path) => yaml.lineOf(path) };
  }
  return {
    problems: problems
      .map(({ path, message, key }) => ({ line: yaml.lineOf(path, key), message }))
      .sort((a, b) => a.line - b.line)
      .map(({ line, message }) => `${file}:${line}: ${message}`),
  };
}

function describe(issue: v.BaseIssue<unknown>, root: unknown): YamlProblem[] {
  const [wrong, fix = "change it"] = issue.message.split(FIX_MARK);
  const path = (issue.path ?? []).map(({ key }) => key as PropertyKey);
  const last = issue.path?.at(-1);
  if (issue.type === "strict_object" && issue.expected === "never") {
    // The issue names only the first of them.
    const known = fix.split(", ");
    return Object.keys(last!.input as object)
      .filter((key) => !known.includes(key))
      .map((key) => unknownKey([...path.slice(0, -1), key], known));
  }
  // A setting that is missing has a key that is in order.
  const key = last?.origin === "key" && issue.type !== "strict_object";
  const received = key ? last.key : path.reduce<unknown>(
    (value, name) => (value as Record<PropertyKey, unknown> | undefined)?.[name],
    root,
  );
  const field = path.join(".") || "file";
  return [{ path, message: `${field}: ${wrong}: received ${show(received)}: ${fix}`, key }];
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

/** A value as a message shows it. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 57)}…` : json;
}
