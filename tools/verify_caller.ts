import * as v from "valibot";
import { toolWords } from "../lib/actions/tool_words.ts";
import { language as languageOf } from "../lib/languages/languages.ts";
import type { Tool } from "../lib/contracts/tool.ts";

const parameters = v.strictObject({
  account_number: v.pipe(
    v.string(),
    v.regex(/^\d{4,12}$/, "must be 4 to 12 digits"),
    v.description("The account number that the caller says, digits only"),
    v.metadata({ expect: "account_no" }),
  ),
});

const words = toolWords("verify_caller", {
  en: {
    phrases: ["my account number is <account_number>"],
    verified: "Thank you.",
    wrong: "That number doesn't match the phone you're calling from. " +
      "Please say your account number again, one digit at a time.",
  },
  sw: {
    phrases: ["namba ya akaunti yangu ni <account_number>"],
    verified: "Asante.",
    wrong: "Namba hiyo hailingani na simu unayopigia. " +
      "Tafadhali sema namba ya akaunti tena, tarakimu moja moja.",
  },
});

/** Checks that the caller knows the account number that belongs to their phone number. */
export const verifyCaller: Tool<v.InferOutput<typeof parameters>> = {
  name: "verify_caller",
  description: "Checks who the caller is by their account number. Needed before a change to an " +
    "account. Never ask for a PIN, a password or a code.",
  parameters,
  effect: "read",
  identity: "number",
  proves: "fact",
  waitsForTurn: true,
  phrases: words.phrases,
  async run({ account_number: said }, context) {
    const { backend, callerNumber, language, signal } = context;
    const account = callerNumber && await backend.account({ callerNumber }, signal);
    const matched = !!account && account.accountNumber.replace(/\D/g, "") === said;
    const result = context.proveIdentity("fact", matched);
    if (result === "raised") {
      return {
        data: { verified: true },
        say: words.in(language).verified,
      };
    }
    if (result === "wrong") {
      return {
        data: { verified: false, triesLeft: true },
        say: words.in(language).wrong,
        expect: "account_no",
      };
    }
    return {
      data: { verified: false, triesLeft: false, offersPerson: true },
      say: languageOf(language).toolTexts.notProven,
      expect: "yes_no",
    };
  },
};
