import * as v from "valibot";
import { checkYaml, must } from "../settings/checked_yaml.ts";
import { ProblemsError } from "../settings/problems_error.ts";
import { block, blockOf } from "../settings/yaml_block.ts";

/** Everything that is wrong in a sample company's file, one line per problem. */
export class CompanyFileError extends ProblemsError {
  override name = "CompanyFileError";
  constructor(problems: string[]) {
    super("Cannot read the sample company", problems);
  }
}

const words = must("must be text", "write words, in quotes when they are figures");
const text = v.pipe(v.string(words), v.minLength(1, words), v.maxLength(200, words));
const wholeDays = must("must be a whole number of days", "write 5");
const days = v.pipe(
  v.number(wholeDays),
  v.check((given) => Number.isInteger(given) && Math.abs(given) <= 3_650, wholeDays),
);
const someHours = must("must be a number of hours", "write 2");
const hours = v.pipe(v.number(someHours), v.minValue(0, someHours), v.maxValue(10_000, someHours));
const amount = must("must be an amount", "write 2499 or 2499.50");
const phone = v.pipe(
  v.string(must("must be a phone number in quotes", 'write "+254700000001"')),
  v.regex(
    /^\+[1-9]\d{6,14}$/,
    must("must be a phone number with + and country code", 'write "+254700000001"'),
  ),
);
const oneOf = <const T extends string>(...values: T[]) =>
  v.picklist(values, must("must be a known status", `write one of ${values.join(", ")}`));
const list = <T extends v.GenericSchema>(item: T) => {
  const several = must("must be a list", "write - and a value on lines of their own");
  return v.optional(v.pipe(v.array(item, several), v.maxLength(1_000)), []);
};

const schema = block({
  /** Begins the references of tickets. */
  ticket_prefix: v.optional(text, "T"),
  areas: list(text),
  customers: list(block({
    number: phone,
    account: v.pipe(
      v.string(must("must be digits in quotes", 'write "204518"')),
      v.regex(/^\d{4,12}$/, must("must be 4 to 12 digits", 'write "204518"')),
    ),
    name: text,
    plan: text,
    status: v.optional(oneOf("active", "suspended", "closed"), "active"),
    /** Above zero is to be paid, below zero is credit. */
    balance: v.optional(v.pipe(v.number(amount), v.finite(amount)), 0),
    currency: v.optional(v.pipe(v.string(), v.length(3)), "KES"),
    due_in_days: v.optional(days),
    area: v.optional(text),
    orders: list(block({
      number: v.pipe(
        v.string(must("must be digits in quotes", 'write "7315"')),
        v.regex(/^\d{4,10}$/, must("must be 4 to 10 digits", 'write "7315"')),
      ),
      status: oneOf("placed", "packed", "on_the_way", "delivered", "cancelled"),
      item: text,
      expected_in_days: v.optional(days),
    })),
    tickets: list(block({
      reference: text,
      subject: text,
      status: v.optional(oneOf("open", "in_progress", "closed"), "open"),
      opened_days_ago: v.optional(days, 0),
    })),
  })),
  outages: list(block({
    area: text,
    cause: text,
    began_hours_ago: hours,
    back_in_hours: v.optional(hours),
  })),
  /** What tools in YAML are answered; everything else is not there. */
  requests: list(block({
    method: v.optional(oneOf("GET", "POST", "PUT", "PATCH", "DELETE"), "GET"),
    path: v.pipe(
      v.string(must("must be a path", "write /usage")),
      v.regex(/^\//, must("must begin with /", "write /usage")),
    ),
    /** Whose data it is; absent for everybody's. */
    number: v.optional(phone),
    answer: blockOf(v.string(), v.unknown()),
  })),
}, must("must be a block", "write customers: and a list below it"));

/** A company that does not exist, as its file has it; days and hours count from now. */
export type CompanyFile = v.InferOutput<typeof schema>;

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
