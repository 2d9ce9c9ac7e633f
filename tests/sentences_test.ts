import assert from "node:assert/strict";
import fc from "fast-check";
import { SentenceSplitter } from "../lib/speaking/sentences.ts";

function split(text: string, options = { firstMinChars: 1000 }): string[] {
  const splitter = new SentenceSplitter(options);
  return [...splitter.push(text), ...splitter.flush()];
}

Deno.test("sentences end at their punctuation and nowhere else", () => {
  const cases: [string, string[]][] = [
    ["One here. Two there! Three? Yes.", ["One here.", "Two there!", "Three?", "Yes."]],
    ["Mr. Kamau paid KES 1.5 million, e.g. by card.", [
      "Mr. Kamau paid KES 1.5 million, e.g. by card.",
    ]],
    ["Visit www.acme.co.ke or acme.com. Then call.", [
      "Visit www.acme.co.ke or acme.com.",
      "Then call.",
    ]],
    ["It opens at 8.30 a.m. on Monday.", ["It opens at 8.30 a.m. on Monday."]],
    ["Well… I think so... Maybe.", ["Well…", "I think so...", "Maybe."]],
    ['He said "wait." Then he left.', ['He said "wait."', "Then he left."]],
    ["Really?! Yes.", ["Really?!", "Yes."]],
    ["Sawa. Nitakuangalilia. Salio lako ni Ksh. 500.", [
      "Sawa.",
      "Nitakuangalilia.",
      "Salio lako ni Ksh. 500.",
    ]],
    ["1. Restart the router. 2. Wait.", ["1. Restart the router.", "2. Wait."]],
    ["First line\nSecond line", ["First line", "Second line"]],
    ["J. Kamau called.", ["J. Kamau called."]],
    ["No. That is wrong.", ["No. That is wrong."]],
    ["", []],
    [" \n ", []],
  ];
  for (const [text, expected] of cases) assert.deepEqual(split(text), expected, text);
});

Deno.test("the first piece ends at a clause as soon as it is long enough", () => {
  const splitter = new SentenceSplitter();
  assert.deepEqual(splitter.push("Okay, your balance today is"), []);
  assert.deepEqual(splitter.push(" low, so please"), ["Okay, your balance today is low,"]);
  // Only the first: later clauses wait for the end of their sentence.
  assert.deepEqual(splitter.push(" pay before Monday, or call us. "), [
    "so please pay before Monday, or call us.",
  ]);
});

Deno.test("a comma inside an amount does not end the first piece", () => {
  const splitter = new SentenceSplitter();
  assert.deepEqual(splitter.push("Your balance is KES 1,234,567 and more"), []);
});

Deno.test("a sentence is given as soon as the next word begins", () => {
  const splitter = new SentenceSplitter();
  assert.deepEqual(splitter.push("It is done."), []);
  assert.deepEqual(splitter.push(" "), ["It is done."]);
});

Deno.test("long text is cut at clauses and words, and never beyond the bound", () => {
  const text = `${"word ".repeat(30)}end, ${"more ".repeat(40)}${"x".repeat(500)}`;
  const pieces = split(text, { firstMinChars: 1000, maxChars: 120 } as never);
  for (const piece of pieces) assert.ok(piece.length <= 120, String(piece.length));
  assert.equal(pieces.join("").replaceAll(" ", ""), text.replaceAll(" ", ""));
  assert.throws(
    () => new SentenceSplitter({ maxChars: 3 }),
    /maxChars must be 10 or more: received 3/,
  );
});

Deno.test("the pieces don't depend on how the text arrives, and nothing is lost or empty", () => {
  const piece = fc.constantFrom(
    ...[
      "Habari",
      "KES 1,234.50",
      ". ",
      ", ",
      "e.g. ",
      "? ",
      "…",
      "a.m. ",
      "acme.co.ke",
      "\n",
      " ",
      "no",
      "Mr. ",
      ") ",
    ],
    ...["sawa", '"', "well, ", "8.30", "! ", "longer words here "],
  );
  fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), fc.nat(7), (parts, size) => {
    const text = parts.join("");
    const options = { maxChars: 60 };
    const whole = new SentenceSplitter(options);
    const expected = [...whole.push(text), ...whole.flush()];
    const splitter = new SentenceSplitter(options);
    const got: string[] = [];
    for (let at = 0; at < text.length; at += size + 1) {
      got.push(...splitter.push(text.slice(at, at + size + 1)));
    }
    got.push(...splitter.flush());
    assert.deepEqual(got, expected);
    assert.ok(got.every((one) => one.trim() === one && one !== "" && one.length <= 60));
    assert.equal(got.join("").replaceAll(/\s/g, ""), text.replaceAll(/\s/g, ""));
  }));
});
