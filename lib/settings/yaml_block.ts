import * as v from "valibot";
import { FIX_MARK, must } from "./checked_yaml.ts";
import { issueText } from "./issue_text.ts";

/** True for values by name; the schema library takes lists for such, too. */
export function isBlock(given: unknown): given is Record<string, unknown> {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

/**
 * A block of settings that are all known: a setting that is missing is refused in its own words, an
 * unknown one with the names of those that there are.
 */
export function block<const Entries extends v.ObjectEntries>(
  entries: Entries,
  message: ReturnType<typeof must> = must("must be a block", "indent its settings below it"),
) {
  const unknown = `is not a setting${FIX_MARK}${Object.keys(entries).join(", ")}`;
  const missing = (name: string) =>
    v.safeParse(entries[name], undefined, { message: issueText }).issues?.[0].message ??
      "is missing";
  return v.pipe(
    v.custom<Record<string, unknown>>(isBlock, message),
    v.strictObject(
      entries,
      ({ expected, path }) => expected === "never" ? unknown : missing(path![0].key as string),
    ),
  );
}

/** A block whose names are the writer's own, such as one text per language. */
export function blockOf<
  Key extends v.GenericSchema<string, string>,
  Value extends v.GenericSchema,
>(
  key: Key,
  value: Value,
  message: ReturnType<typeof must> = must("must be a block", "indent its lines below it"),
) {
  return v.pipe(v.custom<Record<string, unknown>>(isBlock, message), v.record(key, value));
}
