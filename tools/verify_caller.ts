import { z } from "zod";
import { byLanguage } from "../lib/actions/by_language.ts";
import type { Tool } from "../lib/contracts/tool.ts";

const parameters = z.strictObject({
  account_number: z.string().regex(/^\d{4,12}$/, "must be 4 to 12 digits")
    .describe("The account number that the caller says, digits only")
    .meta({ expect: "account_no" }),
});

/** Checks that the caller knows the account number that belongs to their phone number. */
export const verifyCaller: Tool<z.infer<typeof parameters>> = {
  name: "verify_caller",
  description: "Checks who the caller is by their account number. Needed before a change to an " +
    "account. Never ask for a PIN, a password or a code.",
  parameters,
  effect: "read",
  identity: "number",
  waitsForTurn: true,
  phrases: {
    en: ["my account number is <account_number>"],
    sw: ["namba ya akaunti yangu ni <account_number>"],
    fr: ["mon numéro de compte est <account_number>"],
  },
  async run({ account_number: said }, context) {
    const { backend, callerNumber, language, signal } = context;
    const account = callerNumber && await backend.account({ callerNumber }, signal);
    const matched = !!account && account.accountNumber.replace(/\D/g, "") === said;
    const result = context.proveIdentity("fact", matched);
    if (result === "raised") {
      return {
        data: { verified: true },
        say: byLanguage({
          en: "Thank you.",
          sw: "Asante.",
          fr: "Merci.",
        }, language),
      };
    }
    if (result === "wrong") {
      return {
        data: { verified: false, triesLeft: true },
        say: byLanguage({
          en: "That number doesn't match the phone you're calling from. " +
            "Please say your account number again, one digit at a time.",
          sw: "Namba hiyo hailingani na simu unayopigia. " +
            "Tafadhali sema namba ya akaunti tena, tarakimu moja moja.",
          fr: "Ce numéro ne correspond pas à votre téléphone. " +
            "Redites votre numéro de compte, chiffre par chiffre.",
        }, language),
        expect: "account_no",
      };
    }
    return {
      data: { verified: false, triesLeft: false, offersPerson: true },
      say: byLanguage({
        en: "I could not check who I'm speaking with. Shall I get a person for you?",
        sw: "Sikuweza kuhakikisha ninaongea na nani. Nikuitie mhudumu?",
        fr: "Je n'ai pas pu vérifier votre identité. Voulez-vous parler à quelqu'un ?",
      }, language),
      expect: "yes_no",
    };
  },
};
