import { z } from "zod";
import type { Tool, ToolContext } from "../lib/contracts/tool.ts";

/** A tool that changes something: `change` resolves when the company's system has done it. */
export function routerTool(change: (context: ToolContext) => Promise<unknown>): Tool {
  const parameters = z.strictObject({ router: z.string().optional() });
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
  } satisfies Tool<z.infer<typeof parameters>> as Tool;
}
