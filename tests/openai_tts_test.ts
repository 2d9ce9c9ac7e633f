import assert from "node:assert/strict";
import { bytesFromSamples } from "../lib/audio/pcm.ts";
import { writeWav } from "../lib/audio/wav.ts";
import { EngineError } from "../lib/contracts/engine_error.ts";
import { speak, withServer } from "./openai_rig.ts";
import { cut, type OpenAiScript } from "./openai_server.ts";
import { pitchOf, tone } from "./tone_speech.ts";

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
