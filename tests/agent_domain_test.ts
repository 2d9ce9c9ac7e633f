import assert from "node:assert/strict";
import { recogniserDomain } from "../lib/providers/embedded/agent_domain.ts";
import { trainDomain, vocabularyOf } from "../lib/providers/embedded/recogniser_domain.ts";
import { openSupportDesk } from "./support_desk.ts";

Deno.test("the recogniser learns the agent's tools, knowledge, areas and names", async () => {
  const desk = await openSupportDesk();
  const domain = recogniserDomain({ ...desk, tools: desk.catalog.tools });
  const words = new Set(vocabularyOf(trainDomain(domain)));
  for (const word of ["balance", "outage", "westlands", "refund", "upepo", "human", "seven"]) {
    assert.ok(words.has(word), word);
  }
  assert.ok(domain.sentences.includes("How do I pay my bill?"));
  assert.ok(!domain.sentences.includes("Ninalipaje bili yangu?"));
  assert.ok(domain.sentences.includes("How much is Home twenty?"), "figures are said in words");
});

Deno.test("patterns whose values nobody knows are left out", async () => {
  const desk = await openSupportDesk();
  const domain = recogniserDomain({ ...desk, tools: desk.catalog.tools, areas: [] });
  assert.ok(!domain.patterns.some((pattern) => pattern.includes("<area>")));
  trainDomain(domain);
});
