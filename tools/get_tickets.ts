import * as v from "valibot";
import { toolWords } from "../lib/actions/tool_words.ts";
import type { Tool } from "../lib/contracts/tool.ts";
import { dayOf } from "../lib/actions/spoken_facts.ts";

/** Tickets that are told one by one; more only as a count. */
const MAX_TOLD = 2;

const words = toolWords("get_tickets", {
  en: {
    about: "your ticket",
    phrases: [
      "(what is|what's) the (status of|progress on) my (ticket|complaint|case|request)",
      "(check|track|follow up|follow up on|i am calling about|any news on|any update on) my (ticket|complaint|case)",
      "do i have (an open|any open|any) (ticket|tickets|case)",
      "(what happened to|how far is) my (ticket|complaint|case)",
    ],
    none: "You have no open ticket with us.",
    count: (open) => `You have ${open} open ${open === 1 ? "ticket" : "tickets"}.`,
    one: (subject, day, inProgress) =>
      `${subject}, from ${day}, ${inProgress ? "is being worked on" : "is waiting"}.`,
  },
  sw: {
    about: "tiketi yako",
    phrases: [
      "(tiketi|malalamiko|kesi) (yangu|langu) (imefika wapi|yamefika wapi|iko wapi|ikoje)",
      "(nafuatilia|naulizia|angalia) (tiketi|malalamiko|kesi) yangu",
      "(je nina|nina) tiketi [yoyote]",
    ],
    none: "Huna tiketi iliyo wazi kwetu.",
    count: (open) => `Una tiketi ${open} iliyo wazi.`,
    one: (subject, day, inProgress) =>
      `${subject}, ya ${day}, ${inProgress ? "inashughulikiwa" : "inasubiri"}.`,
  },
});

/** Looks up the caller's support tickets. */
export const getTickets: Tool<Record<string, never>> = {
  name: "get_tickets",
  description: "Gets the caller's support tickets and how far they are.",
  parameters: v.strictObject({}),
  effect: "read",
  identity: "number",
  about: words.about,
  phrases: words.phrases,
  async run(_, { backend, callerNumber, language, signal }) {
    const tickets = callerNumber ? await backend.tickets({ callerNumber }, signal) : [];
    const open = tickets.filter(({ status }) => status !== "closed");
    const say = words.in(language);
    if (!open.length) return { data: { tickets }, say: say.none };
    const told = open.slice(0, MAX_TOLD).map(({ subject, status, openedOn }) =>
      say.one(subject, dayOf(openedOn, language), status === "in_progress")
    );
    return { data: { tickets }, say: [say.count(open.length), ...told].join(" ") };
  },
};
