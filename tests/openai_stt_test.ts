import assert from "node:assert/strict";
import { concatSamples } from "../lib/audio/pcm.ts";
import { createOpenAiStt } from "../lib/providers/openai/openai_stt.ts";
import { startOpenAiServer } from "./openai_server.ts";
import { recognise, withServer } from "./openai_rig.ts";
import { say, tone } from "./tone_speech.ts";

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

Deno.test("the vendor's own newer recogniser is asked for the plain form at once", async () => {
  const server = startOpenAiServer();
  const stt = await createOpenAiStt({ baseUrl: server.baseUrl, model: "gpt-transcribe" });
  assert.equal((await recognise(stt, say("order"))).text, "order");
  assert.equal(server.requests.last.form!.get("response_format"), "json");
  await server.close();
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
