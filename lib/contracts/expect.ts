/** What kind of answer the agent waits for; decides patience, validation, read-back and vocabulary. */
export type Expect =
  | "free"
  | "yes_no"
  | "msisdn"
  | "amount"
  | "mpesa_code"
  | "account_no"
  | "order_no"
  | "meter_no"
  | "national_id"
  | "date"
  | "name";
