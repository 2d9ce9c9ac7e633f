import * as v from "valibot";
import type { ParameterFile } from "./tool_file.ts";

/** Makes a tool's declared parameters into a schema of its arguments. */
export function parametersSchema(
  parameters: Readonly<Record<string, ParameterFile>>,
): v.GenericSchema<unknown, Record<string, unknown>> {
  return v.strictObject(
    Object.fromEntries(Object.entries(parameters).map(([name, one]) => [name, fieldOf(one)])),
  );
}

function fieldOf(parameter: ParameterFile): v.GenericSchema {
  const { description, expect, required } = parameter;
  const field = v.pipe(
    valueOf(parameter),
    v.description(description),
    v.metadata(expect ? { expect } : {}),
  );
  return required ? field : v.optional(field);
}

function valueOf(
  { type, pattern, enum: values, min, max, max_length }: ParameterFile,
): v.GenericSchema {
  if (type === "boolean") return v.boolean();
  if (type !== "string") {
    const number = type === "integer"
      ? v.pipe(v.number(), v.safeInteger())
      : v.pipe(v.number(), v.finite());
    const above = min === undefined ? number : v.pipe(number, v.minValue(min));
    return max === undefined ? above : v.pipe(above, v.maxValue(max));
  }
  if (values) return v.picklist(values);
  const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max_length));
  return pattern === undefined ? text : v.pipe(text, v.regex(new RegExp(pattern)));
}
