import { z } from "zod";
import { toolWords } from "../lib/actions/tool_words.ts";
import type { Tool } from "../lib/contracts/tool.ts";

const parameters = z.strictObject({
  reason: z.string().trim().max(200).default("the caller said goodbye")
    .describe("Why the call is over"),
});

const words = toolWords("end_call", {
  en: {
    goodbye: "Thank you for calling. Goodbye.",
  },
  sw: {
    goodbye: "Asante kwa kupiga simu. Kwaheri.",
  },
});

/** Ends the call when the goodbye has been heard. */
export const endCall: Tool<z.infer<typeof parameters>> = {
  name: "end_call",
  description: "Ends the call. Use it only when the caller says goodbye or needs nothing more.",
  parameters,
  effect: "read",
  identity: "none",
  run({ reason }, context) {
    context.endCall(reason);
    return Promise.resolve({
      data: { callEnds: true },
      say: words.in(context.language).goodbye,
    });
  },
};
