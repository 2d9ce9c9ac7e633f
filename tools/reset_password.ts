import { z } from "zod";
import { byLanguage } from "../lib/actions/by_language.ts";
import type { Tool } from "../lib/contracts/tool.ts";

/** Sends a link for a new password to the number that the account was opened with. */
export const resetPassword: Tool<Record<string, never>> = {
  name: "reset_password",
  description: "Sends the caller a link to set a new password for their customer account. " +
    "Verify the caller first.",
  parameters: z.strictObject({}) as z.ZodType<Record<string, never>>,
  effect: "write",
  identity: "fact",
  about: { en: "your password", sw: "nenosiri lako", fr: "votre mot de passe" },
  phrases: {
    en: [
      "(reset|change|recover|i want to reset|i want to change|can you reset|please reset|help me reset) my [account|login|portal] password",
      "i (forgot|have forgotten|lost|can't remember|cannot remember|don't remember) my [account|login|portal] password",
      "i (can't|cannot|am not able to) (log in|sign in|log into my account|access my account)",
      "send me a [new] password [link]",
    ],
    sw: [
      "nimesahau (nenosiri|nywila|password) [yangu|langu] [ya akaunti]",
      "(badilisha|rudisha|weka upya|nataka kubadilisha|nisaidie kubadilisha) (nenosiri|nywila|password) [yangu|langu]",
      "(siwezi|nashindwa) kuingia [kwenye akaunti yangu|katika akaunti]",
    ],
    fr: ["(j'ai oublié|réinitialiser|changer) mon mot de passe"],
  },
  confirm: (_, language) =>
    byLanguage({
      en: "I will send a link for a new password by SMS to the number of your account. " +
        "Shall I do that?",
      sw: "Nitatuma kiungo cha nenosiri jipya kwa SMS kwenye namba ya akaunti yako. Nifanye hivyo?",
      fr: "Je vais envoyer un lien de mot de passe par SMS au numéro de votre compte. " +
        "Est-ce que je le fais ?",
    }, language),
  async run(_, { backend, callerNumber, idempotencyKey, language, signal }) {
    if (!callerNumber) throw new TypeError("Cannot reset a password: the number must be known");
    const { sentTo } = await backend.resetPassword({ callerNumber, idempotencyKey }, signal);
    const last = sentTo.replace(/\D/g, "").slice(-3).split("").join(" ");
    return {
      data: { sent: true, sentToEnding: last },
      say: byLanguage({
        en: `Done. The link was sent by SMS to the number ending in ${last}.`,
        sw: `Tayari. Kiungo kimetumwa kwa SMS kwenye namba inayoishia na ${last}.`,
        fr: `C'est fait. Le lien est envoyé par SMS au numéro finissant par ${last}.`,
      }, language),
    };
  },
};
