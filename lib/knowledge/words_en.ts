/** English words that carry no topic. */
export const stopWords = `
a an the and or but so of to in on at for with by from as is are was were am be been being it its
it's this that these those i me my mine you your yours we us our he she they them his her their
do does did have has had having can could will would shall should may might must please hello hi
hey what what's which who whom whose how when where why if then than there here not no yes just
also too very really about any some all more most much many get got give tell know need want would
like i'd i'm i've i'll you're don't doesn't didn't isn't aren't can't cannot won't let make made
go going up out into over again ok okay well um uh thanks thank sir madam say said one thing now
today tonight last next through tell step steps way ways list show details information info find found
been gone away yet ever never really actually currently right like thing things kind sort
exactly possible able ask asked asking answer question questions explain describe understand
something anything everything somebody anybody everyone long-time
somehow maybe perhaps quite bad good nice fine fully completely totally
every each other another same different own both first second these those
after before because while until during me someone called call calling hear
help happen happens mean means few bit lot think wanted wish yesterday morning evening become wish put keep keeps use using take takes come
`.trim().split(/\s+/);

/**
 * Words that mean the same, by the idea they stand for. The ideas join the languages: a Swahili
 * question finds an English passage.
 */
export const ideas: Record<string, string> = {
  pay: "pay paying deposit payment payments settle remit pays repay",
  "pay past": "paid",
  past: "already",
  more: "extra additional further",
  bill: "bill bills billed billing invoice invoices statement",
  charge: "charged deduct deducted deducting deduction debited",
  "charge price": "charge charges charging",
  price: "price prices cost costs pricing fee fees rate rates",
  plan: "plan plans package packages bundle bundles subscription subscriptions tariff",
  cheap: "cheap cheaper cheapest lowest affordable",
  speed: "speed speeds mbps",
  fast: "fast faster fastest quicker",
  slow: "slow slower slowly sluggish lagging slowing crawling lags buffering buffer unstable",
  drop: "drop drops dropping dropped disconnecting disconnects",
  problem: "problem problems issue issues trouble",
  down: "down dead offline outage outages",
  internet: "internet network net connection connections broadband fibre fiber",
  wifi: "wifi wireless hotspot ssid",
  router: "router routers modem modems onu box",
  restart: "restart restarting reboot rebooting reset resetting restarts switch",
  stuck: "stuck freezing jammed unresponsive hang hangs hung frozen freezes freeze",
  password: "password passwords passcode passphrase",
  change: "change changing changed alter modify edit update rename",
  forget: "forgot forget forgotten remember lost",
  move: "move moving moved relocate relocating relocation shift shifting shifted transfer",
  house: "house houses apartment apartments flat residence",
  install: "wired installation install installed installing setup connected sign-up register join",
  new: "new",
  cancel:
    "cancel cancelling cancelled cancellation canceling terminate terminating stop quit end unsubscribe",
  close: "close closing closed closes",
  open: "open opening opened opens",
  refund: "reversal reverse refund refunds refunded refunding reimburse reimbursement",
  return: "return returned returning",
  money: "money cash",
  twice: "twice double two-times duplicate",
  wrong: "wrong incorrect mistake mistaken wrongly",
  office: "outlet outlets headquarters office offices branch branches shop shops store",
  place: "located location address",
  hours: "hours hour time times schedule",
  coverage: "coverage cover covered covers serve served reach reaches reachable available",
  area: "area areas estate estates town towns city neighbourhood",
  upgrade: "upgrade upgrading upgraded bigger higher",
  downgrade: "downgrade downgrading smaller",
  light: "light lights lamp led los",
  red: "red",
  blink: "blink blinking flashing flash",
  account: "account accounts",
  number: "number numbers",
  receive: "shows showing reflect reflected reflecting updated appear appears appeared",
  late: "late later delay delayed overdue",
  due: "due deadline",
  penalty: "penalty penalties fine fines",
  suspend:
    "cut cutting blocked block deactivation suspension suspend suspended suspending disconnect disconnected deactivate deactivated",
  technician: "technician technicians engineer engineers electrician",
  visit: "visit visits",
  repair: "repair repairs repaired fix",
  unlimited: "unlimited limitless",
  limit: "limit limits limited cap caps capped",
  data: "data gigabytes gigabyte gigs gb",
  friend: "friend friends",
  refer: "refer referral referring recommend invite",
  reward: "reward rewards bonus gift",
  offer: "promos promotions offer offers discount discounts promotion promo",
  business: "business",
  pin: "pin pins",
  fraud:
    "scammed con conned thief impersonating scam scams scammer fraud fraudster suspicious pretending claiming fake",
  message: "message messages sms",
  send: "send sends sent sending",
  day: "day days",
  month: "month months monthly",
  long: "long soon duration",
  wait: "wait waiting",
  free: "free",
  contract: "contract contracts",
  service: "service services",
  saturday: "saturday saturdays",
  sunday: "sunday sundays",
  mpesa: "mpesa mobile-money",
  paybill: "paybill",
  cable: "cable cables wire wires",
  neighbour: "neighbour neighbours neighbor neighbors strangers stranger",
  work: "work works working worked",
  reduce: "reduce reduced reducing",
  person: "person people human staff",
  "10": "ten",
  "20": "twenty",
  "50": "fifty",
  "100": "hundred",
};

/** Several words that are one. */
export const joined: Record<string, string> = {
  "m pesa": "mpesa",
  "em pesa": "mpesa",
  "wi fi": "wifi",
  "wai fai": "wifi",
  "pay bill": "paybill",
  "log in": "login",
  "sign up": "sign-up",
  "mobile money": "mobile-money",
  "two times": "two-times",
  "how much": "price",
  "money back": "refund",
  "fair use": "unlimited limit",
  "cut off": "suspend",
  "come through": "receive",
  "came through": "receive",
  "gone through": "receive",
  "how long": "long",
  "not working": "down",
  "isn't working": "down",
  "stopped working": "down",
  "not work": "down",
  "don't have": "down",
  "have no": "down",
  "is no": "down",
  "got no": "down",
  "no internet": "internet down",
  "sign in": "login",
  "what about": "what-about",
  "up to date": "update",
  "too much": "excess",
  "working hours": "open hours",
  "opening hours": "open hours",
  "business hours": "open hours",
  "one hundred": "100",
  "sent the money": "pay past",
  "send the money": "send money",
  "no longer": "stop",
  "l o s": "los",
};
