import type { Expect } from "../../contracts/expect.ts";
import { FREE } from "./word_graph.ts";

/** Words that answers to the agent's questions are made of, for `<slot>` references. */
export const ANSWER_SLOTS: Record<string, string[]> = {
  digit: ["zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
  digits: [
    "<digit>",
    "<digit> <digit>",
    "<digit> <digit> <digit>",
    "<digit> <digit> <digit> <digit>",
    "<digit> <digit> <digit> <digit> <digit> <digit>",
    "<digit> <digit> (double|triple) <digit> <digit> <digit>",
    "<digit> <digit> <digit> <digit> <digit> <digit> <digit> <digit>",
    "<digit> <digit> <digit> <digit> <digit> <digit> <digit> <digit> <digit> <digit>",
  ],
  letter: "a b c d e f g h i j k l m n o p q r s t u v w x y z".split(" "),
  teen: ("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
    .split(" "),
  ten: "twenty thirty forty fifty sixty seventy eighty ninety".split(" "),
  unit: "one two three four five six seven eight nine".split(" "),
  below100: ["<unit>", "<teen>", "<ten>", "<ten> <unit>"],
  below1000: ["<below100>", "<unit> hundred", "<unit> hundred [and] <below100>"],
  number: ["<below1000>", "<below100> thousand", "<below1000> thousand [and] <below1000>"],
  weekday: "monday tuesday wednesday thursday friday saturday sunday".split(" "),
  month: ("january february march april may june july august september october november december")
    .split(" "),
  ordinal: ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth " +
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth " +
    "thirtieth").split(" ").concat(
      "first second third fourth fifth sixth seventh eighth ninth".split(" ")
        .map((ordinal) => `twenty ${ordinal}`),
      "thirty first",
    ),
};

const NUMBER_LEAD = "[yes] [(it's|it is|my number is|the number is|my (account|order|id|meter) " +
  "number is|number)]";
const NUMBERS = [`${NUMBER_LEAD} <digits>`, `${NUMBER_LEAD} <digits> <digits>`];

/** How callers answer when the agent has asked for something; `free` and `name` have no own part. */
export const ANSWER_PATTERNS: Partial<Record<Expect, string[]>> = {
  yes_no: [
    "(yes|yeah|yep|yes please|yes it is|yes that's right|that's right|that is right|correct)",
    "(sure|okay|ok|go ahead|please do|of course|alright|right|fine|exactly|that's correct)",
    "(no|nope|no thanks|no thank you|not really|no it isn't|no it's not|that's wrong|not yet)",
    "(ndiyo|ndio|sawa|sawa sawa|hapana|la|eeh)",
  ],
  msisdn: NUMBERS,
  account_no: NUMBERS,
  order_no: NUMBERS,
  meter_no: NUMBERS,
  national_id: NUMBERS,
  mpesa_code: [
    "[it's|it is|the code is] <letter> <letter> <letter> <digit> <letter> <digit> <letter> " +
    "<letter> <digit> <letter>",
    "<letter> <digit> <letter> <digit> <digit> <letter> <letter> <digit> <digit> <letter>",
    "[it's|it is|the code is] <letter> <letter> <digit> <digit> <letter> <letter>",
  ],
  amount: [
    "[(about|around|it was|i paid|it's|it is)] <number> [(shillings|bob|shilling|only)]",
    "<digits> [(shillings|bob)]",
  ],
  date: [
    "[on] [the] <ordinal> [of] <month>",
    "[on] <month> [the] (<ordinal>|<below100>)",
    "[on] [(last|next|this)] <weekday>",
    "(today|tomorrow|yesterday|last week|next week|this week|last month|the day before yesterday)",
    "[on] <weekday> [the] <ordinal> [of] [<month>]",
    "<below100> <month> [twenty <below100>]",
  ],
};

/** Names the part of the language model for an expected answer. */
export function partFor(expect: Expect): string {
  return Object.hasOwn(ANSWER_PATTERNS, expect) ? expect : FREE;
}
