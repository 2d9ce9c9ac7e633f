import assert from "node:assert/strict";
import type { HeardWord } from "../lib/providers/embedded/decoder.ts";
import { understand } from "../lib/providers/embedded/understanding.ts";

const known = (word: string, durationMs = 300, fit = -0.3): HeardWord => {
  return { word, unknown: false, durationMs, fit };
};
const unknown = (durationMs: number): HeardWord => {
  return { word: "xxah", unknown: true, durationMs, fit: -0.5 };
};

Deno.test("words that fit the sound are understood with full confidence", () => {
  assert.deepEqual(understand([known("my"), known("balance")]), {
    text: "my balance",
    confidence: 1,
  });
});

Deno.test("confidence falls by the share of speech outside the vocabulary", () => {
  const { text, confidence } = understand([known("my"), unknown(100), known("balance")]);
  assert.equal(text, "my balance");
  assert.equal(Math.round(confidence * 100), 86);
});

Deno.test("words that fit the sound badly are doubted, though all are in the vocabulary", () => {
  const { text, confidence } = understand([known("my", 300, -0.6), known("balance", 300, -0.58)]);
  assert.equal(text, "my balance");
  assert.ok(confidence < 0.75, `${confidence}`);
});

Deno.test("words in an order that no phrase has are doubted, though each fits the sound", () => {
  const words = [known("my", 300, -0.4), known("due", 300, -0.4), known("paid", 300, -0.4)];
  assert.ok(understand(words).confidence > 0.9);
  const { text, confidence } = understand(words, 0.5);
  assert.equal(text, "my due paid");
  assert.ok(confidence < 0.75, `${confidence}`);
});

Deno.test("the few words in mostly unknown speech are dropped", () => {
  const { text, confidence } = understand([known("my", 100), unknown(400)]);
  assert.equal(text, "");
  assert.equal(Math.round(confidence * 100), 20);
});

Deno.test("nothing heard is nothing understood", () => {
  assert.deepEqual(understand([]), { text: "", confidence: 0 });
  assert.deepEqual(understand([unknown(500)]), { text: "", confidence: 0 });
});
