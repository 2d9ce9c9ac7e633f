import { asks, claims, phrases, secrets } from "./en_phrases.ts";
import type { Language } from "./language.ts";
import { list } from "./list.ts";

const DIGITS = list(`
  zero, one, two, three, four, five, six, seven, eight, nine`);
const TEENS = list(`
  ten, eleven, twelve, thirteen, fourteen, fifteen, sixteen, seventeen, eighteen, nineteen`);
const TENS = list(`
  twenty, thirty, forty, fifty, sixty, seventy, eighty, ninety`);
const SCALES: [number, string][] = [
  [1e9, "billion"],
  [1e6, "million"],
  [1e3, "thousand"],
  [100, "hundred"],
];
const RANKS: Record<string, string> = {
  one: "first",
  two: "second",
  three: "third",
  five: "fifth",
  eight: "eighth",
  nine: "ninth",
  twelve: "twelfth",
};

function cardinal(value: number): string {
  if (value < 10) return DIGITS[value];
  if (value < 20) return TEENS[value - 10];
  if (value < 100) {
    const ten = TENS[Math.floor(value / 10) - 2];
    return value % 10 === 0 ? ten : `${ten}-${DIGITS[value % 10]}`;
  }
  const [size, name] = SCALES.find(([size]) => value >= size)!;
  const rest = value % size;
  const head = `${cardinal(Math.floor(value / size))} ${name}`;
  return rest === 0 ? head : `${head} ${cardinal(rest)}`;
}

function ordinal(value: number): string {
  return cardinal(value).replace(/[a-z]+$/, (last) => {
    return RANKS[last] ?? (last.endsWith("y") ? `${last.slice(0, -1)}ieth` : `${last}th`);
  });
}

const MONTHS = list(`
  January, February, March, April, May, June, July, August, September, October, November,
  December`);

function time(hour: number, minute: number): string {
  if (minute === 0 && hour === 0) return "midnight";
  if (minute === 0 && hour === 12) return "noon";
  const part = hour < 12 ? "in the morning" : hour < 17 ? "in the afternoon" : "in the evening";
  const words = cardinal(hour % 12 || 12);
  if (minute === 0) return `${words} ${part}`;
  return `${words} ${minute < 10 ? "oh " : ""}${cardinal(minute)} ${part}`;
}

export const english: Language = {
  tag: "en",
  locale: "en-KE",
  englishName: "English",
  ownName: "English",
  mixesWith: ["sw"],
  numbers: {
    digits: DIGITS,
    heard: { oh: 0, o: 0, nought: 0, naught: 0, nil: 0, niner: 9, forty: 40, fourty: 40 },
    multipliers: { hundred: 100, thousand: 1e3, k: 1e3, grand: 1e3, million: 1e6, billion: 1e9 },
    multiplierFirst: false,
    joiners: ["and"],
    decimalComma: false,
    ordinalEndings: ["st", "nd", "rd", "th"],
    repeats: { double: 2, triple: 3, treble: 3, quadruple: 4 },
    points: ["point"],
    halves: ["half", "quarter"],
    cardinal,
    ordinal,
  },
  spoken: {
    months: MONTHS,
    monthSpellings: {
      ...{ jan: 1, feb: 2, mar: 3, apr: 4, jun: 6, jul: 7, aug: 8, sep: 9, sept: 9, oct: 10 },
      ...{ nov: 11, dec: 12 },
    },
    weekdays: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
    relativeDays: {
      ...{ today: 0, tonight: 0, tomorrow: 1, yesterday: -1 },
      ...{ "day after tomorrow": 2, "day before yesterday": -2 },
    },
    date(day, month, year) {
      const spoken = `the ${ordinal(day)} of ${MONTHS[month - 1]}`;
      return year === undefined ? spoken : `${spoken}, ${cardinal(year)}`;
    },
    time,
    money(currency, whole, cents) {
      const { one, many, centOne, centMany } = english.spoken.currencies[currency];
      const minor = `${cardinal(cents)} ${cents === 1 ? centOne : centMany}`;
      if (whole === 0 && cents > 0) return minor;
      const major = `${cardinal(whole)} ${whole === 1 ? one : many}`;
      return cents === 0 ? major : `${major} and ${minor}`;
    },
    currencies: {
      KES: {
        ...{ one: "shilling", many: "shillings", centOne: "cent", centMany: "cents" },
        spellings: list(`
          kes, ksh, kshs, ksh., kshs., sh, shs, bob`),
      },
      UGX: {
        ...{ one: "Ugandan shilling", many: "Ugandan shillings" },
        ...{ centOne: "cent", centMany: "cents", spellings: ["ugx", "ush", "ushs"] },
      },
      TZS: {
        ...{ one: "Tanzanian shilling", many: "Tanzanian shillings" },
        ...{ centOne: "cent", centMany: "cents", spellings: ["tzs", "tsh", "tshs"] },
      },
      USD: {
        ...{ one: "dollar", many: "dollars", centOne: "cent", centMany: "cents" },
        spellings: ["usd", "$", "us$"],
      },
      EUR: {
        ...{ one: "euro", many: "euros", centOne: "cent", centMany: "cents" },
        spellings: ["eur", "€"],
      },
    },
    percent: (words) => `${words} percent`,
    measure: (words, unit, one) => `${words} ${one ? unit.one : unit.many}`,
    unitFirst: false,
    units: {
      kbps: { one: "kilobit per second", many: "kilobits per second" },
      mbps: { one: "megabit per second", many: "megabits per second" },
      gbps: { one: "gigabit per second", many: "gigabits per second" },
      kb: { one: "kilobyte", many: "kilobytes" },
      mb: { one: "megabyte", many: "megabytes" },
      gb: { one: "gigabyte", many: "gigabytes" },
      tb: { one: "terabyte", many: "terabytes" },
      ghz: { one: "gigahertz", many: "gigahertz" },
      mhz: { one: "megahertz", many: "megahertz" },
      kwh: { one: "kilowatt hour", many: "kilowatt hours" },
      kw: { one: "kilowatt", many: "kilowatts" },
      km: { one: "kilometre", many: "kilometres" },
      kg: { one: "kilogram", many: "kilograms" },
      cm: { one: "centimetre", many: "centimetres" },
      mm: { one: "millimetre", many: "millimetres" },
      ms: { one: "millisecond", many: "milliseconds" },
      sec: { one: "second", many: "seconds" },
      secs: { one: "second", many: "seconds" },
      min: { one: "minute", many: "minutes" },
      mins: { one: "minute", many: "minutes" },
      hr: { one: "hour", many: "hours" },
      hrs: { one: "hour", many: "hours" },
    },
    abbreviations: {
      ...{
        "Mr.": "Mister",
        "Mrs.": "Missus",
        "Ms.": "Miss",
        "Dr.": "Doctor",
        "Prof.": "Professor",
      },
      ...{ "e.g.": "for example", "i.e.": "that is", "etc.": "and so on", "vs.": "versus" },
      ...{
        "approx.": "about",
        "Ltd.": "Limited",
        "Ltd": "Limited",
        "Rd.": "Road",
        "Ave.": "Avenue",
      },
      ...{ "Tel.": "telephone", "Ext.": "extension", "Dept.": "department", "w/o": "without" },
    },
    signs: {
      ...{ dash: "dash", underscore: "underscore", number: "number" },
      ...{ plus: "plus", minus: "minus", and: "and", at: "at", dot: "dot" },
      ...{ slash: "slash", to: "to" },
    },
    digitNouns: list(`
      number, no, phone, till, paybill, pay bill, account, acc, code, line, reference, ref,
      ticket, order, meter, id, otp, extension, call, dial, invoice, receipt, agent, store,
      box`),
  },
  answers: {
    yes: list(`
      yes, yeah, yep, yup, yes i do, yes it is, yes that's me, yes i am, sure, of course,
      correct, that's correct, that is correct, it's correct, right, that's right,
      that is right, it is right, exactly, go ahead, do it, do that, please do, please proceed,
      proceed, confirm, confirmed, i confirm, i agree, i do, okay, ok, alright, all right,
      fine, that's fine, no problem, absolutely, definitely, sounds good, go on, continue,
      you can, you may, it is, that's it, that is it, go ahead and do it, affirmative`),
    no: list(`
      no, nope, nah, no way, never, not now, not really, not yet, don't, do not, don't do it,
      don't do that, i don't, i do not, i don't want, no need, i don't want that,
      i don't want to, that's wrong, that is wrong, it's wrong, wrong, incorrect, not correct,
      that's not correct, that is not correct, that's not right, that is not right, not right,
      it's not, it is not, it isn't, cancel, cancel it, cancel that, stop, leave it, forget it,
      negative, that's not it, no it's not, no it isn't`),
    polite: list(`
      please, thanks, thank you, thank you very much, very much, sir, madam, um, uh, er, well,
      oh, ah, hmm, just, then, now, for me, that one, my friend, so much, with that`),
    farewells: list(`
      bye, goodbye, good bye, bye bye, that's all, that is all, that will be all,
      that'll be all, nothing else, no nothing else, see you, have a nice day, have a good day,
      good night, no that's all, i'm done, i am done, that's it, no thank you, no thanks,
      have a great day`),
  },
  turns: {
    backchannels: list(`
      mm, mhm, mm hm, mm hmm, mmhm, mmm, hm, hmm, uh huh, uh hu, aha, ah, oh, okay, ok, yeah,
      yes, yep, right, i see, got it, alright, all right, sure, fine, good, great, cool,
      exactly, true, really, wow, nice`),
    stops: list(`
      wait, wait a minute, wait a bit, wait wait, stop, no, hold on, hang on, hold up,
      one moment, one minute, one second, just a moment, just a minute, just a second,
      a moment, excuse me, sorry, listen, hey, stop it, enough, stop talking, be quiet,
      shut up, pause, no no, let me talk, let me speak`),
    hesitations: list(`
      um, uh, erm, er, hmm, hm, ah, mm, uhm, umm, uhh, let me see`),
    unfinished: list(`
      and, but, or, because, if, when, which, who, than, the, a, an, my, your, our, their, its,
      to, of, for, from, with, at, about, into, until, is, are, was, were, am, i'm, it's, plus,
      i, we, they, i mean, let me, can you, could you, i want to, i would like, i need, i want,
      as, while, although, um, uh, erm, er, except, without, hello my, the number is`),
    perhapsUnfinished: list(`
      so, that, then, on, in, by, this, these, like, also, you know, maybe, since, his, her, well,
      okay so`),
    leadIns: list(`
      my number is, the number is, it's, it is, the code is, my name is,
      my phone number is, my account number is, hello, hi, my problem is, the thing is,
      i have a question, excuse me, let me see, give me a minute, one moment, wait`),
  },
  marks: {
    words: list(`
      the, is, are, my, i, you, what, how, when, where, why, please, want, need, have, not, it,
      this, that, can, could, would, do, does, and, but, with, for, to, of, been, has, was,
      will, your, me, help, because, money, thank, thanks, yes, hello, i'm, don't, it's, i've,
      working, number, there, from, about, know, get, still, an, a, at`),
    forms: [/^[a-z]{3,}(?:ing|tion|ness|ment|ght)$/],
    names: ["english", "kiingereza", "kizungu", "anglais"],
    switchRequests: list(`
      speak, speak in, talk in, use, switch to, change to, continue in, in, speak to me in,
      say it in, prefer, we speak, us speak, let's speak, let's talk in, answer in`),
    switchRefusals: list(`
      don't speak, don't understand, not in, can't speak, cannot speak, don't use,
      do not speak, do not understand, can't understand, don't want`),
    script: /\p{Script=Latin}/u,
  },
  asks,
  questions: {
    msisdn: /\b(?:phone|mobile|telephone) number\b/,
    account_no: /\b(?:account|customer) number\b/,
    order_no: /\border number\b/,
    meter_no: /\bmeter number\b/,
    national_id: /\b(?:id|identity|passport) (?:card )?number\b/,
    mpesa_code: /\b(?:m-?pesa|transaction|confirmation) code\b/,
    yes_no: /^(?:so,? )?(?:shall|should|do|does|did|is|are|was|can|could|may|would|have|has)\b/,
    amount: /\b(?:how much|what amount)\b/,
    date: /\b(?:what|which) (?:date|day)\b|\bwhen (?:did|do|will|would)\b/,
    name: /\b(?:your|full) name\b/,
  },
  secrets,
  claims,
  phrases,
};
