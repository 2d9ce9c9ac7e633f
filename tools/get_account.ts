import { z } from "zod";
import { byLanguage } from "../lib/actions/by_language.ts";
import type { Account } from "../lib/contracts/backend.ts";
import type { Tool } from "../lib/contracts/tool.ts";
import { dayOf, money } from "../lib/actions/spoken_facts.ts";

/** Looks up the account of the number that the caller is calling from. */
export const getAccount: Tool<Record<string, never>> = {
  name: "get_account",
  description: "Gets the caller's own account: plan, status, balance and due date. Use it for " +
    "questions about their bill, balance, plan or account number.",
  parameters: z.strictObject({}) as z.ZodType<Record<string, never>>,
  effect: "read",
  identity: "number",
  about: { en: "your account", sw: "akaunti yako", fr: "votre compte" },
  phrases: {
    en: [
      "(what is|what's|check|tell me|give me|i want to know|can you check|can you tell me) my " +
      "[account] (balance|bill|current bill|current plan|current package|due date)",
      "how much (do i owe|is my bill|is my balance|should i pay|do i have to pay)",
      "how much money do i (owe|have)",
      "when is my (bill|payment|next payment|invoice|account) due",
      "(which|what) (plan|package) is on my account",
      "my [account] balance [please]",
      "is my account (active|suspended|paid|up to date)",
      "(what is|what's) (the status of my account|my account status)",
    ],
    sw: [
      "(salio|bili|deni) (langu|yangu) [ni] (ngapi|kiasi gani|gani|nini)",
      "(nataka kujua|niambie|angalia|naomba kujua) (salio|bili|deni) (langu|yangu)",
      "(nadaiwa|ninadaiwa) (pesa ngapi|kiasi gani|ngapi)",
      "bili yangu (inafika|inatakiwa|ni ya) lini",
      "salio langu",
      "akaunti yangu (iko hai|imefungwa|imesimamishwa|ikoje)",
    ],
    fr: [
      "quel est mon (solde|forfait)",
      "combien (je dois|dois je payer)",
      "(mon solde|ma facture) [s'il vous plaît]",
    ],
  },
  async run(_, { backend, callerNumber, language, signal }) {
    const account = callerNumber && await backend.account({ callerNumber }, signal);
    if (!account) {
      return {
        data: { found: false, offersPerson: true },
        say: byLanguage({
          en: "I can't find an account for the number you're calling from. " +
            "Shall I get a person for you?",
          sw: "Sioni akaunti ya namba unayopigia. Nikuitie mhudumu?",
          fr: "Je ne trouve pas de compte pour votre numéro. Voulez-vous parler à quelqu'un ?",
        }, language),
        expect: "yes_no",
      };
    }
    // Callers prove themselves with the account number, so a model must not know it.
    const { accountNumber, ...facts } = account;
    const ending = accountNumber.slice(-3);
    return {
      data: { found: true, ...facts, accountNumber: `…${ending}` },
      say: inWords(account, language),
    };
  },
};

/** A balance above zero is due; below zero it is credit. */
function inWords(account: Account, language: string): string {
  const { plan, status, balanceMinor, currency, dueOn } = account;
  const amount = money(Math.abs(balanceMinor), currency);
  const due = dueOn && dayOf(dueOn, language);
  const states = {
    en: { active: "active", suspended: "suspended", closed: "closed" },
    sw: { active: "iko hai", suspended: "imesimamishwa", closed: "imefungwa" },
    fr: { active: "actif", suspended: "suspendu", closed: "fermé" },
  };
  const state = byLanguage(states, language)[status];
  const sentences = {
    en: [
      `You're on ${plan}, and your account is ${state}.`,
      balanceMinor > 0
        ? `You have ${amount} to pay${due ? ` by ${due}` : ""}.`
        : balanceMinor < 0
        ? `You have ${amount} in credit.`
        : `You have nothing to pay.`,
    ],
    sw: [
      `Uko kwenye ${plan}, na akaunti yako ${state}.`,
      balanceMinor > 0
        ? `Unadaiwa ${amount}${due ? `, ulipe kufikia ${due}` : ""}.`
        : balanceMinor < 0
        ? `Una ${amount} za ziada.`
        : `Hudaiwi chochote.`,
    ],
    fr: [
      `Vous avez ${plan} et votre compte est ${state}.`,
      balanceMinor > 0
        ? `Vous devez ${amount}${due ? ` avant le ${due}` : ""}.`
        : balanceMinor < 0
        ? `Vous avez un crédit de ${amount}.`
        : `Vous ne devez rien.`,
    ],
  };
  return byLanguage(sentences, language).join(" ");
}
