import assert from "node:assert/strict";
import type { Message } from "../lib/contracts/llm.ts";
import { question, replyTo, withServer } from "./openai_rig.ts";
import { chat, delta } from "./openai_server.ts";

Deno.test("a chat request is one that every compatible server understands", async () => {
  await withServer({}, async ({ llm }, server) => {
    const messages: Message[] = [
      { role: "agent", text: "Welcome." },
      { role: "caller", text: "1234", keypad: true },
      { role: "caller", text: "my balance" },
      { role: "agent", text: "", toolCalls: [{ id: "c1", name: "get_account", args: { a: 1 } }] },
      {
        role: "tools",
        results: [{ id: "c1", name: "get_account", ok: true, data: { b: 2 }, say: "Two." }],
      },
      {
        role: "agent",
        text: "Two.",
        toolCalls: [{ id: "c2", name: "late", args: {} }],
        echo: { provider: "gemini", content: {} },
      },
      { role: "caller", text: "thanks" },
    ];
    const events = await replyTo(llm, { ...question, messages });
    assert.deepEqual(server.requests.last.body, {
      model: "qwen",
      messages: [
        { role: "system", content: "You are Neema." },
        { role: "user", content: "(the call begins)" },
        { role: "assistant", content: "Welcome." },
        { role: "user", content: "(typed on the keypad) 1234\nmy balance" },
        {
          role: "assistant",
          content: null,
          tool_calls: [{
            id: "c1",
            type: "function",
            function: { name: "get_account", arguments: '{"a":1}' },
          }],
        },
        { role: "tool", tool_call_id: "c1", content: '{"b":2,"say":"Two."}' },
        { role: "assistant", content: "Two." },
        { role: "user", content: "thanks" },
      ],
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 200,
      tools: [{
        type: "function",
        function: { name: "get_account", description: "Looks up.", parameters: { type: "object" } },
      }],
    });
    assert.equal(server.requests.last.headers.get("authorization"), "Bearer secret-key");
    const end = events.at(-1);
    assert.ok(end?.type === "end" && end.echo === undefined);
    assert.deepEqual(end.usage, { model: "qwen", inputTokens: 12, outputTokens: 5 });
  });
});

const toolForms: [string, unknown[], [string | undefined, string, unknown][]][] = [
  ["in pieces", [
    { index: 0, id: "a", function: { name: "one", arguments: "" } },
    { index: 0, function: { arguments: '{"x":' } },
    { index: 1, id: "b", function: { name: "two", arguments: "{}" } },
    { index: 0, function: { arguments: "1}" } },
  ], [["a", "one", { x: 1 }], ["b", "two", {}]]],
  ["whole, all numbered 0", [
    { index: 0, id: "a", function: { name: "one", arguments: '{"x":1}' } },
    { index: 0, id: "b", function: { name: "one", arguments: '{"x":2}' } },
  ], [["a", "one", { x: 1 }], ["b", "one", { x: 2 }]]],
  ["whole, without ids or numbers", [
    { function: { name: "one", arguments: '{"x":1}' } },
    { function: { name: "two", arguments: '{"x":2}' } },
  ], [[undefined, "one", { x: 1 }], [undefined, "two", { x: 2 }]]],
  ["with arguments as an object", [
    { index: 0, function: { name: "one", arguments: { x: 1 } } },
  ], [[undefined, "one", { x: 1 }]]],
  ["without arguments", [{ index: 0, id: "a", function: { name: "one" } }], [["a", "one", {}]]],
];

for (const [name, deltas, expected] of toolForms) {
  Deno.test(`tool calls that come ${name} are understood`, async () => {
    await withServer({
      answer: (exchange, requests) =>
        chat(requests, exchange, [
          ...deltas.map((call) => delta({ tool_calls: [call] })),
          delta({}, "stop"), // as Ollama does
        ]),
    }, async ({ llm }) => {
      const events = await replyTo(llm);
      const calls = events.flatMap((event) => event.type === "tool_call" ? [event.call] : []);
      assert.deepEqual(
        calls.map(({ name, args }) => [name, args]),
        expected.map(([, name, args]) => [name, args]),
      );
      expected.forEach(([id], i) => id ? assert.equal(calls[i].id, id) : assert.ok(calls[i].id));
      assert.equal(new Set(calls.map(({ id }) => id)).size, calls.length);
      const end = events.at(-1);
      assert.ok(end?.type === "end" && end.reason === "tool_calls");
    });
  });
}

Deno.test("an answer without a last line or usage is whole when it has a reason", async () => {
  await withServer({
    answer: (exchange, requests) =>
      chat(requests, exchange, [delta({ content: "Yes." }), delta({}, "stop")], { done: false }),
  }, async ({ llm }) => {
    const events = await replyTo(llm);
    assert.deepEqual(events, [
      { type: "text", text: "Yes." },
      { type: "end", reason: "stop", usage: { model: "qwen" } },
    ]);
  });
});

Deno.test("what a model thinks before its answer is never spoken", async () => {
  const pieces = ["<thi", "nk>The caller ", "wants</th", "ink>\n\nYour balance", " is <low>."];
  for (const [chunks, expected] of [[pieces, "Your balance is <low>."], [["<", "3"], "<3"]]) {
    await withServer({
      answer: (exchange, requests) =>
        chat(requests, exchange, [
          ...(chunks as string[]).map((content) => delta({ content })),
          delta({}, "stop"),
        ]),
    }, async ({ llm }) => {
      const events = await replyTo(llm);
      const text = events.map((event) => event.type === "text" ? event.text : "").join("");
      assert.equal(text, expected);
    });
  }
});

Deno.test("an abort closes a chat at the server, before and in its answer", async () => {
  for (const begun of [false, true]) {
    await withServer({
      answer: (exchange, requests) =>
        begun
          ? chat(requests, exchange, [delta({ content: "Your" })], { end: "hang" })
          : requests.silence(exchange),
    }, async ({ llm }, server) => {
      const controller = new AbortController();
      const reason = new Error("the caller spoke");
      const run = (async () => {
        for await (const _ of llm(question, controller.signal)) controller.abort(reason);
      })();
      const rejected = assert.rejects(run, (error) => error === reason);
      while (server.requests.all.length === 0) await new Promise((r) => setTimeout(r, 1));
      if (!begun) controller.abort(reason);
      await rejected;
      await server.requests.last.dropped;
    });
  }
});
