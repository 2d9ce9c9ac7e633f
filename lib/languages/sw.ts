import type { Language } from "./language.ts";
import { list, words } from "./list.ts";
import type { VerbForms } from "./retrieval_words.ts";
import { asks, brain, claims, phrases, secrets, toolTexts } from "./sw_phrases.ts";

const DIGITS = list(`
  sifuri, moja, mbili, tatu, nne, tano, sita, saba, nane, tisa`);
const TENS = list(`
  kumi, ishirini, thelathini, arobaini, hamsini, sitini, sabini, themanini, tisini`);
const SCALES: [number, string][] = [
  [1e9, "bilioni"],
  [1e6, "milioni"],
  [1e5, "laki"],
  [1e3, "elfu"],
  [100, "mia"],
];

function cardinal(value: number): string {
  if (value < 10) return DIGITS[value];
  if (value < 100) {
    const ten = TENS[Math.floor(value / 10) - 1];
    return value % 10 === 0 ? ten : `${ten} na ${DIGITS[value % 10]}`;
  }
  const [size, name] = SCALES.find(([size]) => value >= size)!;
  const times = Math.floor(value / size);
  const rest = value % size;
  const head = `${name} ${cardinal(times)}`;
  if (rest === 0) return head;
  // "Elfu ishirini na tano" is heard as 25,000: only a pause makes it 20,005.
  const joins = times >= 10 && times % 10 === 0 && rest < 10 || times % 100 === 0 && rest < 100;
  if (joins) return `${head}, na ${cardinal(rest)}`;
  const tail = cardinal(rest);
  return tail.includes(" na ") ? `${head} ${tail}` : `${head} na ${tail}`;
}

function ordinal(value: number): string {
  if (value === 1) return "wa kwanza";
  return value === 2 ? "wa pili" : `wa ${cardinal(value)}`;
}

const MONTHS = list(`
  Januari, Februari, Machi, Aprili, Mei, Juni, Julai, Agosti, Septemba, Oktoba, Novemba,
  Desemba`);

/** Swahili hours count from sunrise: seven in the morning is the first hour. */
function time(hour: number, minute: number): string {
  const part = partOfDay(hour);
  if (minute === 45) return `saa ${hourName(hour + 1)} kasorobo ${part}`;
  return `saa ${hourName(hour)}${minutesPast(minute)} ${part}`;
}

/** Figures after "saa" up to twelve already count from sunrise: "saa 2:30 asubuhi". */
function readWrittenHours(text: string): string {
  return text.replace(
    /\b(saa) (0?[1-9]|1[0-2])(?:[:.]([0-5]\d))?(?![\d:.,]\d|\d)/gi,
    (_, saa: string, hour: string, minute = "00") => {
      return `${saa} ${cardinal(Number(hour))}${minutesPast(Number(minute))}`;
    },
  );
}

function minutesPast(minute: number): string {
  if (minute === 0) return "";
  if (minute === 15) return " na robo";
  return minute === 30 ? " na nusu" : ` na dakika ${cardinal(minute)}`;
}

function hourName(hour: number): string {
  return cardinal((hour + 6) % 12 || 12);
}

function partOfDay(hour: number): string {
  if (hour < 4 || hour >= 19) return "usiku";
  if (hour < 6) return "alfajiri";
  if (hour < 12) return "asubuhi";
  return hour < 16 ? "mchana" : "jioni";
}

/** What may stand before a Swahili verb's root, in order: `ni-ta-ku-`, `h-a-ja-`, `m-li-vyo-ni-`. */
const PREFIXES = [
  "(?:ha|si|hu|ku|kw)?",
  // Who does it.
  "(?:ni|n|u|a|tu|m|mu|mw|wa|w|i|zi|z|ki|vi|li|ya|y|pa)?",
  // When.
  "(?:na|li|taka|ta|mesha|me|sha|nge|ngali|ka|ki|ja|si)?",
  // Which, where or how.
  "(?:po|yo|zo|cho|vyo|lo|ye|o|ko|mo)?",
  "(?:ku)?",
  // Whom or what.
  "(?:ni|ku|m|mw|mu|tu|wa|i|zi|ki|vi|li|ya|ji|u|pa)?",
].join("");

const IS_PREFIX = new RegExp(`^${PREFIXES}$`);

/** A verb with subject and tense: `anakuja`, `tulihama`, `zimepotea`. */
const FULL_VERB = new RegExp(
  "^(?:ku|(?:ha)?(?:ni|u|a|tu|m|wa|i|zi|ki|vi|li|ya|si)(?:na|li|ta|mesha|me|ka|ki|ja))" +
    "(?:po|yo|zo|cho|vyo|lo|ye)?(?:ni|ku|tu|wa|zi|vi|ji|m(?=[bcdfghjkpstvz]))?" +
    "([a-z]{2,}?)(?:ish|esh|ik|ek|iw|ew|w|i|e|an)?[aei](?:ni|je)?$",
);

/** Words of one class whose beginnings agree with a noun: `zake`, `yule`, `lingine`, `hizi`, `siko`. */
const FUNCTION_WORD = new RegExp(
  "^(?:(?:w|y|z|l|ch|vy|kw|p|mw)(?:angu|ako|ake|etu|enu|ao)" +
    "|(?:w|y|z|l|ch|vy|k|p|i|u|zi|li|ki|vi|wa|ya|yu|pa|ku)le" +
    "|(?:mw|w|l|ch|vy|ny|k|p|m|z)(?:ingine|engine)|(?:w|y|z|l|ch|vy|k|p)ote" +
    "|h(?:uyu|awa|uu|ii|ili|iki|ivi|izi|aya|apa|uku|uyo|ao|uo|iyo|ilo|icho|ivyo|izo|ayo|apo|uko)" +
    "|(?:ni|u|yu|tu|m|wa|i|ya|zi|ki|vi|li|si|ha|hay|hatu|ham|hawa|hai|haya|hazi)(?:ko|po|mo))$",
);

function isFunctionWord(word: string): boolean {
  return FUNCTION_WORD.test(word);
}

const verbs: VerbForms = {
  isPrefix: (text) => IS_PREFIX.test(text),
  root(word) {
    const root = FULL_VERB.exec(word)?.[1];
    return root && root.length >= 3 ? root : undefined;
  },
  // Endings that ask or speak to several: `nalipaje`, `nirudishieni`.
  openEnding: /^(?:je|ni|eni)?$/,
  howEnding: "je",
};

/** Places end in `ni`: `mtaani`. */
function withoutPlaceEnding(word: string): string {
  return word.endsWith("ni") ? word.slice(0, -2) : word;
}

export const swahili: Language = {
  tag: "sw",
  locale: "sw-KE",
  englishName: "Swahili",
  ownName: "Kiswahili",
  mixesWith: ["en"],
  numbers: {
    digits: DIGITS,
    heard: { ziro: 0, nunge: 0, wani: 1, sabaa: 7, mbao: 20, arubaini: 40, arobain: 40 },
    multipliers: {
      ...{ mia: 100, elfu: 1e3, laki: 1e5, milioni: 1e6, bilioni: 1e9 },
      ...{ soo: 100, thao: 1e3, ngiri: 1e3 },
    },
    multiplierFirst: true,
    joiners: ["na"],
    decimalComma: false,
    ordinalEndings: ["st", "nd", "rd", "th"],
    repeats: { dabo: 2 },
    points: ["nukta", "pointi"],
    halves: ["nusu", "robo"],
    cardinal,
    ordinal,
  },
  spoken: {
    months: MONTHS,
    monthSpellings: {
      ...{ jan: 1, feb: 2, mac: 3, apr: 4, jun: 6, jul: 7, ago: 8, sep: 9, sept: 9, okt: 10 },
      ...{ nov: 11, des: 12 },
    },
    weekdays: ["Jumapili", "Jumatatu", "Jumanne", "Jumatano", "Alhamisi", "Ijumaa", "Jumamosi"],
    relativeDays: { leo: 0, kesho: 1, jana: -1, keshokutwa: 2, "kesho kutwa": 2, juzi: -2 },
    date(day, month, year) {
      const spoken = `tarehe ${cardinal(day)} ${MONTHS[month - 1]}`;
      return year === undefined ? spoken : `${spoken}, mwaka wa ${cardinal(year)}`;
    },
    time,
    money(currency, whole, cents) {
      const { one, many, centOne, centMany } = swahili.spoken.currencies[currency];
      const minor = `${cents === 1 ? centOne : centMany} ${cardinal(cents)}`;
      if (whole === 0 && cents > 0) return minor;
      const major = `${whole === 1 ? one : many} ${cardinal(whole)}`;
      return cents === 0 ? major : `${major} na ${minor}`;
    },
    currencies: {
      KES: {
        ...{ one: "shilingi", many: "shilingi", centOne: "senti", centMany: "senti" },
        spellings: list(`
          kes, ksh, kshs, ksh., kshs., sh, shs, shilingi, bob`),
      },
      UGX: {
        ...{ one: "shilingi ya Uganda", many: "shilingi za Uganda" },
        ...{ centOne: "senti", centMany: "senti", spellings: ["ugx", "ush", "ushs"] },
      },
      TZS: {
        ...{ one: "shilingi ya Tanzania", many: "shilingi za Tanzania" },
        ...{ centOne: "senti", centMany: "senti", spellings: ["tzs", "tsh", "tshs"] },
      },
      USD: {
        ...{ one: "dola", many: "dola", centOne: "senti", centMany: "senti" },
        spellings: ["usd", "$", "us$"],
      },
      EUR: {
        ...{ one: "yuro", many: "yuro", centOne: "senti", centMany: "senti" },
        spellings: ["eur", "€"],
      },
    },
    percent: (words) => `asilimia ${words}`,
    measure: (words, unit, one) => `${one ? unit.one : unit.many} ${words}`,
    unitFirst: true,
    units: {
      kbps: { one: "kilobiti kwa sekunde", many: "kilobiti kwa sekunde" },
      mbps: { one: "megabiti kwa sekunde", many: "megabiti kwa sekunde" },
      gbps: { one: "gigabiti kwa sekunde", many: "gigabiti kwa sekunde" },
      kb: { one: "kilobaiti", many: "kilobaiti" },
      mb: { one: "megabaiti", many: "megabaiti" },
      gb: { one: "gigabaiti", many: "gigabaiti" },
      tb: { one: "terabaiti", many: "terabaiti" },
      ghz: { one: "gigahezi", many: "gigahezi" },
      mhz: { one: "megahezi", many: "megahezi" },
      kwh: { one: "kilowati saa", many: "kilowati saa" },
      kw: { one: "kilowati", many: "kilowati" },
      km: { one: "kilomita", many: "kilomita" },
      kg: { one: "kilo", many: "kilo" },
      cm: { one: "sentimita", many: "sentimita" },
      mm: { one: "milimita", many: "milimita" },
      ms: { one: "milisekunde", many: "milisekunde" },
      sec: { one: "sekunde", many: "sekunde" },
      secs: { one: "sekunde", many: "sekunde" },
      min: { one: "dakika", many: "dakika" },
      mins: { one: "dakika", many: "dakika" },
      hr: { one: "saa", many: "saa" },
      hrs: { one: "saa", many: "saa" },
    },
    prepare: readWrittenHours,
    abbreviations: {
      ...{ "n.k.": "na kadhalika", "k.m.": "kwa mfano", "k.v.": "kama vile", "Bw.": "Bwana" },
      ...{ "Bi.": "Bi", "Dkt.": "Daktari", "Dr.": "Daktari", "Mhe.": "Mheshimiwa", "Mr.": "Bwana" },
      ...{ "Mrs.": "Bibi", "e.g.": "kwa mfano", "i.e.": "yaani", "etc.": "na kadhalika" },
    },
    signs: {
      ...{ dash: "dashi", underscore: "underscore", number: "nambari" },
      ...{ plus: "jumlisha", minus: "toa", and: "na", at: "at", dot: "nukta" },
      ...{ slash: "mkwaju", to: "hadi" },
    },
    letterLinks: ["kama", "ya"],
    digitNouns: list(`
      nambari, namba, simu, till, paybill, akaunti, kodi, msimbo, mita, kumbukumbu, rejea,
      tiketi, oda, agizo, kitambulisho, risiti, piga, number, account, code, reference, ticket,
      order, meter, id, ref, otp`),
  },
  answers: {
    yes: list(`
      ndio, ndiyo, sawa, sawa sawa, sawasawa, naam, haswa, kabisa, hakika, eeh ndio, ee ndio,
      ndio hivyo, ndivyo, endelea, fanya hivyo, fanya, poa, ni sawa, iko sawa, ni sahihi,
      sahihi, ni kweli, kweli, nakubali, ninakubali, nimekubali, nathibitisha, bila shaka,
      ndio nataka, nataka hivyo, ndio mimi, ndio yangu, ndio hiyo, hiyo ndio, ndio endelea,
      ni hivyo, tafadhali fanya, hakuna shida`),
    no: list(`
      hapana, la, la hasha, sio, siyo, si sawa, sio sawa, si sahihi, sio sahihi, si kweli,
      sio kweli, sitaki, usifanye, usifanye hivyo, bado, acha, wacha, achana nayo,
      wachana nayo, ghairi, sikubali, sio hivyo, si hivyo, sio hiyo, hiyo sio, sio mimi,
      sio yangu, zii, hapana sitaki, hapana usifanye, sio sasa, si sasa`),
    polite: list(`
      tafadhali, asante, asante sana, ahsante, sana, shukrani, mkuu, boss, bwana, dada, kaka,
      ndugu, basi, tu, eeh, ee, eh, kwa kweli, nashukuru`),
    farewells: list(`
      kwaheri, kwa heri, baadaye, tutaonana, usiku mwema, siku njema, ni hayo tu, ni hayo,
      ni hivyo tu, hayo tu, hakuna kingine, sina lingine, nimemaliza, basi asante,
      uwe na siku njema, inatosha, imetosha, ni hiyo tu, asante kwaheri`),
  },
  turns: {
    backchannels: list(`
      ndio, ndiyo, sawa, sawa sawa, sawasawa, eeh, ee, eh, ehe, ehee, enhe, eehee, aha, ahaa,
      mm, mmh, mhm, naam, haya, poa, poa sana, fiti, freshi, safi, kweli, kabisa, aisee, haki,
      nimeelewa, naelewa, sawa basi, si ndio, ile ile, wazi, noma, kumbe, okay, ok, yeah`),
    stops: list(`
      ngoja, ngoja kidogo, ngojea, subiri, subiri kidogo, hapana, acha, wacha, simama, nyamaza,
      samahani, hebu, hebu ngoja, hebu subiri, tulia, sikiliza, nisikilize, dakika moja,
      zii, hapana hapana, ngoja kwanza, subiri kwanza, acha kwanza, kwanza,
      wacha niongee, nyamaza kwanza`),
    hesitations: list(`
      eeh, ee, eh, aaa, mmm, yaani, hebu nione, uhm`),
    unfinished: list(`
      na, lakini, kwa hivyo, kwa hiyo, kwa sababu, kwamba, kama, ili, au, ama, ya, wa, za, cha,
      vya, kwa, katika, kwenye, hadi, mpaka, yaani, halafu, alafu, kisha, ila, ni, yangu ni, eeh,
      ee, ndio maana, kuhusu, tangu, ambayo, ambaye, nataka, naomba, nilikuwa, nimekuwa, bila,
      ingawa, nina`),
    perhapsUnfinished: list(`
      sababu, la, pia, tena, hata, hii, wakati, sasa, basi, hiyo, ile`),
    leadIns: list(`
      nambari yangu ni, namba yangu ni, jina langu ni, naitwa, shida yangu ni, halo, hujambo,
      habari, habari yako, nina swali, nilikuwa nauliza, samahani, ngoja, nataka kuuliza,
      naomba kuuliza, subiri kidogo, hebu ngoja, sasa, niaje`),
  },
  marks: {
    words: list(`
      na, ya, wa, kwa, ni, si, sio, la, za, cha, hii, hiyo, hizo, yangu, wangu, langu, zangu,
      yako, wako, lako, mimi, wewe, sisi, nini, gani, lini, wapi, vipi, kwanini, nani, ngapi,
      habari, hujambo, asante, tafadhali, ndio, ndiyo, hapana, sawa, lakini, kama, sana, bado,
      pesa, simu, shida, nambari, namba, nataka, naomba, leo, jana, kesho, sasa, tu, pia, au,
      ama, kuna, hakuna, niko, iko, haiko, kutoka, mtandao, pole, samahani, umeme, stima,
      manze, niaje, poa, mbona, kwani, hapa, huko, ile, wakati, nina, una, ana, tuna, mna,
      sina, hana, yenu, wenu, zaidi, kabla, baada, ina, zina, lina, kina, vina, yake, wake, bili,
      salio, deni, ruta, taa, nenosiri, akaunti, kifurushi, vifurushi, mhudumu, fundi, mzigo`),
    forms: [
      // Subject, tense, then a verb: ninataka, nimelipa, inafanya, sijapata, hatujaona.
      /^(?:ha|hi)?(?:ni|u|a|tu|m|wa|i|li|ki|ya|vi|zi|si)(?:na|li|ta|me|ka|nge|ja)[a-z]{2,}(?:[aiu]|aje)$/,
      // Infinitives: kulipa, kuangalia.
      /^k[uw][a-z]{2,}(?:ia|isha|ea|pa|ta|na|ma|za|ga|ka|sha|wa)$/,
    ],
    names: ["kiswahili", "swahili"],
    switchRequests: list(`
      tuongee, tuongee kwa, ongea, ongea kwa, niongeleshe, niongeleshe kwa, tumia, tuzungumze,
      tuzungumze kwa, zungumza, zungumza kwa, kwa, sema kwa, sema, unaongea, unajua, unaelewa,
      naomba, napenda, nataka, kuongea, kuzungumza`),
    switchRefusals: list(`
      sijui, sielewi, siongei, usiongee, sitaki, sio, usitumie, sifahamu, siwezi kuongea,
      sizungumzi, sitaki kuongea`),
    script: /\p{Script=Latin}/u,
  },
  asks,
  questions: {
    msisdn: /\bnambari (?:yako )?ya simu\b/,
    account_no: /\bnambari (?:yako )?ya (?:akaunti|mteja)\b/,
    order_no: /\bnambari (?:yako )?ya (?:oda|agizo)\b/,
    meter_no: /\bnambari (?:yako )?ya mita\b/,
    national_id: /\bkitambulisho\b/,
    mpesa_code: /\b(?:msimbo|kodi|code) (?:wa|ya) (?:m-?pesa|muamala)\b/,
    yes_no: /^(?:je\b|ungependa|unataka|niendelee|nikutafutie|ni sawa)/,
    amount: /\b(?:kiasi gani|(?:shilingi|pesa) ngapi)\b/,
    date: /\b(?:tarehe|siku) gani\b|\blini\b/,
    name: /\bjina (?:lako|kamili)\b/,
  },
  smallTalk: {
    greeting: list(`
      habari, habari yako, habari zenu, hujambo, hamjambo, mambo, shikamoo, salama, niaje, vipi,
      habari ya asubuhi, habari za asubuhi, habari ya mchana, habari ya jioni, salamu`),
    thanks: list(`asante, asante sana, ahsante, shukrani, nashukuru, asanteni`),
    repeat: list(`
      samahani, rudia, rudia tena, sema tena, unaweza kurudia, tafadhali rudia, umesema nini, unasema nini,
      sijasikia, sikusikia, sijaelewa, sikuelewa, naomba urudie`),
    who: list(`
      wewe ni nani, unaitwa nani, jina lako ni nani, wewe ni roboti, je wewe ni roboti,
      wewe ni mashine, wewe ni mtu, je wewe ni mtu, naongea na nani, ninaongea na mashine`),
    help: list(`
      nisaidie, naomba msaada, nahitaji msaada, unaweza kunisaidia, unaweza kufanya nini,
      nina swali, nina shida, msaada`),
    cancel: list(`achana nayo, acha, ghairi, sijui, sina, sikumbuki, nimesahau, sina namba`),
  },
  retrieval: {
    stopWords: words(`
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
      ninaomba tunaomba ningetaka kuhusu niko kwanza vizuri`),
    faintWords: words(`
      mtoto watoto mke mume dakika elfu mwaka nyingi wengi mengi kubwa kidogo ndogo mpya
      haraka mapema`),
    commonWords: words(`
      mwenye wenye lenye yenye penye kwanza pili tatu mwisho katikati karibu mbali nje mbele nyuma pembeni
      kushoto kulia kote popote daima milele kawaida mara ghafla polepole upesi hasa zaidi kidogo tu pia
      vizuri vibaya bora afadhali kweli hakika labda pengine huenda lazima sharti bure muhimu ngumu
      utaratibu njia namna aina sababu mfano hali jambo mambo neno maneno shughuli kiwango furaha huzuni
      hasira uchovu asubuhi mchana jioni usiku saa dakika sekunde fikiri`),
    ideas: {
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
      loan: "mkopo mikopo -kopa -kopesh- -azim-",
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
    },
    subjects: {
      electricity: "umeme stima",
      water: "maji",
      abroad: "ulaya marekani",
      phone: "simu",
      tv: "runinga televisheni",
      laptop: "kompyuta tarakilishi",
      job: "kazi ajira kibarua",
      school: "shule chuo mwanafunzi wanafunzi",
      car: "gari magari pikipiki boda",
      doctor: "daktari hospitali dawa -umwa mgonjwa ugonjwa homa",
      weather: "mvua",
      sport: "mpira mechi timu",
      police: "polisi",
      passport: "pasipoti kitambulisho",
      crypto: "sarafu",
      dollar: "dola",
      shares: "hisa",
      music: "muziki wimbo nyimbo",
      food: "unga mkate sukari chakula -pika",
      marriage: "ndoa harusi -oa -olewa",
      politics: "siasa serikali rais uchaguzi",
      joke: "hadithi kichekesho",
      fuel: "mafuta petroli",
      complaint: "malalamiko -lalamik-",
      owner: "mkurugenzi mmiliki",
    },
    subjectIdeas: [],
    joined: {
      "kuweka internet": "install internet",
      "kuweka intaneti": "install internet",
      "kuweka wifi": "install wifi",
      "kuweka mtandao": "install internet",
      "iko chini": "slow",
      "ya chini": "slow",
      "kuliko kawaida": "excess",
      "pesa nyingi": "excess money",
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
    },
    questionsTitles: ["maswali"],
    forms: { isSmall: isFunctionWord, verbs, withoutCase: withoutPlaceEnding },
  },
  secrets,
  claims,
  phrases,
  brain,
  toolTexts,
  // In the tools' own files.
  tools: undefined,
};
