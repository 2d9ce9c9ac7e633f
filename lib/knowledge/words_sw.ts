/** Swahili words that carry no topic. */
export const stopWords = `
katika na ya wa za la cha vya kwa ni si je au lakini ili kama hii hiyo hizo huu huo hilo hapo hapa huku
huko kule mimi wewe sisi nyinyi wao yeye yangu wangu langu changu zangu vyangu yako wako lako chako
zako yetu wetu letu zetu yenu wenu lenu zenu vyenu yake wake lake gani nini vipi wapi lini nani ipi
upi lipi kipi zipi ngapi kiasi aje naomba nataka ningependa tafadhali habari hujambo mambo sana bado
sasa tena pia tu kuwa kuna mna nina una ana tuna wana niko uko yuko mko tuko iko ziko liko
niambie nisaidie nijue kujua kwamba ambayo ambao baada kabla kila bila hadi mpaka kutoka kwenye
juu chini ndani leo nikitumia nitumie natumia nyote wangapi kwani mbona sababu nifanye
nifanyeje itakuwaje jinsi ninawezaje naweza ninaweza unaweza mnaweza nitapata napata yoyote lolote
kabisa vile hivi hivyo tangu asubuhi jioni usiku mchana jana juzi sasa-hivi mara moja kitu vitu
naona nimeona nitajuaje nielezee nieleze naulizia nauliza kuuliza swali habari
wote zote karibu basi ndio ndiyo hapana asante kwangu kwetu kwenu mahali wakati jana kesho
`.trim().split(/\s+/);

/**
 * Words by idea; see the English list. A word after `-` is a verb without its beginnings, and with
 * `-` behind it too, without its endings: `-badilish-` is in `nitakubadilishia`.
 */
export const ideas: Record<string, string> = {
  "pay past": "nimelipa nililipa nimeshalipa tumelipa tulilipa",
  past: "tayari",
  more: "zaidi",
  pay: "malipo -lipa -lipe -lipia -lipaje",
  bill: "bili ankara",
  charge: "-lipish- -katwa",
  price: "bei gharama shilingi ada",
  plan: "kifurushi vifurushi mpango",
  cheap: "nafuu rahisi",
  speed: "kasi spidi",
  slow: "polepole taratibu kwama",
  problem: "tatizo matatizo shida",
  drop: "-katikakatika -katika -katikati",
  down: "imekatika umekatika imepotea umepotea hitilafu sina hatuna hakuna",
  internet: "intaneti mtandao mitandao",
  wifi: "waifai",
  router: "ruta rauta modemu",
  restart: "-washa -washe -zima -zime -anzish- -zimwa",
  stuck: "-kwama -goma -ganda",
  password: "nenosiri nywila neno-siri",
  change: "-badilish- -badili",
  forget: "-sahau -sahaulika -poteza",
  move: "-hama -hamia -hamish-",
  house: "nyumba nyumbani",
  install: "-unganish- -wekewa -wekea -fungiwa -fungia -jiunga",
  new: "mpya jipya",
  cancel: "-sitish- -ghairi -acha sitaki",
  close: "-funga -fungaje",
  open: "-fungua -funguliwa wazi",
  refund: "-rudish- marejesho",
  money: "pesa hela",
  twice: "mara-mbili",
  wrong: "makosa isiyo-sahihi",
  office: "ofisi tawi duka ofisini",
  hours: "saa masaa",
  coverage: "-hudumi- -patikan- -fika -fikia mko",
  area: "eneo maeneo mtaa mtaani mitaa miji mji",
  upgrade: "-pandish- -ongez-",
  light: "taa mwanga -waka",
  red: "nyekundu",
  account: "akaunti",
  number: "namba nambari",
  receive: "-onekan- haijarudi -sasish- hayajafika haijafika",
  late: "-chelew-",
  penalty: "faini adhabu",
  suspend: "-simamish- -katiwa -katia -katie",
  technician: "fundi mafundi",
  repair: "matengenezo -tengenez- -rekebish-",
  unlimited: "haina-kikomo",
  limit: "kikomo",
  data: "gigabaiti",
  friend: "rafiki marafiki",
  refer: "-alika -leta",
  reward: "zawadi",
  offer: "ofa punguzo promosheni",
  business: "biashara",
  fraud: "utapeli -tapeli- shaka mwizi wezi",
  message: "ujumbe meseji",
  send: "-tuma -tume -tumwa",
  day: "siku",
  month: "mwezi",
  long: "muda",
  wait: "-subir-",
  free: "bure",
  contract: "mkataba",
  service: "huduma",
  saturday: "jumamosi",
  sunday: "jumapili",
  cable: "kebo nyaya waya",
  neighbour: "jirani majirani",
  reduce: "-punguz-",
  person: "mtu watu",
  "10": "kumi",
  "20": "ishirini",
  "50": "hamsini",
  "100": "mia",
  name: "jina",
  use: "matumizi",
};

/** Several words that are one. */
export const joined: Record<string, string> = {
  "neno siri": "nenosiri",
  "mara mbili": "mara-mbili",
  "pesa ngapi": "bei",
  "nimetuma pesa": "pay past",
  "saa za kazi": "open hours",
  "haifanyi kazi": "down",
  "haufanyi kazi": "down",
  "isiyo sahihi": "isiyo-sahihi",
};
