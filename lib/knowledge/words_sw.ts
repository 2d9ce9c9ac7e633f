/** Swahili words that carry no topic. */
export const stopWords = `
na ya wa za la cha vya kwa ni si je au lakini ili kama hii hiyo hizo huu huo hilo hapo hapa huku
huko kule mimi wewe sisi nyinyi wao yeye yangu wangu langu changu zangu vyangu yako wako lako chako
zako yetu wetu letu zetu yenu wenu lenu zenu vyenu yake wake lake gani nini vipi wapi lini nani ipi
upi lipi kipi zipi ngapi kiasi aje naomba nataka ningependa tafadhali habari hujambo mambo sana bado
sasa tena pia tu kuwa kuna hakuna mna nina una ana tuna wana niko uko yuko mko tuko iko ziko liko
niambie nisaidie nijue kujua kwamba ambayo ambao baada kabla kila bila hadi mpaka kutoka kwenye
katika juu chini ndani leo nikitumia nitumie natumia nyote wangapi kwani mbona sababu nifanye
nifanyeje itakuwaje jinsi ninawezaje naweza ninaweza unaweza mnaweza nitapata napata yoyote lolote
wote zote karibu basi ndio ndiyo hapana asante kwangu kwetu kwenu mahali wakati jana kesho
`.trim().split(/\s+/);

/** Words by idea; see the English list. A word after `-` is a verb without its beginnings. */
export const ideas: Record<string, string> = {
  "pay past": "nimelipa nililipa nimeshalipa tumelipa tulilipa",
  past: "tayari",
  more: "zaidi",
  pay: "malipo -lipa -lipe -lipia -lipaje",
  bill: "bili ankara",
  charge: "-lipisha -lipishwa",
  price: "bei gharama shilingi ada",
  plan: "kifurushi vifurushi mpango",
  cheap: "nafuu rahisi",
  speed: "kasi spidi",
  slow: "polepole taratibu kwama -katikakatika",
  internet: "intaneti mtandao mitandao",
  wifi: "waifai",
  router: "ruta rauta modemu",
  restart: "-washa -zima -anzisha -iwashe -zimwa",
  stuck: "-kwama -goma",
  password: "nenosiri nywila neno-siri",
  change: "-badilisha -badili -badilishaje -badilishia",
  forget: "-sahau",
  move: "-hama -hamisha -hamia -hamishwa",
  house: "nyumba nyumbani",
  install: "-unganisha -unganishwa -wekewa -fungiwa -jiunga",
  new: "mpya jipya",
  cancel: "-sitisha -ghairi -acha sitaki -sitishia",
  close: "-funga -fungaje",
  open: "-fungua wazi",
  refund: "-rudishwa -rudishiwa -rudishiwaje marejesho",
  money: "pesa hela",
  twice: "mara-mbili",
  wrong: "makosa isiyo-sahihi",
  office: "ofisi tawi duka ofisini",
  hours: "saa masaa",
  coverage: "-hudumia -patikana -fika",
  area: "eneo maeneo mtaa mtaani mitaa miji mji",
  upgrade: "-pandisha -pandishwa -ongeza",
  light: "taa mwanga -waka",
  red: "nyekundu",
  account: "akaunti",
  number: "namba nambari",
  receive: "-onekana haijarudi -sasishwa hayajafika haijaonekana",
  late: "-chelewa",
  penalty: "faini adhabu",
  suspend: "-simamishwa -simamisha -katiwa",
  technician: "fundi mafundi",
  repair: "matengenezo -tengeneza",
  unlimited: "haina-kikomo",
  limit: "kikomo",
  data: "gigabaiti",
  friend: "rafiki marafiki",
  refer: "-alika -kimleta -leta",
  reward: "zawadi",
  offer: "ofa punguzo",
  business: "biashara",
  fraud: "utapeli tapeli shaka",
  message: "ujumbe meseji",
  send: "-tuma -tume",
  day: "siku",
  month: "mwezi",
  long: "muda",
  wait: "-subiri",
  free: "bure",
  contract: "mkataba",
  service: "huduma",
  saturday: "jumamosi",
  sunday: "jumapili",
  cable: "kebo nyaya waya",
  neighbour: "jirani majirani",
  reduce: "-punguza",
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
  "isiyo sahihi": "isiyo-sahihi",
  "wifi yangu inakatika": "wifi kwama",
};
