import type { Expect } from "../../contracts/expect.ts";

/** Everything that the embedded brain says by itself, in one language. */
export interface BrainTexts {
  greeting: string;
  thanks: string;
  who(company: string): string;
  /** `topics` are titles of the company's knowledge. */
  help(topics: string): string;
  notUnderstood(topics: string): string;
  unknown: string;
  stillUnclear: string;
  noPerson: string;
  nothingAsked: string;
  dropped: string;
  declined: string;
  noFact: string;
  nothingSaid: string;
  /** How it asks for a value that is missing. */
  ask: Partial<Record<Expect | "area", string>> & { free: string };
  askAgain: Partial<Record<Expect | "area", string>> & { free: string };
  or: string;
}

export const BRAIN_TEXTS: { en: BrainTexts } & Record<string, BrainTexts> = {
  en: {
    greeting: "Hello! How can I help you?",
    thanks: "You're welcome. Is there anything else I can do for you?",
    who: (company) =>
      `I'm an automated assistant, not a person. I answer from what ${company} has written down, ` +
      "and I can get a person for you.",
    help: (topics) => `You can ask about ${topics}, or ask for a person. What do you need?`,
    notUnderstood: (topics) =>
      `Sorry, I didn't get that. You can ask about ${topics}, or ask for a person.`,
    unknown: "I don't know that. Shall I get a person for you?",
    stillUnclear: "Sorry, I still can't make that out. Shall I get a person for you?",
    noPerson: "Sorry, I can't get a person on this call.",
    nothingAsked: "All right. What can I do for you?",
    dropped: "All right, we leave that. Shall I get a person for you?",
    declined: "All right. What else can I do for you?",
    noFact: "Sorry, I can't tell you that. Shall I get a person for you?",
    nothingSaid: "I have not said anything yet. How can I help you?",
    ask: {
      free: "In a few words, what is it about?",
      area: "Which area are you in?",
      order_no: "What is the order number? You can say it or type it.",
      account_no: "What is your account number? You can say it or type it.",
      meter_no: "What is the meter number? You can say it or type it.",
      msisdn: "What is the phone number? You can say it or type it.",
      national_id: "What is the ID number? You can say it or type it.",
      amount: "What is the amount?",
      date: "Which date?",
      name: "What is the name?",
    },
    askAgain: {
      free: "Sorry, I didn't get that. What is it about?",
      area: "Sorry, I don't know that area. Which area are you in?",
      order_no: "Sorry, I need the order number. Please say it digit by digit, or type it.",
      account_no: "Sorry, I need the account number. Please say it digit by digit, or type it.",
    },
    or: "or",
  },
  sw: {
    greeting: "Habari! Nikusaidie vipi?",
    thanks: "Karibu sana. Kuna jambo lingine?",
    who: (company) =>
      "Mimi ni msaidizi wa kiotomatiki, si mtu. Ninajibu kutokana na maelezo ya " +
      `${company}, na naweza kukuitia mhudumu.`,
    help: (topics) => `Unaweza kuuliza kuhusu ${topics}, au uombe mhudumu. Unahitaji nini?`,
    notUnderstood: (topics) =>
      `Samahani, sijaelewa. Unaweza kuuliza kuhusu ${topics}, au uombe mhudumu.`,
    unknown: "Hilo silijui. Nikuitie mhudumu?",
    stillUnclear: "Samahani, bado sijaelewa. Nikuitie mhudumu?",
    noPerson: "Samahani, siwezi kukuitia mhudumu kwenye simu hii.",
    nothingAsked: "Sawa. Nikusaidie na nini?",
    dropped: "Sawa, tuache hilo. Nikuitie mhudumu?",
    declined: "Sawa. Nikusaidie na nini kingine?",
    noFact: "Samahani, siwezi kukuambia hilo. Nikuitie mhudumu?",
    nothingSaid: "Sijasema chochote bado. Nikusaidie vipi?",
    ask: {
      free: "Kwa maneno machache, inahusu nini?",
      area: "Uko eneo gani?",
      order_no: "Namba ya oda ni ipi? Unaweza kuisema au kuibonyeza.",
      account_no: "Namba ya akaunti yako ni ipi? Unaweza kuisema au kuibonyeza.",
      meter_no: "Namba ya mita ni ipi? Unaweza kuisema au kuibonyeza.",
      msisdn: "Namba ya simu ni ipi? Unaweza kuisema au kuibonyeza.",
      national_id: "Namba ya kitambulisho ni ipi? Unaweza kuisema au kuibonyeza.",
      amount: "Ni kiasi gani?",
      date: "Tarehe gani?",
      name: "Jina ni nani?",
    },
    askAgain: {
      free: "Samahani, sijaelewa. Inahusu nini?",
      area: "Samahani, eneo hilo silijui. Uko eneo gani?",
      order_no: "Samahani, nahitaji namba ya oda. Iseme tarakimu moja moja, au ibonyeze.",
      account_no: "Samahani, nahitaji namba ya akaunti. Iseme tarakimu moja moja, au ibonyeze.",
    },
    or: "au",
  },
  fr: {
    greeting: "Bonjour ! Comment puis-je vous aider ?",
    thanks: "Avec plaisir. Puis-je faire autre chose pour vous ?",
    who: (company) =>
      "Je suis un assistant automatique, pas une personne. Je réponds d'après ce que " +
      `${company} a écrit, et je peux appeler quelqu'un.`,
    help: (topics) => `Vous pouvez demander ${topics}, ou une personne. Que voulez-vous ?`,
    notUnderstood: (topics) =>
      `Désolé, je n'ai pas compris. Vous pouvez demander ${topics}, ou une personne.`,
    unknown: "Je ne le sais pas. Voulez-vous parler à quelqu'un ?",
    stillUnclear: "Désolé, je ne comprends toujours pas. Voulez-vous parler à quelqu'un ?",
    noPerson: "Désolé, je ne peux appeler personne pendant cet appel.",
    nothingAsked: "D'accord. Que puis-je faire pour vous ?",
    dropped: "D'accord, laissons cela. Voulez-vous parler à quelqu'un ?",
    declined: "D'accord. Que puis-je faire d'autre ?",
    noFact: "Désolé, je ne peux pas vous le dire. Voulez-vous parler à quelqu'un ?",
    nothingSaid: "Je n'ai encore rien dit. Comment puis-je vous aider ?",
    ask: {
      free: "En quelques mots, de quoi s'agit-il ?",
      area: "Dans quel quartier êtes-vous ?",
      order_no: "Quel est le numéro de commande ? Vous pouvez le dire ou le taper.",
      account_no: "Quel est votre numéro de compte ? Vous pouvez le dire ou le taper.",
    },
    askAgain: {
      free: "Désolé, je n'ai pas compris. De quoi s'agit-il ?",
      area: "Désolé, je ne connais pas ce quartier. Dans quel quartier êtes-vous ?",
      order_no: "Désolé, il me faut le numéro de commande, chiffre par chiffre, ou au clavier.",
      account_no: "Désolé, il me faut le numéro de compte, chiffre par chiffre, ou au clavier.",
    },
    or: "ou",
  },
};
