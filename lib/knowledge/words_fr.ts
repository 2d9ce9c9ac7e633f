/**
 * French words that carry no topic. Words that mean something in English are missing here, since
 * callers mix languages: "car", "son", "on", "pour", "plus".
 */
export const stopWords = `
je j'ai j tu il elle nous vous ils elles le la les l un une des du de d au aux et ou mais donc ni que
qu qui quoi dont ce cet cette ces c'est c est n'est sont suis es êtes être été était étais avoir ai as
avez avais avait mon ma mes ton ta tes sa ses notre nos votre vos leur leurs me m te se s y en ne
n pas dans sur sous avec sans par chez entre vers jusqu' si comme très trop aussi alors puis déjà bien
bon bonne bonjour bonsoir salut allô merci s'il plaît svp oui non peux peut pouvez pouvoir puis-je
peux-tu pourriez veux veut voulez voudrais voulais vouloir dois doit devez devoir faut fait faire fais
faites va vais allez aller dire dites dis savoir sais savez besoin aimerais aide aider aidez quel
quelle quels quelles lequel laquelle est-ce qu'est-ce ça cela ceci là ici chose monsieur madame euh
heu voilà maintenant aujourd'hui hier moi toi lui eux tout tous toute toutes autre autres même ils
toujours jamais rien depuis pendant avant après ainsi donnez donner donne mettre mets obtenir trouver
`.trim().split(/\s+/);

/** Words that callers mention in passing; see the English list. */
export const faintWords = `
temps monde petit petite grand grande semaine année fois femme mari enfant frère
sœur téléphoner appeler appel parler montant environ possible vite rapidement
`.trim().split(/\s+/);

/** Words by idea; see the English list. */
export const ideas: Record<string, string> = {
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
  electricity: "électricité",
  water: "eau",
  job: "emploi travail recrutement",
  weather: "météo pluie",
  car: "voiture",
  phone: "téléphone portable",
};

/** Several words that are one. */
export const joined: Record<string, string> = {
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
};
