import * as v from "valibot";
import { effect, identity, perLanguage, timeoutMs } from "../agent/trust_schema.ts";
import { tag, text, whole, yesOrNo } from "../agent/fields.ts";
import { must } from "../settings/checked_yaml.ts";
import { block, blockOf } from "../settings/yaml_block.ts";

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

const fieldName = v.pipe(
  v.string(),
  v.regex(
    /^[a-z][a-z0-9_]{0,40}$/,
    must("must be lower-case letters, digits and _", "write account_number"),
  ),
);

const parameter = block({
  type: v.optional(
    v.picklist(
      ["string", "integer", "number", "boolean"],
      must("must be string, integer, number or boolean", "write string"),
    ),
    "string",
  ),
  description: text(300),
  expect: v.optional(
    v.picklist(EXPECTS, must(`must be one of ${EXPECTS.join(", ")}`, "write free")),
  ),
  required: v.optional(yesOrNo, true),
  pattern: v.optional(v.pipe(
    v.string(),
    v.check(isPattern, must("must be a regular expression", "write it like ^[0-9]{6}$")),
  )),
  enum: v.optional(v.pipe(v.array(text(80)), v.minLength(1), v.maxLength(50))),
  min: v.optional(v.pipe(v.number(), v.finite())),
  max: v.optional(v.pipe(v.number(), v.finite())),
  max_length: v.optional(whole(1, 1_000), 200),
}, must("must be a block", "write type: and description: below it"));

/** A path into an answer: `data.accounts[0].balance`. */
const path = v.pipe(
  v.string(must("must be a path", "write data.balance")),
  v.regex(
    /^[\w-]+(?:\.[\w-]+|\[\d{1,3}\])*$/,
    must("must be a path of names and [numbers]", "write data.accounts[0].balance"),
  ),
);

const phrase = v.pipe(v.array(text(300)), v.minLength(1), v.maxLength(60));

/** One tool as a team writes it, in `agent/tools/NAME.yaml`. */
export const toolFileSchema = block({
  name: v.pipe(
    v.string(must("must be a name", "write get_bill")),
    v.regex(
      /^[a-z][a-z0-9_]{1,62}$/,
      must("must be 2 to 63 lower-case letters, digits and _", "write get_bill"),
    ),
  ),
  enabled: v.optional(yesOrNo, true),
  description: text(1_000),
  method: v.optional(
    v.picklist(
      ["GET", "POST", "PUT", "PATCH", "DELETE"],
      must("must be GET, POST, PUT, PATCH or DELETE", "write GET"),
    ),
    "GET",
  ),
  url: text(1_000),
  headers: v.optional(blockOf(v.string(), text(1_000)), {}),
  parameters: v.optional(blockOf(fieldName, parameter), {}),
  body: v.optional(v.unknown()),
  pick: v.optional(blockOf(fieldName, path), {}),
  mask: v.optional(v.pipe(v.array(fieldName), v.maxLength(40)), []),
  timeout_ms: v.optional(timeoutMs, 4_000),
  effect,
  identity,
  phrases: v.optional(blockOf(tag, phrase), {}),
  about: v.optional(perLanguage),
  proves: v.optional(block({
    level: v.picklist(["fact", "code"], must("must be fact or code", "write code")),
    when: path,
    wrong: perLanguage,
  }, must("must be a block", "write level:, when: and wrong: below it"))),
  say: perLanguage,
  not_found: v.optional(perLanguage),
  confirm: v.optional(perLanguage),
}, must("must be a block of settings", "write name: and url: on lines of their own"));

export type ToolFile = v.InferOutput<typeof toolFileSchema>;
export type ParameterFile = ToolFile["parameters"][string];

function isPattern(source: string): boolean {
  try {
    new RegExp(source);
    return source.length <= 200;
  } catch {
    return false;
  }
}
