import { z } from "zod";
import type { ParameterFile } from "./tool_file.ts";

/** Makes a tool's declared parameters into a schema of its arguments. */
export function parametersSchema(
  parameters: Readonly<Record<string, ParameterFile>>,
): z.ZodType<Record<string, unknown>> {
  return z.strictObject(
    Object.fromEntries(Object.entries(parameters).map(([name, one]) => [name, fieldOf(one)])),
  );
}

function fieldOf(parameter: ParameterFile): z.ZodType {
  const { description, expect, required } = parameter;
  const field = valueOf(parameter).describe(description);
  const described = expect ? field.meta({ description, expect }) : field;
  return required ? described : described.optional();
}

function valueOf({ type, pattern, enum: values, min, max, max_length }: ParameterFile): z.ZodType {
  if (type === "boolean") return z.boolean();
  if (type !== "string") {
    const number = type === "integer" ? z.int() : z.number();
    const above = min === undefined ? number : number.min(min);
    return max === undefined ? above : above.max(max);
  }
  if (values) return z.enum(values);
  const text = z.string().trim().min(1).max(max_length);
  return pattern === undefined ? text : text.regex(new RegExp(pattern));
}
