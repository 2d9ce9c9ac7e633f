import { asks, brain, claims, phrases, secrets, toolTexts } from "./en_phrases.ts";
import type { Language } from "./language.ts";
import { list, words } from "./list.ts";

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

/** A word without its commonest endings. */
function withoutEnding(word: string): string {
  const bare = word.replace(/'s?$/, "");
  if (bare.length > 4 && bare.endsWith("ies")) return `${bare.slice(0, -3)}y`;
  if (bare.length > 5 && bare.endsWith("ing")) return bare.slice(0, -3);
  if (bare.length > 4 && bare.endsWith("ed")) return bare.slice(0, -2);
  if (bare.length > 3 && bare.endsWith("s") && !bare.endsWith("ss")) return bare.slice(0, -1);
  return bare;
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
    letterLinks: ["for", "as in", "as", "like"],
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
  smallTalk: {
    greeting: list(`
      hello, hi, hey, hello there, hi there, good morning, good afternoon, good evening,
      how are you, how are you doing`),
    thanks: list(`thank you, thanks, thanks a lot, thank you very much, thank you so much, great,
      perfect, wonderful`),
    repeat: list(`
      sorry, excuse me, repeat, repeat that, please repeat, please repeat that, say that again, say it again, can you repeat, can you repeat that,
      could you repeat that, could you say that again, can you say that again, come again, pardon,
      what did you say, i didn't hear you, i did not hear you, i didn't hear that, once more,
      i didn't catch that, one more time`),
    who: list(`
      who are you, what are you, are you a robot, are you a machine, are you a computer,
      are you human, are you a human, are you a real person, am i talking to a robot,
      am i speaking to a machine, what is your name, what's your name, is this a robot`),
    help: list(`
      help, help me, can you help me, could you help me, i need help, i need some help,
      what can you do, what can i ask, how can you help me, can you help, i have a question,
      i have a problem`),
    cancel: list(`
      never mind, forget it, cancel, cancel that, stop, i don't know, i do not know, i don't have it,
      i do not have it, i don't remember, i forgot it, i don't have the number, skip`),
  },
  retrieval: {
    stopWords: words(`
      isnt arent wasnt dont doesnt didnt cant cannot wont havent hasnt im ive id youre thats whats its won't
      a an the and or but so of to in on at for with by from as is are was were am be been being it its
      it's this that these those i me my mine myself you your yours yourself yourselves we us our ours
      he she him her his hers they them their theirs do does did doing done has had have having can could
      will would shall should may might must please kindly hello hi hey what what's which 
      if whether then than there there's here not no yes just also too
      very really about any some all much many get gets getting got gotten give gives giving given gave
      tell telling told know knows knowing known need needs needed want wants wanting wanted would like
      i'd i'm i've i'll you're you've you'll we're we've we'll he's she's that's they're don't doesn't
      didn't isn't aren't wasn't weren't hasn't haven't hadn't wouldn't couldn't shouldn't let lets let's
      make makes making made go goes going went gone up out into over again ok okay oh ah well um uh er
      hmm thanks thank sir madam bro dear say says saying said thing things stuff now today tonight
      yesterday last through step steps way ways show details detail information info find
      finding found been away yet ever never actually currently right kind kinds sort type types exactly
      possible possibly able ask asks asked asking answer question questions explain describe understand
      understood something anything everything somehow maybe perhaps quite bad good nice 
      fully completely totally basically literally every each other another same different own both
      those after before because since while until during happen happens happening happened mean
      means meaning few bit lot lots think thinking thought wish morning afternoon evening night become
      becomes put puts putting keep keeps keeping kept use uses using used take takes taking took come
      comes came try trying tried see sees seeing saw seem seems look looks looking having always usually
      monday tuesday wednesday thursday friday week weeks weekend guys folks around near among off
      supposed suppose gonna wanna gotta assist assistance help helps helping helped hear heard start
      starting started begin allow allowed minute minutes ago inside outside i was were`),
    faintWords: words(`
      one two three four five six seven eight nine where when why how who nothing next company period programme day month year time moment long person wait new old first second only still more less least most
      enough sure correct exact proper best better worst great important urgent quick immediately early
      someone somebody anyone anybody everyone everybody man woman lady guy mr mrs wife husband brother
      sister mother father kid child children son daughter family home room number call calling called talk talking speak customer amount thousand shilling shillings bob
      ksh kes big small little large download downloading online video work`),
    commonWords: words(`
      here even such else rather instead either neither both whether though although however therefore
      anyway besides except without within against toward towards along across behind below above under
      beside between beyond inside near far away together alone almost nearly often sometimes usually
      simply exact exactly clearly surely honestly truly total whole half part parts piece side top bottom
      front end middle left straight main common general special certain several various single procedure
      process requirement requirements needed necessary required way option case reason point matter idea
      fact example situation condition word words name rest result cause purpose goal chance gain have
      benefit like love hate enjoy prefer choose decide believe feel guess suppose expect hope worry
      imagine consider remember notice realise realize agree allow let permit enable offer provide
      provides provided include includes included contain consist involve depend belong follow lead bring
      carry hold catch pull push throw drop pick set sit stand walk run drive ride travel meet visit stay
      live living lives reside born grow build wait hurry sleep wake eat drink cook clean wash wear sign
      write read listen speak learn teach study train plan manage handle deal treat serve sort solve
      produce create design develop increase improve succeed fail win lose save spend waste share touch
      cover close fill finish complete continue remain appear disappear exist occur arrive leave enter
      return back turn switch press click tap type select insert attach remove delete add join separate
      divide split match compare measure count weigh test check prove show hide reveal morning evening
      noon midnight today yesterday recently lately nowadays currently previously already yet still soon
      ever never once twice again always forever constantly suddenly slowly difficult easy hard simple
      complicated strange weird terrible horrible awful ugly pretty happy sad angry annoyed upset tired
      frustrated disappointed serious urgent normal usual regular different similar available ready able
      unable impossible likely unlikely true false real possible long short high low tall wide deep heavy
      light strong weak full empty dirty hot cold warm cool wet dry young rich poor safe dangerous quiet
      loud bright dark public private personal official local national international foreign own same
      other another next previous following further person people neighbour guys folks everyone family
      members users user owner thing things stuff item kind version model brand place spot corner town
      home keep keeps kept doing done did seen heard told said gone going went came coming gets getting
      sets hour hours minute minutes second seconds`),
    ideas: {
      // How it is asked
      where: "where where's",
      how: "how how's",
      who: "who whose whom",
      next: "next tomorrow",
      customer: "customer customers client clients subscriber",
      company: "company companies provider providers",
      // Money
      pay: "pay paying payment payments settle settling settled remit pays repay repayment",
      "pay past": "paid prepaid",
      past: "already",
      more: "extra additional further",
      bill: "bill bills billed billing invoice invoices statement arrears balance-due",
      charge:
        "charged deduct deducts deducted deducting deduction deductions debited debit overcharged",
      "charge price": "charge charges charging",
      price:
        "price prices pricing priced cost costs costing fee fees rate rates tariff tariffs afford expense quote quotation",
      excess: "excess excessive",
      money: "money cash funds fund",
      amount: "amount amounts sum",
      balance: "balance",
      twice: "twice double two-times duplicate duplicated doubled",
      wrong:
        "wrong incorrect mistake mistaken mistakenly wrongly error erroneously accident accidentally",
      refund:
        "reversal reverse reversed reversing refund refunds refunded refunding reimburse reimbursed reimbursement compensate compensation",
      return: "back return returned returning returns returnable",
      receive:
        "receive receives received receiving shows showing reflect reflects reflected reflecting updated appear appears appeared delivered-money credited arrive arrives arrived arriving confirm confirmed",
      pending: "pending processing processed",
      late: "late later delay delays delayed delaying overdue lateness",
      due: "due deadline deadlines",
      penalty: "penalty penalties fine fines surcharge",
      extend: "extend extension grace",
      installments: "installment installments instalment instalments",
      salary: "salary payday",
      mpesa: "mpesa mobile-money",
      paybill: "paybill till",
      card: "card cards visa mastercard credit",
      bank: "bank banks banking",
      wallet: "wallet wallets",
      deposit: "deposit deposits deposited depositing topup top-up load loading recharge",
      withdraw: "withdraw withdraws withdrawing withdrawal withdrawals withdrew",
      loan: "loan loans borrow borrows borrowing borrowed lend lending credit-facility",
      interest: "interest",
      save: "saving savings",
      tax: "tax taxes kra vat",
      receipt: "receipt receipts",
      // Plans
      plan:
        "plan plans package packages bundle bundles subscription subscriptions subscribe subscribed option options",
      cheap: "cheap cheaper cheapest lowest affordable budget inexpensive economical",
      speed: "speed speeds mbps megabits bandwidth",
      fast: "fast faster fastest quicker quickest",
      upgrade:
        "upgrade upgrades upgrading upgraded bigger higher increase increased increasing boost raise",
      downgrade: "downgrade downgrades downgrading downgraded smaller lower lowering",
      reduce: "reduce reduces reduced reducing throttle throttled throttling",
      unlimited: "unlimited limitless uncapped",
      limit: "limit limits limited cap caps capped restriction restrictions maximum max",
      data: "data gigabytes gigabyte gigs gig gb mb megabytes bundles-data",
      exhaust: "finish finishes finished exhaust exhausted deplete depleted",
      offer:
        "promos promotions offer offers discount discounts discounted promotion promo deal deals",
      friend: "friend friends cousin colleague relative acquaintance somebody-else",
      refer:
        "refer refers referral referrals referring referred recommend recommending recommended invite invites inviting invited bring brings bringing brought introduce introducing",
      reward:
        "reward rewards rewarded bonus bonuses gift gifts commission earn earns earning benefit benefits prize",
      business: "business businesses shop-owner enterprise corporate",
      contract: "contract contracts agreement",
      cancel:
        "cancel cancels cancelling cancelled cancellation canceling terminate terminates terminated terminating termination quit quitting unsubscribe leave leaving discontinue",
      stop: "stop stops stopping stopped end ends ending ended",
      pause: "pause pausing paused freeze-account hold",
      // The line
      internet:
        "internet network net connection connections connectivity broadband fibre fiber signal line",
      wifi: "wifi wireless hotspot ssid",
      router: "router routers modem modems onu ont box gadget",
      login: "login",
      restart:
        "restart restarts restarted restarting reboot reboots rebooting rebooted reset resets resetting plug unplug unplugging power-cycle",
      stuck:
        "stuck freezing jammed unresponsive hang hangs hung hanging frozen freezes freeze froze",
      slow:
        "slow slower slowly sluggish lag lagging laggy slowing slowness slowed crawling lags buffering buffer buffers unstable weak poor intermittent",
      drop: "drop drops dropping dropped disconnecting disconnects fluctuating",
      problem: "problem problems issue issues trouble fault faults faulty",
      down: "down dead offline outage outages",
      light: "light lights lamp lamps led leds los indicator bulb",
      red: "red reddish",
      blink: "blink blinking blinks flashing flash flashes glowing",
      cable: "cable cables wire wires cord",
      password: "password passwords passcode passphrase",
      change:
        "switch switches switching change changes changing changed alter modify edit update updating rename renaming replace customise",
      name: "name names named naming",
      forget: "forgot forget forgets forgotten remember lost recall",
      steal: "steal steals stealing stole stolen thief thieves",
      neighbour: "neighbour neighbours neighbor neighbors strangers stranger",
      device: "device devices gadgets",
      video:
        "video videos netflix youtube tiktok movie movies stream streaming streams game games gaming zoom meeting meetings",
      technician: "technician technicians engineer engineers electrician fundi",
      visit: "visit visits visiting",
      repair: "repair repairs repaired repairing fix fixes fixing fixed",
      broken: "broken break breaks broke damaged damage torn cracked defective",
      check: "check checks checking inspect",
      // Joining and moving
      install:
        "wired installation installations install installs installed installing setup connected connect connecting sign-up register registering registration join joins joined joining onboard apply",
      new: "new",
      move:
        "move moves moving moved relocate relocating relocated relocation shift shifts shifting shifted transfer transferring transferred migrate",
      house: "house houses apartment apartments flat residence premises",
      coverage:
        "coverage cover covered covers covering serve served serves serving reach reaches reached reachable available availability region regions countrywide",
      area:
        "area areas estate estates town towns city cities neighbourhood neighbourhoods county street streets building village locality",
      office:
        "outlet outlets headquarters office offices branch branches shop shops store stores physically premises-office",
      place: "located location locations address addresses directions situated place places",
      hours: "hours hour schedule",
      open: "open opening opened opens",
      close: "close closing closed closes",
      saturday: "saturday saturdays",
      sunday: "sunday sundays",
      holiday: "holiday holidays",
      account: "account accounts",
      number: "number numbers digits",
      suspend:
        "cut cuts cutting blocked block blocking deactivation suspension suspend suspended suspending disconnect disconnected disconnection deactivate deactivated restricted",
      service: "service services",
      free: "free",
      wait: "wait waiting waited",
      long: "long soon duration",
      day: "day days",
      time: "time times",
      month: "month months monthly",
      // Safety
      pin: "pin pins otp one-time-code code codes",
      fraud:
        "scammed con conned conman impersonating impersonate scam scams scammer scammers fraud frauds fraudster fraudsters fraudulent suspicious pretending pretend pretended claiming claimed claims fake phishing genuine legit legitimate trust hacked hacker hackers thugs",
      safe: "safe safety secure security protect protected",
      link: "link links",
      message: "message messages sms text texts texted",
      send: "send sends sent sending",
      // Shops
      order: "order orders ordered ordering",
      buy: "buy buys buying bought purchase purchases purchased sell sells selling sold",
      deliver:
        "deliver delivers delivered delivery deliveries delivering ship ships shipped shipping shipment courier rider",
      parcel: "parcel parcels item items package-parcel product products goods",
      pickup: "collect collecting collection pickup pick-up",
      missing: "missing incomplete",
      size: "size sizes",
      exchange: "exchange swap",
      warranty: "warranty guarantee",
      track: "track tracking status whereabouts",
      work: "work works working worked",
      person: "human staff employee employees",
      "10": "ten",
      "20": "twenty",
      "30": "thirty",
      "50": "fifty",
      "100": "hundred",
    },
    subjects: {
      airtel: "airtel airtel-money tkash equitel",
      electricity: "electricity electric kplc token tokens blackout",
      water: "water plumbing",
      abroad:
        "abroad overseas uganda tanzania rwanda kampala entebbe arusha mwanza dodoma zanzibar kigali ethiopia somalia sudan mogadishu juba europe america london dubai",
      phone: "phone phones smartphone smartphones handset iphone",
      sim: "sim simcard",
      airtime: "airtime",
      tv: "tv television televisions dstv gotv decoder",
      laptop: "laptop laptops computer computers macbook pc",
      printer: "printer printers",
      email: "email emails gmail yahoo outlook mail",
      socialmedia: "facebook instagram twitter whatsapp",
      job: "job jobs vacancy vacancies hiring internship attachment recruit career careers",
      insurance: "insurance",
      school: "school schools university college exam exams tuition student students",
      car: "car cars vehicle taxi motorbike uber garage",
      flight: "flight flights plane airline sgr",
      hotel: "hotel hotels restaurant airbnb",
      doctor:
        "doctor dentist gym appointment doctors hospital medicine sick clinic headache malaria fever",
      weather: "weather rain rains raining sunny forecast",
      sport: "football soccer match arsenal chelsea score league team",
      police: "police",
      passport: "passport",
      crypto: "bitcoin crypto cryptocurrency forex",
      dollar: "dollar dollars euro euros",
      ip: "ip ipv6 ipv4",
      vpn: "vpn proxy",
      port: "port ports forwarding firewall",
      dns: "dns domain",
      camera: "camera cameras cctv alarm kamera",
      solar: "solar panels",
      hosting: "hosting website websites",
      landlord: "landlord rent tenant caretaker",
      app: "app apps",
      extender: "extender extenders repeater booster mesh",
      landline: "landline landlines telephone telephones",
      shares: "share shares invest investing investment stock stocks",
      advert: "advert adverts advertise advertising sponsor sponsorship",
      music: "music song songs ringtone ringtones radio",
      food: "food fridge fridges cook recipe pizza pilau bread flour milk sugar",
      marriage: "wedding marry marriage girlfriend boyfriend",
      politics: "politics election elections government president governor capital",
      joke: "joke jokes story stories poem",
      bus: "bus matatu train airport traffic",
      fuel: "petrol diesel fuel",
      complaint: "complain complaint complaints rude complaining",
      owner: "owner owns owned ceo director founder manager supplier",
      news: "news",
      dog: "dog dogs cat pets",
    },
    subjectIdeas: words(`
      buy loan salary bank card tax receipt blackout copy friend pin size warranty deliver president`),
    joined: {
      "m pesa": "mpesa",
      "em pesa": "mpesa",
      "wi fi": "wifi",
      "wai fai": "wifi",
      "pay bill": "paybill",
      "sign up": "sign-up",
      "signs up": "sign-up",
      "set up": "install",
      "hook up": "install",
      "hooked up": "install",
      "hook me up": "install",
      "mobile money": "mobile-money",
      "airtel money": "airtel-money",
      "top up": "top-up",
      "pick up": "pick-up",
      "two times": "two-times",
      "how much": "price",
      "money back": "refund",
      "pay back": "refund",
      "give back": "return",
      "send back": "return",
      "fair use": "unlimited limit",
      "fair usage": "unlimited limit",
      "run out": "exhaust",
      "cut off": "suspend",
      "switched off": "suspend",
      "come through": "receive",
      "came through": "receive",
      "gone through": "receive",
      "go through": "receive",
      "went through": "receive",
      "how long": "long",
      "how soon": "long",
      "one time": "otp",
      "not working": "down",
      "isn't working": "down",
      "stopped working": "down",
      "not work": "down",
      "no internet": "internet down",
      "no connection": "internet down",
      "no network": "internet down",
      "don't have internet": "internet down",
      "don't have network": "internet down",
      "don't have connection": "internet down",
      "have no wifi": "internet down",
      "power cycle": "restart",
      "log in": "login",
      "sign in": "login",
      "too much": "excess",
      "turn off": "restart",
      "switch off": "restart",
      "switch on": "restart",
      "off and on": "restart",
      "switch it off": "restart",
      "switch it on": "restart",
      "switch the router": "restart router",
      "take forever": "slow",
      "takes forever": "slow",
      "take ages": "slow",
      "takes ages": "slow",
      "working hours": "open hours",
      "office hours": "open hours",
      "opening hours": "open hours",
      "business hours": "open hours",
      "what time": "when hours",
      "a person": "person",
      "real person": "person",
      "one hundred": "100",
      "sent the money": "pay past",
      "sent money": "send money past",
      "send the money": "send money",
      "no longer": "cancel",
      "don't want": "cancel",
      "do not want": "cancel",
      "get rid of": "cancel",
      "a few more days": "extend",
      "more time": "extend",
      "more days": "extend",
      "can't pay": "late pay",
      "cannot pay": "late pay",
      "unable to pay": "late pay",
      "pay next": "late pay",
      "pay later": "late pay",
      "l o s": "los",
      "get paid": "salary",
      "got paid": "salary",
      "put in": "install",
      "on and off": "drop",
      "going off": "drop",
      "goes off": "drop",
      "do you charge": "price",
      "you charge": "price",
      "registration number": "registration-number",
      "you people": "",
      "you guys": "",
    },
    questionsTitles: ["questions"],
    forms: { stem: withoutEnding },
  },
  secrets,
  claims,
  phrases,
  brain,
  toolTexts,
  // In the tools' own files.
  tools: undefined,
};
