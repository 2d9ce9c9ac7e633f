import assert from "node:assert/strict";
import {
  backoffOf,
  BEGIN,
  trainBigram,
  wordsOf,
} from "../lib/providers/embedded/language_model.ts";
import { trainDomain, vocabularyOf } from "../lib/providers/embedded/recogniser_domain.ts";
import { buildWordGraph, FREE } from "../lib/providers/embedded/word_graph.ts";

const sentence = (text: string, weight = 1) => ({ words: wordsOf(text), weight });

Deno.test("words are lower-case letters and apostrophes", () => {
  assert.deepEqual(wordsOf("What’s my M-Pesa café 24/7?"), ["what's", "my", "m", "pesa", "cafe"]);
});

Deno.test("the chances of what follows a word, seen or not, sum to one", () => {
  const bigram = trainBigram([
    sentence("my balance", 3),
    sentence("my account balance"),
    sentence("my order is late"),
  ]);
  const unigrams = [...bigram.unigrams.values()].reduce((sum, p) => sum + p, 0);
  assert.ok(Math.abs(unigrams - 1) < 1e-9);
  for (const before of [BEGIN, "my", "balance", "order"]) {
    const seen = bigram.followers.get(before)!;
    let sum = 0;
    for (const [word, p] of bigram.unigrams) {
      sum += seen.get(word) ?? backoffOf(bigram, before) * p;
    }
    assert.ok(Math.abs(sum - 1) < 1e-9, `${before}: ${sum}`);
  }
  assert.ok(
    bigram.followers.get("my")!.get("balance")! > bigram.followers.get("my")!.get("order")!,
  );
});

Deno.test("a pattern counts the same however many phrases it writes out", () => {
  const domain = {
    patterns: ["yes", "<many> <many>"],
    slots: { many: "a b c d e f g h i j".split(" ") },
    sentences: [],
    words: [],
  };
  const free = trainDomain(domain).get(FREE)!;
  const yes = free.unigrams.get("yes")!;
  const others = "a b c d e f g h i j".split(" ").map((word) => free.unigrams.get(word) ?? 0);
  assert.ok(Math.abs(others.reduce((sum, p) => sum + p, 0) / (2 * yes) - 1) < 0.01);
});

Deno.test("every kind of answer has a part, and all words are in the vocabulary once", () => {
  const parts = trainDomain({ patterns: [], slots: {}, sentences: ["Hello there"], words: [] });
  assert.deepEqual([...parts.keys()].sort(), [
    "account_no",
    "amount",
    "date",
    "free",
    "meter_no",
    "mpesa_code",
    "msisdn",
    "national_id",
    "order_no",
    "yes_no",
  ]);
  const words = vocabularyOf(parts);
  assert.equal(new Set(words).size, words.length);
  for (const word of ["hello", "seven", "shillings", "ndiyo", "friday"]) {
    assert.ok(words.includes(word), word);
  }
});

Deno.test("every sentence of a part has a way through the graph", () => {
  const parts = new Map([
    [FREE, trainBigram([sentence("talk to a human")])],
    ["digits", trainBigram([sentence("one two"), sentence("two one")])],
  ]);
  const graph = buildWordGraph(parts);
  const ways = (text: string, part: string) => {
    // As the decoder does: at most one arc without a word between two words.
    const rest = (state: number) => [
      state,
      ...graph.arcs.filter((arc) => arc.from === state && !arc.word).map(({ to }) => to),
    ];
    let states = new Set([graph.starts.get(part)!]);
    for (const word of wordsOf(text)) {
      const from = new Set([...states].flatMap(rest));
      const arcs = graph.arcs.filter((arc) => arc.word === word && from.has(arc.from));
      states = new Set(arcs.map(({ to }) => to));
    }
    return [...states].flatMap(rest).includes(graph.end);
  };
  assert.ok(ways("talk to a human", FREE));
  assert.ok(ways("human to talk", FREE));
  assert.ok(ways("one two one", "digits"));
  assert.ok(ways("talk to a human", "digits"));
  assert.ok(ways("one talk to a human", "digits"));
  assert.ok(!ways("one two", FREE));
  assert.ok(graph.arcs.every(({ probability: p }) => p >= 0 && Number.isFinite(p)));
  assert.ok(graph.arcs.every(({ from, to }) => Math.max(from, to) < graph.stateCount));
});
