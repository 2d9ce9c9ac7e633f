import { z } from "zod";
import { effect, identity, perLanguage, timeoutMs } from "../agent/trust_schema.ts";
import { tag, text, whole } from "../agent/fields.ts";
import { must } from "../settings/checked_yaml.ts";

/** Names that templates know without a parameter; none of them comes from the model. */
export const OWN_VALUES = ["caller_number", "call_id", "language"] as const;

const EXPECTS = [
  "free",
  "yes_no",
  "msisdn",
  "amount",
  "mpesa_code",
  "account_no",
  "order_no",
  "meter_no",
  "national_id",
  "date",
  "name",
] as const;

const fieldName = z.string().regex(
  /^[a-z][a-z0-9_]{0,40}$/,
  must("must be lower-case letters, digits and _", "write account_number"),
);

const parameter = z.strictObject({
  type: z.enum(
    ["string", "integer", "number", "boolean"],
    must("must be string, integer, number or boolean", "write string"),
  ).default("string"),
  description: text(300),
  expect: z.enum(EXPECTS, must(`must be one of ${EXPECTS.join(", ")}`, "write free")).optional(),
  required: z.boolean(must("must be true or false", "write false")).default(true),
  pattern: z.string().refine(
    isPattern,
    must("must be a regular expression", "write it like ^[0-9]{6}$"),
  ).optional(),
  enum: z.array(text(80)).min(1).max(50).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  max_length: whole(1, 1_000).default(200),
}, must("must be a block", "write type: and description: below it"));

/** A path into an answer: `data.accounts[0].balance`. */
const path = z.string(must("must be a path", "write data.balance")).regex(
  /^[\w-]+(?:\.[\w-]+|\[\d{1,3}\])*$/,
  must("must be a path of names and [numbers]", "write data.accounts[0].balance"),
);

const phrase = z.array(text(300)).min(1).max(60);

/** One tool as a team writes it, in `agent/tools/NAME.yaml`. */
export const toolFileSchema = z.strictObject({
  name: z.string(must("must be a name", "write get_bill")).regex(
    /^[a-z][a-z0-9_]{1,62}$/,
    must("must be 2 to 63 lower-case letters, digits and _", "write get_bill"),
  ),
  enabled: z.boolean(must("must be true or false", "write false")).default(true),
  description: text(1_000),
  method: z.enum(
    ["GET", "POST", "PUT", "PATCH", "DELETE"],
    must("must be GET, POST, PUT, PATCH or DELETE", "write GET"),
  ).default("GET"),
  url: text(1_000),
  headers: z.record(z.string(), text(1_000)).default({}),
  parameters: z.record(fieldName, parameter).default({}),
  body: z.unknown().optional(),
  pick: z.record(fieldName, path).default({}),
  mask: z.array(fieldName).max(40).default([]),
  timeout_ms: timeoutMs.default(4_000),
  effect,
  identity,
  phrases: z.record(tag, phrase).default({}),
  about: perLanguage.optional(),
  proves: z.strictObject({
    level: z.enum(["fact", "code"], must("must be fact or code", "write code")),
    when: path,
    wrong: perLanguage,
  }, must("must be a block", "write level:, when: and wrong: below it")).optional(),
  say: perLanguage,
  not_found: perLanguage.optional(),
  confirm: perLanguage.optional(),
}, must("must be a block of settings", "write name: and url: on lines of their own"));

export type ToolFile = z.infer<typeof toolFileSchema>;
export type ParameterFile = ToolFile["parameters"][string];

function isPattern(source: string): boolean {
  try {
    new RegExp(source);
    return source.length <= 200;
  } catch {
    return false;
  }
}
