import { phrases } from "./fr_phrases.ts";
import type { Language } from "./language.ts";

const DIGITS = ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"];
const TEENS = [
  ...["dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit"],
  "dix-neuf",
];
const TENS = ["vingt", "trente", "quarante", "cinquante", "soixante"];

function belowHundred(value: number): string {
  if (value < 10) return DIGITS[value];
  if (value < 20) return TEENS[value - 10];
  if (value >= 80) {
    return value === 80 ? "quatre-vingts" : `quatre-vingt-${belowHundred(value - 80)}`;
  }
  const ten = Math.min(Math.floor(value / 10), 6);
  const rest = value - ten * 10;
  if (rest === 0) return TENS[ten - 2];
  return `${TENS[ten - 2]}${rest === 1 || rest === 11 ? " et " : "-"}${belowHundred(rest)}`;
}

function cardinal(value: number): string {
  if (value < 100) return belowHundred(value);
  if (value < 1000) {
    const rest = value % 100;
    const times = Math.floor(value / 100);
    const head = times === 1 ? "cent" : `${DIGITS[times]} cent`;
    if (rest === 0) return times === 1 ? head : `${head}s`;
    return `${head} ${belowHundred(rest)}`;
  }
  const [size, name] = value >= 1e9
    ? [1e9, "milliard"]
    : value >= 1e6
    ? [1e6, "million"]
    : [1e3, "mille"];
  const times = Math.floor(value / size);
  const rest = value % size;
  const head = size === 1e3
    // "quatre-vingts" and "deux cents" lose their s before mille.
    ? times === 1 ? "mille" : `${cardinal(times).replace(/(cent|vingt)s$/, "$1")} mille`
    : `${cardinal(times)} ${name}${times > 1 ? "s" : ""}`;
  return rest === 0 ? head : `${head} ${cardinal(rest)}`;
}

function ordinal(value: number): string {
  if (value === 1) return "premier";
  return cardinal(value)
    .replace(/(cent|vingt)s$/, "$1")
    .replace(/e$/, "")
    .replace(/cinq$/, "cinqu")
    .replace(/neuf$/, "neuv") + "ième";
}

const MONTHS = [
  ...["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"],
  ...["octobre", "novembre", "décembre"],
];

function time(hour: number, minute: number): string {
  if (minute === 0 && hour === 0) return "minuit";
  if (minute === 0 && hour === 12) return "midi";
  const words = `${feminine(hour)} ${hour < 2 ? "heure" : "heures"}`;
  return minute === 0 ? words : `${words} ${feminine(minute)}`;
}

function feminine(value: number): string {
  return cardinal(value).replace(/\bun$/, "une");
}

const STAFF = "(?:(?:une?|un|le|la|votre|quelque) ?(?:vraie?|autre)? ?" +
  "(?:personne|humaine?|être humain|conseill(?:er|ère)|agent|opérat(?:eur|rice)|" +
  "responsable|technicien|représentant)|quelqu'un|service client|un vrai conseiller)";
const J_AI = "(?<!\\b(?:si|quand|lorsque|après que|dès que) )\\b(?:j'ai|nous avons|on a)" +
  "(?: bien| déjà| maintenant)*";

export const french: Language = {
  tag: "fr",
  locale: "fr-FR",
  englishName: "French",
  ownName: "français",
  mixesWith: [],
  numbers: {
    digits: DIGITS,
    heard: {
      ...{ zero: 0, une: 1, septante: 70, huitante: 80, nonante: 90, "quatre vingt": 80 },
      ...{ "vingt et une": 21 },
    },
    multipliers: {
      ...{ cent: 100, cents: 100, mille: 1e3, million: 1e6, millions: 1e6, milliard: 1e9 },
      ...{ milliards: 1e9 },
    },
    multiplierFirst: false,
    joiners: ["et"],
    repeats: { double: 2, triple: 3 },
    points: ["virgule", "point"],
    halves: ["demi", "demie"],
    cardinal,
    ordinal,
  },
  spoken: {
    months: MONTHS,
    monthSpellings: {
      ...{ janv: 1, fevrier: 2, fév: 2, févr: 2, avr: 4, juil: 7, aout: 8, sept: 9, oct: 10 },
      ...{ nov: 11, decembre: 12, déc: 12 },
    },
    weekdays: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
    relativeDays: { "aujourd'hui": 0, demain: 1, hier: -1, "après demain": 2, "avant hier": -2 },
    date(day, month, year) {
      const spoken = `le ${day === 1 ? "premier" : cardinal(day)} ${MONTHS[month - 1]}`;
      return year === undefined ? spoken : `${spoken} ${cardinal(year)}`;
    },
    time,
    money(currency, whole, cents) {
      const { one, many, centOne, centMany } = french.spoken.currencies[currency];
      const minor = `${cardinal(cents)} ${cents === 1 ? centOne : centMany}`;
      if (whole === 0 && cents > 0) return minor;
      const of = whole >= 1e6 && whole % 1e6 === 0 ? "de " : "";
      const major = `${cardinal(whole)} ${of}${whole < 2 ? one : many}`;
      return cents === 0 ? major : `${major} et ${minor}`;
    },
    currencies: {
      KES: {
        ...{ one: "shilling", many: "shillings", centOne: "centime", centMany: "centimes" },
        spellings: ["kes", "ksh", "kshs", "ksh.", "kshs.", "sh", "shs"],
      },
      UGX: {
        ...{ one: "shilling ougandais", many: "shillings ougandais" },
        ...{ centOne: "centime", centMany: "centimes", spellings: ["ugx", "ush"] },
      },
      TZS: {
        ...{ one: "shilling tanzanien", many: "shillings tanzaniens" },
        ...{ centOne: "centime", centMany: "centimes", spellings: ["tzs", "tsh"] },
      },
      USD: {
        ...{ one: "dollar", many: "dollars", centOne: "cent", centMany: "cents" },
        spellings: ["usd", "$", "us$"],
      },
      EUR: {
        ...{ one: "euro", many: "euros", centOne: "centime", centMany: "centimes" },
        spellings: ["eur", "€"],
      },
      XOF: {
        ...{ one: "franc", many: "francs", centOne: "centime", centMany: "centimes" },
        spellings: ["xof", "xaf", "fcfa", "cfa"],
      },
    },
    percent: (words) => `${words} pour cent`,
    measure: (words, unit, one) => `${words} ${one ? unit.one : unit.many}`,
    units: {
      kbps: { one: "kilobit par seconde", many: "kilobits par seconde" },
      mbps: { one: "mégabit par seconde", many: "mégabits par seconde" },
      gbps: { one: "gigabit par seconde", many: "gigabits par seconde" },
      kb: { one: "kilooctet", many: "kilooctets" },
      mb: { one: "mégaoctet", many: "mégaoctets" },
      gb: { one: "gigaoctet", many: "gigaoctets" },
      go: { one: "gigaoctet", many: "gigaoctets" },
      mo: { one: "mégaoctet", many: "mégaoctets" },
      tb: { one: "téraoctet", many: "téraoctets" },
      ghz: { one: "gigahertz", many: "gigahertz" },
      mhz: { one: "mégahertz", many: "mégahertz" },
      kwh: { one: "kilowattheure", many: "kilowattheures" },
      kw: { one: "kilowatt", many: "kilowatts" },
      km: { one: "kilomètre", many: "kilomètres" },
      kg: { one: "kilo", many: "kilos" },
      cm: { one: "centimètre", many: "centimètres" },
      mm: { one: "millimètre", many: "millimètres" },
      ms: { one: "milliseconde", many: "millisecondes" },
      sec: { one: "seconde", many: "secondes" },
      secs: { one: "seconde", many: "secondes" },
      min: { one: "minute", many: "minutes" },
      mins: { one: "minute", many: "minutes" },
      hr: { one: "heure", many: "heures" },
      hrs: { one: "heure", many: "heures" },
    },
    abbreviations: {
      ...{ "m.": "Monsieur", "mme.": "Madame", "mlle.": "Mademoiselle", "dr.": "Docteur" },
      ...{
        "p.ex.": "par exemple",
        "ex.": "exemple",
        "etc.": "et cetera",
        "c.-à-d.": "c'est-à-dire",
      },
      ...{ "av.": "avenue", "no.": "numéro", "tél.": "téléphone" },
    },
    signs: {
      ...{ plus: "plus", minus: "moins", and: "et", at: "arobase", dot: "point" },
      ...{ slash: "barre", to: "à" },
    },
    digitNouns: [
      ...["numéro", "téléphone", "compte", "code", "référence", "ticket", "commande", "compteur"],
      ...["identité", "facture", "till", "paybill", "poste", "reçu", "id", "otp", "ref"],
    ],
  },
  answers: {
    yes: [
      ...["oui", "ouais", "d'accord", "exact", "exactement", "c'est exact", "c'est correct", "ok"],
      ...["c'est ça", "tout à fait", "bien sûr", "allez y", "vas y", "je confirme", "confirmé"],
      ...["entendu", "parfait", "absolument", "faites le", "je veux bien", "c'est bon", "okay"],
      ...["correct", "volontiers", "je suis d'accord"],
    ],
    no: [
      ...[
        "non",
        "pas du tout",
        "surtout pas",
        "jamais",
        "pas maintenant",
        "ce n'est pas ça",
        "si non",
      ],
      ...[
        "c'est pas ça",
        "c'est faux",
        "faux",
        "incorrect",
        "annulez",
        "ne le faites pas",
        "pas encore",
      ],
      ...["je ne veux pas", "je veux pas", "arrêtez", "laissez tomber", "ce n'est pas correct"],
    ],
    polite: [
      ...[
        "s'il vous plaît",
        "s'il te plaît",
        "merci",
        "merci beaucoup",
        "monsieur",
        "madame",
        "euh",
      ],
      ...["bien", "alors", "donc", "voilà", "bon", "beaucoup", "maintenant", "hein"],
    ],
    farewells: [
      ...["au revoir", "bonne journée", "bonne soirée", "bonne nuit", "à bientôt", "c'est tout"],
      ...["ce sera tout", "rien d'autre", "salut", "adieu", "non c'est tout", "non merci"],
    ],
  },
  turns: {
    backchannels: [
      ...[
        "mm",
        "mhm",
        "mmh",
        "hmm",
        "hm",
        "oui",
        "ouais",
        "d'accord",
        "ok",
        "okay",
        "ah",
        "ah oui",
      ],
      ...[
        "ah bon",
        "je vois",
        "exact",
        "voilà",
        "bien",
        "très bien",
        "parfait",
        "c'est ça",
        "oh",
        "aha",
      ],
    ],
    stops: [
      ...[
        "attendez",
        "attends",
        "un instant",
        "une minute",
        "une seconde",
        "stop",
        "arrêtez",
        "arrête",
      ],
      ...[
        "non",
        "non non",
        "pardon",
        "excusez moi",
        "écoutez",
        "minute",
        "taisez vous",
        "un moment",
      ],
    ],
    hesitations: ["euh", "heu", "ben", "hum", "hmm", "eh bien", "comment dire", "voyons"],
    unfinished: [
      ...[
        "et",
        "mais",
        "ou",
        "parce que",
        "car",
        "donc",
        "si",
        "quand",
        "que",
        "qui",
        "alors",
        "le",
      ],
      ...[
        "la",
        "les",
        "un",
        "une",
        "des",
        "du",
        "de",
        "à",
        "au",
        "aux",
        "pour",
        "avec",
        "sans",
        "sur",
      ],
      ...[
        "dans",
        "par",
        "mon",
        "ma",
        "mes",
        "votre",
        "vos",
        "son",
        "sa",
        "ses",
        "est",
        "c'est",
        "je",
      ],
      ...[
        "puis",
        "ensuite",
        "comme",
        "puisque",
        "j'ai",
        "il",
        "elle",
        "on",
        "euh",
        "heu",
        "virgule",
      ],
    ],
    leadIns: [
      ...[
        "mon numéro est",
        "mon numéro c'est",
        "le numéro est",
        "c'est le",
        "je m'appelle",
        "bonjour",
      ],
      ...["j'ai une question", "allô", "mon problème c'est", "attendez"],
    ],
  },
  marks: {
    words: [
      ...["je", "vous", "nous", "le", "la", "les", "des", "est", "et", "pas", "mon", "ma", "mes"],
      ...[
        "votre",
        "pour",
        "avec",
        "que",
        "qui",
        "quoi",
        "comment",
        "pourquoi",
        "quand",
        "où",
        "oui",
      ],
      ...[
        "non",
        "merci",
        "bonjour",
        "bonsoir",
        "s'il",
        "plaît",
        "ça",
        "c'est",
        "j'ai",
        "je",
        "suis",
      ],
      ...[
        "avez",
        "avoir",
        "être",
        "une",
        "un",
        "du",
        "au",
        "aux",
        "dans",
        "sur",
        "mais",
        "ou",
        "argent",
      ],
      ...[
        "numéro",
        "compte",
        "voudrais",
        "veux",
        "peux",
        "pouvez",
        "parler",
        "ne",
        "n'ai",
        "il",
        "elle",
      ],
      ...["marche", "très", "bien", "aussi", "encore", "depuis", "hier", "demain", "aujourd'hui"],
    ],
    forms: [/[àâçéèêëîïôûùœ]/, /^(?:qu|l|d|j|n|s|c|m)'\p{L}+$/u],
    names: ["français", "francais", "french", "kifaransa"],
    switchRequests: [
      ...["parlez", "parler", "parle", "parlons", "en", "continuez en", "parlez en", "parler en"],
      ...["parlez vous", "je préfère le", "passer au", "continuons en"],
    ],
    switchRefusals: [
      ...["ne parle pas", "parle pas", "ne comprends pas", "comprends pas", "pas en"],
      ...["ne parlez pas", "pas le", "ne parlez pas en"],
    ],
    script: /\p{Script=Latin}/u,
  },
  asks: {
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
  },
  secrets: {
    nouns: {
      pin: ["pin", "code pin", "code secret", "numéro secret"],
      password: ["mot de passe", "password"],
      cvv: ["cvv", "cvc", "cryptogramme", "code de sécurité"],
      one_time_code: ["otp", "code à usage unique", "code de vérification"],
    },
    links: ["est", "c'est", "était", "le", "de", "mon", "numéro"],
  },
  claims: {
    sent: [
      new RegExp(
        `(?:${J_AI}|je vous ai|nous vous avons) (?:envoyé|transmis|expédié)(?![\\p{L}])`,
        "u",
      ),
      /\b(?:a|ont) été (?:envoyée?s?|transmise?s?)(?!\p{L})/u,
    ],
    reset: [
      new RegExp(`${J_AI} (?:réinitialisé|redémarré|débloqué|réactivé)(?![\\p{L}])`, "u"),
      /\b(?:a|ont) été (?:réinitialisée?s?|redémarrée?s?|débloquée?s?)(?!\p{L})/u,
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
      /\b(?:a|ont) été (?:changée?s?|modifiée?s?|mise?s? à jour|activée?s?|désactivée?s?)(?!\p{L})/u,
    ],
    cancelled: [
      new RegExp(`${J_AI} (?:annulé|supprimé|bloqué|arrêté)(?![\\p{L}])`, "u"),
      /\b(?:a|ont) été (?:annulée?s?|supprimée?s?|bloquée?s?)(?!\p{L})/u,
    ],
    opened: [
      new RegExp(`${J_AI} (?:ouvert|créé|signalé)(?![\\p{L}])`, "u"),
      /\bticket a été (?:ouvert|créé)(?!\p{L})/u,
    ],
    booked: [
      new RegExp(`${J_AI} (?:réservé|programmé|planifié|commandé)(?![\\p{L}])`, "u"),
      /\b(?:a|ont) été (?:réservée?s?|programmée?s?|planifiée?s?)(?!\p{L})/u,
    ],
  },
  phrases,
};
