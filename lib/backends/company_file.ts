import { z } from "zod";
import { checkYaml, must } from "../settings/checked_yaml.ts";
import { ProblemsError } from "../settings/problems_error.ts";

/** Everything that is wrong in a sample company's file, one line per problem. */
export class CompanyFileError extends ProblemsError {
  override name = "CompanyFileError";
  constructor(problems: string[]) {
    super("Cannot read the sample company", problems);
  }
}

const text = z.string(must("must be text", "write words, in quotes when they are figures")).min(1)
  .max(200);
const days = z.int(must("must be a whole number of days", "write 5")).min(-3_650).max(3_650);
const hours = z.number(must("must be a number of hours", "write 2")).min(0).max(10_000);
const phone = z.string(must("must be a phone number in quotes", 'write "+254700000001"')).regex(
  /^\+[1-9]\d{6,14}$/,
  must("must be a phone number with + and country code", 'write "+254700000001"'),
);
const oneOf = <const T extends string>(...values: T[]) =>
  z.enum(values, must("must be a known status", `write one of ${values.join(", ")}`));
const list = <T extends z.ZodType>(item: T) =>
  z.array(item, must("must be a list", "write - and a value on lines of their own")).max(1_000)
    .default([]);

const schema = z.strictObject({
  /** Begins the references of tickets. */
  ticket_prefix: text.default("T"),
  areas: list(text),
  customers: list(z.strictObject({
    number: phone,
    account: z.string(must("must be digits in quotes", 'write "204518"'))
      .regex(/^\d{4,12}$/, must("must be 4 to 12 digits", 'write "204518"')),
    name: text,
    plan: text,
    status: oneOf("active", "suspended", "closed").default("active"),
    /** Above zero is to be paid, below zero is credit. */
    balance: z.number(must("must be an amount", "write 2499 or 2499.50")).default(0),
    currency: z.string().length(3).default("KES"),
    due_in_days: days.optional(),
    area: text.optional(),
    orders: list(z.strictObject({
      number: z.string(must("must be digits in quotes", 'write "7315"'))
        .regex(/^\d{4,10}$/, must("must be 4 to 10 digits", 'write "7315"')),
      status: oneOf("placed", "packed", "on_the_way", "delivered", "cancelled"),
      item: text,
      expected_in_days: days.optional(),
    })),
    tickets: list(z.strictObject({
      reference: text,
      subject: text,
      status: oneOf("open", "in_progress", "closed").default("open"),
      opened_days_ago: days.default(0),
    })),
  })),
  outages: list(z.strictObject({
    area: text,
    cause: text,
    began_hours_ago: hours,
    back_in_hours: hours.optional(),
  })),
  /** What tools in YAML are answered; everything else is not there. */
  requests: list(z.strictObject({
    method: oneOf("GET", "POST", "PUT", "PATCH", "DELETE").default("GET"),
    path: z.string(must("must be a path", "write /usage")).regex(
      /^\//,
      must("must begin with /", "write /usage"),
    ),
    /** Whose data it is; absent for everybody's. */
    number: phone.optional(),
    answer: z.record(z.string(), z.unknown()),
  })),
}, must("must be a block", "write customers: and a list below it"));

/** A company that does not exist, as its file has it; days and hours count from now. */
export type CompanyFile = z.infer<typeof schema>;

/**
 * Reads `company.yaml`: whose customers call while no `BACKEND_URL` names a real system.
 *
 * @throws {CompanyFileError} naming every problem with its line
 */
export function readCompanyFile(path: string): CompanyFile {
  let source: string;
  try {
    source = Deno.readTextFileSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new CompanyFileError([
      `company.yaml:1: file: is missing: received no ${path}: write one, or set BACKEND_URL to ` +
      "the company's own system",
    ]);
  }
  const checked = checkYaml("company.yaml", source, schema);
  if (checked.problems) throw new CompanyFileError(checked.problems);
  return checked.data;
}
