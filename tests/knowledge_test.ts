import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Knowledge,
  KnowledgeError,
  loadKnowledge,
  MAX_KNOWLEDGE_FILE_BYTES,
} from "../lib/knowledge.ts";
import { MAX_PASSAGE_CHARS, MAX_QUESTIONS, parsePassages } from "../lib/knowledge/passage_file.ts";
import { termsOf } from "../lib/knowledge/terms.ts";
import { FakeClock } from "./fake_clock.ts";

async function withKnowledge(
  files: Record<string, string>,
  run: (knowledge: Knowledge, directory: string, clock: FakeClock) => Promise<void> | void,
) {
  const directory = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${directory}/${name}`, text);
    }
    const clock = new FakeClock();
    await run(await loadKnowledge(directory, { clock }), directory, clock);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

const PAYING = `---
language: en
product: billing
---

# Money

## Paying with M-Pesa {#pay}

Use Pay Bill **555012**.
Then enter your [number](https://example.org).

Questions:
- How do I pay?
- What is your paybill?

## Refunds

We refund within five days.

Questions:
- I want my money back
`;

const MALIPO = `---
language: sw
---
## Kulipa {#pay}
Tumia Pay Bill 555012.

Maswali:
- Ninalipaje?
`;

Deno.test("headings are topics with their text, example questions and line", () => {
  const { passages, problems } = parsePassages("paying.en.md", PAYING);
  assert.deepEqual(problems, []);
  assert.deepEqual(passages.map(({ id, topic, line }) => ({ id, topic, line })), [
    { id: "paying.en#pay", topic: "pay", line: 8 },
    { id: "paying.en#refunds", topic: "refunds", line: 17 },
  ]);
  const [pay] = passages;
  assert.equal(pay.text, "Use Pay Bill 555012. Then enter your number.");
  assert.deepEqual(pay.questions, ["How do I pay?", "What is your paybill?"]);
  assert.equal(pay.product, "billing");
});

Deno.test("a topic is answered in the caller's language when it is written in it", async () => {
  await withKnowledge({ "paying.en.md": PAYING, "malipo.sw.md": MALIPO }, (knowledge) => {
    const asked = "which paybill do i use to pay";
    assert.equal(knowledge.answer(asked, { language: "en" })?.passage.id, "paying.en#pay");
    assert.equal(knowledge.answer(asked, { language: "sw" })?.passage.id, "malipo.sw#pay");
    // Only English has this one.
    const refund = knowledge.answer("nataka kurudishiwa", { language: "sw" });
    assert.equal(refund?.passage.id, "paying.en#refunds");
  });
});

Deno.test("spelling slips and other words for the same are found", async () => {
  await withKnowledge({ "paying.en.md": PAYING }, (knowledge) => {
    for (const asked of ["i want a reffund", "please reimburse me"]) {
      assert.equal(knowledge.answer(asked, { language: "en" })?.passage.topic, "refunds", asked);
    }
  });
});

Deno.test("what is not written is not answered", async () => {
  await withKnowledge({ "paying.en.md": PAYING }, (knowledge) => {
    for (const asked of ["what is the weather", "", "?!", "who are you", "do you sell bread"]) {
      assert.equal(knowledge.answer(asked, { language: "en" }), undefined, asked);
    }
  });
});

Deno.test("two topics that fit alike are not chosen between", async () => {
  const twin = (title: string) => `## ${title}\nText.\n\nQuestions:\n- Where is the office?\n`;
  await withKnowledge({ "a.md": twin("Nairobi"), "b.md": twin("Mombasa") }, (knowledge) => {
    assert.equal(knowledge.answer("where is the office", { language: "en" }), undefined);
    assert.equal(knowledge.search("where is the office", { language: "en" }).length, 2);
  });
});

Deno.test("a passage counts until the end of the day it expires on", async () => {
  const offer = "---\nexpires: 2026-11-23\n---\n## Black Friday\nHalf price.\n";
  await withKnowledge({ "offer.md": offer }, async (knowledge, _, clock) => {
    const asked = () => knowledge.answer("black friday", { language: "en" });
    assert.ok(asked());
    assert.equal(knowledge.passages().length, 1);
    await clock.advance(24 * 3_600_000);
    assert.equal(asked(), undefined);
    assert.deepEqual(knowledge.passages(), []);
  });
});

Deno.test("notices are for their area, answer no question, and must expire", async () => {
  const notice = "---\nkind: notice\narea: Kilimani\nexpires: 2026-11-24\n---\n" +
    "## Fibre cut\nThe fibre in Kilimani is cut.\n";
  await withKnowledge({ "cut.md": notice }, async (knowledge, _, clock) => {
    assert.equal(knowledge.notices("kilimani", "en").length, 1);
    assert.equal(knowledge.notices("Karen", "en").length, 0);
    assert.equal(knowledge.notices(undefined, "en").length, 0);
    assert.equal(knowledge.answer("fibre cut", { language: "en" }), undefined);
    await clock.advance(48 * 3_600_000);
    assert.equal(knowledge.notices("Kilimani", "en").length, 0);
  });
  const { problems } = parsePassages("cut.md", notice.replace("expires: 2026-11-24\n", ""));
  assert.match(problems[0], /^cut\.md:1: a notice must have an expiry/);
});

Deno.test("a changed, added or removed file is read again without a restart", async () => {
  await withKnowledge({ "paying.en.md": PAYING }, async (knowledge, directory) => {
    assert.equal(await knowledge.reloadIfChanged(), false);
    await Deno.writeTextFile(`${directory}/office.md`, "## Our office\nIn Thika.\n");
    assert.equal(await knowledge.reloadIfChanged(), true);
    assert.match(knowledge.answer("our office", { language: "en" })!.passage.text, /Thika/);
    await Deno.remove(`${directory}/office.md`);
    assert.equal(await knowledge.reloadIfChanged(), true);
    assert.equal(knowledge.answer("our office", { language: "en" }), undefined);
  });
});

Deno.test("a file that became wrong is reported once, and what was read stays", async () => {
  await withKnowledge({ "paying.en.md": PAYING }, async (knowledge, directory) => {
    await Deno.writeTextFile(`${directory}/bad.md`, "text above any heading\n");
    await assert.rejects(knowledge.reloadIfChanged(), /bad\.md:1: text must stand below a heading/);
    assert.equal(await knowledge.reloadIfChanged(), false);
    assert.ok(knowledge.answer("how do i pay", { language: "en" }));
  });
});

Deno.test("all problems of all files are named with their lines", async () => {
  const files = {
    "a.md": "---\nlangage: en\nexpires: soon\n---\n## T\nText.\n",
    "b.md": "---\nlanguage: en\n## T\nText.\n",
    "c.md": "## Only questions\nQuestions:\n- Why?\nnot a question\n",
    "d.md": `## Long\n${"x".repeat(MAX_PASSAGE_CHARS + 1)}\n`,
    "e.md": "## Same\nOne.\n## Same\nTwo.\n",
    "f.md": `## Many\nText.\nQuestions:\n${"- Why?\n".repeat(MAX_QUESTIONS + 1)}`,
    "g.md": " ".repeat(MAX_KNOWLEDGE_FILE_BYTES + 1),
    "h.md": "---\nlanguage: [en\n---\n## T\nText.\n",
  };
  await assert.rejects(withKnowledge(files, () => {}), (error) => {
    assert.ok(error instanceof KnowledgeError);
    const expected = [
      /^a\.md:2: langage: is not a setting/,
      /^a\.md:3: expires: must be a date/,
      /^b\.md:1: the front matter must end/,
      /^c\.md:1: "Only questions" must have a text/,
      /^c\.md:4: a question must begin with "- "/,
      /^d\.md:1: "Long" must have at most 1200 characters: received 1201/,
      /^e\.md:3: the topic must be unique/,
      /^f\.md:1: "Many" must have at most 60 questions: received 61/,
      /^g\.md:1: must have at most 524288 bytes/,
      /^h\.md:\d+: YAML: /,
    ];
    for (const pattern of expected) {
      assert.ok(error.problems.some((problem) => pattern.test(problem)), `${pattern}\n${error}`);
    }
    return true;
  });
});

Deno.test("an agent without knowledge answers nothing", async () => {
  const knowledge = await loadKnowledge("tests/no-such-directory", { clock: new FakeClock() });
  assert.deepEqual(knowledge.search("anything", { language: "en" }), []);
});

Deno.test("English and Swahili words for the same are one term", () => {
  assert.deepEqual(new Set(termsOf("How do I pay?")), new Set(termsOf("Nitalipa vipi?")));
  assert.deepEqual(new Set(termsOf("How do I pay?")), new Set(termsOf("Nalipaje?")));
  assert.deepEqual(termsOf("change my wi-fi"), termsOf("nataka kubadilisha wifi yangu"));
  assert.deepEqual(termsOf("M-Pesa"), ["mpesa"]);
});

Deno.test("no question and no file, however odd, breaks the knowledge", async () => {
  await withKnowledge({ "paying.en.md": PAYING }, (knowledge) => {
    fc.assert(fc.property(fc.string({ maxLength: 2_000 }), (text) => {
      for (const { score } of knowledge.search(text, { language: "en" })) {
        assert.ok(score >= 0 && score <= 1, `${score}`);
      }
      for (const problem of parsePassages("x.md", text).problems) {
        assert.match(problem, /^x\.md:\d+: /);
      }
    }));
  });
});
