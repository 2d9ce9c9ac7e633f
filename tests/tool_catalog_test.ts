import assert from "node:assert/strict";
import * as v from "valibot";
import type { Tool } from "../lib/contracts/tool.ts";
import { createToolCatalog, MAX_TOOLS } from "../lib/actions/tool_catalog.ts";
import { tool, write } from "./example_tools.ts";

Deno.test("the catalog refuses tools that are unsafe or not well formed", () => {
  const refused: [Tool[], RegExp][] = [
    [[tool({ name: "Look Up" })], /name must be 2 to 63/],
    [[tool(), tool()], /name must be unique/],
    [[tool({ description: " " })], /description must not be empty/],
    [[write({ confirm: undefined })], /must have a confirm text/],
    [[write({ identity: "number" })], /identity of a write must be none, fact or code/],
    [[tool({ parameters: v.string() as never })], /parameters must be an object/],
    [Array.from({ length: MAX_TOOLS + 1 }, (_, i) => tool({ name: `t_${i}` })), /at most 64/],
  ];
  for (const [tools, message] of refused) {
    assert.throws(() => createToolCatalog(tools), (error) => {
      return error instanceof TypeError && message.test(error.message);
    }, String(message));
  }
});

Deno.test("models see a schema without our own marks", () => {
  const marked = tool({
    parameters: v.strictObject({
      order: v.pipe(v.string(), v.description("The order"), v.metadata({ expect: "order_no" })),
      area: v.optional(v.pipe(v.string(), v.metadata({ slot: "area" }))),
    }) as never,
  });
  const catalog = createToolCatalog([marked]);
  assert.deepEqual(catalog.specs(), [{
    name: "look_up",
    description: "Looks something up.",
    parameters: {
      type: "object",
      properties: { order: { type: "string", description: "The order" }, area: { type: "string" } },
      required: ["order"],
      additionalProperties: false,
    },
  }]);
  assert.equal(catalog.get("look_up"), marked);
  assert.equal(catalog.get("toString"), undefined);
});

Deno.test("a schema without required fields has no empty list of them, which drafts before 6 refuse", () => {
  assert.deepEqual(createToolCatalog([tool()]).specs()[0].parameters, {
    type: "object",
    properties: { number: { type: "string", pattern: "^\\d+$" } },
    additionalProperties: false,
  });
});
