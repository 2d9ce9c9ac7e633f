import assert from "node:assert/strict";
import { concatSamples } from "../lib/audio/pcm.ts";
import { createEmbeddedTts } from "../lib/providers/embedded/voice.ts";
import { testTtsContract } from "./contracts/tts_contract.ts";

testTtsContract("the embedded voice", async () => {
  const voice = createEmbeddedTts();
  await voice.warm();
  return {
    tts: voice.tts,
    language: "en",
    sentences: [
      "Your balance is four thousand shillings, and it is due on Friday.",
      "Hello, how can I help you?",
    ],
    deterministic: true,
    streams: true,
    close: () => voice.close(),
  };
});

testTtsContract("the embedded voice reading Swahili", async () => {
  const voice = createEmbeddedTts({ voice: "rms" });
  await voice.warm();
  return {
    tts: voice.tts,
    language: "sw",
    sentences: [
      "Salio lako ni shilingi elfu nne, na mwisho wa kulipa ni Ijumaa.",
      "Habari, nikusaidie vipi?",
    ],
    deterministic: true,
    streams: true,
    close: () => voice.close(),
  };
});

async function say(
  tts: ReturnType<typeof createEmbeddedTts>["tts"],
  text: string,
  language = "en",
) {
  const chunks: Int16Array[] = [];
  const { signal } = new AbortController();
  for await (const chunk of tts(text, { language }, signal)) chunks.push(chunk);
  return concatSamples(chunks);
}

Deno.test("voices sound different from one another", async () => {
  const voices = (["slt", "rms", "awb", "kal16"] as const).map((voice) => {
    return createEmbeddedTts({ voice });
  });
  const spoken: Int16Array[] = [];
  for (const voice of voices) {
    spoken.push(await say(voice.tts, "Good morning."));
    voice.close();
  }
  assert.equal(new Set(spoken.map((samples) => samples.join())).size, 4);
});

Deno.test("a sentence starts within 60 ms of audio, not with a long silence", async () => {
  const voice = createEmbeddedTts();
  try {
    const samples = await say(voice.tts, "What is my balance?");
    const first = samples.findIndex((sample) => Math.abs(sample) > 1000);
    assert.ok(first >= 0 && first < 960, `${first} samples`);
  } finally {
    voice.close();
  }
});

Deno.test("words that no dictionary has get a pronunciation", async () => {
  const voice = createEmbeddedTts();
  try {
    assert.deepEqual(await voice.pronounce(["westlands", "the"]), [
      "W EH S T L AH N D Z",
      "DH AH",
    ]);
  } finally {
    voice.close();
  }
});

Deno.test("a closed voice refuses to speak", async () => {
  const voice = createEmbeddedTts();
  voice.close();
  await assert.rejects(say(voice.tts, "Hello."), /Cannot use the voice: it is closed/);
});
