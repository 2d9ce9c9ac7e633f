import * as v from "valibot";
import type { Tool } from "../lib/contracts/tool.ts";

/** A read that finds something. */
export function tool(change: Partial<Tool> = {}): Tool {
  return {
    name: "look_up",
    description: "Looks something up.",
    parameters: v.strictObject({
      number: v.optional(v.pipe(v.string(), v.regex(/^\d+$/, "must be digits"))),
    }),
    effect: "read",
    identity: "none",
    run: () => Promise.resolve({ data: { found: true }, say: "Found." }),
    ...change,
  } as Tool;
}

/** A write that asks before it changes something. */
export const write = (change: Partial<Tool> = {}) =>
  tool({
    name: "change_it",
    effect: "write",
    confirm: ({ number }) => `I will change ${number ?? "it"}. Shall I?`,
    ...change,
  });
