import assert from "node:assert/strict";
import { recognise, withGemini } from "./gemini_rig.ts";
import { chunk, problem } from "./gemini_server.ts";
import { say, tone } from "./tone_speech.ts";

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
