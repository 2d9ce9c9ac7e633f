import * as v from "valibot";
import { toolWords } from "../lib/actions/tool_words.ts";
import type { Tool } from "../lib/contracts/tool.ts";

const words = toolWords("reset_password", {
  en: {
    about: "your password",
    phrases: [
      "(reset|change|recover|i want to reset|i want to change|can you reset|please reset|help me reset) my [account|login|portal] password",
      "i (forgot|have forgotten|lost|can't remember|cannot remember|don't remember) my [account|login|portal] password",
      "i (can't|cannot|am not able to) (log in|sign in|log into my account|access my account)",
      "send me a [new] password [link]",
    ],
    confirm: "I will send a link for a new password by SMS to the number of your account. " +
      "Shall I do that?",
    sent: (ending) => `Done. The link was sent by SMS to the number ending in ${ending}.`,
  },
  sw: {
    about: "nenosiri lako",
    phrases: [
      "nimesahau (nenosiri|nywila|password) [yangu|langu] [ya akaunti]",
      "(badilisha|rudisha|weka upya|nataka kubadilisha|nisaidie kubadilisha) (nenosiri|nywila|password) [yangu|langu]",
      "(siwezi|nashindwa) kuingia [kwenye akaunti yangu|katika akaunti]",
    ],
    confirm:
      "Nitatuma kiungo cha nenosiri jipya kwa SMS kwenye namba ya akaunti yako. Nifanye hivyo?",
    sent: (ending) => `Tayari. Kiungo kimetumwa kwa SMS kwenye namba inayoishia na ${ending}.`,
  },
});

/** Sends a link for a new password to the number that the account was opened with. */
export const resetPassword: Tool<Record<string, never>> = {
  name: "reset_password",
  description: "Sends the caller a link to set a new password for their customer account. " +
    "Verify the caller first.",
  parameters: v.strictObject({}),
  effect: "write",
  identity: "fact",
  about: words.about,
  phrases: words.phrases,
  confirm: (_, language) => words.in(language).confirm,
  async run(_, { backend, callerNumber, idempotencyKey, language, signal }) {
    if (!callerNumber) throw new TypeError("Cannot reset a password: the number must be known");
    const { sentTo } = await backend.resetPassword({ callerNumber, idempotencyKey }, signal);
    const last = sentTo.replace(/\D/g, "").slice(-3).split("").join(" ");
    return {
      data: { sent: true, sentToEnding: last },
      say: words.in(language).sent(last),
    };
  },
};
