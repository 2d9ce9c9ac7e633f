import type { BrainTexts } from "./brain_texts.ts";
import type { AskPatterns, ClaimPatterns, Phrases, SecretPatterns } from "./language.ts";
import { list } from "./list.ts";
import type { ToolTexts } from "./tool_words.ts";

export const phrases: Phrases = {
  greeting_default: [
    "Hello, this is {name}, the automated assistant of {company}. How can I help?",
  ],
  still_there: ["Are you still there?", "Hello, can you hear me?"],
  goodbye_silent: [
    "I can't hear you, so I'll end the call here. Please call again when you're ready. Goodbye.",
  ],
  goodbye: ["Thank you for calling. Goodbye.", "Thank you, and have a good day. Goodbye."],
  didnt_catch: [
    "Sorry, I didn't catch that. Could you say it again?",
    "Sorry, I missed that. Please say it once more.",
  ],
  didnt_catch_digits: ["Sorry, I didn't get that. Please type it on your keypad, then press hash."],
  offer_person: [
    "I'm sorry, I'm still not getting it. Would you like me to try to get a person for you?",
  ],
  filler_thinking: [
    "Let me see.",
    "Okay, one moment.",
    "Right, just a second.",
    "Okay, let me think.",
  ],
  filler_tool: ["Let me check that for you.", "Just a moment while I look.", "I'm still checking."],
  apology_slow: ["Sorry, this is taking longer than it should. Please bear with me."],
  apology_engine: ["Sorry, I have a problem on my side just now. Could you say that once more?"],
  apology_busy: [
    "Sorry, I'm getting too many requests just now. Please wait a moment, and say it once more.",
  ],
  apology_quota: [
    "I'm sorry, I've used up all the answers I may give today. You can still ask for a person.",
  ],
  apology_spend_limit: [
    "I'm sorry, my service has reached its limit, so I can't answer. You can still ask for a person.",
  ],
  apology_tool: ["Sorry, I went about that the wrong way. Could you say it once more?"],
  apology_too_long: ["Sorry, that got too long for me. Please ask for one thing at a time."],
  cannot_discuss: [
    "I'm sorry, I can't talk about that. Please ask me something else, or ask for a person.",
  ],
  cannot_answer: [
    "I'm sorry, I'm not allowed to answer that. Please ask in other words, or ask for a person.",
  ],
  cannot_say_private: [
    "I'm sorry, the answer had somebody's personal details in it, so I have left it out. " +
    "You can ask for a person.",
  ],
  cannot_quote: [
    "I'm sorry, I can't read that out word for word. Please ask me for the main point.",
  ],
  cannot_use_language: [
    "I'm sorry, I can't answer in this language just now. You can ask for a person.",
  ],
  answer_cut_short: ["That is not all of it. Ask me to go on if you want the rest."],
  say_again_after_stop: ["Okay, I'm listening.", "Sorry, go ahead."],
  fallback_stt: ["I can't hear as well as usual just now. Please use short sentences."],
  fallback_llm: ["My usual system is not answering, so I may not be able to help with everything."],
  fallback_llm_busy: [
    "I'm getting too many requests just now, so I may not be able to help with everything.",
  ],
  fallback_llm_limit: [
    "My usual system can't be used for now, so I may not be able to help with everything.",
  ],
  fallback_llm_question: ["I couldn't answer that in my usual way, so I'll tell you what I can."],
  fallback_tts: ["My usual voice is not available, so I sound different now."],
  hand_over_start: [
    "I'm trying to get a person for you now. Please stay on the line.",
  ],
  hand_over_waiting: ["I'm still trying to reach a person. Please stay on the line."],
  hand_over_promise: [
    "If the line drops, they will call you back. Your reference is {reference}.",
  ],
  hand_over_no_answer: ["I'm sorry, nobody answered the phone."],
  hand_over_busy: ["I'm sorry, the phone that I called is busy."],
  hand_over_declined: ["I'm sorry, the person that I called can't take a call just now."],
  hand_over_not_through: ["I'm sorry, I could not get a call through to our team."],
  hand_over_all_busy: ["I'm sorry, everybody on our team is on another call."],
  hand_over_closed: ["I'm sorry, our team is not at work right now."],
  hand_over_unreached: ["I'm sorry, nobody could take your call just now."],
  hand_over_call_back: ["I've asked the team to call you back. Your reference is {reference}."],
  hand_over_call_again: ["Please call us again a little later."],
  time_warning: ["We have about one minute left on this call."],
  time_up: [
    "I'm sorry, I have to end the call here. If you still need help, please call again. Goodbye.",
  ],
  long_turn_ack: ["Okay, I've heard you. Let me start with that."],
  noisy_line: ["The line is a bit noisy. Please speak close to the phone, and slowly."],
  secret_spoken: [
    "Please don't tell anyone your PIN, password or codes, not even me. I've left it out of my notes.",
  ],
  never_asks_secret: ["I never need your PIN, password or codes. Please keep them to yourself."],
  not_done_claim: ["To be clear, I have not done that yet."],
  confirm_cancelled: ["Okay, I won't do it. Nothing has been changed."],
  confirm_unclear: ["Sorry, I need a clear yes or no before I do it. Shall I go ahead?"],
  write_timeout: [
    "I asked the system to do it, but it has not answered yet, so I can't say that it is done.",
  ],
  keypad_menu: [
    "I can't make out speech just now. Press one to try again, or zero to ask for a person.",
  ],
  keypad_menu_number: [
    "I can't make out speech just now. Please type it on your keypad and press hash, " +
    "or press zero and hash to ask for a person.",
  ],
  keypad_menu_yes_no: [
    "I can't make out speech just now. Press one for yes, two for no, or zero to ask for a person.",
  ],
  keypad_help: ["You can also type it on your keypad, and press hash when you finish."],
  budget_close: ["I'm sorry, I can't go on with this call. Please call us again later. Goodbye."],
  draining_goodbye: [
    "I'm sorry, I have to end this call now because our system is restarting. " +
    "Please call again in a few minutes. Goodbye.",
  ],
  overloaded: ["I'm sorry, we have too many calls right now. Please call again in a few minutes."],
  out_of_order: [
    "I'm sorry, our automated assistant is out of order right now. Please call again later.",
  ],
  switched_language: ["Sure, let's speak English."],
  repeat_call_today: ["You called earlier today about {topic}."],
  repeat_call_yesterday: ["You called yesterday about {topic}."],
  repeat_call_earlier: ["You called a few days ago about {topic}."],
  callback_confirm: ["Should we call you back on {number}?"],
  consent_recording: ["This call is recorded to improve our service."],
  read_back: ["I heard {value}."],
  retry_msisdn: ["Please tell me the phone number again slowly, from the first digit to the last."],
  retry_amount: ["Please tell me the amount again, in shillings."],
  retry_mpesa_code: [
    "Please read the M-Pesa code again, one letter or number at a time. It has ten characters.",
  ],
  retry_account_no: ["Please read the account number again, one digit at a time."],
  retry_order_no: ["Please read the order number again, one letter or digit at a time."],
  retry_meter_no: ["Please read the meter number again slowly. It has eleven digits."],
  retry_national_id: ["Please tell me the ID number again, one digit at a time."],
  retry_date: ["Please tell me the date again: the day, then the month."],
  retry_name: ["Please tell me the name again, slowly."],
  retry_yes_no: ["Sorry, is that a yes or a no?"],
};

// Whoever is asked for; `someone` and `somebody` only count after "speak to".
const STAFF = "(?:(?:a|an|the|your|some|another|any)? ?(?:real|live|actual|human)? ?" +
  "(?:person|human being|human|agent|operator|representative|supervisor|manager|attendant|" +
  "customer (?:care|service|support)(?: (?:agent|person|representative))?|support agent))";
const ANYONE = `(?:${STAFF}|(?:someone|somebody|anyone)(?: real| else| human)?)`;
// Before "I have sent", these make it a condition or a question, and no claim.
const I_HAVE =
  "(?<!\\b(?:once|if|when|after|until|before|unless|shall|should|can|could|may|will|did|have) )\\b(?:i|we)(?:'ve| have|'ve just)?" +
  "(?: just| now| already| also| successfully)*";
// "Nothing has been changed" and "no ticket has been opened" claim nothing.
const BEEN =
  "(?<!\\bnothing |\\bno [a-z]+ )(?:has|have)(?: now| just| already| successfully)* been";

export const asks: AskPatterns = {
  person: [
    new RegExp(`\\b(?:speak|speaking|talk|talking|chat) (?:to|with) ${ANYONE}\\b`),
    new RegExp(
      `\\b(?:connect|transfer|put|pass|hand|forward|redirect|switch|take) (?:me|this call|the call)` +
        `(?: through| over| on)? (?:to|with) ${ANYONE}\\b`,
    ),
    new RegExp(`\\b(?:get|give|find|bring) (?:me|us) ${ANYONE}\\b`),
    new RegExp(
      `\\b(?:need|want|prefer|would like|i'd like|can i have|could i have|may i have|is there) ` +
        `${STAFF}(?! (?:to send|to withdraw|to deposit))\\b`,
    ),
    new RegExp(`^(?:hello|hi|please|just|okay|no|yes|um|uh| )*${STAFF}(?: please| now)*$`),
    /\b(?:someone|somebody) (?:real|human)\b|\b(?:real|live|actual) (?:person|human)\b/,
    /\b(?:don't|do not) want (?:to (?:talk|speak) (?:to|with) )?(?:a |an |this |the )?(?:robot|machine|bot|computer)\b/,
  ],
  notPerson: [
    /\bagents? (?:number|till|shop|code|id|line|float|commission|transaction|store|outlet|near|account|name|withdrawal)s?\b/,
    /\b(?:till|m pesa|mpesa|bank|airtel|mobile money|insurance|estate|local) agents?\b/,
    /\b(?:sen[dt]|pa(?:y|id)|gave|give|transfer(?:red)?(?! me\b| us\b)|withdr[ae]w|deposit(?:ed)?|borrow(?:ed)?|bought|buy)\b(?:(?!\b(?:me|us|call|talk|speak)\b)[a-z0-9' ]){0,40}?\b(?:to|from|at|through|by) (?:a|an|the|my|another|someone|somebody)\b(?: else)?(?: wrong)?(?: (?:person|agent|human))?/,
    /\b(?:don't|do not|didn't|not) (?:want|need|like)(?: to (?:speak|talk) (?:to|with))? (?:a|an|any|the|another)? ?(?:real |live )?(?:person|human|agent|operator|representative|manager|supervisor)\b/,
    /\b(?:spoke|spoken|talked|was speaking|was talking|told) (?:to|with|by) [a-z ]{0,12}(?:agent|person|operator|representative|someone|somebody)\b/,
    /\b(?:agent|operator|representative|manager|customer (?:care|service)) (?:told|said|promised|called|didn't|never|refused)\b/,
    /\b(?:who|what) is (?:a|an|the|your) (?:agent|manager|operator|person)\b/,
  ],
};

export const secrets: SecretPatterns = {
  nouns: {
    pin: ["pin", "pin number", "pin code", "p i n", "secret number", "secret pin"],
    password: ["password", "passcode", "pass word", "passphrase"],
    cvv: ["cvv", "cvc", "c v v", "cvv number", "security code", "card security code"],
    one_time_code: [
      "otp",
      "o t p",
      "otp code",
      "one time password",
      "one time code",
      "one time pin",
      "verification code",
    ],
  },
  links: list(`
    is, it's, it, was, are, of, as, for, number, code, mine, my`),
  asks: [
    "(?:what(?:'s| is)|tell (?:me|us)|give (?:me|us)|say|share|provide|read (?:me|us|out)|send (?:me|us)|" +
    "(?:may|can|could) (?:i|we) (?:have|get|know)|(?:i|we)(?:'ll| will)? need|let me have)" +
    "(?: (?:your|the|m-pesa|mpesa|card|bank|account|secret|current|old|full|own|four digit|digits of))* {secret}",
  ],
  warnings: /\b(?:never|don't|do not|not|nobody|no one|anyone|anybody)\b/,
  linksBefore: ["the", "that's", "as"],
  aboutThem: list(`
    not, no, wrong, incorrect, invalid, expired, forgotten, locked, blocked, working, the, a, being,
    required, needed, asked, what, too, weak, always, never, still, here, there, in, on, to, reset,
    changed, because, and, but, or, old, new, gone, lost, correct, refusing, failing, so, when,
    i, secret, private, safe, it, that, my`),
};

export const claims: ClaimPatterns = {
  sent: [
    new RegExp(`${I_HAVE} (?:sent|emailed|texted|messaged|forwarded)\\b`),
    new RegExp(`\\b${BEEN} (?:sent|emailed|texted) to (?:you|your)\\b`),
    /\b(?<!\bno )(?:message|sms|email|link|password|code|statement) (?:has been|was) (?:just )?sent\b/,
  ],
  reset: [
    new RegExp(`${I_HAVE} (?:reset|restarted|rebooted|unlocked|unblocked|reactivated)\\b`),
    new RegExp(`\\b${BEEN} (?:reset|restarted|rebooted|unlocked|unblocked|reactivated)\\b`),
    /^(?:\w+[,!] )?(?:your|the) [\w'-]+(?: [\w'-]+){0,3} (?:was|is now) (?:reset|restarted|rebooted|unlocked|unblocked|reactivated)\b/,
  ],
  paid: [
    new RegExp(`${I_HAVE} (?:paid|refunded|reversed|credited|debited|charged)\\b`),
    new RegExp(
      `${I_HAVE} (?:made|processed|completed|initiated) (?:the|your|a) (?:payment|refund|reversal)`,
    ),
    new RegExp(`\\b${BEEN} (?:refunded|reversed|credited)\\b`),
    /^(?:\w+[,!] )?(?:your|the) [\w'-]+(?: [\w'-]+){0,3} (?:was|is now) (?:paid|refunded|reversed|credited)\b/,
  ],
  transferred: [
    new RegExp(`${I_HAVE} (?:transferred|handed|moved|forwarded) (?:you|your|the)\\b`),
    new RegExp(`\\b${BEEN} transferred\\b`),
    /\b(?:i'm|i am|we're|we are|i'll|i will|we'll|we will|let me|now) (?:now |just )?(?:transfer|transferring|hand|handing) you\b/,
    /^(?:okay, |sure, |alright, )?transferring you\b/,
  ],
  connected: [
    new RegExp(`${I_HAVE} connected (?:you|your)\\b`),
    /\byou(?:'re| are| have been|'ve been) (?:now |already )?(?:connected|through|being connected|being transferred)\b/,
    /\b(?:i'm|i am|we're|we are|i'll|i will|we'll|we will|let me|now) (?:now |just )?(?:connect|connecting|put|putting|patch|patching) you\b/,
  ],
  changed: [
    new RegExp(
      `${I_HAVE} (?:changed|updated|upgraded|downgraded|activated|deactivated|registered)\\b`,
    ),
    new RegExp(`\\b${BEEN} (?:changed|updated|upgraded|downgraded|activated|deactivated)\\b`),
  ],
  cancelled: [
    new RegExp(`${I_HAVE} (?:cancelled|canceled|stopped|removed|deleted|blocked)\\b`),
    new RegExp(`\\b${BEEN} (?:cancelled|canceled|removed|deleted|blocked)\\b`),
  ],
  opened: [
    new RegExp(`${I_HAVE} (?:opened|created|raised|logged|filed|escalated|reported)\\b`),
    new RegExp(`\\bticket ${BEEN} (?:opened|created|raised|logged)\\b`),
  ],
  booked: [
    new RegExp(`${I_HAVE} (?:booked|scheduled|arranged|reserved|ordered|placed)\\b`),
    new RegExp(`\\b${BEEN} (?:booked|scheduled|arranged|dispatched)\\b`),
  ],
};

export const brain: BrainTexts = {
  greeting: "Hello! How can I help you?",
  thanks: "You're welcome. Is there anything else I can do for you?",
  who: (company) =>
    `I'm an automated assistant, not a person. I answer from what ${company} has written down, ` +
    "and I can get a person for you.",
  help: (topics) => `You can ask about ${topics}, or ask for a person. What do you need?`,
  notUnderstood: (topics) =>
    `Sorry, I didn't get that. You can ask about ${topics}, or ask for a person.`,
  unknown: "I don't know that. Shall I get a person for you?",
  stillUnclear: "Sorry, I still can't make that out. Shall I get a person for you?",
  noPerson: "Sorry, I can't get a person on this call.",
  nothingAsked: "All right. What can I do for you?",
  dropped: "All right, we leave that. Shall I get a person for you?",
  declined: "All right. What else can I do for you?",
  noFact: "Sorry, I can't tell you that. Shall I get a person for you?",
  nothingSaid: "I have not said anything yet. How can I help you?",
  ask: {
    free: "In a few words, what is it about?",
    area: "Which area are you in?",
    order_no: "What is the order number? You can say it or type it.",
    account_no: "What is your account number? You can say it or type it.",
    meter_no: "What is the meter number? You can say it or type it.",
    msisdn: "What is the phone number? You can say it or type it.",
    national_id: "What is the ID number? You can say it or type it.",
    amount: "What is the amount?",
    date: "Which date?",
    name: "What is the name?",
  },
  askAgain: {
    free: "Sorry, I didn't get that. What is it about?",
    area: "Sorry, I don't know that area. Which area are you in?",
    order_no: "Sorry, I need the order number. Please say it digit by digit, or type it.",
    account_no: "Sorry, I need the account number. Please say it digit by digit, or type it.",
  },
  or: "or",
};

export const toolTexts: ToolTexts = {
  failed: "Sorry, I can't get that right now. Shall I get a person for you?",
  unconfirmed: "Sorry, I could not confirm that it was done. Shall I get a person for you?",
  needsFact: "First I need to check who I'm speaking with. What is your account number?",
  needsNumber:
    "Your number is hidden, so I can't look at your account. Shall I get a person for you?",
  notProven: "I could not check who I'm speaking with. Shall I get a person for you?",
  outage(area, cause, since, back) {
    const known = `There is an outage in ${area} since ${since}: ${cause}. `;
    return known +
      (back ? `We expect it to be back by ${back}.` : "We don't know yet when it will be back.");
  },
};
