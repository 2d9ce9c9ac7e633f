import assert from "node:assert/strict";
import fc from "fast-check";
import type { Expect } from "../lib/contracts/expect.ts";
import { expectation } from "../lib/hearing/expectations.ts";
import { knownLanguages } from "../lib/languages/languages.ts";
import { phraseFields } from "../lib/languages/phrase_names.ts";
import { digitGroups } from "../lib/languages/spelling.ts";

const expects: Expect[] = [
  ...["free", "yes_no", "msisdn", "amount", "mpesa_code", "account_no", "order_no"] as const,
  ...["meter_no", "national_id", "date", "name"] as const,
];
const WALL_MS = Date.UTC(2026, 10, 23, 9);

function parse(expect: Expect, text: string, language = "en") {
  return expectation(expect).parse(text, language, WALL_MS);
}

Deno.test("every kind of answer has its patience, vocabulary, retry and read-back in every language", () => {
  for (const expect of expects) {
    const one = expectation(expect);
    assert.ok(one.softPauseMs >= 300 && one.softPauseMs <= one.minCommitMs, expect);
    assert.ok(one.minCommitMs >= 500 && one.minCommitMs < one.maxCommitMs, expect);
    assert.ok(one.maxCommitMs <= 2500 && one.maxCommitMs < one.totalMs, expect);
    assert.ok(one.retry in phraseFields, expect);
    for (const tag of knownLanguages()) {
      const words = one.vocabulary(tag);
      assert.ok(words.length <= 100 && new Set(words).size === words.length);
      assert.equal(words.length > 0, !["free", "name"].includes(expect), expect);
    }
  }
  assert.equal(expectation("msisdn").maxCommitMs, 1800);
  assert.equal(expectation("msisdn").totalMs, 12_000);
});

Deno.test("a phone number in groups with pauses between is one value", () => {
  const forms = [
    ...[
      "0712 … 345 … 678",
      "0712. 345. 678.",
      "0712345678",
      "+254 712 345 678",
      "254712345678",
      "712345678",
    ],
    ...[
      "my number is 0712-345-678 please",
      "oh seven one two, um, three four five, six seven eight",
    ],
    ...["zero seven twelve three four five six seven eight", "0 7 1 2 3 4 5 6 7 8"],
  ];
  for (const text of forms) {
    assert.deepEqual(parse("msisdn", text), { value: "+254712345678" }, text);
  }
  assert.deepEqual(parse("msisdn", "sifuri saba moja mbili tatu nne tano sita saba nane", "sw"), {
    value: "+254712345678",
  });
  assert.deepEqual(parse("msisdn", "0110 123 456"), { value: "+254110123456" });
  assert.deepEqual(parse("msisdn", "+256 712 345678"), { value: "+256712345678" });
});

Deno.test("a phone number is never completed or mended", () => {
  assert.deepEqual(parse("msisdn", "0712 345"), { incomplete: "0712345" });
  assert.deepEqual(parse("msisdn", "I forgot"), { incomplete: "" });
  assert.deepEqual(parse("msisdn", "0912 345 678"), {
    invalid: "no phone number begins like that",
    heard: "0912345678",
  });
  assert.deepEqual(parse("msisdn", "0712 345 6789"), {
    invalid: "a phone number has 10 digits, not 11",
    heard: "07123456789",
  });
});

Deno.test("a phone number said in any grouping and language is heard, and read back the same", () => {
  for (const tag of knownLanguages()) {
    const { readBack } = expectation("msisdn");
    fc.assert(fc.property(fc.stringMatching(/^07[0-2]\d{7}$/), (digits) => {
      const answer = parse("msisdn", readBack(`+254${digits.slice(1)}`, tag), tag);
      assert.deepEqual(answer, { value: `+254${digits.slice(1)}` });
    }));
    fc.assert(fc.property(fc.stringMatching(/^07[0-2]\d{0,6}$/), (digits) => {
      assert.deepEqual(parse("msisdn", digitGroups(digits).join(" … "), tag), {
        incomplete: digits,
      });
    }));
  }
});

Deno.test("amounts are read in words and figures", () => {
  const cases: [string, string, string][] = [
    ["5 thousand", "en", "5000"],
    ["KES 1,234.50", "en", "1234.50"],
    ["one thousand five hundred shillings", "en", "1500"],
    ["two hundred shillings and fifty cents", "en", "200.50"],
    ["oh, two hundred bob", "en", "200"],
    ["elfu tano", "sw", "5000"],
    ["shilingi elfu moja mia tano", "sw", "1500"],
    ["soo tano", "sw", "500"],
    ["mille cinq cents shillings", "fr", "1500"],
  ];
  for (const [text, tag, value] of cases) {
    assert.deepEqual(parse("amount", text, tag), { value }, text);
  }
});

Deno.test("an amount that is not clear is not guessed", () => {
  for (
    const text of [
      "two hundred or three hundred",
      "elfu mbili na nusu",
      "half a thousand",
      "0",
      "5 billion",
    ]
  ) {
    const answer = parse("amount", text, "sw");
    assert.ok("invalid" in answer && answer.heard === text, text);
  }
  assert.deepEqual(parse("amount", "all of it"), { incomplete: "" });
});

Deno.test("an amount read back is heard as the same amount", () => {
  for (const tag of knownLanguages()) {
    const { readBack } = expectation("amount");
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.integer({ min: 0, max: 99 }),
        (whole, cents) => {
          const value = cents === 0 ? String(whole) : `${whole}.${String(cents).padStart(2, "0")}`;
          assert.deepEqual(
            parse("amount", readBack(value, tag), tag),
            { value },
            readBack(value, tag),
          );
        },
      ),
    );
  }
});

Deno.test("codes are spelled, checked and never mended", () => {
  assert.deepEqual(parse("mpesa_code", "Q F X three two A B nine C D"), { value: "QFX32AB9CD" });
  assert.deepEqual(parse("mpesa_code", "it is qfx32ab9cd"), { value: "QFX32AB9CD" });
  assert.deepEqual(parse("mpesa_code", "Q for Queen, F as in Fred, X32AB9CD"), {
    value: "QFX32AB9CD",
  });
  assert.deepEqual(parse("mpesa_code", "QFX32"), { incomplete: "QFX32" });
  assert.ok("invalid" in parse("mpesa_code", "QFX32AB9CDE"));
  assert.ok("invalid" in parse("mpesa_code", "1FX32AB9CD"));
  assert.ok("invalid" in parse("mpesa_code", "QFXABCDEFG"));
  // A letter O is not taken for a zero.
  assert.deepEqual(parse("mpesa_code", "Q O X three two A B nine C D"), { value: "QOX32AB9CD" });
  assert.deepEqual(parse("order_no", "my order is ORD-1234"), { value: "ORD1234" });
  assert.deepEqual(parse("account_no", "account number 1 2 3 4 5"), { value: "12345" });
  assert.deepEqual(parse("account_no", "I lost it"), { incomplete: "" });
});

Deno.test("meter and ID numbers have their length", () => {
  assert.deepEqual(parse("meter_no", "1234 5678 901"), { value: "12345678901" });
  assert.deepEqual(parse("meter_no", "1234 5678 90"), { incomplete: "1234567890" });
  assert.ok("invalid" in parse("meter_no", "1234 5678 9012"));
  assert.deepEqual(parse("national_id", "2345 678"), { value: "2345678" });
  assert.deepEqual(parse("national_id", "234567"), { incomplete: "234567" });
  assert.ok("invalid" in parse("national_id", "123456789"));
});

Deno.test("dates are read as they are said, and no year is invented", () => {
  const cases: [string, string, string][] = [
    ["25/11/2026", "en", "2026-11-25"],
    ["2026-11-25", "en", "2026-11-25"],
    ["the twenty-fifth of November, twenty twenty six", "en", "2026-11-25"],
    ["November 25th", "en", "--11-25"],
    ["the first of March", "en", "--03-01"],
    ["25112026", "en", "2026-11-25"],
    ["tarehe ishirini na tano mwezi wa kumi na moja", "sw", "--11-25"],
    ["tarehe 3 Desemba 2026", "sw", "2026-12-03"],
    ["jana", "sw", "2026-11-22"],
    ["keshokutwa", "sw", "2026-11-25"],
    ["the day before yesterday", "en", "2026-11-21"],
    ["le premier mai", "fr", "--05-01"],
  ];
  for (const [text, tag, value] of cases) {
    assert.deepEqual(parse("date", text, tag), { value }, text);
  }
  assert.ok("invalid" in parse("date", "31 November 2026"));
  assert.ok("invalid" in parse("date", "29/02/2027"));
  assert.ok("invalid" in parse("date", "25132026"));
  assert.ok("incomplete" in parse("date", "the twenty-fifth of"));
  assert.ok("invalid" in expectation("date").parse("yesterday", "en"));
});

Deno.test("a date read back is heard as the same date", () => {
  for (const tag of knownLanguages()) {
    const { readBack } = expectation("date");
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date("1950-01-01"), max: new Date("2099-12-31") }),
        (day) => {
          const value = day.toISOString().slice(0, 10);
          assert.deepEqual(
            parse("date", readBack(value, tag), tag),
            { value },
            readBack(value, tag),
          );
        },
      ),
    );
  }
});

Deno.test("today is the caller's day, not the server's", () => {
  const lateEvening = Date.UTC(2026, 10, 23, 22);
  assert.deepEqual(expectation("date").parse("leo", "sw", lateEvening), { value: "2026-11-24" });
});

Deno.test("names lose their lead-in and nothing else", () => {
  assert.deepEqual(parse("name", "My name is amina Otieno."), { value: "Amina Otieno" });
  assert.deepEqual(parse("name", "naitwa Ng'ang'a", "sw"), { value: "Ng'ang'a" });
  assert.ok("invalid" in parse("name", "0712 345 678"));
  assert.ok("invalid" in parse("name", "I am calling because my internet is not working"));
  assert.deepEqual(parse("name", "my name is"), { incomplete: "" });
});

Deno.test("a yes or no is clear or it is neither", () => {
  assert.deepEqual(parse("yes_no", "yes please"), { value: "yes" });
  assert.deepEqual(parse("yes_no", "hapana", "sw"), { value: "no" });
  assert.deepEqual(parse("yes_no", "Ndio, sawa", "en"), { value: "yes" });
  assert.ok("invalid" in parse("yes_no", "yes but how much"));
});

Deno.test("nothing that is read back has digits", () => {
  const values: [Expect, string][] = [
    ["msisdn", "+254712345678"],
    ["amount", "1500.50"],
    ["mpesa_code", "QFX32AB9CD"],
    ["account_no", "ACC12345"],
    ["order_no", "1234"],
    ["meter_no", "12345678901"],
    ["national_id", "12345678"],
    ["date", "--11-25"],
    ["yes_no", "yes"],
  ];
  for (const tag of knownLanguages()) {
    for (const [expect, value] of values) {
      const words = expectation(expect).readBack(value, tag);
      assert.match(words, /\p{L}/u);
      assert.doesNotMatch(words, /\d/, `${tag} ${expect}`);
    }
  }
});
