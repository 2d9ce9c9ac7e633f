import * as v from "valibot";
import { toolWords } from "../lib/actions/tool_words.ts";
import type { Tool } from "../lib/contracts/tool.ts";

const parameters = v.strictObject({
  subject: v.pipe(
    v.string(),
    v.trim(),
    v.minLength(3),
    v.maxLength(120),
    v.description("What it is about, in a few words"),
    v.metadata({ expect: "free" }),
  ),
  detail: v.optional(v.pipe(
    v.string(),
    v.trim(),
    v.maxLength(1_000),
    v.description("What the caller said about it"),
  )),
});

const words = toolWords("open_ticket", {
  en: {
    about: "a ticket",
    phrases: [
      "(i want|i need|i would like) to report (a fault|a problem|something)",
      "(i want|i need|i would like) to (make|file|raise) a complaint",
      "i have a complaint",
      "(open|raise|create|i want to open|please open) a (ticket|case) [for me]",
      "[please] (send|can you send) [me|us] a technician",
    ],
    confirm: (subject) => `I will open a ticket about: ${subject}. Shall I do that?`,
    opened: (reference) => `Your ticket is open. Its reference is ${reference}.`,
  },
  sw: {
    about: "tiketi",
    phrases: [
      "(nataka|naomba|ningependa) kuripoti (hitilafu|shida|tatizo)",
      "(nataka|naomba|ningependa) kutoa malalamiko",
      "nina malalamiko",
      "(fungua|nifungulie|nataka kufungua) (tiketi|ticket)",
      "(naomba|tafadhali) mtume fundi",
    ],
    confirm: (subject) => `Nitafungua tiketi kuhusu: ${subject}. Nifanye hivyo?`,
    opened: (reference) => `Tiketi yako imefunguliwa. Kumbukumbu yake ni ${reference}.`,
  },
});

/** Opens a support ticket for the team. */
export const openTicket: Tool<v.InferOutput<typeof parameters>> = {
  name: "open_ticket",
  description: "Opens a support ticket when something must be repaired, checked or called back " +
    "about later and nobody is needed on the line now.",
  parameters,
  effect: "write",
  identity: "none",
  about: words.about,
  phrases: words.phrases,
  confirm: ({ subject }, language) => words.in(language).confirm(subject),
  async run({ subject, detail = "" }, { backend, callerNumber, idempotencyKey, language, signal }) {
    const ticket = await backend.openTicket(
      { callerNumber, subject, detail, idempotencyKey },
      signal,
    );
    const spelled = [...ticket.reference].join(" ");
    return {
      data: { ticket },
      say: words.in(language).opened(spelled),
    };
  },
};
