import assert from "node:assert/strict";
import { trimSilence } from "../lib/providers/embedded/silence.ts";
import { speechSlices } from "../lib/providers/embedded/speech_slices.ts";
import { swahiliPhones, swahiliSsml } from "../lib/providers/embedded/swahili_phones.ts";

const texts = (text: string, options?: { everyClause: boolean }) => {
  return speechSlices(text, options).map((slice) => slice.text);
};

Deno.test("text is cut at sentence ends, and short clauses stay together", () => {
  assert.deepEqual(texts("Hello. Your plan, Home 20, is active! Anything else?"), [
    "Hello.",
    "Your plan, Home 20, is active!",
    "Anything else?",
  ]);
});

Deno.test("a long sentence is cut at clause ends", () => {
  assert.deepEqual(
    texts("Your balance is four thousand shillings this month, and it is due on Friday evening."),
    ["Your balance is four thousand shillings this month,", "and it is due on Friday evening."],
  );
});

Deno.test("a text without any mark is cut between words, and nothing is lost", () => {
  const words = Array.from({ length: 200 }, (_, i) => `word${i}`).join(" ");
  const slices = texts(words);
  assert.ok(slices.every((slice) => slice.length <= 160));
  assert.equal(slices.join(" "), words);
  assert.equal(texts("x".repeat(500)).join(""), "x".repeat(500));
});

Deno.test("figures keep their points", () => {
  assert.deepEqual(texts("It costs 2.50 now. Thanks."), ["It costs 2.50 now.", "Thanks."]);
});

Deno.test("sentences end in a longer pause than clauses, and the last in a short one", () => {
  const pauses = speechSlices("Moja, mbili. Tatu.", { everyClause: true })
    .map(({ pauseMs }) => pauseMs);
  assert.deepEqual(pauses, [160, 300, 120]);
});

Deno.test("only plain text reaches the voice", () => {
  assert.deepEqual(texts("Café <break/> – “it’s” open…"), ["Cafe break/ , it's open..."]);
  assert.deepEqual(texts("… !? 😀"), []);
});

Deno.test("Swahili letters become phones with the stress on the last vowel but one", () => {
  for (
    const [word, phones] of [
      ["habari", "hh aa0 b aa1 r iy0"],
      ["ng'ombe", "ng ao1 m b eh0"],
      ["ngoma", "ng g ao1 m aa0"],
      ["nyumba", "n y uw1 m b aa0"],
      ["shilingi", "sh iy0 l iy1 ng g iy0"],
      ["dhahabu", "dh aa0 hh aa1 b uw0"],
      ["la", "l aa1"],
    ]
  ) assert.equal(swahiliPhones(word), phones, word);
});

Deno.test("words that Swahili can't spell are left to the English voice", () => {
  for (const word of ["fax", "cable", "sms", "4g"]) assert.equal(swahiliPhones(word), undefined);
  assert.equal(
    swahiliSsml("Lipa fax, leo."),
    '<phoneme ph="l iy1 p aa0">Lipa</phoneme> fax, <phoneme ph="l eh1 ao0">leo</phoneme>.',
  );
});

Deno.test("silence is cut off both ends and a pause put behind", () => {
  const samples = new Int16Array(16000);
  samples.fill(1000, 4000, 8000);
  const trimmed = trimSilence(samples, 100);
  assert.equal(trimmed.length, 320 + 4000 + 320 + 1600);
  assert.equal(trimmed[320], 1000);
  assert.equal(trimSilence(new Int16Array(16000), 100).length, 0);
});
