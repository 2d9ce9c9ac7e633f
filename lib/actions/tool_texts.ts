/** What the caller hears when a tool could not be run, per language. */
export const TOOL_TEXTS = {
  failed: {
    en: "Sorry, I can't get that right now. Shall I get a person for you?",
    sw: "Samahani, siwezi kupata hiyo kwa sasa. Nikuitie mhudumu?",
    fr: "Désolé, je n'y arrive pas pour le moment. Voulez-vous parler à quelqu'un ?",
  },
  unconfirmed: {
    en: "Sorry, I could not confirm that it was done. Shall I get a person for you?",
    sw: "Samahani, sikuweza kuthibitisha kama imefanyika. Nikuitie mhudumu?",
    fr: "Désolé, je n'ai pas pu confirmer que c'est fait. Voulez-vous parler à quelqu'un ?",
  },
  needsFact: {
    en: "First I need to check who I'm speaking with. What is your account number?",
    sw: "Kwanza nahitaji kuhakikisha ninaongea na nani. Namba ya akaunti yako ni ipi?",
    fr: "Je dois d'abord vérifier votre identité. Quel est votre numéro de compte ?",
  },
  needsNumber: {
    en: "Your number is hidden, so I can't look at your account. Shall I get a person for you?",
    sw: "Namba yako imefichwa, kwa hivyo siwezi kuona akaunti yako. Nikuitie mhudumu?",
    fr:
      "Votre numéro est masqué, je ne peux pas voir votre compte. Voulez-vous parler à quelqu'un ?",
  },
  notProven: {
    en: "I could not check who I'm speaking with. Shall I get a person for you?",
    sw: "Sikuweza kuhakikisha ninaongea na nani. Nikuitie mhudumu?",
    fr: "Je n'ai pas pu vérifier votre identité. Voulez-vous parler à quelqu'un ?",
  },
} satisfies Record<string, Record<string, string>>;
