import { z } from "zod";
import { byLanguage } from "../lib/actions/by_language.ts";
import type { Tool } from "../lib/contracts/tool.ts";
import { dayOf } from "../lib/actions/spoken_facts.ts";

/** Tickets that are told one by one; more only as a count. */
const MAX_TOLD = 2;

/** Looks up the caller's support tickets. */
export const getTickets: Tool<Record<string, never>> = {
  name: "get_tickets",
  description: "Gets the caller's support tickets and how far they are.",
  parameters: z.strictObject({}) as z.ZodType<Record<string, never>>,
  effect: "read",
  identity: "number",
  about: { en: "your ticket", sw: "tiketi yako", fr: "votre ticket" },
  phrases: {
    en: [
      "(what is|what's) the (status of|progress on) my (ticket|complaint|case|request)",
      "(check|track|follow up|follow up on|i am calling about|any news on|any update on) my (ticket|complaint|case)",
      "do i have (an open|any open|any) (ticket|tickets|case)",
      "(what happened to|how far is) my (ticket|complaint|case)",
    ],
    sw: [
      "(tiketi|malalamiko|kesi) (yangu|langu) (imefika wapi|yamefika wapi|iko wapi|ikoje)",
      "(nafuatilia|naulizia|angalia) (tiketi|malalamiko|kesi) yangu",
      "(je nina|nina) tiketi [yoyote]",
    ],
    fr: ["où en est ma (demande|réclamation)"],
  },
  async run(_, { backend, callerNumber, language, signal }) {
    const tickets = callerNumber ? await backend.tickets({ callerNumber }, signal) : [];
    const open = tickets.filter(({ status }) => status !== "closed");
    if (!open.length) {
      return {
        data: { tickets },
        say: byLanguage({
          en: "You have no open ticket with us.",
          sw: "Huna tiketi iliyo wazi kwetu.",
          fr: "Vous n'avez pas de demande ouverte.",
        }, language),
      };
    }
    const count = open.length;
    const head = byLanguage({
      en: `You have ${count} open ${count === 1 ? "ticket" : "tickets"}.`,
      sw: `Una tiketi ${count} iliyo wazi.`,
      fr: `Vous avez ${count} ${count === 1 ? "demande ouverte" : "demandes ouvertes"}.`,
    }, language);
    const told = open.slice(0, MAX_TOLD).map(({ subject, status, openedOn }) => {
      const day = dayOf(openedOn, language);
      const working = status === "in_progress";
      return byLanguage({
        en: `${subject}, from ${day}, ${working ? "is being worked on" : "is waiting"}.`,
        sw: `${subject}, ya ${day}, ${working ? "inashughulikiwa" : "inasubiri"}.`,
        fr: `${subject}, du ${day}, ${working ? "est en cours" : "est en attente"}.`,
      }, language);
    });
    return { data: { tickets }, say: [head, ...told].join(" ") };
  },
};
