import assert from "node:assert/strict";
import fc from "fast-check";
import {
  expandPattern,
  expandPatterns,
  parsePattern,
  PatternError,
  slotsOf,
} from "../lib/providers/embedded/phrase_patterns.ts";

Deno.test("a pattern with alternatives and optional parts is written out in full", () => {
  assert.deepEqual(expandPattern("(what is|what's) my [account] balance", {}, 100).sort(), [
    "what is my account balance",
    "what is my balance",
    "what's my account balance",
    "what's my balance",
  ]);
});

Deno.test("optional parts and alternatives nest", () => {
  assert.deepEqual(expandPattern("a [b (c|d [e])]", {}, 100).sort(), [
    "a",
    "a b c",
    "a b d",
    "a b d e",
  ]);
});

Deno.test("slots stand for their values, which may be patterns with slots", () => {
  const slots = { place: ["nairobi", "<west>"], west: ["(kakamega|busia) [town]"] };
  assert.deepEqual(expandPattern("outage in <place>", slots, 100).sort(), [
    "outage in busia",
    "outage in busia town",
    "outage in kakamega",
    "outage in kakamega town",
    "outage in nairobi",
  ]);
  assert.deepEqual(slotsOf(parsePattern("<a> [(<b>|x <a>)]")), ["a", "b"]);
});

Deno.test("a pattern with more phrases than the limit is sampled, the same for the same seed", () => {
  const slots = { digit: "0123456789".split("") };
  const pattern = "<digit> <digit> <digit> <digit> <digit> <digit> <digit> <digit>";
  const phrases = expandPattern(pattern, slots, 50, 7);
  assert.equal(phrases.length, 50);
  assert.equal(new Set(phrases).size, 50);
  assert.deepEqual(expandPattern(pattern, slots, 50, 7), phrases);
  assert.notDeepEqual(expandPattern(pattern, slots, 50, 8), phrases);
  assert.equal(new Set(phrases.flatMap((phrase) => phrase.split(" "))).size, 10);
});

Deno.test("many patterns share the limit and keep at least one phrase each", () => {
  const slots = { digit: "0123456789".split("") };
  const phrases = expandPatterns(["yes", "no", "<digit> <digit> <digit>"], slots, 30);
  assert.ok(phrases.includes("yes") && phrases.includes("no"));
  assert.equal(phrases.length, 12);
});

Deno.test("a broken pattern is refused with the reason", () => {
  for (
    const [pattern, reason] of [
      ["(a|b", /"\)" is missing/],
      ["a [b", /"\]" is missing/],
      ["a) b", /"\)" opens nowhere/],
      ["(a]", /"\]" opens nowhere/],
      ["a <b", /written <name>/],
      ["<>", /written <name>/],
      ["x".repeat(5000), /at most 4000 characters: received 5000/],
    ] as const
  ) {
    assert.throws(() => parsePattern(pattern), (error) => {
      return error instanceof PatternError && reason.test(error.message);
    }, pattern);
  }
});

Deno.test("an unknown, empty or circular slot is refused by name", () => {
  const refused = (slots: Record<string, string[]>, reason: RegExp) => {
    assert.throws(() => expandPattern("in <place>", slots, 10), (error) => {
      return error instanceof PatternError && reason.test(error.message);
    });
  };
  refused({}, /<place> must have values/);
  refused({ place: [] }, /<place> must have values/);
  refused({ place: ["<place> town"] }, /circles: received <place>/);
  assert.throws(() => expandPattern("<constructor>", {}, 10), PatternError);
});

Deno.test("any text either parses or is refused, and expands within the limit", () => {
  const piece = fc.constantFrom("a", "b", " ", "(", ")", "[", "]", "|", "<s>", "<", ">");
  fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
    try {
      const phrases = expandPattern(pieces.join(""), { s: ["x", "y z"] }, 20);
      assert.ok(phrases.length <= 20);
      for (const phrase of phrases) assert.match(phrase, /^[a-z]+( [a-z]+)*$/);
    } catch (error) {
      assert.ok(error instanceof PatternError, String(error));
    }
  }));
});
