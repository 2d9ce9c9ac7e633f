import assert from "node:assert/strict";
import { bytesFromSamples } from "../lib/audio/pcm.ts";
import { writeWav } from "../lib/audio/wav.ts";
import { EngineError } from "../lib/contracts/engine_error.ts";
import { never, speak, withGemini } from "./gemini_rig.ts";
import { audioPart, chunk, type GeminiScript, sse } from "./gemini_server.ts";
import { pitchOf, tone, voice } from "./tone_speech.ts";

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
    "blocked_words",
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
