import assert from "node:assert/strict";
import { numberAnswer } from "../lib/hearing/number_answer.ts";
import { askedFor } from "../lib/hearing/question.ts";
import { knownLanguages } from "../lib/languages/languages.ts";
import { CallWorld } from "./call_world.ts";

Deno.test("what the agent asks for is read from its last sentence, in every language", () => {
  const questions: Record<string, [string, string][]> = {
    en: [
      ["Sure. What is your phone number?", "msisdn"],
      ["Could you give me the order number?", "order_no"],
      ["Would you like me to get a person?", "yes_no"],
      ["How much did you pay?", "amount"],
      ["When did you pay?", "date"],
      ["Is it fine? Please call again.", "free"],
      ["Your balance is fine.", "free"],
    ],
    sw: [
      ["Naomba nambari yako ya simu?", "msisdn"],
      ["Ungependa kuongea na mtu?", "yes_no"],
      ["Ulilipa kiasi gani?", "amount"],
    ],
    fr: [["Quel est votre numéro de téléphone ?", "msisdn"], ["Voulez-vous continuer ?", "yes_no"]],
  };
  for (const tag of knownLanguages()) {
    for (const [text, expect] of questions[tag]) assert.equal(askedFor(text, tag), expect, text);
  }
});

Deno.test("a number that is right is read back in groups, one that can't be is asked for again", () => {
  assert.deepEqual(
    numberAnswer("oh seven one two three four five six seven eight", "msisdn", "en"),
    {
      readBack: "zero seven one two, three four five, six seven eight",
    },
  );
  assert.deepEqual(numberAnswer("seven one two", "msisdn", "en"), { retry: "retry_msisdn" });
  assert.equal(numberAnswer("i do not know it", "msisdn", "en"), undefined);
  assert.equal(numberAnswer("oh seven one two", "free", "en"), undefined);
});

Deno.test("a phone number that is too short is asked for again, twice, and then goes on as heard", async () => {
  const call = new CallWorld({
    hears: ["i want to register", "seven one two", "seven one two", "seven one two"],
    says: () => ({ text: "What is your phone number?" }),
  });
  await call.greeted();
  await call.speak(1200);
  await call.answered(1);
  for (let attempt = 1; attempt <= 2; attempt++) {
    await call.speak(900);
    await call.until(() => call.all("prompt").length === attempt);
    await call.quiet(600);
  }
  assert.deepEqual(call.all("prompt").map(({ name }) => name), ["retry_msisdn", "retry_msisdn"]);
  assert.equal(call.requests.length, 1, "the model was not bothered with it");
  await call.speak(900);
  await call.answered(2);
  assert.equal(call.requests.length, 2);
});

Deno.test("a number is read back before the answer to it", async () => {
  const call = new CallWorld({
    hears: ["where is my order", "four eight two one"],
    says: ({ messages }) => ({
      text: messages.length === 1 ? "What is the order number?" : "It is on its way.",
    }),
  });
  await call.greeted();
  await call.speak(1200);
  await call.answered(1);
  await call.speak(1200);
  await call.answered(2);
  assert.deepEqual(call.said.slice(-2), ["I heard four eight two one.", "It is on its way."]);
});
