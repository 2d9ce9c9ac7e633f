import * as v from "valibot";
import { toolWords } from "../lib/actions/tool_words.ts";
import type { Account } from "../lib/contracts/backend.ts";
import type { Tool } from "../lib/contracts/tool.ts";
import { dayOf, money } from "../lib/actions/spoken_facts.ts";

const words = toolWords("get_account", {
  en: {
    about: "your account",
    phrases: [
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
    unknown: "I can't find an account for the number you're calling from. " +
      "Shall I get a person for you?",
    states: { active: "active", suspended: "suspended", closed: "closed" },
    has: (plan, state) => `You're on ${plan}, and your account is ${state}.`,
    owes: (amount, day) => `You have ${amount} to pay${day ? ` by ${day}` : ""}.`,
    credit: (amount) => `You have ${amount} in credit.`,
    owesNothing: "You have nothing to pay.",
  },
  sw: {
    about: "akaunti yako",
    phrases: [
      "(salio|bili|deni) (langu|yangu) [ni] (ngapi|kiasi gani|gani|nini)",
      "(nataka kujua|niambie|angalia|naomba kujua) (salio|bili|deni) (langu|yangu)",
      "(nadaiwa|ninadaiwa) (pesa ngapi|kiasi gani|ngapi)",
      "bili yangu (inafika|inatakiwa|ni ya) lini",
      "salio langu",
      "akaunti yangu (iko hai|imefungwa|imesimamishwa|ikoje)",
    ],
    unknown: "Sioni akaunti ya namba unayopigia. Nikuitie mhudumu?",
    states: { active: "iko hai", suspended: "imesimamishwa", closed: "imefungwa" },
    has: (plan, state) => `Uko kwenye ${plan}, na akaunti yako ${state}.`,
    owes: (amount, day) => `Unadaiwa ${amount}${day ? `, ulipe kufikia ${day}` : ""}.`,
    credit: (amount) => `Una ${amount} za ziada.`,
    owesNothing: "Hudaiwi chochote.",
  },
});

/** Looks up the account of the number that the caller is calling from. */
export const getAccount: Tool<Record<string, never>> = {
  name: "get_account",
  description: "Gets the caller's own account: plan, status, balance and due date. Use it for " +
    "questions about their bill, balance, plan or account number.",
  parameters: v.strictObject({}),
  effect: "read",
  identity: "number",
  about: words.about,
  phrases: words.phrases,
  async run(_, { backend, callerNumber, language, signal }) {
    const account = callerNumber && await backend.account({ callerNumber }, signal);
    if (!account) {
      return {
        data: { found: false, offersPerson: true },
        say: words.in(language).unknown,
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
  const say = words.in(language);
  const amount = money(Math.abs(balanceMinor), currency);
  const due = dueOn && dayOf(dueOn, language);
  const balance = balanceMinor > 0
    ? say.owes(amount, due)
    : balanceMinor < 0
    ? say.credit(amount)
    : say.owesNothing;
  return `${say.has(plan, say.states[status])} ${balance}`;
}
