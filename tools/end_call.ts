import * as v from "valibot";
import { toolWords } from "../lib/actions/tool_words.ts";
import type { Tool } from "../lib/contracts/tool.ts";

const parameters = v.strictObject({
  reason: v.optional(
    v.pipe(v.string(), v.trim(), v.maxLength(200), v.description("Why the call is over")),
    "the caller said goodbye",
  ),
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
export const endCall: Tool<v.InferOutput<typeof parameters>> = {
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
