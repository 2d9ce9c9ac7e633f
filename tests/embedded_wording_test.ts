import assert from "node:assert/strict";
import { learnWording } from "../lib/providers/embedded/wording.ts";

const phrases = [
  "what does it cost to get connected",
  "i want to report a fault",
  "is there an outage in karen",
  "my number is two three",
  "i pay my bill",
  "my internet is down",
];
const wording = learnWording(phrases.map((phrase) => phrase.split(" ")), {
  area: ["karen", "ruaka"],
});
const share = (text: string) => wording.unexpectedShare(text.split(" "));

Deno.test("expected phrases have no unexpected step", () => {
  for (const phrase of phrases) assert.equal(share(phrase), 0, phrase);
});

Deno.test("words in an order that nobody is expected to use are unexpected", () => {
  assert.ok(share("what does it cost to get a fault") > 0.1);
  assert.ok(share("fault cost my outage") > 0.9);
});

Deno.test("pairs that are expected alone are not when three of them make a new row", () => {
  assert.ok(share("my internet is two three") > 0);
});

Deno.test("one area stands for another, and any number for any other", () => {
  assert.equal(share("is there an outage in ruaka"), 0);
  assert.equal(share("is there the outage in karen"), 0, "and one article for another");
  assert.equal(share("my internet has down"), 0, "is and has are both 's");
  assert.equal(share("my number is nine double four seven oh six"), 0);
});

Deno.test("nothing heard is nothing unexpected", () => {
  assert.equal(wording.unexpectedShare([]), 0);
});
