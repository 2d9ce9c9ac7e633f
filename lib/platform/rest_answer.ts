import type { z } from "zod";
import { PlatformError } from "./platform_error.ts";

/** True when the platform does not know this way of asking, and so has done nothing. */
export function isMissingForm(error: unknown, statuses = [404, 405]): boolean {
  return error instanceof PlatformError && statuses.includes(error.status);
}

/** @throws {PlatformError} naming the field that is not as it must be */
export function parse<T>(what: string, schema: z.ZodType<T>, answer: unknown): T {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new PlatformError(
    `Cannot ${what}: the platform's answer is not as expected: ${
      issue.path.join(".") || "body"
    }: ` +
      issue.message,
    { status: 200, code: "unexpected_answer" },
  );
}
