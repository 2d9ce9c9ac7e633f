import assert from "node:assert/strict";
import { EngineError } from "../lib/contracts/engine_error.ts";
import type { SttEvent } from "../lib/contracts/stt.ts";
import type { Gemini } from "../lib/providers/gemini/gemini.ts";
import { testSttContract } from "./contracts/stt_contract.ts";
import { FakeClock } from "./fake_clock.ts";
import { down, never, open, withGemini } from "./gemini_rig.ts";
import { type GeminiScript, type GeminiServer, problem } from "./gemini_server.ts";
import { say, tone } from "./tone_speech.ts";

const expected = { languages: ["en", "sw"], vocabulary: ["M-Pesa"] };
const sttOptions = { ...expected, expect: "free" as const };

const live = { sttLiveModel: "gemini-3.5-transcribe-live", expected };

const withLive: typeof withGemini = (script, run, options) =>
  withGemini(script, run, { ...live, ...options });

/** Audio that waits where a test wants it to. */
async function* heldAt(samples: Int16Array, holdAt?: number, hold?: () => Promise<void>) {
  for (let at = 0; at < samples.length; at += 320) {
    if (holdAt !== undefined && at <= holdAt && holdAt < at + 320) await hold!();
    yield samples.subarray(at, at + 320);
  }
}

async function recognise(gemini: Gemini, audio: AsyncIterable<Int16Array>) {
  const events: SttEvent[] = [];
  for await (const event of gemini.stt(audio, sttOptions, never())) events.push(event);
  const last = events.at(-1);
  assert.ok(last?.type === "final");
  return { final: last, partials: events.slice(0, -1) };
}

async function until(condition: () => boolean) {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

const sentence = say("balance", "order", "outage");
const unaryCount = (server: GeminiServer) =>
  server.requests.all.filter(({ path }) => path.endsWith(":generateContent")).length;

testSttContract("Gemini's streaming recogniser", async () => {
  const { server, gemini, close } = await open({}, live);
  const refused = () => new Response("no", { status: 503 });
  const failing = await open({
    live: { refuse: refused },
    ...down,
  }, live);
  return {
    stt: gemini.stt,
    speech: [
      { samples: say("balance", "order"), words: /^balance order$/ },
      { samples: say("outage"), words: /^outage$/ },
    ],
    partials: true,
    confidence: false,
    // One connection may stay ready for the next utterance.
    busy: () => Math.max(0, server.sockets.filter((peer) => peer.open).length - 1),
    failing: [{ name: "a Gemini that is down", stt: failing.gemini.stt, fault: "unavailable" }],
    close: async () => void await Promise.all([close(), failing.close()]),
  };
});

Deno.test("our turns mark the activity, and words come while the caller speaks", async () => {
  await withLive({}, async (gemini, server) => {
    const { final, partials } = await recognise(gemini, heldAt(sentence));
    assert.equal(final.text, "balance order outage");
    assert.equal(final.language, "en");
    assert.deepEqual(final.usage, {
      model: "gemini-3.5-transcribe-live",
      inputTokens: 25,
      outputTokens: 4,
      audioMs: 1500,
    });
    assert.ok(partials.length > 1);
    const [peer] = server.sockets;
    assert.match(peer.url, /BidiGenerateContent\?key=secret-key$/);
    assert.deepEqual(peer.messages[0].setup, {
      model: "models/gemini-3.5-transcribe-live",
      generationConfig: { responseModalities: ["TEXT"] },
      realtimeInputConfig: { automaticActivityDetection: { disabled: true } },
      inputAudioTranscription: { languageCodes: ["en", "sw"], customVocabulary: ["M-Pesa"] },
    });
    assert.deepEqual(peer.messages[1].realtimeInput, { activityStart: {} });
    assert.deepEqual(peer.messages.at(-1)?.realtimeInput, { activityEnd: {} });
    assert.deepEqual(peer.heard, sentence);
    assert.equal(unaryCount(server), 0);
    await peer.closed;
  });
});

Deno.test("each utterance has a connection of its own, opened before it and silent until then", async () => {
  await withLive({}, async (gemini, server) => {
    await gemini.warm(never());
    await until(() => server.sockets[0]?.messages.length === 1);
    await recognise(gemini, heldAt(say("balance")));
    await recognise(gemini, heldAt(say("order")));
    await until(() => server.sockets[2]?.messages.length === 1);
    assert.equal(server.sockets.length, 3);
    assert.deepEqual(server.sockets.map((peer) => peer.heard.length > 0), [true, true, false]);
    assert.ok(server.sockets[2].open, "the next connection waits");
  });
});

Deno.test("a waiting connection is given up before the service's ten minutes are over", async () => {
  const clock = new FakeClock();
  await withLive({}, async (gemini, server) => {
    await gemini.warm(never());
    await until(() => server.sockets[0]?.messages.length === 1);
    await clock.advance(9 * 60_000);
    await server.sockets[0].closed;
  }, { clock });
});

Deno.test("a connection that ends in the middle of a turn costs no word", async () => {
  for (const goAway of [true, false]) {
    const reached = Promise.withResolvers<void>();
    let heardFirst = 0;
    await withLive({
      live: {
        intercept(peer, message) {
          if (!message.realtimeInput?.audio || heardFirst > 20_000) return false;
          heardFirst += 320;
          if (heardFirst === 16_000) {
            if (goAway) peer.send({ goAway: { timeLeft: "5s" } });
            else peer.close(1011, "deadline expired");
            reached.resolve();
          }
          return false;
        },
      },
    }, async (gemini, server) => {
      const audio = heldAt(sentence, 16_000, async () => {
        await reached.promise;
        await until(() => server.sockets.length > 2 || !server.sockets[0].open);
      });
      const { final } = await recognise(gemini, audio);
      assert.equal(final.text, "balance order outage");
      assert.equal(unaryCount(server), 0);
      const complete = server.sockets.find((peer) => peer.heard.length === sentence.length);
      assert.ok(complete, "one connection hears the whole utterance");
      assert.deepEqual(complete.heard, sentence);
    });
  }
});

const lost: [string, GeminiScript["live"]][] = [
  ["refuses the upgrade", { refuse: () => new Response("no", { status: 500 }) }],
  [
    "is never ready",
    { intercept: (_peer, message) => message.setup !== undefined },
  ],
  [
    "closes at the end of the audio",
    {
      intercept(peer, message) {
        if (!message.realtimeInput?.activityEnd) return false;
        peer.close(1011, "internal error");
        return true;
      },
    },
  ],
  [
    "says nothing after the end of the audio",
    { intercept: (_peer, message) => message.realtimeInput?.activityEnd !== undefined },
  ],
  [
    "sends what is not JSON",
    {
      intercept(peer, message) {
        if (!message.realtimeInput?.activityEnd) return false;
        peer.socket.send("{oops");
        return true;
      },
    },
  ],
  [
    "ends with words unsettled",
    {
      intercept(peer, message) {
        if (!message.realtimeInput?.activityEnd) return false;
        peer.send({ serverContent: { interimInputTranscription: { text: "bal" } } });
        peer.send({ serverContent: { generationComplete: true } });
        return true;
      },
    },
  ],
];

for (const [name, live] of lost) {
  Deno.test(`when the socket ${name}, one request hears the same turn`, async () => {
    await withLive({ live }, async (gemini, server) => {
      const startMs = performance.now();
      const { final } = await recognise(gemini, heldAt(sentence));
      assert.equal(final.text, "balance order outage");
      assert.equal(final.usage?.model, "gemini-3.5-transcribe");
      assert.equal(unaryCount(server), 1);
      assert.ok(performance.now() - startMs < 1500);
    });
  });
}

Deno.test("languages that the live model doesn't know are left out from then on, and its socket is used", async () => {
  let refused = 0;
  await withLive({
    live: {
      intercept(peer, { setup }) {
        const config = setup?.inputAudioTranscription as { languageCodes?: string[] } | undefined;
        if (!config?.languageCodes?.length) return false;
        refused++;
        peer.close(1007, "Unsupported language code: sw-KE");
        return true;
      },
    },
  }, async (gemini, server) => {
    for (let turn = 0; turn < 2; turn++) {
      assert.equal((await recognise(gemini, heldAt(sentence))).final.text, "balance order outage");
    }
    assert.equal(unaryCount(server), 0);
    assert.equal(refused, 1);
  });
});

Deno.test("after three turns without a socket none is tried for a while", async () => {
  let refused = 0;
  const refuse = () => {
    refused++;
    return new Response("no", { status: 500 });
  };
  await withLive({ live: { refuse } }, async (gemini, server) => {
    for (let turn = 0; turn < 3; turn++) await recognise(gemini, heldAt(say("order")));
    const refusedBefore = refused;
    assert.ok(refusedBefore >= 3);
    await recognise(gemini, heldAt(say("order")));
    assert.equal(refused, refusedBefore);
    assert.equal(unaryCount(server), 4);
  });
});

Deno.test("words that come without a sign of the end are taken after a pause", async () => {
  await withLive({
    live: {
      intercept(peer, message) {
        if (!message.realtimeInput?.activityEnd) return false;
        peer.send({ serverContent: { inputTranscription: { text: "balance" } } });
        peer.send({ serverContent: { inputTranscription: { text: "order." } } });
        return true;
      },
    },
  }, async (gemini, server) => {
    const { final } = await recognise(gemini, heldAt(say("balance", "order")));
    assert.equal(final.text, "balance order.");
    assert.equal(unaryCount(server), 0);
  });
});

Deno.test("sounds without words end with the service's echo, and cost no second request", async () => {
  await withLive({}, async (gemini, server) => {
    const { final } = await recognise(gemini, heldAt(tone(2000, 800)));
    assert.equal(final.text, "");
    assert.equal(unaryCount(server), 0);
  });
});

Deno.test("an abort while the socket opens closes it", async () => {
  await withLive({ live: { intercept: (_peer, message) => message.setup !== undefined } }, async (
    gemini,
    server,
  ) => {
    const controller = new AbortController();
    const reason = new Error("hung up");
    const run = (async () => {
      for await (const _ of gemini.stt(heldAt(sentence), sttOptions, controller.signal));
    })();
    const rejected = assert.rejects(run, (error) => error === reason);
    await until(() => server.sockets[0]?.messages.length === 1);
    controller.abort(reason);
    await rejected;
    await server.sockets[0].closed;
  });
});

Deno.test("no error of the Live API tells the key", async () => {
  await withLive({
    live: { refuse: () => new Response("no", { status: 500 }) },
    answer: (exchange, requests) =>
      requests.json(exchange, problem(400, "INVALID_ARGUMENT", "?key=secret-key"), 400),
  }, async (gemini) => {
    await assert.rejects(recognise(gemini, heldAt(sentence)), (error) => {
      assert.ok(error instanceof EngineError);
      assert.doesNotMatch(`${error.message} ${error.stack} ${error.cause}`, /secret-key/);
      return true;
    });
  });
});
