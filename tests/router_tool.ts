import * as v from "valibot";
import type { Tool, ToolContext } from "../lib/contracts/tool.ts";

/** A tool that changes something: `change` resolves when the company's system has done it. */
export function routerTool(change: (context: ToolContext) => Promise<unknown>): Tool {
  const parameters = v.strictObject({ router: v.optional(v.string()) });
  return {
    name: "restart_router",
    description: "Restarts a router",
    parameters,
    effect: "write",
    identity: "none",
    confirm: () => "Shall I restart your router now?",
    async run(_, context) {
      await change(context);
      return { data: { done: true }, say: "Your router starts again." };
    },
  } satisfies Tool<v.InferOutput<typeof parameters>> as Tool;
}
