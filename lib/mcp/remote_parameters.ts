import { dereference, type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";
import * as v from "valibot";
import type { RemoteTool } from "./server_link.ts";

const TYPES = ["array", "boolean", "integer", "null", "number", "object", "string"];

/** What models' providers don't all know; one such tool would make every request fail. */
const REFUSED = [
  "if",
  "then",
  "else",
  "not",
  "dependentSchemas",
  "dependentRequired",
  "unevaluatedItems",
  "unevaluatedProperties",
];

/**
 * Makes the JSON Schema of a server's tool into a schema of its arguments; what it doesn't name is
 * refused.
 *
 * @throws {TypeError} when arguments can't be checked by it
 */
export function remoteParameters(
  { name, inputSchema }: RemoteTool,
): v.GenericSchema<unknown, Record<string, unknown>> {
  try {
    const { $schema: _, ...given } = structuredClone(inputSchema);
    const schema: Schema = { ...given, additionalProperties: false };
    checkParts(schema);
    const validator = new Validator(schema, "2020-12", false);
    return v.pipe(
      v.looseObject({}),
      v.rawCheck(({ dataset, addIssue }) => {
        if (!dataset.typed) return;
        try {
          const { errors } = validator.validate(dataset.value);
          for (const unit of errors.filter(isOwnProblem)) {
            addIssue({ message: problemText(unit), path: pathOf(unit, dataset.value) });
          }
        } catch {
          // Such as a reference that leads back to itself.
          addIssue({ message: "can't be checked by the server's schema" });
        }
      }),
      v.metadata(schema),
    );
  } catch (cause) {
    throw new TypeError(
      `Cannot use the tool ${name}: its parameters must be a JSON Schema: ${
        cause instanceof Error ? cause.message : cause
      }`,
      { cause },
    );
  }
}

/** Refuses a schema that the validator would stumble over during a call, and takes our own marks out. */
function checkParts(schema: Schema): void {
  const parts = dereference(schema);
  for (const part of Object.values(parts)) {
    if (typeof part === "boolean") continue;
    const unknown = [part.type ?? []].flat().find((type) => !TYPES.includes(type));
    if (unknown) throw new TypeError(`${unknown} is no type`);
    const refused = REFUSED.find((keyword) => part[keyword] !== undefined);
    if (refused) throw new TypeError(`${refused} is not supported`);
    if (part.$ref && !Object.hasOwn(parts, part.__absolute_ref__ ?? "")) {
      throw new TypeError(`${part.$ref} is not in it`);
    }
    if (part.pattern !== undefined) new RegExp(part.pattern, "u");
    delete part.expect;
    delete part.slot;
  }
}

/** Only says that one of the next problems is inside. */
const AROUND = [
  "properties",
  "patternProperties",
  "additionalProperties",
  "items",
  "prefixItems",
  "allOf",
  "$ref",
];

function isOwnProblem(unit: OutputUnit, _: number, all: OutputUnit[]): boolean {
  if (AROUND.includes(unit.keyword)) return false;
  // Of alternatives it is enough to say that none of them fits.
  return !all.some(({ keyword, keywordLocation }) =>
    /^(any|one)Of$/.test(keyword) && unit.keywordLocation.startsWith(`${keywordLocation}/`)
  );
}

/** Says what is wrong without the value, which the validator's own words for numbers have in them. */
function problemText({ keyword, error }: OutputUnit): string {
  if (keyword === "false") return "must not be given";
  if (keyword === "multipleOf") return error.replace(/^\S+ is not/, "must be");
  if (/m(in|ax)imum$/i.test(keyword)) return error.replace(/^\S+ is/, "must not be");
  return error;
}

function pathOf({ instanceLocation }: OutputUnit, root: Record<string, unknown>) {
  const keys = instanceLocation.split("/").slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  let value: unknown = root;
  const [first, ...rest] = keys.map((key): v.UnknownPathItem => {
    const input = value;
    value = (input as Record<string, unknown>)[key];
    return { type: "unknown", origin: "value", input, key, value };
  });
  return first && [first, ...rest] satisfies [v.IssuePathItem, ...v.IssuePathItem[]];
}
