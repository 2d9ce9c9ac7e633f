import assert from "node:assert/strict";
import fc from "fast-check";
import { load } from "js-yaml";
import { openSupportDesk, TextCall } from "./support_desk.ts";

const desk = await openSupportDesk();

Deno.test("the questions of the fixtures get the right answer and seldom a wrong one", async () => {
  const questions = load(await Deno.readTextFile("tests/fixtures/questions.yaml")) as Record<
    string,
    string[]
  >;
  const topicOf = new Map(desk.knowledge.passages().map(({ text, topic }) => [text, topic]));
  const counted = { answerable: 0, right: 0, wrong: 0, lookedUp: 0, asked: 0 };
  const notes: string[] = [];
  for (const [topic, asked] of Object.entries(questions)) {
    for (const text of asked) {
      const { said, expect, calls } = await new TextCall(desk).say(text);
      const abstained = calls.length === 0 && expect === "yes_no";
      counted.asked++;
      if (topic !== "none") counted.answerable++;
      if (topicOf.get(said) === topic) counted.right++;
      // "When is my bill due?" may be asked of the knowledge and of the account.
      else if (topic !== "none" && calls.length > 0) counted.lookedUp++;
      else if (!abstained) counted.wrong++;
      if (topicOf.get(said) !== topic && !abstained) notes.push(`${text}: ${said}`);
    }
  }
  const text = `${JSON.stringify(counted)}\n${notes.join("\n")}`;
  assert.ok(counted.right / counted.answerable >= 0.88, text);
  assert.ok(counted.wrong / counted.asked <= 0.025, text);
  assert.ok(counted.lookedUp / counted.asked <= 0.03, text);
});

Deno.test("whatever is said, there is a reply with exactly one end", async () => {
  const word = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom("yes", "order", "7315", "what", "double", "ndiyo", "outage", "password", "?"),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(word, { maxLength: 8 }), { minLength: 1, maxLength: 4 }),
      async (turns) => {
        const call = new TextCall(desk);
        for (const words of turns) {
          const { said } = await call.say(words.join(" "));
          assert.ok(said.trim().length > 0, words.join(" "));
        }
      },
    ),
    { numRuns: 60 },
  );
});
