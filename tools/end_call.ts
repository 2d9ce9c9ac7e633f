import { z } from "zod";
import { byLanguage } from "../lib/actions/by_language.ts";
import type { Tool } from "../lib/contracts/tool.ts";

const parameters = z.strictObject({
  reason: z.string().trim().max(200).default("the caller said goodbye")
    .describe("Why the call is over"),
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
      say: byLanguage({
        en: "Thank you for calling. Goodbye.",
        sw: "Asante kwa kupiga simu. Kwaheri.",
        fr: "Merci de votre appel. Au revoir.",
      }, context.language),
    });
  },
};
