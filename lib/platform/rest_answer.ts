import * as v from "valibot";
import { refusalText } from "../settings/issue_text.ts";
import { PlatformError } from "./platform_error.ts";

/** True when the platform does not know this way of asking, and so has done nothing. */
export function isMissingForm(error: unknown, statuses = [404, 405]): boolean {
  return error instanceof PlatformError && statuses.includes(error.status);
}

/** Words that the platform may leave out or give as null. */
export const maybeText = v.pipe(v.nullish(v.string()), v.transform((value) => value ?? undefined));
/** An amount that the platform may leave out or give as null. */
export const maybeAmount = v.pipe(
  v.nullish(v.pipe(v.number(), v.finite())),
  v.transform((value) => value ?? undefined),
);

/** @throws {PlatformError} naming the field that is not as it must be */
export function parse<T>(what: string, schema: v.GenericSchema<unknown, T>, answer: unknown): T {
  const result = v.safeParse(schema, answer, { message: refusalText });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new PlatformError(
    `Cannot ${what}: the platform's answer is not as expected: ${v.getDotPath(issue) ?? "body"}: ` +
      issue.message,
    { status: 200, code: "unexpected_answer" },
  );
}
