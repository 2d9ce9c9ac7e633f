import type { Language } from "./language.ts";
import { list } from "./list.ts";
import { asks, claims, phrases, secrets } from "./sw_phrases.ts";

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
  secrets,
  claims,
  phrases,
};
