import assert from "node:assert/strict";
import { collect, never, question, withGemini } from "./gemini_rig.ts";
import { chunk, sse, startGeminiServer } from "./gemini_server.ts";

Deno.test("Gemini's text streams, with its usage last", async () => {
  await withGemini({}, async ({ llm }, server) => {
    const events = await collect(llm(question, never()));
    assert.deepEqual(events.slice(0, 2), [
      { type: "text", text: "You said: " },
      { type: "text", text: "my balance" },
    ]);
    const end = events[2];
    assert.ok(end.type === "end" && end.reason === "stop");
    assert.deepEqual(end.usage, {
      model: "gemini-3.5-flash-lite",
      inputTokens: 12,
      outputTokens: 5,
    });
    const { body, headers, path } = server.requests.last;
    assert.match(path, /^\/v1beta\/models\/gemini-3\.5-flash-lite:streamGenerateContent$/);
    assert.equal(headers.get("x-goog-api-key"), "secret-key");
    assert.equal(headers.get("x-server-timeout"), null);
    assert.equal(body.systemInstruction.parts[0].text, "You are Neema.");
    assert.equal(body.tools[0].functionDeclarations[0].name, "get_account");
    assert.equal(body.generationConfig.thinkingConfig.thinkingLevel, "MINIMAL");
    assert.ok(body.generationConfig.maxOutputTokens > 200, "thoughts count as output");
  });
});

Deno.test("a larger Gemini model thinks at the lowest level that it has", async () => {
  await withGemini({}, async ({ llm }, server) => {
    await collect(llm({ ...question, tools: [] }, never()));
    const { body } = server.requests.last;
    assert.equal(body.generationConfig.thinkingConfig.thinkingLevel, "LOW");
    assert.equal(body.tools, undefined);
  }, { llmModel: "gemini-3.8-flash" });
});

Deno.test("a tool round sends the model's parts back verbatim, signature and ids included", async () => {
  const call = {
    functionCall: { name: "get_account", args: { area: "Ruiru" }, id: "c1" },
    thoughtSignature: "c2lnbmF0dXJl",
  };
  await withGemini({
    answer: (exchange, requests) =>
      requests.all.length > 1 ? undefined : sse(requests, exchange, [
        chunk([{ text: "Let me " }]),
        chunk([{ text: "check." }]),
        chunk([{ text: "thinking", thought: true }]),
        chunk([call]),
        chunk([{ text: "", thoughtSignature: "bGFzdA==" }], "STOP"),
      ]),
  }, async ({ llm }, server) => {
    const events = await collect(llm(question, never()));
    const toolCalls = events.flatMap((event) => event.type === "tool_call" ? [event.call] : []);
    assert.deepEqual(toolCalls, [{ id: "c1", name: "get_account", args: { area: "Ruiru" } }]);
    const end = events.at(-1);
    assert.ok(end?.type === "end" && end.reason === "tool_calls");
    assert.ok(!events.some((event) => event.type === "text" && event.text === "thinking"));
    await collect(llm({
      ...question,
      messages: [
        ...question.messages,
        { role: "agent", text: "Let me check.", toolCalls, echo: end.echo },
        {
          role: "tools",
          results: [{
            id: "c1",
            name: "get_account",
            ok: true,
            data: { balance: 5 },
            say: "Five shillings.",
          }],
        },
      ],
    }, never()));
    assert.deepEqual(server.requests.last.body.contents.slice(1), [
      {
        role: "model",
        parts: [
          { text: "Let me check." },
          { text: "thinking", thought: true },
          call,
          { text: "", thoughtSignature: "bGFzdA==" },
        ],
      },
      {
        role: "user",
        parts: [{
          functionResponse: {
            id: "c1",
            name: "get_account",
            response: { output: { balance: 5 }, say: "Five shillings." },
          },
        }],
      },
    ]);
  });
});

Deno.test("history holds what was heard, and calls of other providers with a signature that passes", async () => {
  await withGemini({}, async ({ llm }, server) => {
    const toolCalls = [{ id: "x", name: "get_account", args: {} }];
    const echo = {
      provider: "gemini",
      content: {
        role: "model",
        parts: [{ text: "One. Two." }, { functionCall: { name: "late", args: {}, id: "y" } }],
      },
    };
    await collect(llm({
      ...question,
      messages: [
        { role: "agent", text: "Welcome." },
        { role: "caller", text: "1234", keypad: true },
        { role: "agent", text: "One.", echo },
        { role: "caller", text: "balance", confidence: 0.2 },
        { role: "agent", text: "", toolCalls },
        {
          role: "tools",
          results: [{ id: "x", name: "get_account", ok: false, data: { error: "down" } }],
        },
      ],
    }, never()));
    assert.deepEqual(server.requests.last.body.contents, [
      { role: "user", parts: [{ text: "(the call begins)" }] },
      { role: "model", parts: [{ text: "Welcome." }] },
      { role: "user", parts: [{ text: "(typed on the keypad) 1234" }] },
      { role: "model", parts: [{ text: "One." }] },
      { role: "user", parts: [{ text: "(heard unclearly) balance" }] },
      {
        role: "model",
        parts: [{
          functionCall: { id: "x", name: "get_account", args: {} },
          thoughtSignature: "skip_thought_signature_validator",
        }],
      },
      {
        role: "user",
        parts: [{
          functionResponse: { id: "x", name: "get_account", response: { error: "down" } },
        }],
      },
    ]);
  });
});

Deno.test("calls without ids get ids of their own, in the echo too", async () => {
  await withGemini({
    answer: (exchange, requests) =>
      sse(requests, exchange, [
        chunk([{ functionCall: { name: "a" } }, { functionCall: { name: "a" } }], "STOP"),
      ]),
  }, async ({ llm }) => {
    const events = await collect(llm(question, never()));
    const ids = events.flatMap((event) => event.type === "tool_call" ? [event.call.id] : []);
    assert.equal(new Set(ids).size, 2);
    const end = events.at(-1);
    assert.ok(end?.type === "end");
    const { parts } = end.echo!.content as { parts: { functionCall: { id: string } }[] };
    assert.deepEqual(parts.map((part) => part.functionCall.id), ids);
  });
});

Deno.test("a reply that runs into the limit of tokens says so", async () => {
  await withGemini({
    answer: (exchange, requests) =>
      sse(requests, exchange, [chunk([{ text: "Half a" }], "MAX_TOKENS")]),
  }, async ({ llm }) => {
    const end = (await collect(llm(question, never()))).at(-1);
    assert.ok(end?.type === "end" && end.reason === "length");
  });
});

Deno.test("an abort before Gemini has answered closes the request at the server", async () => {
  await withGemini({ answer: (exchange, requests) => requests.silence(exchange) }, async (
    { llm },
    server,
  ) => {
    const controller = new AbortController();
    const reason = new Error("the caller spoke");
    const run = collect(llm(question, controller.signal));
    await Promise.all([
      assert.rejects(run, (error) => error === reason),
      untilAsked(server).then(() => controller.abort(reason)),
    ]);
    await server.requests.last.dropped;
  });
});

Deno.test("an abort in the middle of a stream closes it at the server", async () => {
  await withGemini({
    answer: (exchange, requests) =>
      sse(requests, exchange, [chunk([{ text: "Your balance" }])], "hang"),
  }, async ({ llm }, server) => {
    const controller = new AbortController();
    const reason = new Error("the caller spoke");
    await assert.rejects(async () => {
      for await (const _ of llm(question, controller.signal)) controller.abort(reason);
    }, (error) => error === reason);
    await server.requests.last.dropped;
  });
});

Deno.test("a reader that stops reading closes the stream at the server", async () => {
  await withGemini({
    answer: (exchange, requests) =>
      sse(requests, exchange, [chunk([{ text: "Your balance" }])], "hang"),
  }, async ({ llm }, server) => {
    for await (const _ of llm(question, never())) break;
    await server.requests.last.dropped;
  });
});

Deno.test("warming asks for the model, which costs nothing", async () => {
  await withGemini({}, async ({ warm }, server) => {
    await warm(never());
    assert.match(server.requests.all[0].path, /\/models\/gemini-3\.5-flash-lite$/);
  });
});

async function untilAsked(server: ReturnType<typeof startGeminiServer>): Promise<void> {
  while (server.requests.all.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
}

Deno.test("an abort closes the stream even while nobody reads on", async () => {
  await withGemini({
    answer: (exchange, requests) =>
      sse(requests, exchange, [chunk([{ text: "Your balance" }])], "hang"),
  }, async ({ llm }, server) => {
    const controller = new AbortController();
    const events = llm(question, controller.signal)[Symbol.asyncIterator]();
    await events.next();
    controller.abort(new Error("hung up"));
    await server.requests.last.dropped;
    await assert.rejects(events.next(), /hung up/);
  });
});

Deno.test("an answer to be continued is not asked for again, which would be billed", async () => {
  await withGemini({
    answer: (exchange, requests) =>
      sse(requests, exchange, [{
        candidates: [{
          content: { role: "model", parts: [{ text: "Your balance" }] },
          finishReason: "CONTINUATION",
          continuationToken: "dG9rZW4=",
        }],
      }]),
  }, async ({ llm }, server) => {
    await assert.rejects(collect(llm(question, never())), /CONTINUATION/);
    assert.equal(server.requests.all.length, 1);
  });
});
