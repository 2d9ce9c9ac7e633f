import assert from "node:assert/strict";
import { bytesFromSamples, concatSamples } from "../lib/audio/pcm.ts";
import { writeWav } from "../lib/audio/wav.ts";
import { EngineError } from "../lib/contracts/engine_error.ts";
import type { Llm, LlmEvent, LlmRequest, Message } from "../lib/contracts/llm.ts";
import type { Stt } from "../lib/contracts/stt.ts";
import type { Tts } from "../lib/contracts/tts.ts";
import { createOpenAiLlm } from "../lib/providers/openai/openai_llm.ts";
import { createOpenAiStt } from "../lib/providers/openai/openai_stt.ts";
import { createOpenAiTts } from "../lib/providers/openai/openai_tts.ts";
import { testLlmContract } from "./contracts/llm_contract.ts";
import { testSttContract } from "./contracts/stt_contract.ts";
import { testTtsContract } from "./contracts/tts_contract.ts";
import {
  chat,
  cut,
  delta,
  type OpenAiScript,
  type OpenAiServer,
  startOpenAiServer,
} from "./openai_server.ts";
import { pitchOf, say, tone } from "./tone_speech.ts";

interface Stages {
  stt: Stt;
  llm: Llm;
  tts: Tts;
}

async function open(script: OpenAiScript = {}) {
  const server = startOpenAiServer(script);
  const common = { baseUrl: server.baseUrl, apiKey: "secret-key" };
  const stages: Stages = {
    stt: await createOpenAiStt({ ...common, model: "whisper" }),
    llm: await createOpenAiLlm({ ...common, model: "qwen" }),
    tts: await createOpenAiTts({ ...common, model: "kokoro", voice: "af_heart" }),
  };
  return { ...stages, server, close: () => server.close() };
}

async function withServer(
  script: OpenAiScript,
  run: (stages: Stages, server: OpenAiServer) => Promise<void>,
) {
  const { server, close, ...stages } = await open(script);
  try {
    await run(stages, server);
  } finally {
    await close();
  }
}

const never = () => new AbortController().signal;
const down: OpenAiScript = {
  answer: (exchange, requests) => requests.json(exchange, { error: { message: "busy" } }, 503),
};
const question: LlmRequest = {
  system: "You are Neema.",
  messages: [{ role: "caller", text: "my balance" }],
  tools: [{ name: "get_account", description: "Looks up.", parameters: { type: "object" } }],
  language: "en",
  maxOutputTokens: 200,
};

async function replyTo(llm: Llm, request = question): Promise<LlmEvent[]> {
  const events: LlmEvent[] = [];
  for await (const event of llm(request, never())) events.push(event);
  return events;
}

async function speak(tts: Tts, text: string): Promise<Int16Array> {
  const chunks: Int16Array[] = [];
  for await (const chunk of tts(text, { language: "en" }, never())) chunks.push(chunk);
  return concatSamples(chunks);
}

async function* piecesOf(samples: Int16Array) {
  yield samples;
  await Promise.resolve();
}

async function recognise(stt: Stt, samples: Int16Array, options = {}) {
  const all = { languages: ["en"], vocabulary: [], expect: "free" as const, ...options };
  for await (const event of stt(piecesOf(samples), all, never())) {
    if (event.type === "final") return event;
  }
  throw new Error("there must be a final");
}

testSttContract("an OpenAI-compatible recogniser", async () => {
  const { stt, server, close } = await open();
  const failing = await open(down);
  return {
    stt,
    speech: [
      { samples: say("balance", "order"), words: /^balance order$/ },
      { samples: say("outage"), words: /^outage$/ },
    ],
    partials: false,
    confidence: false,
    busy: () => server.requests.openCount,
    failing: [{ name: "a server that is down", stt: failing.stt, fault: "unavailable" }],
    close: async () => void await Promise.all([close(), failing.close()]),
  };
});

testTtsContract("an OpenAI-compatible voice", async () => {
  const { tts, server, close } = await open();
  const failing = await open(down);
  return {
    tts,
    language: "en",
    sentences: [
      "Your balance is five hundred shillings and is due on Friday.",
      "There is no outage in your area.",
    ],
    deterministic: true,
    streams: true,
    busy: () => server.requests.openCount,
    failing: [{ name: "a server that is down", tts: failing.tts, fault: "unavailable" }],
    close: async () => void await Promise.all([close(), failing.close()]),
  };
});

testLlmContract("an OpenAI-compatible chat model", async () => {
  const { llm, server, close } = await open({
    answer(exchange, requests) {
      const { messages, tools } = exchange.body;
      const last = messages.at(-1);
      if (last.role === "tool") {
        const { say } = JSON.parse(last.content);
        return chat(requests, exchange, [delta({ content: say }), delta({}, "stop")]);
      }
      if (!tools || !last.content.includes("account")) return undefined;
      const call = {
        index: 0,
        function: { name: tools[0].function.name, arguments: '{"number":"7"}' },
      };
      return chat(requests, exchange, [delta({ tool_calls: [call] }), delta({}, "tool_calls")]);
    },
  });
  const failing = await open(down);
  return {
    llm,
    turns: [
      { text: "about my bill", reply: /about my bill/ },
      { text: "about my order", reply: /about my order/ },
    ],
    toolTurn: {
      text: "my account",
      tool: {
        name: "get_account",
        description: "Looks up an account.",
        parameters: { type: "object", properties: { number: { type: "string" } } },
      },
      args: { number: "7" },
      outcome: { data: { balance: 500 }, say: "Five hundred shillings." },
      reply: /Five hundred/,
    },
    streams: true,
    busy: () => server.requests.openCount,
    failing: [{ name: "a server that is down", llm: failing.llm, fault: "unavailable" }],
    close: async () => void await Promise.all([close(), failing.close()]),
  };
});

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

const chatFailures: [string, OpenAiScript["answer"], string, RegExp, number?][] = [
  [
    "half an answer and a proper end",
    (exchange, requests) =>
      chat(requests, exchange, [delta({ content: "Your bal" })], { done: false }),
    "broken",
    /ended in the middle/,
  ],
  [
    "half an answer and a cut line",
    (exchange, requests) =>
      chat(requests, exchange, [delta({ content: "Your bal" })], { end: "cut" }),
    "unavailable",
    /dropped the line/,
  ],
  [
    "an error in the middle",
    (exchange, requests) =>
      chat(requests, exchange, [delta({ content: "x" }), { error: { message: "out of memory" } }]),
    "unavailable",
    /in the middle of its answer: out of memory/,
  ],
  [
    "nothing but a reason",
    (exchange, requests) => chat(requests, exchange, [delta({}, "stop")]),
    "empty",
    /wrote nothing/,
  ],
  [
    "only thoughts",
    (exchange, requests) =>
      chat(requests, exchange, [delta({ content: "<think>hm</think>" }), delta({}, "length")]),
    "empty",
    /wrote nothing \(length\)/,
  ],
  [
    "a filtered answer",
    (exchange, requests) => chat(requests, exchange, [delta({}, "content_filter")]),
    "blocked",
    /filtered/,
  ],
  [
    "arguments that aren't JSON",
    (exchange, requests) =>
      chat(requests, exchange, [
        delta({ tool_calls: [{ index: 0, function: { name: "one", arguments: '{"x' } }] }),
        delta({}, "length"),
      ]),
    "broken",
    /arguments that aren't JSON/,
  ],
  [
    "too many tool calls",
    (exchange, requests) =>
      chat(requests, exchange, [
        ...Array.from({ length: 17 }, (_, index) =>
          delta({ tool_calls: [{ index, function: { name: "one", arguments: "{}" } }] })),
        delta({}, "tool_calls"),
      ]),
    "broken",
    /at most 16 tools/,
  ],
  [
    "429 and how long to wait",
    (exchange, requests) =>
      requests.json(exchange, { error: { message: "slow down" } }, 429, { "retry-after": "7" }),
    "rate_limited",
    /slow down/,
    7000,
  ],
  [
    "429 until a date",
    (exchange, requests) =>
      requests.json(exchange, { error: "slow down" }, 429, {
        "date": "Mon, 23 Nov 2026 09:00:00 GMT",
        "retry-after": "Mon, 23 Nov 2026 09:01:00 GMT",
      }),
    "rate_limited",
    /slow down/,
    60_000,
  ],
  [
    "a used-up quota",
    (exchange, requests) =>
      requests.json(exchange, { error: { message: "pay", code: "insufficient_quota" } }, 429),
    "quota",
    /quota is used up/,
  ],
  [
    "an unknown model",
    (exchange, requests) =>
      requests.json(exchange, { error: "model 'qwen' not found, try pulling it first" }, 404),
    "bad_request",
    /try pulling it/,
  ],
  [
    "FastAPI's envelope",
    (exchange, requests) => requests.json(exchange, { detail: "model is loading" }, 500),
    "unavailable",
    /500.*model is loading/,
  ],
  [
    "a refused key",
    (exchange, requests) =>
      requests.json(exchange, { error: { message: "Incorrect API key: secret-key" } }, 401),
    "bad_request",
    /Incorrect API key: …/,
  ],
];

for (const [name, answer, fault, words, retryAfterMs] of chatFailures) {
  Deno.test(`a chat with ${name} is an EngineError with fault ${fault}`, async () => {
    await withServer({ answer }, async ({ llm }) => {
      await assert.rejects(replyTo(llm), (error) => {
        assert.ok(error instanceof EngineError, `${error}`);
        assert.equal(error.fault, fault, error.message);
        assert.match(error.message, words);
        assert.equal(error.retryAfterMs, retryAfterMs);
        return true;
      });
    });
  });
}

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

Deno.test("an utterance goes as a WAV with its language and names", async () => {
  await withServer({}, async ({ stt }, server) => {
    const final = await recognise(stt, say("balance"), { vocabulary: ["M-Pesa", "Neema"] });
    assert.deepEqual(final, {
      type: "final",
      text: "balance",
      usage: { model: "whisper", audioMs: 500 },
    });
    const form = server.requests.last.form!;
    assert.equal(form.get("language"), "en");
    assert.equal(form.get("prompt"), "M-Pesa, Neema");
    assert.equal(form.get("response_format"), "verbose_json");
    await recognise(stt, say("balance"), { languages: ["en", "sw"] });
    assert.equal(server.requests.last.form!.get("language"), null);
    assert.equal(server.requests.last.form!.get("prompt"), null);
  });
});

Deno.test("a recogniser that only knows the plain form is asked for it from then on", async () => {
  await withServer({
    answer: (exchange, requests) =>
      exchange.form!.get("response_format") === "verbose_json"
        ? requests.json(
          exchange,
          { error: { message: "response_format 'verbose_json' is not compatible" } },
          400,
        )
        : undefined,
  }, async ({ stt }, server) => {
    assert.equal((await recognise(stt, say("outage"))).text, "outage");
    assert.equal((await recognise(stt, say("order"))).text, "order");
    assert.equal(server.requests.all.length, 3);
  });
});

const thanks = "Thank you for watching!";
const silence = new Int16Array(16_000);
const noise = Int16Array.from({ length: 32_000 }, (_, i) => 40 * Math.sin(i * i));
const cough = concatSamples([silence, tone(300, 120), silence]);
const speech = tone(300, 2000);
const doubted = { avg_logprob: -1.4, no_speech_prob: 0.9, compression_ratio: 1 };
const sure = { avg_logprob: -0.2, no_speech_prob: 0.01, compression_ratio: 1.2 };

const hallucinations: [string, Int16Array, unknown, string, number][] = [
  ["silence", silence, { text: thanks }, "", 0],
  ["faint noise", noise, { text: thanks }, "", 0],
  ["a cough", cough, { text: thanks }, "", 1],
  ["speech", speech, { text: thanks }, thanks, 1],
  [
    "a doubtful stretch beside a sure one",
    speech,
    {
      language: "english",
      segments: [{ text: " My balance.", ...sure }, { text: ` ${thanks}`, ...doubted }],
    },
    "My balance.",
    1,
  ],
  [
    "a loop",
    speech,
    { segments: [{ text: "no no no no", ...sure, compression_ratio: 9 }] },
    "",
    1,
  ],
  ["its own prompt", speech, { text: "M-Pesa, Neema, Ruiru." }, "", 1],
];

for (const [name, samples, answer, expected, asked] of hallucinations) {
  Deno.test(`of ${name} a recogniser's words are ${expected ? "kept" : "dropped"}`, async () => {
    await withServer({ answer: (exchange, requests) => requests.json(exchange, answer) }, async (
      { stt },
      server,
    ) => {
      const vocabulary = ["M-Pesa", "Neema", "Ruiru"];
      const final = await recognise(stt, samples, { vocabulary });
      assert.equal(final.text, expected);
      assert.equal(server.requests.all.length, asked);
      if (name.startsWith("a doubtful")) {
        assert.ok(Math.abs(final.confidence! - Math.exp(-0.2)) < 1e-9);
        assert.equal(final.language, "en");
      }
    });
  });
}

Deno.test("an answer without a transcript is an error, and plain text is one", async () => {
  const answers: [Response, string | undefined][] = [
    [Response.json({ ok: true }), undefined],
    [new Response("outage"), "outage"],
  ];
  for (const [response, text] of answers) {
    await withServer({
      answer(exchange) {
        exchange.open = false;
        return response;
      },
    }, async ({ stt }) => {
      if (text) assert.equal((await recognise(stt, speech)).text, text);
      else await assert.rejects(recognise(stt, speech), /without a transcript/);
    });
  }
});

const pcm440 = (rateHz: number) => bytesFromSamples(tone(440, 500, rateHz));
const voices: [string, Uint8Array<ArrayBuffer>, Record<string, string>][] = [
  ["raw at 24 kHz", pcm440(24_000), { "content-type": "audio/pcm" }],
  ["raw at the rate that its type tells", pcm440(16_000), {
    "content-type": "audio/pcm;rate=16000",
  }],
  ["raw at the rate that a header tells", pcm440(48_000), { "x-sample-rate": "48000" }],
  ["in a WAV", writeWav([tone(440, 500, 22_050)], 22_050), { "content-type": "audio/wav" }],
  ["in a WAV that calls itself PCM", writeWav([tone(440, 500, 8000)], 8000), {
    "content-type": "audio/pcm",
  }],
];

for (const [name, bytes, headers] of voices) {
  Deno.test(`speech that comes ${name} sounds right`, async () => {
    await withServer({
      answer: (exchange, requests) => requests.stream(exchange, cut(bytes, 1001), headers),
    }, async ({ tts }) => {
      const samples = await speak(tts, "Hello.");
      assert.ok(Math.abs(samples.length - 8000) < 50, `${samples.length} samples`);
      assert.ok(Math.abs(pitchOf(samples, 16_000) - 440) < 5);
    });
  });
}

Deno.test("a streamed WAV of unknown length plays to its end", async () => {
  const bytes = writeWav([tone(440, 500, 16_000)], 16_000);
  new DataView(bytes.buffer).setUint32(40, 0xffffffff, true);
  await withServer({
    answer: (exchange, requests) => requests.stream(exchange, cut(bytes, 333), {}),
  }, async ({ tts }) => assert.equal((await speak(tts, "Hello.")).length, 8000 - 1));
});

const badVoices: [string, OpenAiScript["answer"], string][] = [
  ["nothing", (exchange, requests) => requests.stream(exchange, [], {}), "empty"],
  [
    "digital silence",
    (exchange, requests) => requests.stream(exchange, [new Uint8Array(9600)], {}),
    "empty",
  ],
  ["JSON", (exchange, requests) => requests.json(exchange, { error: "no voice" }), "broken"],
  [
    "an MP3",
    (exchange, requests) => requests.stream(exchange, ["ID3\u0004aaaaaaaaaaaaaaa"], {}),
    "bad_request",
  ],
  [
    "a cut line",
    (exchange, requests) => requests.stream(exchange, [pcm440(24_000)], {}, "cut"),
    "unavailable",
  ],
];

for (const [name, answer, fault] of badVoices) {
  Deno.test(`a voice that answers with ${name} is an EngineError with fault ${fault}`, async () => {
    await withServer({ answer }, async ({ tts }) => {
      await assert.rejects(
        speak(tts, "Hello."),
        (error) => error instanceof EngineError && error.fault === fault,
      );
    });
  });
}
