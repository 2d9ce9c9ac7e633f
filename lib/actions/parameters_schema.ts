import { toJsonSchema } from "@valibot/to-json-schema";
import type { Tool } from "../contracts/tool.ts";

/** A JSON Schema of an object, as far as it is read here. */
export interface ParametersSchema extends Record<string, unknown> {
  properties?: Record<string, unknown>;
  required?: string[];
}

/**
 * The arguments that a tool takes as a JSON Schema.
 *
 * @param withMarks keeps what is meant for our own engines, `expect` and `slot`; some providers
 * refuse keywords that they don't know
 */
export function parametersSchema({ parameters }: Tool, withMarks: boolean): ParametersSchema {
  const { $schema: _, ...schema } = toJsonSchema(parameters, {
    typeMode: "input",
    target: "draft-2020-12",
    overrideAction({ valibotAction, errors, jsonSchema }) {
      if (valibotAction.type === "metadata" && !withMarks) {
        const { expect: _, slot: __, ...rest } = jsonSchema as Record<string, unknown>;
        return rest;
      }
      // A check that JSON Schema has no word for still holds when the tool is called.
      return errors && jsonSchema;
    },
    overrideSchema({ jsonSchema }) {
      if (jsonSchema.required?.length !== 0) return null;
      const { required: _, ...rest } = jsonSchema;
      return rest;
    },
  });
  return schema as ParametersSchema;
}
