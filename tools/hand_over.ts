import * as v from "valibot";
import { toolWords } from "../lib/actions/tool_words.ts";
import type { Tool } from "../lib/contracts/tool.ts";

const parameters = v.strictObject({
  reason: v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1),
    v.maxLength(200),
    v.description("Why a person is needed, for that person"),
  ),
});

const words = toolWords("hand_over", {
  en: {
    begins: "One moment please, I'm calling a person for you.",
  },
  sw: {
    begins: "Subiri kidogo tafadhali, ninakuitia mhudumu.",
  },
});

/** Asks for a person; the call itself finds one when the agent has spoken. */
export const handOver: Tool<v.InferOutput<typeof parameters>> = {
  name: "hand_over",
  description: "Gets a person to take over this call. Use it at once when the caller asks for " +
    "one, is upset, or needs something that no tool can do. Never say that they are connected.",
  parameters,
  effect: "read",
  identity: "none",
  run({ reason }, context) {
    context.handOver(reason);
    return Promise.resolve({
      data: { handOverBegins: true },
      say: words.in(context.language).begins,
    });
  },
};
