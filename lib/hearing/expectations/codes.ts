import type { PhraseName } from "../../languages/phrase_names.ts";
import { spelledCode } from "../../languages/spelling.ts";
import { spokenCode } from "../../languages/spoken_codes.ts";
import type { Expectation } from "./expectation.ts";
import { codePatience, digitPatience } from "./patience.ts";
import { digitWords } from "./vocabulary.ts";

/** The code of an M-Pesa transaction: ten letters and digits, a letter first. */
export const mpesaCode: Expectation = {
  ...code(10, 10, "retry_mpesa_code"),
  ...codePatience,
  parse(text, language) {
    const heard = spokenCode(text, language);
    if (heard.length < 10) return { incomplete: heard };
    if (heard.length > 10) {
      return { invalid: `an M-Pesa code has ten characters, not ${heard.length}`, heard };
    }
    if (!/^[A-Z]/.test(heard)) return { invalid: "an M-Pesa code begins with a letter", heard };
    if (!/\d/.test(heard)) return { invalid: "an M-Pesa code has a digit in it", heard };
    return { value: heard };
  },
};

/** The number of a customer's account, which may have letters. */
export const accountNumber: Expectation = {
  ...code(4, 14, "retry_account_no"),
  keypad: { maxDigits: 14, terminator: "#" },
};

/** The number of an order, which may have letters. */
export const orderNumber: Expectation = {
  ...code(3, 14, "retry_order_no"),
  keypad: { maxDigits: 14, terminator: "#" },
};

function code(min: number, max: number, retry: PhraseName): Expectation {
  return {
    ...digitPatience,
    digits: { min, max },
    vocabulary: digitWords,
    parse(text, language) {
      const heard = spokenCode(text, language);
      if (heard.length < min || !/\d/.test(heard)) return { incomplete: heard };
      if (heard.length <= max) return { value: heard };
      return { invalid: `it has at most ${max} characters, not ${heard.length}`, heard };
    },
    readBack: spelledCode,
    retry,
  };
}
