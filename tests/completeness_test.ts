import assert from "node:assert/strict";
import fc from "fast-check";
import type { Expect } from "../lib/contracts/expect.ts";
import { completeness } from "../lib/hearing/completeness.ts";
import { knownLanguages, language } from "../lib/languages/languages.ts";

const both = ["en", "sw"];

Deno.test("a turn that trails off reads unfinished, whatever the recogniser puts behind it", () => {
  const unfinished = [
    ...[
      "I paid yesterday and",
      "I paid yesterday and.",
      "it is slow because",
      "I want to",
      "my number is",
      "the",
    ],
    ...[
      "um",
      "so, uh",
      "I called about my",
      "nimelipa lakini",
      "nimelipa lakini.",
      "kwa sababu",
      "nataka kujua kama",
    ],
    ...[
      "internet yangu na",
      "kwa hivyo",
      "I was saying,",
      "well…",
      "it is -",
      "seven hundred and",
      "elfu mbili na",
      "zero seven double",
      "elfu tano mia",
      "two point",
    ],
  ];
  for (const text of unfinished) {
    assert.ok(
      completeness(text, "free", both) <= 0.25,
      `${text}: ${completeness(text, "free", both)}`,
    );
  }
});

Deno.test("every word list of unfinished endings counts in every language", () => {
  for (const tag of knownLanguages()) {
    for (const ending of language(tag).turns.unfinished) {
      assert.ok(
        completeness(`Kamau Otieno ${ending}.`, "free", [tag]) <= 0.15,
        `${tag}: ${ending}`,
      );
    }
  }
});

Deno.test("a sentence that comes to its end reads finished", () => {
  const finished = [
    ...[
      "My internet is not working.",
      "I paid 1500.",
      "What is my balance?",
      "yes",
      "No, thank you.",
      "ndio",
      "Kwaheri",
    ],
    ...[
      "Salio langu ni ngapi?",
      "Unataka nini?",
      "I want to talk to a person",
      "I can't log in.",
      "Nataka kulipa bili yangu.",
    ],
  ];
  for (const text of finished) {
    assert.ok(
      completeness(text, "free", both) >= 0.8,
      `${text}: ${completeness(text, "free", both)}`,
    );
  }
  assert.ok(completeness("I want to log in", "free", both) < 0.5);
});

Deno.test("a lead-in, an open list and an unasked number wait for more", () => {
  for (
    const text of [
      "my name is",
      "Hello",
      "the router, the phone, the TV",
      "it is 0712",
      "nambari yangu ni",
    ]
  ) {
    assert.ok(completeness(text, "free", both) <= 0.5, text);
  }
});

Deno.test("a number that is too short for what was asked waits, and a whole one does not", () => {
  const cases: [string, Expect, (score: number) => boolean][] = [
    ["0712", "msisdn", (score) => score <= 0.15],
    ["0712 345", "msisdn", (score) => score <= 0.15],
    ["0712 345 678", "msisdn", (score) => score === 1],
    ["sifuri saba moja mbili tatu nne tano sita saba nane", "msisdn", (score) => score === 1],
    ["1234567", "national_id", (score) => score > 0.4 && score < 1],
    ["12345678", "national_id", (score) => score === 1],
    ["1234567890", "meter_no", (score) => score <= 0.15],
    ["12345678901", "meter_no", (score) => score === 1],
    ["Q F X three two", "mpesa_code", (score) => score <= 0.15],
    ["Q F X three two A B nine C D", "mpesa_code", (score) => score === 1],
    ["two thousand", "amount", (score) => score >= 0.8],
    ["two thousand and", "amount", (score) => score <= 0.15],
    ["yes", "yes_no", (score) => score === 1],
    ["hapana", "yes_no", (score) => score === 1],
    ["yes but", "yes_no", (score) => score <= 0.25],
    ["Amina Otieno", "name", (score) => score === 0.8],
    ["my name is", "name", (score) => score <= 0.3],
    ["the twenty-fifth of", "date", (score) => score <= 0.3],
    ["25 November 2026", "date", (score) => score === 1],
    ["091234567890123", "msisdn", (score) => score >= 0.5],
    ["I don't have it here.", "msisdn", (score) => score >= 0.8],
  ];
  for (const [text, expect, holds] of cases) {
    const score = completeness(text, expect, both);
    assert.ok(holds(score), `${expect}: ${text}: ${score}`);
  }
});

Deno.test("every text has a score from 0 to 1, and only silence has 0", () => {
  const expects: Expect[] = [
    "free",
    "yes_no",
    "msisdn",
    "amount",
    "mpesa_code",
    "date",
    "name",
    "order_no",
  ];
  const words = fc.constantFrom(
    "and",
    "na",
    "0712",
    "seven",
    "mia",
    "yes",
    "ndio",
    "my",
    ",",
    ".",
    "TKT",
    "…",
    "\u0000",
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(words, fc.string({ maxLength: 6 }))),
      fc.constantFrom(...expects),
      (parts, expect) => {
        const score = completeness(parts.join(" "), expect, both);
        assert.ok(score >= 0 && score <= 1);
      },
    ),
  );
  assert.equal(completeness(" … ", "free"), 0);
});
