import { asks, brain, claims, phrases, secrets, tools, toolTexts } from "./fr_phrases.ts";
import type { Language } from "./language.ts";
import { list, words } from "./list.ts";

/** What is left of a small word before a vowel: `l'installation`, `d'eau`. */
const ELISION = /(?<![\p{L}'])(?:[cdjlmnst]|qu)'(?=\p{L}{2})/gu;

const DIGITS = list(`
  zéro, un, deux, trois, quatre, cinq, six, sept, huit, neuf`);
const TEENS = list(`
  dix, onze, douze, treize, quatorze, quinze, seize, dix-sept, dix-huit, dix-neuf`);
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

const MONTHS = list(`
  janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre,
  décembre`);

function time(hour: number, minute: number): string {
  if (minute === 0 && hour === 0) return "minuit";
  if (minute === 0 && hour === 12) return "midi";
  const words = `${feminine(hour)} ${hour < 2 ? "heure" : "heures"}`;
  return minute === 0 ? words : `${words} ${feminine(minute)}`;
}

/** "1 234" is one number; figures with a leading zero are to be dialled. */
function joinThousands(text: string): string {
  return text.replace(
    /(?<![\d.+] ?|\d,)([1-9]\d{0,2})((?: \d{3})+)(?![ ]?\d)/g,
    (_, head: string, groups: string) => head + groups.replaceAll(" ", ""),
  );
}

function feminine(value: number): string {
  return cardinal(value).replace(/\bun$/, "une");
}

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
    decimalComma: true,
    ordinalEndings: ["er", "ère", "re", "e", "ème", "eme", "ième", "nd", "nde"],
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
    unitFirst: false,
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
    prepare: joinThousands,
    abbreviations: {
      ...{ "M.": "Monsieur", "Mme": "Madame", "Mlle": "Mademoiselle", "Dr.": "Docteur" },
      ...{ "p.ex.": "par exemple", "etc.": "et cetera", "c.-à-d.": "c'est-à-dire" },
      ...{ "tél.": "téléphone" },
    },
    signs: {
      ...{ dash: "tiret", underscore: "tiret bas", number: "numéro" },
      ...{ plus: "plus", minus: "moins", and: "et", at: "arobase", dot: "point" },
      ...{ slash: "barre", to: "à" },
    },
    letterLinks: ["comme"],
    digitNouns: list(`
      numéro, téléphone, compte, code, référence, ticket, commande, compteur, identité,
      facture, till, paybill, poste, reçu, id, otp, ref`),
  },
  answers: {
    yes: list(`
      oui, ouais, d'accord, exact, exactement, c'est exact, c'est correct, ok, c'est ça,
      tout à fait, bien sûr, allez y, vas y, je confirme, confirmé, entendu, parfait,
      absolument, faites le, je veux bien, c'est bon, okay, correct, volontiers,
      je suis d'accord`),
    no: list(`
      non, pas du tout, surtout pas, jamais, pas maintenant, ce n'est pas ça, si non,
      c'est pas ça, c'est faux, faux, incorrect, annulez, ne le faites pas, pas encore,
      je ne veux pas, je veux pas, arrêtez, laissez tomber, ce n'est pas correct`),
    polite: list(`
      s'il vous plaît, s'il te plaît, merci, merci beaucoup, monsieur, madame, euh, bien,
      alors, donc, voilà, bon, beaucoup, maintenant, hein`),
    farewells: list(`
      au revoir, bonne journée, bonne soirée, bonne nuit, à bientôt, c'est tout, ce sera tout,
      rien d'autre, salut, adieu, non c'est tout, non merci`),
  },
  turns: {
    backchannels: list(`
      mm, mhm, mmh, hmm, hm, oui, ouais, d'accord, ok, okay, ah, ah oui, ah bon, je vois,
      exact, voilà, bien, très bien, parfait, c'est ça, oh, aha`),
    stops: list(`
      attendez, attends, un instant, une minute, une seconde, stop, arrêtez, arrête, non,
      non non, pardon, excusez moi, écoutez, minute, taisez vous, un moment`),
    hesitations: list(`
      euh, heu, ben, hum, hmm, eh bien, comment dire, voyons`),
    unfinished: list(`
      et, mais, ou, parce que, car, donc, quand, le, les, une, des, du, de, à, au, aux, pour,
      avec, sans, sur, dans, par, mon, ma, mes, votre, vos, son, sa, ses, c'est, je, puis,
      ensuite, puisque, j'ai, il, elle, euh, heu`),
    perhapsUnfinished: list(`
      si, que, qui, alors, la, un, on, est, comme`),
    leadIns: list(`
      mon numéro est, mon numéro c'est, le numéro est, c'est le, je m'appelle, bonjour,
      j'ai une question, allô, mon problème c'est, attendez`),
  },
  marks: {
    words: list(`
      je, vous, nous, le, la, les, des, est, et, pas, mon, ma, mes, votre, pour, avec, que,
      qui, quoi, comment, pourquoi, quand, où, oui, non, merci, bonjour, bonsoir, s'il, plaît,
      ça, c'est, j'ai, je, suis, avez, avoir, être, une, un, du, au, aux, dans, sur, mais, ou,
      argent, numéro, compte, voudrais, veux, peux, pouvez, parler, ne, n'ai, il, elle, marche,
      très, bien, aussi, encore, depuis, hier, demain, aujourd'hui`),
    forms: [/[àâçéèêëîïôûùœ]/, /^(?:qu|l|d|j|n|s|c|m)'\p{L}+$/u],
    names: ["français", "francais", "french", "kifaransa"],
    switchRequests: list(`
      parlez, parler, parle, parlons, on parle, en, continuez en, parlez en, parler en, parlez vous,
      je préfère le, passer au, continuons en`),
    switchRefusals: list(`
      ne parle pas, parle pas, ne comprends pas, comprends pas, pas en, ne parlez pas, pas le,
      ne parlez pas en`),
    script: /\p{Script=Latin}/u,
  },
  asks,
  questions: {
    msisdn: /\bnuméro de téléphone\b/,
    account_no: /\bnuméro de (?:compte|client)\b/,
    order_no: /\bnuméro de commande\b/,
    meter_no: /\bnuméro de compteur\b/,
    national_id: /\bnuméro (?:d'identité|de carte)\b/,
    mpesa_code: /\bcode (?:m-?pesa|de transaction|de confirmation)\b/,
    yes_no: /^(?:est-ce|voulez-vous|dois-je|puis-je|souhaitez-vous|avez-vous)/,
    amount: /\b(?:combien|quel montant)\b/,
    date: /\b(?:quelle date|quel jour|quand)\b/,
    name: /\bvotre nom\b/,
  },
  smallTalk: {
    greeting: list(`bonjour, bonsoir, salut, allô, comment allez-vous`),
    thanks: list(`merci, merci beaucoup`),
    repeat: list(`répétez, pouvez-vous répéter, pardon, je n'ai pas entendu, encore une fois`),
    who: list(`qui êtes-vous, êtes-vous un robot, c'est un robot`),
    help: list(`aidez-moi, pouvez-vous m'aider, j'ai besoin d'aide, j'ai une question`),
    cancel: list(`laissez tomber, annulez, je ne sais pas, je ne l'ai pas`),
  },
  retrieval: {
    stopWords: words(`
      je j'ai j tu il elle nous vous ils elles le la les l un une des du de d au aux et ou mais donc ni que
      qu qui quoi dont ce cet cette ces c'est c est n'est sont suis es êtes être été était étais avoir ai as
      avez avais avait mon ma mes ton ta tes sa ses notre nos votre vos leur leurs me m te se s y en ne
      n pas dans sur sous avec sans par chez entre vers jusqu' si comme très trop aussi alors puis déjà bien
      bon bonne bonjour bonsoir salut allô merci s'il plaît svp oui non peux peut pouvez pouvoir puis-je
      peux-tu pourriez veux veut voulez voudrais voulais vouloir dois doit devez devoir faut fait faire fais
      faites va vais allez aller dire dites dis savoir sais savez besoin aimerais aide aider aidez quel
      quelle quels quelles lequel laquelle est-ce qu'est-ce ça cela ceci là ici chose monsieur madame euh
      heu voilà maintenant aujourd'hui hier moi toi lui eux tout tous toute toutes autre autres même ils
      toujours jamais rien depuis pendant avant après ainsi donnez donner donne mettre mets obtenir trouver`),
    faintWords: words(`
      temps monde petit petite grand grande semaine année fois femme mari enfant frère
      sœur téléphoner appeler appel parler montant environ possible vite rapidement`),
    commonWords: words(`
      vraiment presque souvent parfois chaque plusieurs beaucoup peu assez moins ensemble seul seule
      pendant autour près loin dedans dehors dessus dessous gauche droite devant derrière procédure façon
      manière raison exemple chose choses gens besoin envie`),
    ideas: {
      where: "où",
      when: "quand",
      why: "pourquoi",
      how: "comment",
      next: "demain prochain prochaine",
      still: "encore",
      customer: "client cliente clients abonné",
      company: "entreprise société compagnie",
      pay: "payer paie paye payez paiement paiements régler règlement paierai verser",
      "pay past": "payé réglé versé",
      bill: "facture factures facturation",
      charge: "prélevé prélèvement débité facturé",
      price: "prix tarif tarifs coût coûte coûtent combien frais",
      cheap: "cher chère économique abordable",
      money: "argent",
      balance: "solde",
      twice: "double",
      wrong: "erreur erroné tromperie trompé mauvais",
      refund: "remboursement rembourser remboursez remboursé",
      return: "retourner rendre renvoyer retour",
      receive: "reçu recevoir arrivé affiché apparaît apparait",
      late: "retard tard",
      due: "échéance",
      penalty: "pénalité amende",
      extend: "délai",
      loan: "prêt prêts emprunter crédit",
      deposit: "déposer dépôt recharger",
      withdraw: "retirer retrait",
      plan: "forfait forfaits abonnement abonnements formule formules offre",
      offer: "promotion promotions réduction remise",
      cancel: "annuler annulez résilier résiliation désabonner désactiver",
      contract: "contrat",
      upgrade: "augmenter supérieur",
      reduce: "réduire baisser diminuer",
      unlimited: "illimité illimitée",
      limit: "limite limites plafond",
      data: "données gigaoctets gigas",
      speed: "vitesse débit",
      slow: "lent lente lenteur lentement rame ralentit",
      fast: "rapide",
      internet: "réseau connexion ligne",
      down: "panne coupé coupée coupure",
      router: "routeur modem boîtier box",
      restart: "redémarrer redémarrage rallumer éteindre réinitialiser relancer débrancher",
      stuck: "bloqué figé planté",
      light: "voyant lumière lampe témoin",
      red: "rouge",
      cable: "câble fil",
      change: "changer modifier remplacer changement",
      name: "nom",
      forget: "oublié perdu",
      neighbour: "voisin voisins",
      technician: "technicien techniciens réparateur",
      repair: "réparer réparation dépannage",
      broken: "cassé abîmé endommagé",
      install: "installer installation raccorder raccordement inscrire inscription brancher",
      new: "nouveau nouvelle neuf",
      move: "déménager déménage déménagement transférer",
      house: "maison appartement logement",
      coverage: "couverture couvrez couvert disponible desservez",
      area: "quartier ville zone région",
      office: "bureau bureaux agence agences magasin boutique",
      place: "adresse",
      hours: "heure heures horaires horaire",
      open: "ouvert ouverts ouvrez ouverture",
      close: "fermé fermez fermer fermeture",
      saturday: "samedi",
      sunday: "dimanche",
      account: "compte comptes",
      number: "numéro numéros",
      suspend: "suspendu suspendue suspendre suspension",
      friend: "ami amie amis",
      refer: "parrainer parrainage recommander",
      reward: "récompense cadeau prime",
      fraud: "arnaque arnaqué fraude fraudeur escroc escroquerie suspect",
      message: "texto",
      send: "envoyer envoyé envoi",
      order: "commande commandes commander commandé",
      deliver: "livrer livraison livré livreur",
      parcel: "colis paquet article articles produit",
      free: "gratuit gratuite",
      month: "mois",
      day: "jour jours",
      wait: "attendre attends attente",
      person: "personne conseiller humain",
    },
    subjects: {
      electricity: "électricité électrique",
      water: "eau",
      abroad: "étranger ouganda tanzanie europe amérique",
      phone: "téléphone portable",
      tv: "télé télévision",
      laptop: "ordinateur ordinateurs",
      printer: "imprimante",
      email: "courriel",
      job: "emploi emplois travail recrutement",
      insurance: "assurance",
      school: "école université étudiant élève",
      car: "voiture voitures véhicule moto",
      flight: "avion",
      hotel: "hôtel",
      doctor: "docteur médecin hôpital malade pharmacie",
      weather: "météo pluie",
      passport: "passeport",
      camera: "caméra caméras",
      landlord: "propriétaire loyer",
      music: "musique chanson",
      food: "manger nourriture pain",
      marriage: "mariage",
      politics: "politique élection élections gouvernement président",
      joke: "blague",
      fuel: "essence carburant",
      complaint: "plainte",
      owner: "directeur",
      news: "nouvelles",
      dog: "chien chat",
    },
    subjectIdeas: [],
    joined: {
      "mot de passe": "password",
      "code secret": "pin",
      "deux fois": "twice",
      "ne marche pas": "down",
      "marche pas": "down",
      "ne fonctionne pas": "down",
      "fonctionne pas": "down",
      "plus internet": "internet down",
      "pas internet": "internet down",
      "en panne": "down",
      "m pesa": "mpesa",
      "pas cher": "cheap",
      "moins cher": "cheap",
      "moins chère": "cheap",
      "combien de temps": "long",
      "quelle heure": "hours",
    },
    questionsTitles: ["questions"],
    forms: { prepare: (text) => text.replace(ELISION, " ") },
  },
  secrets,
  claims,
  phrases,
  brain,
  toolTexts,
  tools,
};
