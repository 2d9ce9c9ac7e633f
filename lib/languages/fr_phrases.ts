import type { BrainTexts } from "./brain_texts.ts";
import type { AskPatterns, ClaimPatterns, Phrases, SecretPatterns } from "./language.ts";
import { list } from "./list.ts";
import type { ToolTexts, ToolWords } from "./tool_words.ts";

export const phrases: Phrases = {
  greeting_default: [
    "Bonjour, je suis {name}, l'assistant automatique de {company}. Comment puis-je vous aider ?",
  ],
  still_there: ["Vous êtes toujours là ?", "Allô, vous m'entendez ?"],
  goodbye_silent: [
    "Je ne vous entends pas, je vais donc raccrocher. Rappelez-nous quand vous voulez. Au revoir.",
  ],
  goodbye: ["Merci de votre appel. Au revoir.", "Merci, et bonne journée. Au revoir."],
  didnt_catch: [
    "Pardon, je n'ai pas bien entendu. Pouvez-vous répéter ?",
    "Désolé, je n'ai pas compris. Redites-le, s'il vous plaît.",
  ],
  didnt_catch_digits: [
    "Pardon, je n'ai pas compris. Tapez-le sur votre clavier, puis appuyez sur dièse.",
  ],
  offer_person: [
    "Désolé, je ne comprends toujours pas. Voulez-vous que j'essaie de joindre quelqu'un ?",
  ],
  filler_thinking: [
    "Voyons.",
    "D'accord, un instant.",
    "Une petite seconde.",
    "Laissez-moi réfléchir.",
  ],
  filler_tool: ["Je regarde cela.", "Un instant, je vérifie.", "Je vérifie encore."],
  apology_slow: ["Désolé, cela prend plus de temps que prévu. Merci de patienter."],
  apology_engine: ["Désolé, j'ai un problème de mon côté. Pouvez-vous répéter ?"],
  apology_busy: [
    "Désolé, je reçois trop de demandes en ce moment. Patientez un instant, puis répétez.",
  ],
  apology_quota: [
    "Désolé, j'ai donné toutes les réponses que je peux donner aujourd'hui. " +
    "Vous pouvez toujours demander une personne.",
  ],
  apology_spend_limit: [
    "Désolé, mon service a atteint sa limite, je ne peux donc pas répondre. " +
    "Vous pouvez toujours demander une personne.",
  ],
  apology_tool: ["Désolé, je m'y suis mal pris. Pouvez-vous répéter ?"],
  apology_too_long: ["Désolé, c'est trop long pour moi. Demandez une seule chose à la fois."],
  cannot_discuss: [
    "Désolé, je ne peux pas parler de cela. Demandez-moi autre chose, ou demandez une personne.",
  ],
  cannot_answer: [
    "Désolé, je n'ai pas le droit de répondre à cela. Demandez-le autrement, " +
    "ou demandez une personne.",
  ],
  cannot_say_private: [
    "Désolé, la réponse contenait des données personnelles, je ne l'ai donc pas dite. " +
    "Vous pouvez demander une personne.",
  ],
  cannot_quote: [
    "Désolé, je ne peux pas lire ce texte mot pour mot. Demandez-moi l'essentiel.",
  ],
  cannot_use_language: [
    "Désolé, je ne peux pas répondre dans cette langue en ce moment. " +
    "Vous pouvez demander une personne.",
  ],
  answer_cut_short: ["Ce n'est pas tout. Demandez-moi de continuer si vous voulez la suite."],
  say_again_after_stop: ["D'accord, je vous écoute.", "Pardon, allez-y."],
  fallback_stt: [
    "J'entends moins bien que d'habitude. Faites des phrases courtes, s'il vous plaît.",
  ],
  fallback_llm: [
    "Mon système habituel ne répond pas, je ne pourrai donc peut-être pas aider pour tout.",
  ],
  fallback_llm_busy: [
    "Je reçois trop de demandes en ce moment, je ne pourrai donc peut-être pas aider pour tout.",
  ],
  fallback_llm_limit: [
    "Mon système habituel n'est pas utilisable pour l'instant, je ne pourrai donc peut-être pas " +
    "aider pour tout.",
  ],
  fallback_llm_question: [
    "Je n'ai pas pu répondre à cela comme d'habitude, je vous dis donc ce que je peux.",
  ],
  fallback_tts: ["Ma voix habituelle n'est pas disponible, je parle donc autrement."],
  hand_over_start: [
    "J'essaie de joindre quelqu'un pour vous. Restez en ligne, s'il vous plaît.",
  ],
  hand_over_waiting: ["J'essaie encore de joindre quelqu'un. Restez en ligne, s'il vous plaît."],
  hand_over_promise: [
    "Si la ligne coupe, on vous rappellera. Votre référence est {reference}.",
  ],
  hand_over_no_answer: ["Désolé, personne n'a répondu au téléphone."],
  hand_over_busy: ["Désolé, le numéro que j'ai appelé est occupé."],
  hand_over_declined: [
    "Désolé, la personne que j'ai appelée ne peut pas prendre d'appel maintenant.",
  ],
  hand_over_not_through: ["Désolé, mon appel à notre équipe n'a pas abouti."],
  hand_over_all_busy: ["Désolé, toute notre équipe est déjà au téléphone."],
  hand_over_closed: ["Désolé, notre équipe n'est pas au travail en ce moment."],
  hand_over_unreached: ["Désolé, personne n'a pu prendre votre appel."],
  hand_over_call_back: [
    "J'ai demandé à l'équipe de vous rappeler. Votre référence est {reference}.",
  ],
  hand_over_call_again: ["Rappelez-nous un peu plus tard, s'il vous plaît."],
  time_warning: ["Il nous reste environ une minute sur cet appel."],
  time_up: [
    "Désolé, je dois terminer l'appel ici. Si vous avez encore besoin d'aide, rappelez-nous. " +
    "Au revoir.",
  ],
  long_turn_ack: ["D'accord, je vous ai entendu. Commençons par cela."],
  noisy_line: ["La ligne est un peu bruyante. Parlez lentement, près du téléphone."],
  secret_spoken: [
    "Ne donnez à personne votre code PIN, votre mot de passe ou vos codes, même pas à moi. " +
    "Je ne les ai pas notés.",
  ],
  never_asks_secret: [
    "Je n'ai jamais besoin de votre code secret ni de votre mot de passe. Gardez-les pour vous.",
  ],
  not_done_claim: ["Pour être clair, je ne l'ai pas encore fait."],
  confirm_cancelled: ["D'accord, je ne le ferai pas. Rien n'a été changé."],
  confirm_unclear: [
    "Pardon, il me faut un oui ou un non avant de le faire. Est-ce que je continue ?",
  ],
  write_timeout: [
    "J'ai demandé au système de le faire, mais il n'a pas encore répondu, " +
    "je ne peux donc pas dire que c'est fait.",
  ],
  keypad_menu: [
    "Je ne comprends pas la voix en ce moment. Appuyez sur un pour réessayer, " +
    "ou sur zéro pour demander une personne.",
  ],
  keypad_menu_number: [
    "Je ne comprends pas la voix en ce moment. Tapez-le sur votre clavier puis appuyez sur dièse, " +
    "ou appuyez sur zéro puis dièse pour demander une personne.",
  ],
  keypad_menu_yes_no: [
    "Je ne comprends pas la voix en ce moment. Appuyez sur un pour oui, sur deux pour non, " +
    "ou sur zéro pour demander une personne.",
  ],
  keypad_help: ["Vous pouvez aussi le taper sur le clavier, puis appuyer sur dièse."],
  budget_close: [
    "Désolé, je ne peux pas continuer cet appel. Rappelez-nous plus tard. Au revoir.",
  ],
  draining_goodbye: [
    "Désolé, je dois terminer cet appel, car notre système redémarre. " +
    "Rappelez-nous dans quelques minutes. Au revoir.",
  ],
  overloaded: [
    "Désolé, nous avons trop d'appels en ce moment. Rappelez-nous dans quelques minutes.",
  ],
  out_of_order: [
    "Désolé, notre assistant automatique est en panne en ce moment. Rappelez plus tard.",
  ],
  switched_language: ["Bien sûr, parlons français."],
  repeat_call_today: ["Vous avez appelé plus tôt aujourd'hui au sujet de {topic}."],
  repeat_call_yesterday: ["Vous avez appelé hier au sujet de {topic}."],
  repeat_call_earlier: ["Vous avez appelé il y a quelques jours au sujet de {topic}."],
  callback_confirm: ["Faut-il vous rappeler au {number} ?"],
  consent_recording: ["Cet appel est enregistré pour améliorer notre service."],
  read_back: ["J'ai entendu {value}."],
  retry_msisdn: ["Redites-moi le numéro de téléphone, lentement, chiffre par chiffre."],
  retry_amount: ["Redites-moi le montant, s'il vous plaît."],
  retry_mpesa_code: [
    "Relisez le code M-Pesa, une lettre ou un chiffre à la fois. Il a dix caractères.",
  ],
  retry_account_no: ["Relisez le numéro de compte, chiffre par chiffre."],
  retry_order_no: ["Relisez le numéro de commande, une lettre ou un chiffre à la fois."],
  retry_meter_no: ["Relisez lentement le numéro du compteur. Il a onze chiffres."],
  retry_national_id: ["Redites-moi le numéro d'identité, chiffre par chiffre."],
  retry_date: ["Redites-moi la date : le jour, puis le mois."],
  retry_name: ["Redites-moi le nom, lentement."],
  retry_yes_no: ["Pardon, c'est oui ou non ?"],
};

const STAFF = "(?:(?:une?|un|le|la|votre|quelque) ?(?:vraie?|autre)? ?" +
  "(?:personne|humaine?|être humain|conseill(?:er|ère)|agent|opérat(?:eur|rice)|" +
  "responsable|technicien|représentant)|quelqu'un|service client|un vrai conseiller)";
const J_AI = "(?<!\\b(?:si|quand|lorsque|après que|dès que) )\\b(?:j'ai|nous avons|on a)" +
  "(?: bien| déjà| maintenant)*";

export const asks: AskPatterns = {
  person: [
    new RegExp(`\\b(?:parler|parle|discuter|échanger) (?:à|avec|au) ?${STAFF}`),
    new RegExp(`\\b(?:passez|passe|donnez|donne|trouvez|appelez)(?: moi)? ${STAFF}`),
    new RegExp(
      `\\b(?:mettez|mettre|transférez|connectez|redirigez)(?: moi)?(?: en (?:relation|contact|ligne))?` +
        `(?: avec| à| vers| au)? ${STAFF}`,
    ),
    new RegExp(
      `\\b(?:je veux|je voudrais|j'aimerais|je souhaite|il me faut|j'ai besoin d')(?: avoir)? ?${STAFF}`,
    ),
    new RegExp(`^(?:bonjour|non|oui|s'il vous plaît| )*${STAFF}(?: s'il vous plaît)?$`),
    /^(?:bonjour )?(?:conseiller|agent|opérateur|humain)(?: s'il vous plaît)?$/,
    /\b(?:vraie? (?:personne|humain|conseiller))\b/,
    /\bpas (?:parler )?(?:à |avec )?(?:un robot|une machine|un ordinateur)\b/,
  ],
  notPerson: [
    /\b(?:numéro|code|nom|point|compte) (?:de l'|d'|du |de )?(?:agent|un agent)\b/,
    /\bagent (?:m pesa|mpesa|bancaire|commercial)\b/,
    /\b(?:envoy\p{L}+|pay\p{L}+|vers\p{L}+|retir\p{L}+|donné) [\p{L}\p{N}' ]{0,30}?(?:à|chez|par) (?:un|une|l'|quelqu'un) ?(?:agent|personne)?/u,
    /\b(?:pas|plus) (?:besoin d'|envie de |parler (?:à|avec) )?(?:une? )?(?:personne|agent|conseiller|quelqu'un)\b/,
  ],
};

export const secrets: SecretPatterns = {
  nouns: {
    pin: ["pin", "code pin", "code secret", "numéro secret"],
    password: ["mot de passe", "password"],
    cvv: ["cvv", "cvc", "cryptogramme", "code de sécurité"],
    one_time_code: ["otp", "code à usage unique", "code de vérification"],
  },
  links: ["est", "c'est", "était", "le", "de", "mon", "numéro"],
  asks: [
    "(?:quel(?:le)? est|donnez(?:-moi|-nous)?|dites(?:-moi|-nous)?|indiquez(?:-moi)?|communiquez(?:-moi)?|" +
    "il me faut|j'ai besoin de|puis-je avoir|envoyez-moi)(?: (?:votre|le|la|de|m-pesa))* {secret}",
  ],
  warnings: /\b(?:ne|n'|jamais|personne|pas)\b/,
  linksBefore: ["c'est"],
  aboutThem: list(`
    pas, incorrect, faux, expiré, bloqué, oublié, perdu, le, la, un, une, et, mais, ne, toujours,
    refusé, trop, de, mon, correct, secret`),
};

export const claims: ClaimPatterns = {
  sent: [
    new RegExp(
      `(?:${J_AI}|je vous ai|nous vous avons) (?:envoyé|transmis|expédié)(?![\\p{L}])`,
      "u",
    ),
    /(?<!n')\b(?:a|ont) été (?:envoyée?s?|transmise?s?)(?!\p{L})/u,
  ],
  reset: [
    new RegExp(`${J_AI} (?:réinitialisé|redémarré|débloqué|réactivé)(?![\\p{L}])`, "u"),
    /(?<!n')\b(?:a|ont) été (?:réinitialisée?s?|redémarrée?s?|débloquée?s?)(?!\p{L})/u,
  ],
  paid: [
    new RegExp(
      `(?:${J_AI}|je vous ai) (?:payé|remboursé|crédité|débité|annulé le paiement)(?![\\p{L}])`,
      "u",
    ),
    /\b(?:a|ont|avez) été (?:remboursée?s?|créditée?s?)(?!\p{L})/u,
  ],
  transferred: [
    /\bje vous ai (?:transférée?|passée?)(?!\p{L})/u,
    /\bje (?:vais )?vous (?:transfère|transférer|passe|passer)(?!\p{L})/u,
    /\bvous (?:êtes|avez été) transférée?(?!\p{L})/u,
  ],
  connected: [
    /\bvous (?:êtes|avez été) (?:maintenant |bien )?(?:connectée?|mise? en relation|en relation|en ligne)(?!\p{L})/u,
    /\bje (?:vais )?vous (?:connecte|connecter|mets en relation|mettre en relation)(?!\p{L})/u,
  ],
  changed: [
    new RegExp(
      `${J_AI} (?:changé|modifié|mis à jour|activé|désactivé|enregistré)(?![\\p{L}])`,
      "u",
    ),
    /(?<!n')\b(?:a|ont) été (?:changée?s?|modifiée?s?|mise?s? à jour|activée?s?|désactivée?s?)(?!\p{L})/u,
  ],
  cancelled: [
    new RegExp(`${J_AI} (?:annulé|supprimé|bloqué|arrêté)(?![\\p{L}])`, "u"),
    /(?<!n')\b(?:a|ont) été (?:annulée?s?|supprimée?s?|bloquée?s?)(?!\p{L})/u,
  ],
  opened: [
    new RegExp(`${J_AI} (?:ouvert|créé|signalé)(?![\\p{L}])`, "u"),
    /\bticket a été (?:ouvert|créé)(?!\p{L})/u,
  ],
  booked: [
    new RegExp(`${J_AI} (?:réservé|programmé|planifié|commandé)(?![\\p{L}])`, "u"),
    /(?<!n')\b(?:a|ont) été (?:réservée?s?|programmée?s?|planifiée?s?)(?!\p{L})/u,
  ],
};

export const brain: BrainTexts = {
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
    meter_no: "Quel est le numéro de compteur ? Vous pouvez le dire ou le taper.",
    msisdn: "Quel est le numéro de téléphone ? Vous pouvez le dire ou le taper.",
    national_id: "Quel est le numéro d'identité ? Vous pouvez le dire ou le taper.",
    amount: "Quel est le montant ?",
    date: "Quelle date ?",
    name: "Quel est le nom ?",
  },
  askAgain: {
    free: "Désolé, je n'ai pas compris. De quoi s'agit-il ?",
    area: "Désolé, je ne connais pas ce quartier. Dans quel quartier êtes-vous ?",
    order_no: "Désolé, il me faut le numéro de commande, chiffre par chiffre, ou au clavier.",
    account_no: "Désolé, il me faut le numéro de compte, chiffre par chiffre, ou au clavier.",
  },
  or: "ou",
};

export const toolTexts: ToolTexts = {
  failed: "Désolé, je n'y arrive pas pour le moment. Voulez-vous parler à quelqu'un ?",
  unconfirmed: "Désolé, je n'ai pas pu confirmer que c'est fait. Voulez-vous parler à quelqu'un ?",
  needsFact: "Je dois d'abord vérifier votre identité. Quel est votre numéro de compte ?",
  needsNumber:
    "Votre numéro est masqué, je ne peux pas voir votre compte. Voulez-vous parler à quelqu'un ?",
  notProven: "Je n'ai pas pu vérifier votre identité. Voulez-vous parler à quelqu'un ?",
  outage(area, cause, since, back) {
    const known = `Il y a une panne à ${area} depuis ${since} : ${cause}. `;
    return known +
      (back ? `Retour prévu vers ${back}.` : "Nous ne savons pas encore quand ce sera rétabli.");
  },
};

export const tools: ToolWords = {
  check_outage: {
    about: "votre connexion",
    phrases: ["(je n'ai pas|pas) d'internet", "y a-t-il une panne [à <area>]"],
    whichArea: "Dans quel quartier êtes-vous ?",
    none: (area) =>
      `Je ne vois pas de panne à ${area}. ` +
      "Éteignez votre box, attendez dix secondes, puis rallumez-la.",
  },
  end_call: {
    goodbye: "Merci de votre appel. Au revoir.",
  },
  get_account: {
    about: "votre compte",
    phrases: [
      "quel est mon (solde|forfait)",
      "combien (je dois|dois je payer)",
      "(mon solde|ma facture) [s'il vous plaît]",
    ],
    unknown: "Je ne trouve pas de compte pour votre numéro. Voulez-vous parler à quelqu'un ?",
    states: { active: "actif", suspended: "suspendu", closed: "fermé" },
    has: (plan, state) => `Vous avez ${plan} et votre compte est ${state}.`,
    owes: (amount, day) => `Vous devez ${amount}${day ? ` avant le ${day}` : ""}.`,
    credit: (amount) => `Vous avez un crédit de ${amount}.`,
    owesNothing: "Vous ne devez rien.",
  },
  get_order: {
    about: "votre commande",
    phrases: ["où est ma (commande|livraison)", "[mon] numéro de commande [est] <order_number>"],
    unknown: (orderNumber) =>
      `Je ne trouve pas la commande ${orderNumber}. Voulez-vous parler à quelqu'un ?`,
    states: {
      placed: "est enregistrée",
      packed: "est emballée",
      on_the_way: "est en route",
      delivered: "a été livrée",
      cancelled: "a été annulée",
    },
    is: (item, state) => `Votre commande, ${item}, ${state}.`,
    expected: (day) => `Livraison prévue le ${day}.`,
  },
  get_tickets: {
    about: "votre ticket",
    phrases: ["où en est ma (demande|réclamation)"],
    none: "Vous n'avez pas de demande ouverte.",
    count: (open) => `Vous avez ${open} ${open === 1 ? "demande ouverte" : "demandes ouvertes"}.`,
    one: (subject, day, inProgress) =>
      `${subject}, du ${day}, ${inProgress ? "est en cours" : "est en attente"}.`,
  },
  hand_over: {
    begins: "Un instant, j'appelle quelqu'un pour vous.",
  },
  open_ticket: {
    about: "un ticket",
    phrases: ["je veux (ouvrir une demande|faire une réclamation)"],
    confirm: (subject) => `Je vais ouvrir une demande : ${subject}. Est-ce que je le fais ?`,
    opened: (reference) => `Votre demande est ouverte. Sa référence est ${reference}.`,
  },
  reset_password: {
    about: "votre mot de passe",
    phrases: ["(j'ai oublié|réinitialiser|changer) mon mot de passe"],
    confirm: "Je vais envoyer un lien de mot de passe par SMS au numéro de votre compte. " +
      "Est-ce que je le fais ?",
    sent: (ending) => `C'est fait. Le lien est envoyé par SMS au numéro finissant par ${ending}.`,
  },
  search_knowledge: {
    nothing: "Je n'ai rien d'écrit à ce sujet.",
  },
  verify_caller: {
    phrases: ["mon numéro de compte est <account_number>"],
    verified: "Merci.",
    wrong: "Ce numéro ne correspond pas à votre téléphone. " +
      "Redites votre numéro de compte, chiffre par chiffre.",
  },
};
