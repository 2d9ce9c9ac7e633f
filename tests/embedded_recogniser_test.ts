import assert from "node:assert/strict";
import { concatSamples } from "../lib/audio/pcm.ts";
import type { SttOptions } from "../lib/contracts/stt.ts";
import { createEmbeddedStt } from "../lib/providers/embedded/recogniser.ts";
import { createEmbeddedTts } from "../lib/providers/embedded/voice.ts";
import { testSttContract } from "./contracts/stt_contract.ts";

const domain = {
  patterns: [
    "(what is|what's|tell me) my [account] balance [please]",
    "(i want to|can i|let me) (talk|speak) to (a human|an agent|someone) [please]",
    "is there (an outage|a problem) in <place>",
    "my internet is (slow|not working|down)",
    "how do i reset my password",
  ],
  slots: { place: ["westlands", "kilimani", "karen"] },
  sentences: ["Where is your nearest shop?"],
  words: ["m-pesa", "router"],
};

async function callers(lines: string[]): Promise<Int16Array[]> {
  const voice = createEmbeddedTts({ voice: "rms" });
  try {
    const spoken: Int16Array[] = [];
    for (const line of lines) {
      const chunks: Int16Array[] = [new Int16Array(4800)];
      const { signal } = new AbortController();
      for await (const chunk of voice.tts(line, { language: "en" }, signal)) chunks.push(chunk);
      spoken.push(concatSamples([...chunks, new Int16Array(4800)]));
    }
    return spoken;
  } finally {
    voice.close();
  }
}

async function* pieces(samples: Int16Array) {
  for (let at = 0; at < samples.length; at += 320) yield samples.subarray(at, at + 320);
}

async function hear(
  recogniser: ReturnType<typeof createEmbeddedStt>,
  samples: Int16Array,
  expect: SttOptions["expect"] = "free",
) {
  const options = { languages: ["en"], vocabulary: [], expect };
  const { signal } = new AbortController();
  for await (const event of recogniser.stt(pieces(samples), options, signal)) {
    if (event.type === "final") return event;
  }
  assert.fail("there must be a final");
}

testSttContract("the embedded recogniser", async () => {
  const [balance, human] = await callers(["What is my balance?", "I want to talk to a human."]);
  const recogniser = createEmbeddedStt(domain);
  await recogniser.warm();
  return {
    stt: recogniser.stt,
    speech: [
      { samples: balance, words: /^what is my balance$/ },
      { samples: human, words: /^i want to talk to a human$/ },
    ],
    partials: true,
    confidence: true,
    close: () => recogniser.close(),
  };
});

Deno.test("expected wording is understood with confidence, other speech is not", async () => {
  const [outage, shop, poem] = await callers([
    "Is there an outage in Westlands?",
    "Where is your nearest shop?",
    "The children are building a castle out of sand.",
  ]);
  const recogniser = createEmbeddedStt(domain, { decoders: 1 });
  try {
    const heard = await hear(recogniser, outage);
    assert.equal(heard.text, "is there an outage in westlands");
    assert.ok(heard.confidence! >= 0.9, `${heard.confidence}`);
    assert.equal((await hear(recogniser, shop)).text, "where is your nearest shop");
    const unknown = await hear(recogniser, poem);
    assert.ok(unknown.confidence! < 0.75, `${unknown.confidence}: ${unknown.text}`);
  } finally {
    recogniser.close();
  }
});

Deno.test("digits are heard when a number is expected, and other wording still is", async () => {
  const [digits, human] = await callers(["four seven one nine", "Can I speak to someone please?"]);
  const recogniser = createEmbeddedStt(domain, { decoders: 1 });
  try {
    assert.equal((await hear(recogniser, digits, "account_no")).text, "four seven one nine");
    const heard = await hear(recogniser, human, "account_no");
    assert.equal(heard.text, "can i speak to someone please");
    const free = await hear(recogniser, digits);
    assert.notEqual(free.text, "four seven one nine");
  } finally {
    recogniser.close();
  }
});

Deno.test("more callers than decoders wait for one, and not for ever", async () => {
  const [balance] = await callers(["What is my balance?"]);
  const recogniser = createEmbeddedStt(domain, { decoders: 1, maxDecoders: 1, maxWaitMs: 60_000 });
  const hasty = createEmbeddedStt(domain, { decoders: 1, maxDecoders: 1, maxWaitMs: 1 });
  try {
    const heard = await Promise.all([1, 2, 3].map(() => hear(recogniser, balance)));
    assert.deepEqual(heard.map(({ text }) => text), Array(3).fill("what is my balance"));
    const results = await Promise.allSettled([1, 2].map(() => hear(hasty, balance)));
    assert.equal(results[0].status, "fulfilled");
    assert.ok(results[1].status === "rejected");
    assert.match(results[1].reason.message, /one of 1 must become free within 1 ms: none did/);
    assert.equal(results[1].reason.fault, "unavailable");
  } finally {
    recogniser.close();
    hasty.close();
  }
});

Deno.test("an abort frees the decoder without decoding what was sent already", async () => {
  const [balance] = await callers(["What is my balance?"]);
  const long = concatSamples(Array<Int16Array>(8).fill(balance));
  const recogniser = createEmbeddedStt(domain, { decoders: 1, maxDecoders: 1 });
  try {
    await recogniser.warm();
    const startMs = performance.now();
    await hear(recogniser, long);
    const wholeMs = performance.now() - startMs;
    const controller = new AbortController();
    const options: SttOptions = { languages: ["en"], vocabulary: [], expect: "free" };
    await assert.rejects(async () => {
      for await (const _ of recogniser.stt(pieces(long), options, controller.signal)) {
        controller.abort(); // on the first partial, with all of the audio sent
      }
    });
    const abortedMs = performance.now();
    assert.equal((await hear(recogniser, new Int16Array(0))).text, "");
    const freeMs = performance.now() - abortedMs;
    assert.ok(freeMs < wholeMs / 2, `${freeMs} ms, the whole took ${wholeMs} ms`);
  } finally {
    recogniser.close();
  }
});

Deno.test("a closed recogniser fails what it hears and refuses more", async () => {
  const [balance] = await callers(["What is my balance?"]);
  const recogniser = createEmbeddedStt(domain, { decoders: 1 });
  const running = assert.rejects(hear(recogniser, balance), /Cannot recognise: it was closed/);
  await Promise.resolve();
  recogniser.close();
  await running;
  await assert.rejects(hear(recogniser, balance), /the recogniser is closed/);
});

Deno.test("a domain that can't be expanded fails the recogniser with the reason", async () => {
  const broken = { ...domain, patterns: ["is there an outage in <nowhere>"] };
  const recogniser = createEmbeddedStt(broken, { decoders: 1 });
  try {
    await assert.rejects(recogniser.warm(), /the slot <nowhere> must have values/);
  } finally {
    recogniser.close();
  }
});
