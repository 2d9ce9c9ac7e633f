import type { ByLanguage } from "./agent.ts";

/** What an agent says first when its file has no greeting. */
export const DEFAULT_GREETING: ByLanguage = {
  en: "Hello, this is {name}, the automated assistant of {company}. How can I help?",
  sw: "Habari, mimi ni {name}, msaidizi wa kiotomatiki wa {company}. Nikusaidie vipi?",
  fr: "Bonjour, je suis {name}, l'assistant automatique de {company}. Comment puis-je vous aider ?",
};

/** What an agent says before it records, when its file has no such line. */
export const DEFAULT_CONSENT: ByLanguage = {
  en: "This call is recorded to improve our service.",
  sw: "Simu hii inarekodiwa ili kuboresha huduma yetu.",
  fr: "Cet appel est enregistré pour améliorer notre service.",
};
