import type { Phrases } from "./language.ts";

export const phrases: Phrases = {
  greeting_default: [
    "Hello, and thank you for calling {company}. I'm an automated assistant. How can I help you?",
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
  say_again_after_stop: ["Okay, I'm listening.", "Sorry, go ahead."],
  hand_over_start: [
    "I'm trying to get a person for you now. If the line drops, they will call you back.",
  ],
  hand_over_failed_callback: [
    "I'm sorry, nobody could take your call just now. I've asked the team to call you back. " +
    "Your reference is {reference}.",
  ],
  hand_over_failed_plain: [
    "I'm sorry, nobody could take your call just now. Please call us again a little later.",
  ],
  hand_over_closed: [
    "I'm sorry, our team is not at work right now, so I can't get a person for you. " +
    "I can still try to help you myself.",
  ],
  time_warning: ["We have about one minute left on this call."],
  time_up: [
    "I'm sorry, I have to end the call here. If you still need help, please call again. Goodbye.",
  ],
  long_turn_ack: ["Okay, I've heard you. Let me start with that."],
  noisy_line: ["The line is a bit noisy. Please speak close to the phone, and slowly."],
  secret_spoken: [
    "Please don't tell anyone your PIN, password or codes, not even me. I've left it out of my notes.",
  ],
  not_done_claim: ["To be clear, I have not done that yet."],
  confirm_cancelled: ["Okay, I won't do it. Nothing has been changed."],
  confirm_unclear: ["Sorry, I need a clear yes or no before I do it. Shall I go ahead?"],
  write_timeout: [
    "I asked the system to do it, but it has not answered yet, so I can't say that it is done.",
  ],
  keypad_menu: [
    "I'm having trouble hearing you. Press one to try again, or zero to ask for a person.",
  ],
  keypad_help: ["You can also type it on your keypad, and press hash when you finish."],
  budget_close: ["I'm sorry, I can't go on with this call. Please call us again later. Goodbye."],
  draining_goodbye: [
    "I'm sorry, I have to end this call now because our system is restarting. " +
    "Please call again in a few minutes. Goodbye.",
  ],
  overloaded: ["I'm sorry, we have too many calls right now. Please call again in a few minutes."],
  switched_language: ["Sure, let's speak English."],
  callback_confirm: ["Should we call you back on {number}?"],
  consent_recording: ["This call is recorded, so that we can check and improve our service."],
  read_back: ["I heard {value}. Is that correct?"],
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
