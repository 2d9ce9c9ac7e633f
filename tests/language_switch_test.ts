import assert from "node:assert/strict";
import { isWanted } from "./lawful_steps.ts";
import { onlyAsksForLanguage } from "../lib/languages/detection.ts";
import { knownLanguages } from "../lib/languages/languages.ts";
import { CallWorld } from "./call_world.ts";

const ALL = knownLanguages();

Deno.test("a turn that only asks for a language is told from one that asks for more", () => {
  for (
    const text of [
      "tuongee Kiswahili",
      "Kiswahili tafadhali",
      "naomba tuongee kwa Kiswahili",
      "can we speak in Swahili please",
      "please speak English",
      "do you speak Swahili?",
      "I want to speak English",
      "parlons français s'il vous plaît",
      "um, English please",
    ]
  ) assert.equal(onlyAsksForLanguage(text, ALL), true, text);
  for (
    const text of [
      "tuongee Kiswahili, intaneti yangu haifanyi kazi",
      "speak Swahili, what is my balance",
      "I don't understand English",
      "my English teacher called",
      "what is my balance",
      "",
    ]
  ) assert.equal(onlyAsksForLanguage(text, ALL), false, text);
});

Deno.test("“tuongee Kiswahili” is answered without a model, and the call goes on in Swahili", async () => {
  const world = new CallWorld({
    hears: ["tuongee Kiswahili tafadhali", "what is my balance"],
    says: ({ language }) => ({ text: language === "sw" ? "Salio lako ni sawa." : "It is fine." }),
  });
  await world.greeted();
  await world.speak(1500);
  await world.answered(1);
  assert.deepEqual(world.said.at(-1), "Sawa, tuzungumze Kiswahili.");
  assert.equal(world.requests.length, 0, "no model was asked");
  await world.speak(1500);
  await world.answered(2);
  // Two words of another language change nothing, since Swahili was asked for.
  assert.equal(world.requests.at(-1)!.language, "sw");
  assert.equal(world.all("caller_turn").at(-1)!.language, "sw");
});

Deno.test("the language of a turn follows the caller, but not single words", async () => {
  const world = new CallWorld({
    hears: [
      "habari nataka kujua salio langu",
      "internet balance please",
      "what can you do for me",
    ],
  });
  await world.greeted();
  const spoken: string[] = [];
  for (const turn of [1, 2, 3]) {
    await world.speak(1500);
    await world.answered(turn);
    spoken.push(world.requests.at(-1)!.language);
  }
  assert.deepEqual(spoken, ["sw", "sw", "en"]);
});

Deno.test("a French call is French from the greeting to the goodbye", async () => {
  const world = new CallWorld({
    agentYaml: `
name: Amani
company: Upepo Fibre
languages: [fr]
hand_over: { number: "+254700000100" }
`,
    hears: ["quel est mon solde", "je voudrais parler à quelqu'un", "au revoir"],
    says: () => ({ text: "Votre solde est bon." }),
  });
  await world.greeted();
  assert.match(world.said.join(" "), /^Bonjour, je suis Amani/);
  await world.speak(1500);
  await world.answered(1);
  assert.match(world.requests[0].system, /You speak French/);
  assert.equal(world.said.at(-1), "Votre solde est bon.");
  await world.speak(1500);
  await world.until(() => world.all("hand_over").some(isWanted));
  await world.quiet(3_000);
  const own = world.all("prompt").map(({ text }) => text);
  assert.ok(own.length > 0);
  for (const text of own) assert.match(text, /\b(vous|je|un|une|le|la|les|rest)\b|Désolé/i, text);
});
