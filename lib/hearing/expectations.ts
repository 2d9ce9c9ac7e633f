import type { Expect } from "../contracts/expect.ts";
import { amount } from "./expectations/amount.ts";
import { accountNumber, mpesaCode, orderNumber } from "./expectations/codes.ts";
import { date } from "./expectations/date.ts";
import type { Expectation } from "./expectations/expectation.ts";
import { meterNumber, nationalId, phoneNumber } from "./expectations/digits.ts";
import { free, name, yesOrNo } from "./expectations/words.ts";

const expectations: Readonly<Record<Expect, Expectation>> = {
  free,
  yes_no: yesOrNo,
  msisdn: phoneNumber,
  amount,
  mpesa_code: mpesaCode,
  account_no: accountNumber,
  order_no: orderNumber,
  meter_no: meterNumber,
  national_id: nationalId,
  date,
  name,
};

/** How an answer of this kind is waited for, read and read back. */
export function expectation(expect: Expect): Expectation {
  return expectations[expect];
}
