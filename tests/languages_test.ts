import assert from "node:assert/strict";
import fc from "fast-check";
import { isFarewell, isNo, isYes } from "../lib/languages/answers.ts";
import { detectLanguage } from "../lib/languages/detection.ts";
import { digitRuns } from "../lib/languages/digit_runs.ts";
import type { Language } from "../lib/languages/language.ts";
import { knownLanguages, language } from "../lib/languages/languages.ts";
import { asksForPerson } from "../lib/languages/person_requests.ts";
import { phraseFields, type PhraseName } from "../lib/languages/phrase_names.ts";
import { phrase, phraseVariants } from "../lib/languages/phrases.ts";
import { spelledCode, spelledDigits } from "../lib/languages/spelling.ts";
import { spokenCode } from "../lib/languages/spoken_codes.ts";
import { spokenNumbers } from "../lib/languages/spoken_numbers.ts";
import { wordsOf } from "../lib/languages/words.ts";
import { unprovenClaim } from "../lib/privacy/claims.ts";
import { speakable } from "../lib/speaking/speakable.ts";

const languages = knownLanguages().map(language);
const phraseNames = Object.keys(phraseFields) as PhraseName[];

/** Every list and table in a language, by its path. */
function tables(value: unknown, path = ""): [string, unknown][] {
  if (typeof value !== "object" || value === null || value instanceof RegExp) return [];
  const inner = Object.entries(value).flatMap(([key, one]) => tables(one, `${path}.${key}`));
  return [[path, value], ...inner];
}

Deno.test("English, Swahili and French are known, and other languages are refused in a sentence", () => {
  for (const tag of ["en", "sw", "fr"]) assert.ok(knownLanguages().includes(tag), tag);
  assert.equal(language("sw-KE").englishName, "Swahili");
  assert.throws(() => language("xx"), /must be one of en, sw, fr.*: received "xx"/);
});

Deno.test("every language fills every table", () => {
  const paths = (one: Language) =>
    tables({ ...one, tools: undefined }).map(([path]) => path).filter((path) => {
      return !/\.(heard|multipliers|repeats|currencies|units|abbreviations|monthSpellings|forms)\./
        .test(
          path,
        );
    });
  for (const one of languages) {
    assert.deepEqual(
      new Set(paths(one).filter((path) => !/\.\d+$/.test(path))),
      new Set(paths(languages[0])),
      one.tag,
    );
    for (const [path, table] of tables(one)) {
      const mayBeEmpty = [".mixesWith", ".retrieval.subjectIdeas"].includes(path);
      assert.ok(
        mayBeEmpty || Object.keys(table as object).length > 0,
        `${one.tag}${path} is empty`,
      );
    }
    assert.equal(one.numbers.digits.length, 10);
    assert.equal(one.spoken.months.length, 12);
    assert.equal(one.spoken.weekdays.length, 7);
    for (const other of one.mixesWith) language(other);
  }
});

Deno.test("word lists are in the form in which callers' words are compared", () => {
  for (const one of languages) {
    const lists = [one.answers, one.turns, { links: one.secrets.links, words: one.marks.words }]
      .flatMap((group) => Object.entries(group)) as [string, readonly string[]][];
    for (const [name, entries] of lists) {
      for (const entry of entries) {
        assert.equal(wordsOf(entry).join(" "), entry, `${one.tag} ${name}: "${entry}"`);
      }
    }
  }
});

Deno.test("every language can say every phrase, with its values and without digits", () => {
  for (const { tag, phrases } of languages) {
    assert.deepEqual(Object.keys(phrases).sort(), [...phraseNames].sort(), tag);
    for (const name of phraseNames) {
      for (const text of phraseVariants(tag, name)) {
        const fields = Array.from(text.matchAll(/\{(\w+)\}/g), (match) => match[1]);
        assert.deepEqual(fields, [...phraseFields[name]], `${tag} ${name}`);
        assert.doesNotMatch(text, /\d/, `${tag} ${name}`);
        assert.equal(
          speakable(text.replaceAll(/[{}]/g, ""), tag),
          text.replaceAll(/[{}]/g, "").replaceAll(/ (?=[?!:])/g, ""),
          `${tag} ${name}`,
        );
      }
    }
  }
});

Deno.test("no phrase claims that anything was done", () => {
  for (const { tag } of languages) {
    for (const name of phraseNames) {
      for (const text of phraseVariants(tag, name)) {
        assert.equal(unprovenClaim(text, tag, new Set()), undefined, `${tag} ${name}: ${text}`);
      }
    }
  }
});

Deno.test("fillers come in variants that take turns", () => {
  for (const { tag } of languages) {
    for (const name of ["filler_thinking", "filler_tool", "didnt_catch", "still_there"] as const) {
      const count = phraseVariants(tag, name).length;
      assert.ok(count >= 2);
      const said = Array.from({ length: count + 1 }, (_, i) => phrase(tag, name, {}, i));
      assert.equal(new Set(said).size, count);
      assert.equal(said[0], said[count]);
      for (const text of said) assert.ok(text.length <= 60, text);
    }
  }
});

Deno.test("a phrase without its value is refused", () => {
  assert.match(phrase("sw", "hand_over_call_back", { reference: "TKT-7" }), /TKT-7/);
  assert.throws(() => phrase("en", "read_back"), /the value "value" must be given/);
});

Deno.test("numbers read in words are heard as the same numbers, in every language", () => {
  for (const { tag, numbers } of languages) {
    fc.assert(
      fc.property(
        fc.oneof(fc.nat(3000), fc.nat(1e6), fc.nat({ max: 999_999_999_999 })),
        (value) => {
          const words = numbers.cardinal(value);
          assert.doesNotMatch(words, /\d/);
          const heard = spokenNumbers(words, tag);
          assert.equal(heard.length, 1, words);
          assert.equal(heard[0].value, value, words);
          assert.deepEqual([heard[0].start, heard[0].end], [0, words.length]);
        },
      ),
      { numRuns: 400 },
    );
  }
});

Deno.test("digits read out in groups are heard as the same digits, in every language", () => {
  for (const { tag } of languages) {
    fc.assert(fc.property(fc.stringMatching(/^\d{1,16}$/), (digits) => {
      const words = spelledDigits(digits, tag);
      assert.equal(digitRuns(words, tag).map((run) => run.digits).join(), digits);
    }));
    fc.assert(fc.property(fc.stringMatching(/^[B-HJ-NP-Z][A-Z2-9]{3,11}$/), (code) => {
      // A lone O stays a letter, so that no letter is ever turned into a digit.
      assert.equal(spokenCode(spelledCode(code, tag), tag), code);
    }));
  }
});

Deno.test("spoken numbers are understood as callers say them", () => {
  const cases: [string, string, string][] = [
    ["oh seven double two triple zero", "en", "0722000"],
    ["zero seven one two, um, three four five and six seven eight", "en", "0712345678"],
    ["sifuri saba moja mbili tatu nne tano", "sw", "0712345"],
    ["zero saba moja two", "sw", "0712"],
    ["kumi na tano", "sw", "15"],
    ["seven hundred", "en", "700"],
    ["zéro six, quatre-vingt-dix-sept", "fr", "0697"],
  ];
  for (const [text, tag, digits] of cases) {
    assert.deepEqual(digitRuns(text, tag).map((run) => run.digits), [digits], text);
  }
  const values: [string, string, number[]][] = [
    ["elfu moja mia mbili thelathini na nne", "sw", [1234]],
    ["ishirini na tano elfu", "sw", [25_000]],
    ["elfu ishirini, na tano", "sw", [20_005]],
    ["laki mbili na elfu hamsini", "sw", [250_000]],
    ["soo mbili", "sw", [200]],
    ["one thousand two hundred and thirty four", "en", [1234]],
    ["5k and 2.5 million", "en", [5000, 2_500_000]],
    ["one hundred, two hundred", "en", [100, 200]],
    ["one point five", "en", [1.5]],
    ["plain words only", "en", []],
  ];
  for (const [text, tag, expected] of values) {
    assert.deepEqual(spokenNumbers(text, tag).map((one) => one.value), expected, text);
  }
});

Deno.test("only a clear yes is a yes", () => {
  const yes = [
    ...["yes", "Yes, please, go ahead.", "yeah sure", "That's right.", "okay", "yes yes"],
    ...[
      "ndio",
      "Ndiyo, sawa.",
      "sawa",
      "sawa sawa",
      "ndio tafadhali",
      "yes sawa",
      "Ndio, endelea.",
    ],
    ...["oui", "D'accord, allez-y."],
  ];
  for (const text of yes) assert.ok(isYes(text), text);
  const unclear = [
    ...[
      "yes but",
      "yes but not today",
      "yes, what does it cost?",
      "no",
      "",
      "mm-hm",
      "please",
      "um",
    ],
    ...[
      "yes no",
      "not yes",
      "si sawa",
      "ndio lakini",
      "sawa, subiri",
      "maybe",
      "yes I guess",
      "si ndio?",
      "I said yes yesterday",
    ],
    ...["yes send it to 0712345678", "oui mais", "that's not right"],
  ];
  for (const text of unclear) assert.ok(!isYes(text), text);
});

Deno.test("a no is heard at the start of what follows", () => {
  const no = [
    ...[
      "no",
      "No, thank you.",
      "no, I want another number",
      "don't do it",
      "um, no",
      "not now",
      "cancel",
    ],
    ...["hapana", "La, sitaki.", "hapana, nataka nyingine", "usifanye hivyo", "sio sawa", "acha"],
    ...["non merci", "Non, surtout pas."],
  ];
  for (const text of no) assert.ok(isNo(text), text);
  const other = [
    "yes",
    "no problem, go ahead",
    "sawa",
    "I have no internet",
    "",
    "what is that",
    "ndio",
  ];
  for (const text of other) assert.ok(!isNo(text), text);
});

Deno.test("nothing is both a yes and a no", () => {
  const entries = languages.flatMap(({ answers }) => Object.values(answers).flat());
  fc.assert(fc.property(fc.array(fc.constantFrom(...entries), { maxLength: 4 }), (parts) => {
    const text = parts.join(" ");
    assert.ok(!(isYes(text) && isNo(text)), text);
  }));
});

Deno.test("goodbyes are heard, and goodbyes within a sentence are not", () => {
  for (
    const text of [
      "Bye.",
      "okay thank you bye",
      "that's all, thanks",
      "kwaheri",
      "ni hayo tu, asante",
      "au revoir",
    ]
  ) {
    assert.ok(isFarewell(text), text);
  }
  for (const text of ["yes", "thank you", "that's all I paid", "she said bye to me", ""]) {
    assert.ok(!isFarewell(text), text);
  }
});

Deno.test("a request for a person is heard in each language", () => {
  const requests = [
    ...[
      "I want to talk to a person",
      "agent",
      "Human please.",
      "can I speak to someone",
      "give me a real person",
    ],
    ...[
      "connect me to customer care",
      "put me through to an operator",
      "I need a human being",
      "someone real",
    ],
    ...[
      "I don't want to talk to a robot",
      "transfer me to an agent please",
      "let me talk to your manager",
    ],
    ...[
      "nataka kuongea na mtu",
      "niunganishe na mhudumu",
      "nipe mtu",
      "naomba mhudumu",
      "mhudumu tafadhali",
    ],
    ...[
      "naomba niongee na agent",
      "sitaki kuongea na roboti",
      "nataka kuzungumza na mtu wa huduma kwa wateja",
    ],
    ...["someone hacked my account, let me talk to a person"],
    ...["je veux parler à un conseiller", "passez-moi quelqu'un", "un vrai conseiller"],
  ];
  for (const text of requests) assert.ok(asksForPerson(text), text);
});

Deno.test("speaking of people and agents is no request for one", () => {
  const others = [
    ...["what is the agent number", "I withdrew money from an agent", "the till agent was closed"],
    ...[
      "I sent money to the wrong person",
      "I sent it to someone",
      "I don't want to talk to a person",
    ],
    ...[
      "the agent told me to call you",
      "I spoke to an agent yesterday",
      "my M-Pesa agent near Rongai",
    ],
    ...[
      "I want to transfer to an agent number",
      "my internet is slow",
      "somebody stole my phone",
      "",
    ],
    ...[
      "nilituma pesa kwa wakala",
      "nambari ya wakala ni gani",
      "nilitoa pesa kwa agent",
      "sitaki kuongea na mtu",
    ],
    ...["mtu aliyenitumia pesa", "nilituma kwa mtu mwingine", "internet yangu haifanyi kazi"],
    ...["j'ai envoyé de l'argent à quelqu'un", "le numéro d'agent"],
  ];
  for (const text of others) assert.ok(!asksForPerson(text), text);
});

Deno.test("the language follows the caller, but not single words", () => {
  const both = ["en", "sw"];
  const detected = (text: string, previous: string) =>
    detectLanguage(text, previous, both).language;
  assert.equal(detected("nimelipa jana lakini internet bado haifanyi kazi", "en"), "sw");
  assert.equal(detected("my internet is not working and I have paid", "sw"), "en");
  for (
    const word of ["sawa", "okay", "ndio", "asante", "thank you", "M-Pesa", "0712 345 678", "Amina"]
  ) {
    assert.equal(detected(word, "en"), "en", word);
    assert.equal(detected(word, "sw"), "sw", word);
  }
  assert.equal(detected("router yangu iko down", "sw"), "sw");
  assert.equal(detectLanguage("je ne peux pas payer mon compte", "en").language, "fr");
  assert.ok(detectLanguage("nataka kujua salio langu", "sw", both).confidence > 0.9);
});

Deno.test("a language asked for by name is taken at once, and a refused one is not", () => {
  const cases: [string, string, string][] = [
    ["tuongee Kiswahili", "en", "sw"],
    ["Tafadhali tuongee kwa Kiingereza", "sw", "en"],
    ["speak English please", "sw", "en"],
    ["can you speak Swahili?", "en", "sw"],
    ["Kiswahili", "en", "sw"],
    ["unaongea Kizungu?", "sw", "en"],
    ["parlez-vous français ?", "en", "fr"],
  ];
  for (const [text, previous, expected] of cases) {
    assert.deepEqual(detectLanguage(text, previous), {
      language: expected,
      confidence: 1,
      asked: true,
    }, text);
  }
  for (const text of ["I don't speak Swahili", "sijui Kiswahili", "I don't understand Swahili"]) {
    assert.equal(detectLanguage(text, "en").asked, false, text);
  }
  assert.equal(detectLanguage("parlez français", "en", ["en", "sw"]).asked, false);
});
