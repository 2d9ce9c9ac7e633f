import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { digitRuns } from "../../languages/digit_runs.ts";
import { spelledDigits } from "../../languages/spelling.ts";
import type { PhraseName } from "../../languages/phrase_names.ts";
import type { Expectation } from "./expectation.ts";
import { codePatience, digitPatience } from "./patience.ts";
import { digitWords } from "./vocabulary.ts";

/** Numbers without a country code are of this country. */
const HOME_COUNTRY = "KE";
const HOME_CALLING_CODE = "254";

/** A phone number; its value is E.164: "zero seven one two…" is `+254712…`. */
export const phoneNumber: Expectation = {
  ...digitPatience,
  digits: { min: 9, max: 12 },
  vocabulary: digitWords,
  parse(text, language) {
    const run = longestRun(text, language);
    const isForeign = /\+\s*$/.test(text.slice(0, run.start)) &&
      !run.digits.startsWith(HOME_CALLING_CODE);
    const heard = isForeign ? `+${run.digits}` : run.digits;
    const wanted = isForeign ? 8 : homeLength(run.digits);
    if (run.digits.length < wanted) return { incomplete: heard };
    const number = parsePhoneNumberFromString(isForeign ? heard : homeForm(heard), HOME_COUNTRY);
    if (!isForeign && run.digits.length > wanted) {
      return { invalid: `a phone number has ${wanted} digits, not ${run.digits.length}`, heard };
    }
    if (!number?.isValid()) return { invalid: "no phone number begins like that", heard };
    return { value: number.number };
  },
  readBack(value, language) {
    const digits = value.replace(/\D/g, "");
    const isHome = digits.startsWith(HOME_CALLING_CODE);
    return spelledDigits(isHome ? `0${digits.slice(HOME_CALLING_CODE.length)}` : digits, language);
  },
  keypad: { maxDigits: 12, terminator: "#" },
  retry: "retry_msisdn",
};

/** The number of a prepaid electricity meter. */
export const meterNumber = digitsOnly(11, 11, "a meter number", "retry_meter_no");

/** A Kenyan national identity number. */
export const nationalId = digitsOnly(7, 8, "an ID number", "retry_national_id");

function digitsOnly(min: number, max: number, thing: string, retry: PhraseName): Expectation {
  return {
    ...(max > 10 ? codePatience : digitPatience),
    digits: { min, max },
    vocabulary: digitWords,
    parse(text, language) {
      const heard = longestRun(text, language).digits;
      if (heard.length < min) return { incomplete: heard };
      if (heard.length <= max) return { value: heard };
      return { invalid: `${thing} has at most ${max} digits, not ${heard.length}`, heard };
    },
    readBack: spelledDigits,
    keypad: { maxDigits: max, terminator: "#" },
    retry,
  };
}

/** The longest row of digits; one that began earlier wins over one of the same length. */
function longestRun(text: string, language: string): { start: number; digits: string } {
  return digitRuns(text, language).reduce(
    (longest, run) => run.digits.length > longest.digits.length ? run : longest,
    { start: text.length, digits: "" },
  );
}

/** Digits of a home number: with the country's code, with a leading zero, or bare. */
function homeLength(digits: string): number {
  if (digits.startsWith(HOME_CALLING_CODE)) return HOME_CALLING_CODE.length + 9;
  return digits.startsWith("0") || digits === "" ? 10 : 9;
}

function homeForm(digits: string): string {
  return digits.startsWith(HOME_CALLING_CODE) ? `+${digits}` : digits;
}
