/** Swahili words that carry no topic. */
export const stopWords = `
-fany- -wez- -taka -take -pata -pate -hitaji -sema -seme -jua -ja -je -enda -weka -weke -ona -one -anza -anze -taki -pa -pe -peni -chukua -chukue -toka -sa -omba -elewa
nanyi pamoja ninyi nataka ingine nyingine mwingine lingine kitu ku hakuna hamna aina sana
leo nafanyakazi fanya fany kufanya nifanya inafanya wek kuja kwenda katika na ya wa za la cha vya kwa ni si je au ama lakini ili kama hii hiyo hizo huu huo hilo hapo hapa
huku huko kule mimi mi wewe we sisi nyinyi ninyi wao yeye yangu wangu langu changu zangu vyangu yako
wako lako chako zako yetu wetu letu zetu yenu wenu lenu zenu vyenu kwenu kwetu kwangu kwako kwao yake
wake lake chake gani nini ipi upi lipi kipi zipi ngapi kiasi naomba
nataka ningependa tafadhali habari hujambo mambo sana sasa tena pia tu kuwa kuna mna nina una ana
tuna wana niko uko yuko mko tuko iko ziko liko kuko imekuwa nimekuwa imekua niambie nisaidie naombeni
nijue kujua kwamba ati eti ambayo ambao ambaye baada kabla kila bila hadi mpaka kutoka toka kwenye
juu chini ndani nikitumia nitumie natumia kutumia tumia nyote wangapi sababu nifanye
nafanya tufanyeje itakuwaje inakuwaje naweza
ninaweza tunaweza unaweza mnaweza inaweza wanaweza kuweza nitapata napata nipate kupata yoyote lolote
chochote kabisa vile hivi hivyo hivo tangu asubuhi jioni usiku mchana jana juzi sasa-hivi mara
moja kitu vitu naona nimeona nitajuaje nielezee nieleze elezea eleza naulizia nauliza kuuliza swali
wote zote vyote yote karibu basi ndio ndiyo hapana asante mahali wakati nikitaka nataka tunataka
akitaka anataka kutaka inahitaji nahitaji ninahitaji hitaji itachukua inachukua huchukua kuchukua
mnachukua chukua nisaidieni msaada saidia hebu jamani bana sasa ndo ndivyo hata kisha halafu alafu
nikifanya nimefanya fulani hasa kweli haya hayo hao hawa yaani zangu sema nisema niseme zikoje ikoje
boss bwana mama baba mzee kaka dada eeh ee aah wiki iliyopita inakuwa itakuwa
nipe nipeni mnipe nipatie wazee wasee buda maze manze si naeza mnaeza naezaje niaje haina
ninaomba tunaomba ningetaka kuhusu niko kwanza vizuri
`.trim().split(/\s+/);

/** Words and ideas that callers mention in passing; see the English list. */
export const faintWords = `
mtoto watoto mke mume dakika elfu mwaka nyingi wengi mengi kubwa kidogo ndogo mpya
haraka mapema
`.trim().split(/\s+/);

/**
 * Words by idea; see the English list. A word after `-` is a verb without its beginnings, and with
 * `-` behind it too, without its endings: `-badilish-` is in `nitakubadilishia`.
 */
export const ideas: Record<string, string> = {
  // How it is asked
  where: "wapi",
  when: "lini",
  why: "mbona kwani",
  how: "vipi aje jinsi namna nifanyeje ninawezaje nawezaje nafanyaje njia hatua",
  who: "nani",
  next: "kesho ijayo ujao",
  customer: "mteja wateja",
  company: "kampuni",
  still: "bado",
  // Pesa
  "pay past":
    "nimelipa nililipa nimeshalipa tumelipa tulilipa nishalipa nimelipia nililipia ushalipa",
  past: "tayari nishatuma",
  "send past": "nimetuma nilituma tumetuma nimewatumia nimeshatuma",
  more: "zaidi",
  pay: "malipo -lipa -lipe -lipia -lipie -lipaje -lipwa -lipeni",
  bill: "bili ankara deni madeni -daiwa -dai",
  charge: "-lipish- -katwa -toza -tozwa",
  price: "bei gharama shilingi ada ghali -gharimu -kosti",
  cheap: "nafuu rahisi",
  money: "pesa hela fedha doh doo mapeni ganji chapaa mkwanja",
  balance: "salio baki",
  twice: "mara-mbili",
  wrong: "makosa isiyo-sahihi kosa -kosea kimakosa",
  refund: "-rudishiw- -rudishie -rudishieni -rejeshe- -rejesh- marejesho fidia",
  return: "-rudisha -rudishe -rudi",
  receive:
    "-onekan- haijarudi -sasish- hayajafika haijafika hazijafika -pokea -pokele- -ingia hamjapata",
  late: "-chelew-",
  extend: "-vumili-",
  penalty: "faini adhabu",
  salary: "mshahara",
  loan: "mkopo mikopo -kopa -kopesh-",
  receipt: "risiti",
  tax: "ushuru",
  bank: "benki",
  card: "kadi",
  // Vifurushi
  plan: "kifurushi vifurushi mpango mipango bando",
  speed: "kasi spidi mwendo",
  slow: "polepole taratibu -kwamakwama -vuta -sota slowslow kobe",
  upgrade: "-pandish- -panda -ongez-",
  downgrade: "-shuka -shush-",
  reduce: "-punguz- -pungua -pungu-",
  limit: "kikomo mipaka",
  data: "gigabaiti gb mb",
  exhaust: "-isha -malizik- -kwisha",
  use: "matumizi",
  offer: "ofa punguzo promosheni",
  friend: "rafiki marafiki jamaa mwenzangu beshte mwenzako",
  refer: "-alika -leta -mleta -tambulish- -pendekez-",
  reward: "zawadi tuzo bonasi faida",
  business: "biashara",
  contract: "mkataba mikataba",
  cancel: "-sitish- -ghairi -acha -ache -achana sitaki -ondoka -jitoa -katisha",
  // Mtandao
  drop: "-katikakatika -katikati -katakata",
  problem: "tatizo matatizo shida kasoro",
  down:
    "imekatika umekatika imepotea umepotea hitilafu haiko hauko haifanyi haufanyi haipatikani imezima",
  internet: "intaneti mtandao mitandao laini",
  wifi: "waifai",
  router: "ruta rauta modemu kisanduku",
  restart: "-wash- -zim- -anzish- -chomo- -chomek-",
  stuck: "-kwama -goma -ganda",
  light: "taa mwanga -waka -mulik-",
  red: "nyekundu",
  blink: "-metameta",
  cable: "kebo nyaya waya",
  password: "nenosiri nywila",
  change: "-badilish- -badili -badil-",
  name: "jina majina",
  forget: "-sahau -sahaulika -poteza",
  steal: "-iba -ibia -ibiwa",
  neighbour: "jirani majirani",
  technician: "fundi mafundi",
  visit: "-tembelea",
  repair: "matengenezo -tengenez- -rekebish- ukarabati",
  broken: "imeharibika -haribik- -vunjik- imevunjika mbovu",
  check: "-angali- -kagu- -chungu-",
  // Kuunganishwa na kuhama
  install:
    "-unganish- -wekewa -wekea -wekee -fungiwa -fungia -fungie -jiunga -jisajili -sajili- -jiunge -unganika",
  move: "-hama -hamia -hame -hamish- -hamisha",
  house: "nyumba nyumbani ploti",
  coverage: "-hudumi- -patikan- -fika -fikia -fikiwa",
  area: "eneo maeneo mtaa mtaani mitaa miji mji mjini sehemu kijiji kijijini",
  office: "ofisi tawi matawi duka ofisini dukani maofisi",
  place: "anwani barabara",
  hours: "saa masaa",
  open: "-fungua -funguliwa -fungue wazi",
  close: "-funga -fungaje -fungwa",
  saturday: "jumamosi",
  sunday: "jumapili",
  holiday: "sikukuu likizo",
  account: "akaunti",
  number: "namba nambari",
  suspend: "-simamish- -katiwa -katia -katie -katieni -kata -zimia -zimiwa",
  service: "huduma",
  free: "bure",
  wait: "-subir- -ngoj-",
  long: "muda",
  day: "siku",
  month: "mwezi miezi",
  person: "mtu watu mse msee mwanaume",
  video: "sinema filamu",
  // Usalama
  pin: "msimbo",
  fraud:
    "utapeli -tapeli- shaka mwizi wezi tapeli matapeli -jifanya -jifany- laghai -laghai- -danganya -danganyw- bandia ulaghai -hadaa -anadai",
  safe: "usalama salama",
  message: "ujumbe meseji barua",
  send: "-tuma -tume -tumwa",
  link: "kiungo",
  // Duka
  order: "oda agizo -agiza -agizia",
  buy: "-nunu- -uza -uzia -uziwa",
  deliver: "-letea -letewa -letee -leteeni -safirish- -fikishia",
  parcel: "mzigo mizigo bidhaa",
  missing: "pungufu -kosekan-",
  size: "saizi",
  "10": "kumi",
  "20": "ishirini",
  "30": "thelathini",
  "50": "hamsini",
  "100": "mia",
};

/** Several words that are one. */
export const joined: Record<string, string> = {
  "neno siri": "nenosiri",
  "neno la siri": "nenosiri",
  "mara mbili": "mara-mbili",
  "pesa ngapi": "bei",
  "shilingi ngapi": "bei",
  "kiasi gani": "bei",
  "bei ya chini": "nafuu bei",
  "bei nafuu": "nafuu bei",
  "bei rahisi": "nafuu bei",
  "nimetuma pesa": "pay past",
  "nilituma pesa": "pay past",
  "pesa imetoka": "pay past",
  "pesa imekatwa": "pay past",
  "pesa zimekatwa": "pay past",
  "pesa zimetoka": "pay past",
  "saa za kazi": "open hours",
  "saa ngapi": "when hours",
  "haifanyi kazi": "down",
  "za kazi": "work",
  "ya kazi": "work",
  "mnafanya kazi": "work",
  "anafanya kazi": "work",
  "wanafanya kazi": "work",
  "inafanya kazi": "work",
  "kufanya kazi": "work",
  "hufanya kazi": "work",
  "haufanyi kazi": "down",
  "hakuna mtandao": "internet down",
  "hakuna intaneti": "internet down",
  "hakuna net": "internet down",
  "sina mtandao": "internet down",
  "sina intaneti": "internet down",
  "sina net": "internet down",
  "hatuna mtandao": "internet down",
  "hatuna intaneti": "internet down",
  "isiyo sahihi": "isiyo-sahihi",
  "si sahihi": "isiyo-sahihi",
  "muda zaidi": "extend",
  "muda kidogo": "extend",
  "siku kadhaa": "extend",
  "siku chache": "extend",
  "ana kwa ana": "office",
  "uso kwa uso": "office",
  "piga simu": "call",
  "kupiga simu": "call",
  "atapiga simu": "call",
  "nimepigiwa simu": "call",
  "amenipigia simu": "call",
  "siku ngapi": "long",
  "muda gani": "long",
  "mna fika": "coverage",
  "kukatika katika": "drop",
  "inakatika katika": "drop",
  "pole pole": "polepole",
  "kwama kwama": "slow",
  "inakwama kwama": "slow",
  "huduma kwa wateja": "person",
  "kwa makosa": "makosa",
  "nusu bei": "offer",
  "weka pesa": "deposit money",
  "kuweka pesa": "deposit money",
  "toa pesa": "withdraw money",
  "kutoa pesa": "withdraw money",
};
