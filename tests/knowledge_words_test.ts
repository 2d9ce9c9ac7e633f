import assert from "node:assert/strict";
import { termsOf } from "../lib/knowledge/terms.ts";
import { knownLanguages, language } from "../lib/languages/languages.ts";
import { loadKnowledge } from "../lib/knowledge.ts";
import { FakeClock } from "./fake_clock.ts";

const tables = knownLanguages().map((tag) => [tag, language(tag).retrieval] as const);

/** Every word with an idea, and the ideas that it has. */
function ideasByWord(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const ideas of tables.flatMap(([, words]) => [words.subjects, words.ideas])) {
    for (const [idea, words] of Object.entries(ideas)) {
      for (const word of words.split(" ")) {
        found.set(word, (found.get(word) ?? new Set()).add(idea));
      }
    }
  }
  return found;
}

Deno.test("a word stands for one idea in all languages, since callers mix them", () => {
  const several = [...ideasByWord()].filter(([, ideas]) => ideas.size > 1);
  assert.deepEqual(several, []);
});

Deno.test("no language leaves out a word that tells something in another", () => {
  const telling = ideasByWord();
  for (const [tag, { stopWords }] of tables) {
    assert.deepEqual(stopWords.filter((word) => telling.has(word)), [], tag);
  }
});

Deno.test("French questions have the ideas of English ones", () => {
  const same: [string, string][] = [
    ["Comment payer ma facture d’internet ?", "How do I pay my internet bill?"],
    ["Le mot de passe, je l'ai oublié", "I forgot the password"],
    ["Il y a un voyant rouge", "there is a red light"],
    ["L'installation, c'est combien ?", "How much is the installation?"],
  ];
  for (const [french, english] of same) {
    assert.deepEqual(new Set(termsOf(french)), new Set(termsOf(english)), french);
  }
});

Deno.test("a question in any language finds what is written in another", async () => {
  const knowledge = await loadKnowledge("agent/knowledge", { clock: new FakeClock() });
  const asked: [string, string][] = [
    ["je voudrais résilier mon abonnement", "cancel"],
    ["à quelle heure ouvrez-vous", "office"],
    ["nataka kubadilisha password ya wifi", "wifi-password"],
    ["my payment haijareflect", "payment-missing"],
  ];
  for (const [question, topic] of asked) {
    assert.equal(knowledge.answer(question, { language: "en" })?.passage.topic, topic, question);
  }
  assert.equal(knowledge.answer("vendez-vous des voitures", { language: "fr" }), undefined);
});

Deno.test("Swahili verbs are known with what stands before and after their roots", () => {
  for (const verb of ["nitalipa", "ninapolipa", "tumeshalipa", "nilipe", "kulipa", "wanalipa"]) {
    assert.ok(termsOf(verb).includes("pay"), verb);
  }
  for (const verb of ["nitakubadilishia", "mlivyobadilisha", "kubadilishwa"]) {
    assert.deepEqual(termsOf(verb), ["change"], verb);
  }
  // English verbs with Swahili beginnings.
  assert.deepEqual(termsOf("nikicancel"), ["cancel"]);
  // English words that only end like a root.
  assert.deepEqual(termsOf("headache"), ["doctor"]);
  // Verbs that nobody listed meet in their root.
  assert.deepEqual(termsOf("walilalamikia"), termsOf("ninalalamika"));
});

Deno.test("a passage without the subject of a question does not answer it", async () => {
  const knowledge = await loadKnowledge("agent/knowledge", { clock: new FakeClock() });
  for (
    const question of [
      "how do i pay my electricity bill",
      "i forgot my gmail password",
      "when does the bank open",
      "nataka kununua gari",
      "do you have an office in uganda",
    ]
  ) {
    assert.equal(knowledge.answer(question, { language: "en" }), undefined, question);
  }
});
