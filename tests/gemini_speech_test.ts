import assert from "node:assert/strict";
import { bytesFromSamples, concatSamples } from "../lib/audio/pcm.ts";
import { writeWav } from "../lib/audio/wav.ts";
import { EngineError } from "../lib/contracts/engine_error.ts";
import { createGemini, type Gemini, type GeminiOptions } from "../lib/providers/gemini/gemini.ts";
import { testLlmContract } from "./contracts/llm_contract.ts";
import { testSttContract } from "./contracts/stt_contract.ts";
import { testTtsContract } from "./contracts/tts_contract.ts";
import {
  audioPart,
  chunk,
  type GeminiScript,
  type GeminiServer,
  problem,
  sse,
  startGeminiServer,
} from "./gemini_server.ts";
import { pitchOf, say, tone, voice } from "./tone_speech.ts";

const down: GeminiScript = {
  answer: (exchange, requests) => requests.json(exchange, problem(503, "UNAVAILABLE", "busy"), 503),
};

async function open(script: GeminiScript = {}, options: Partial<GeminiOptions> = {}) {
  const server = startGeminiServer(script);
  const gemini = await createGemini({ apiKey: "k", baseUrl: server.baseUrl, ...options });
  return {
    server,
    gemini,
    async close() {
      await gemini.close();
      await server.close();
    },
  };
}

async function withGemini(
  script: GeminiScript,
  run: (gemini: Gemini, server: GeminiServer) => Promise<void>,
  options: Partial<GeminiOptions> = {},
) {
  const { gemini, server, close } = await open(script, options);
  try {
    await run(gemini, server);
  } finally {
    await close();
  }
}

const never = () => new AbortController().signal;
const english = { languages: ["en", "sw"], vocabulary: ["M-Pesa"], expect: "free" as const };

async function* piecesOf(samples: Int16Array) {
  for (let at = 0; at < samples.length; at += 320) yield samples.subarray(at, at + 320);
  await Promise.resolve();
}

async function speak(gemini: Gemini, text: string, style?: string): Promise<Int16Array> {
  const chunks: Int16Array[] = [];
  const options = { language: "sw", ...style ? { style } : {} };
  for await (const samples of gemini.tts(text, options, never())) chunks.push(samples);
  return concatSamples(chunks);
}

async function recognise(gemini: Gemini, samples: Int16Array) {
  const events = [];
  for await (const event of gemini.stt(piecesOf(samples), english, never())) events.push(event);
  const last = events.at(-1);
  assert.ok(last?.type === "final");
  return last;
}

testSttContract("Gemini's whole-utterance recogniser", async () => {
  const { server, gemini, close } = await open();
  const failing = await open(down);
  return {
    stt: gemini.stt,
    speech: [
      { samples: say("balance", "order"), words: /^balance order$/ },
      { samples: say("outage"), words: /^outage$/ },
    ],
    partials: false,
    confidence: false,
    busy: () => server.requests.openCount,
    failing: [{ name: "a Gemini that is down", stt: failing.gemini.stt, fault: "unavailable" }],
    close: async () => void await Promise.all([close(), failing.close()]),
  };
});

testTtsContract("Gemini's voice", async () => {
  const { server, gemini, close } = await open();
  const failing = await open(down);
  return {
    tts: gemini.tts,
    language: "en",
    sentences: [
      "Your balance is five hundred shillings and is due on Friday.",
      "There is no outage in your area.",
    ],
    deterministic: true,
    streams: true,
    busy: () => server.requests.openCount,
    failing: [{ name: "a Gemini that is down", tts: failing.gemini.tts, fault: "unavailable" }],
    close: async () => void await Promise.all([close(), failing.close()]),
  };
});

testLlmContract("Gemini's text model", async () => {
  const { server, gemini, close } = await open({
    answer(exchange, requests) {
      const { body } = exchange;
      const part = body.contents.at(-1).parts[0];
      if (part.functionResponse) {
        const said: string = part.functionResponse.response.say;
        return sse(requests, exchange, [chunk([{ text: said }]), chunk([], "STOP")]);
      }
      if (!body.tools || !part.text.includes("account")) return undefined;
      const name = body.tools[0].functionDeclarations[0].name;
      return sse(requests, exchange, [
        chunk(
          [{ functionCall: { name, args: { number: "7" } }, thoughtSignature: "c2ln" }],
          "STOP",
        ),
      ]);
    },
  });
  const failing = await open(down);
  return {
    llm: gemini.llm,
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
    failing: [{ name: "a Gemini that is down", llm: failing.gemini.llm, fault: "unavailable" }],
    close: async () => void await Promise.all([close(), failing.close()]),
  };
});

Deno.test("Gemini hears an utterance as one WAV, with languages and vocabulary beside it", async () => {
  await withGemini({}, async (gemini, server) => {
    const final = await recognise(gemini, say("balance", "order"));
    assert.equal(final.text, "balance order");
    assert.equal(final.language, "en");
    assert.deepEqual(final.usage, {
      model: "gemini-3.5-transcribe",
      inputTokens: 5,
      inputAudioTokens: 25,
      audioMs: 1000,
    });
    const { contents, generationConfig } = server.requests.last.body;
    assert.equal(contents[0].parts.length, 1, "words beside the audio make the model say nothing");
    assert.deepEqual(generationConfig.audioTranscriptionConfig, {
      languageCodes: ["en-KE", "sw-KE"],
      customVocabulary: ["M-Pesa"],
    });
  }, { locale: (tag) => `${tag}-KE` });
});

Deno.test("languages that the model doesn't know are left out from then on", async () => {
  await withGemini({
    answer: (exchange, requests) =>
      exchange.body.generationConfig.audioTranscriptionConfig?.languageCodes?.length
        ? requests.json(
          exchange,
          problem(400, "INVALID_ARGUMENT", "Unsupported language code: sw-KE"),
          400,
        )
        : undefined,
  }, async (gemini, server) => {
    assert.equal((await recognise(gemini, say("outage"))).text, "outage");
    assert.equal(server.requests.all.length, 2);
    assert.equal((await recognise(gemini, say("outage"))).text, "outage");
    assert.equal(server.requests.all.length, 3);
  });
});

Deno.test("silence is not sent to Gemini at all", async () => {
  await withGemini({}, async (gemini, server) => {
    assert.equal((await recognise(gemini, new Int16Array(16_000))).text, "");
    assert.equal(server.requests.all.length, 0);
  });
});

Deno.test("more words than anyone can say in the time are not believed", async () => {
  const text = "Thank you for watching, please subscribe to the channel.";
  await withGemini({
    answer: (exchange, requests) =>
      requests.json(exchange, chunk([{ audioTranscription: { text } }], "STOP")),
  }, async (gemini) => {
    assert.equal((await recognise(gemini, tone(300, 200))).text, "");
    assert.equal((await recognise(gemini, tone(300, 3000))).text, text);
  });
});

Deno.test("speech at 24 kHz cut in the middle of samples arrives whole at 16 kHz", async () => {
  await withGemini({}, async (gemini, server) => {
    const text = "Your balance is low.";
    const samples = await speak(gemini, text, "warm and calm");
    assert.ok(Math.abs(samples.length - voice(text).length * 2 / 3) < 50);
    assert.ok(Math.abs(pitchOf(samples, 16_000) - 220) < 3);
    const { contents, generationConfig } = server.requests.last.body;
    assert.deepEqual(contents[0].parts, [{ text, speechMetadata: { style: "warm and calm" } }]);
    assert.deepEqual(generationConfig.speechConfig, {
      languageCode: "sw-KE",
      voiceConfig: { voice: "Kore" },
    });
  }, { locale: (tag) => `${tag}-KE` });
});

Deno.test("tags and Markdown are never spoken", async () => {
  await withGemini({}, async (gemini, server) => {
    await speak(gemini, "<sigh>Your **balance** <short pause>is low.");
    assert.equal(server.requests.last.body.contents[0].parts[0].text, "Your balance is low.");
    assert.equal((await speak(gemini, "<laugh> …")).length, 0);
    assert.equal(server.requests.all.length, 1);
  });
});

Deno.test("speech inside a WAV and speech at another rate sound the same", async () => {
  const forms: [unknown[], string][] = [
    [[writeWav([tone(440, 500, 48_000)], 48_000)], "audio/wav"],
    [[bytesFromSamples(tone(440, 500, 8000))], "audio/L16;rate=8000"],
    [[writeWav([tone(440, 500, 24_000), tone(900, 500, 24_000)], 24_000)], "audio/wav"],
  ];
  for (const [[bytes], mimeType] of forms as [[Uint8Array], string][]) {
    await withGemini({
      answer: (exchange, requests) =>
        sse(requests, exchange, [
          chunk([audioPart(bytes.subarray(0, 21), mimeType)]),
          chunk([audioPart(bytes.subarray(21), mimeType)], "STOP"),
        ]),
    }, async (gemini) => {
      const samples = await speak(gemini, "Hello.");
      assert.ok(Math.abs(samples.length - 8000) < 50, `${samples.length} samples of ${mimeType}`);
      assert.ok(Math.abs(pitchOf(samples, 16_000) - 440) < 5);
    });
  }
});

const silent: [string, GeminiScript["answer"], string][] = [
  [
    "no audio and finish reason OTHER",
    (exchange, requests) => sse(requests, exchange, [chunk([], "OTHER")]),
    "broken",
  ],
  [
    "no audio at all",
    (exchange, requests) => sse(requests, exchange, [chunk([{ text: "" }], "STOP")]),
    "empty",
  ],
  ["no event", (exchange, requests) => sse(requests, exchange, []), "empty"],
  [
    "digital silence",
    (exchange, requests) =>
      sse(requests, exchange, [chunk([audioPart(new Uint8Array(9600))], "STOP")]),
    "empty",
  ],
  [
    "a blocked prompt",
    (exchange, requests) =>
      sse(requests, exchange, [{ promptFeedback: { blockReason: "PROHIBITED_CONTENT" } }]),
    "blocked",
  ],
];

for (const [name, answer, fault] of silent) {
  Deno.test(`speech with ${name} is an EngineError with fault ${fault}`, async () => {
    await withGemini({ answer }, async (gemini) => {
      await assert.rejects(
        speak(gemini, "Hello."),
        (error) => error instanceof EngineError && error.fault === fault,
      );
    });
  });
}

Deno.test("speech that is cut in the middle of a word gives what was made and then throws", async () => {
  await withGemini({
    answer: (exchange, requests) =>
      sse(requests, exchange, [
        chunk([audioPart(bytesFromSamples(tone(220, 300, 24_000)))]),
      ], "cut"),
  }, async (gemini) => {
    let samples = 0;
    await assert.rejects(async () => {
      for await (const chunk of gemini.tts("Hello there.", { language: "en" }, never())) {
        samples += chunk.length;
      }
    }, (error) => error instanceof EngineError && error.fault === "unavailable");
    assert.ok(samples > 4000);
  });
});
