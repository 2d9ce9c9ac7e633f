import assert from "node:assert/strict";
import { concatSamples } from "../lib/audio/pcm.ts";
import { EngineError } from "../lib/contracts/engine_error.ts";
import type { Tts } from "../lib/contracts/tts.ts";
import { createCachedTts } from "../lib/engines/cached_speech.ts";
import { FakeClock } from "./fake_clock.ts";
import { testTtsContract } from "./contracts/tts_contract.ts";

const GREETING = "Hello, this is Acme support. How can I help you today?";
const FILLER = "One moment please.";

/** A voice that hums, 50 ms a character, louder for longer texts, and counts what it is asked. */
function hummingVoice() {
  const asked: string[] = [];
  const tts: Tts = async function* (text, _, signal) {
    signal.throwIfAborted();
    if (!/[a-z]/i.test(text)) return;
    asked.push(text);
    const samples = Int16Array.from(
      { length: text.length * 800 },
      (_, i) => Math.round(3000 * Math.sin(i * (0.1 + text.length / 1000))),
    );
    for (let at = 0; at < samples.length; at += 4000) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      signal.throwIfAborted();
      yield samples.slice(at, at + 4000);
    }
  };
  return { tts, asked };
}

async function inFolder(run: (directory: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    await run(`${root}/speech`);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const signal = new AbortController().signal;
const english = (text: string) => ({ text, language: "en" });
const fileNames = (directory: string) =>
  Array.from(Deno.readDirSync(directory), ({ name }) => name);

async function say(tts: Tts, text: string, language = "en", style?: string) {
  const chunks: Int16Array[] = [];
  for await (const chunk of tts(text, { language, style }, signal)) chunks.push(chunk);
  return concatSamples(chunks);
}

for (const warmed of [true, false]) {
  testTtsContract(`the speech store with prompts ${warmed ? "kept" : "not kept"}`, async () => {
    const directory = await Deno.makeTempDir();
    const cached = createCachedTts(hummingVoice().tts, { directory, voiceKey: "hum" });
    if (warmed) await cached.warm([english(GREETING), english(FILLER)], signal);
    const failing: Tts = async function* () {
      await Promise.resolve();
      yield* [];
      throw new EngineError("hum", "quota", "no more");
    };
    const broken = createCachedTts(failing, { directory, voiceKey: "broken" });
    return {
      tts: cached.tts,
      language: "en",
      sentences: [GREETING, FILLER],
      deterministic: true,
      streams: false,
      failing: [{ name: "a voice that is out of quota", tts: broken.tts, fault: "quota" }],
      close: () => Deno.remove(directory, { recursive: true }),
    };
  });
}

Deno.test("a prompt is made once and heard from the store by later calls and starts", async () => {
  await inFolder(async (directory) => {
    const voice = hummingVoice();
    const first = createCachedTts(voice.tts, { directory, voiceKey: "hum" });
    assert.equal(first.has(GREETING, "en"), false);
    const texts = [english(GREETING), english(FILLER)];
    assert.deepEqual(await first.warm(texts, signal), { made: 2, kept: 0, failed: 0 });
    assert.equal(first.has(GREETING, "en"), true);
    const spoken = await say(voice.tts, GREETING);
    voice.asked.length = 0;
    assert.deepEqual(await say(first.tts, GREETING), spoken);
    const second = createCachedTts(voice.tts, { directory, voiceKey: "hum" });
    assert.deepEqual(await second.warm(texts, signal), { made: 0, kept: 2, failed: 0 });
    assert.deepEqual(await say(second.tts, GREETING), spoken);
    assert.deepEqual(voice.asked, []);
  });
});

Deno.test("a prompt in memory is spoken without the disk", async () => {
  await inFolder(async (directory) => {
    const voice = hummingVoice();
    const cached = createCachedTts(voice.tts, { directory, voiceKey: "hum" });
    await cached.warm([english(GREETING)], signal);
    await Deno.remove(directory, { recursive: true });
    voice.asked.length = 0;
    assert.ok((await say(cached.tts, GREETING)).length > 0);
    assert.deepEqual(voice.asked, []);
  });
});

Deno.test("what is said to one caller never reaches the disk or the memory", async () => {
  await inFolder(async (directory) => {
    const voice = hummingVoice();
    const cached = createCachedTts(voice.tts, { directory, voiceKey: "hum" });
    await cached.warm([english(FILLER)], signal);
    const personal = "Jane, your balance is four thousand shillings.";
    await say(cached.tts, personal);
    await say(cached.tts, personal);
    assert.equal(cached.has(personal, "en"), false);
    assert.equal(fileNames(directory).length, 1);
    assert.equal(voice.asked.filter((text) => text === personal).length, 2);
  });
});

Deno.test("voice, language and style each have audio of their own", async () => {
  await inFolder(async (directory) => {
    const voice = hummingVoice();
    const cached = createCachedTts(voice.tts, { directory, voiceKey: "a" });
    await cached.warm([english(FILLER)], signal);
    assert.equal(cached.has(FILLER, "sw"), false);
    assert.equal(cached.has(FILLER, "en", "warm"), false);
    const other = createCachedTts(voice.tts, { directory, voiceKey: "b" });
    assert.deepEqual(await other.warm([english(FILLER)], signal), { made: 1, kept: 0, failed: 0 });
    assert.equal(fileNames(directory).length, 2);
  });
});

for (
  const [damage, harm] of [
    ["cut short", (bytes: Uint8Array) => bytes.subarray(0, bytes.length / 2 & ~1)],
    ["changed", (bytes: Uint8Array) => bytes.with(bytes.length - 5, bytes[bytes.length - 5] ^ 1)],
    ["empty", () => new Uint8Array(0)],
  ] as const
) {
  Deno.test(`a file that was ${damage} is made again when it is wanted`, async () => {
    await inFolder(async (directory) => {
      const voice = hummingVoice();
      const options = { directory, voiceKey: "hum" };
      await createCachedTts(voice.tts, options).warm([english(GREETING)], signal);
      const path = `${directory}/${fileNames(directory)[0]}`;
      const whole = await Deno.readFile(path);
      await Deno.writeFile(path, harm(whole) as Uint8Array);
      const again = createCachedTts(voice.tts, options);
      await again.warm([english(GREETING)], signal);
      assert.deepEqual(await say(again.tts, GREETING), await say(voice.tts, GREETING));
      assert.deepEqual(await Deno.readFile(path), whole);
    });
  });
}

Deno.test("a store that can't be written warns and goes on from memory", async () => {
  await inFolder(async (directory) => {
    await Deno.writeTextFile(directory, "a file where the folder should be");
    const warnings: string[] = [];
    const voice = hummingVoice();
    const cached = createCachedTts(voice.tts, {
      directory,
      voiceKey: "hum",
      warn: (message) => warnings.push(message),
    });
    const count = await cached.warm([english(GREETING)], signal);
    assert.deepEqual(count, { made: 1, kept: 0, failed: 0 });
    assert.ok(warnings.includes("Cannot keep a prompt on disk"), String(warnings));
    assert.ok(cached.has(GREETING, "en"));
    voice.asked.length = 0;
    await say(cached.tts, GREETING);
    assert.deepEqual(voice.asked, []);
  });
});

Deno.test("a prompt that can't be made counts as failed and is tried again when it is needed", async () => {
  await inFolder(async (directory) => {
    const voice = hummingVoice();
    let down = true;
    const tts: Tts = (text, how, signal) => {
      if (down) throw new EngineError("hum", "unavailable", "down");
      return voice.tts(text, how, signal);
    };
    const cached = createCachedTts(tts, { directory, voiceKey: "hum" });
    const texts = [english(GREETING), english(FILLER)];
    assert.deepEqual(await cached.warm(texts, signal), { made: 0, kept: 0, failed: 2 });
    down = false;
    await say(cached.tts, GREETING);
    assert.ok(cached.has(GREETING, "en"));
    assert.deepEqual(await cached.warm(texts, signal), { made: 1, kept: 1, failed: 0 });
  });
});

Deno.test("a voice that can't make prompts is left alone, and one that is asked too often given time", async () => {
  await inFolder(async (directory) => {
    const clock = new FakeClock();
    const voice = hummingVoice();
    const texts = ["One.", "Two.", "Three.", "Four.", "Five."].map(english);
    const faults: ("unavailable" | "rate_limited")[] = [];
    let asked = 0;
    const tts: Tts = (text, how, signal) => {
      asked++;
      const fault = faults.shift();
      if (!fault) return voice.tts(text, how, signal);
      throw new EngineError("hum", fault, "no", { retryAfterMs: 30_000 });
    };
    const cached = createCachedTts(tts, { directory, voiceKey: "hum", clock });
    faults.push("unavailable", "unavailable", "unavailable");
    assert.deepEqual(await cached.warm(texts, signal), { made: 0, kept: 0, failed: 5 });
    assert.equal(asked, 3);

    faults.push("rate_limited");
    asked = 0;
    const count = cached.warm(texts, signal);
    while (clock.pending === 0 || asked === 0) await new Promise((r) => setTimeout(r, 1));
    await clock.advance(29_000);
    assert.equal(asked, 1);
    await clock.advance(2_000);
    assert.deepEqual(await count, { made: 4, kept: 0, failed: 1 });
  });
});

Deno.test("a prompt that gets stuck doesn't keep the others from being made", async () => {
  await inFolder(async (directory) => {
    const clock = new FakeClock();
    const voice = hummingVoice();
    const tts: Tts = async function* (text, how, signal) {
      if (text === GREETING) await new Promise(() => {});
      yield* voice.tts(text, how, signal);
    };
    const cached = createCachedTts(tts, { directory, voiceKey: "hum", clock });
    let count: unknown;
    const warming = cached.warm([english(GREETING), english(FILLER)], signal)
      .then((made) => count = made);
    for (let i = 0; i < 100 && !count; i++) {
      await clock.advance(1_000);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await warming;
    assert.deepEqual(count, { made: 1, kept: 0, failed: 1 });
  });
});

Deno.test("speech that was cut off is not kept", async () => {
  await inFolder(async (directory) => {
    let down = true;
    const voice = hummingVoice();
    const tts: Tts = async function* (text, how, signal) {
      for await (const chunk of voice.tts(text, how, signal)) {
        yield chunk;
        if (down) throw new EngineError("hum", "broken", "cut off");
      }
    };
    const cached = createCachedTts(tts, { directory, voiceKey: "hum" });
    const count = await cached.warm([english(GREETING)], signal);
    assert.deepEqual(count, { made: 0, kept: 0, failed: 1 });
    down = false;
    for await (const _ of cached.tts(GREETING, { language: "en" }, signal)) break;
    assert.equal(cached.has(GREETING, "en"), false);
    assert.deepEqual(await say(cached.tts, GREETING), await say(voice.tts, GREETING));
  });
});

Deno.test("memory stays within its bound, and what fell out comes back from disk", async () => {
  await inFolder(async (directory) => {
    const voice = hummingVoice();
    const texts = Array.from({ length: 6 }, (_, i) => english(`Prompt ${"abcdef"[i]} is ready.`));
    const oneBytes = texts[0].text.length * 1600;
    const cached = createCachedTts(voice.tts, {
      directory,
      voiceKey: "hum",
      maxMemoryBytes: 2.5 * oneBytes,
    });
    await cached.warm(texts, signal);
    voice.asked.length = 0;
    await Deno.remove(directory, { recursive: true });
    for (const { text } of texts.slice(4)) await say(cached.tts, text);
    assert.deepEqual(voice.asked, []);
    await say(cached.tts, texts[0].text);
    assert.deepEqual(voice.asked, [texts[0].text]);
  });
});

Deno.test("the folder stays within its bound: the oldest prompts of other voices go first", async () => {
  await inFolder(async (directory) => {
    const voice = hummingVoice();
    const old = createCachedTts(voice.tts, { directory, voiceKey: "old" });
    await old.warm([english(GREETING), english(FILLER)], signal);
    const before = new Set(fileNames(directory));
    const cached = createCachedTts(voice.tts, { directory, voiceKey: "new", maxBytes: 1 });
    await cached.warm([english(FILLER)], signal);
    const left = fileNames(directory);
    assert.equal(left.length, 1);
    assert.ok(!before.has(left[0]));
  });
});

Deno.test("warming stops when it is aborted", async () => {
  await inFolder(async (directory) => {
    const controller = new AbortController();
    const reason = new Error("shutting down");
    const voice = hummingVoice();
    const tts: Tts = (text, how, signal) => {
      controller.abort(reason);
      return voice.tts(text, how, signal);
    };
    const cached = createCachedTts(tts, { directory, voiceKey: "hum" });
    const warming = cached.warm([english(GREETING), english(FILLER)], controller.signal);
    await assert.rejects(warming, (error) => error === reason);
    assert.deepEqual(voice.asked, []);
  });
});
