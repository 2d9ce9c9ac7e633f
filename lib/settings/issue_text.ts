import type * as v from "valibot";

const KINDS: Record<string, string> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  Array: "a list",
  Object: "an object",
};

const LENGTHS: Record<string, string> = {
  min_length: "at least",
  max_length: "at most",
  length: "exactly",
};

/**
 * Says what a value must be that a schema refused. The value itself is never in it, since it may be
 * a secret, a PIN or a phone number.
 */
export function issueText({ type, input, expected, requirement }: v.BaseIssue<unknown>): string {
  if (input === undefined) return "is missing";
  if (expected === "never") return "must not be given";
  if (LENGTHS[type]) {
    const of = Array.isArray(input) ? "item" : "character";
    return `must have ${LENGTHS[type]} ${requirement} ${of}${requirement === 1 ? "" : "s"}`;
  }
  if (type === "min_value") return `must be at least ${requirement}`;
  if (type === "max_value") return `must be at most ${requirement}`;
  if (type === "regex") return `must match ${requirement}`;
  if (type === "integer" || type === "safe_integer") return "must be a whole number";
  if (type === "finite") return "must be a finite number";
  if (!expected) return `must be a valid ${type.replaceAll("_", " ")}`;
  return `must be ${
    KINDS[expected] ?? expected.replace(/^\((.*)\)$/, "$1").replaceAll(" | ", " or ")
  }`;
}

/** Like {@linkcode issueText}, and says what kind of value came instead. */
export function refusalText(issue: v.BaseIssue<unknown>): string {
  const { expected, input } = issue;
  const text = issueText(issue);
  if (!expected || !KINDS[expected] || input === undefined) return text;
  const kind = input === null ? "null" : Array.isArray(input) ? "a list" : typeof input;
  return `${text}: received ${kind}`;
}
