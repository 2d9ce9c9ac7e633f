/** English words that carry no topic. */
export const stopWords = `
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
starting started begin allow allowed minute minutes ago inside outside i was were
`.trim().split(/\s+/);

/** Words and ideas that callers mention in passing: they count for little, known or not. */
export const faintWords = `
one two three four five six seven eight nine where when why how who nothing next company period programme day month year time moment long person wait new old first second only still more less least most
enough sure correct exact proper best better worst great important urgent quick immediately early
someone somebody anyone anybody everyone everybody man woman lady guy mr mrs wife husband brother
sister mother father kid child children son daughter family home room number call calling called talk talking speak customer amount thousand shilling shillings bob
ksh kes big small little large download downloading online video work
`.trim().split(/\s+/);

/**
 * Words that mean the same, by the idea they stand for. The ideas join the languages: a Swahili
 * question finds an English passage.
 */
export const ideas: Record<string, string> = {
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
  mpesa: "mpesa mobile-money safaricom airtel-money",
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
  offer: "promos promotions offer offers discount discounts discounted promotion promo deal deals",
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
  stuck: "stuck freezing jammed unresponsive hang hangs hung hanging frozen freezes freeze froze",
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
};

/** Several words that are one. */
export const joined: Record<string, string> = {
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
  "you people": "",
  "you guys": "",
};
