import assert from "node:assert/strict";
import { parseAgent } from "../lib/agent_file.ts";
import { EngineError } from "../lib/contracts/engine_error.ts";
import type { Tts } from "../lib/contracts/tts.ts";
import { createCachedTts } from "../lib/engines/cached_speech.ts";
import { type Choices, Ladder } from "../lib/engines/ladder.ts";
import { fixedTexts } from "../lib/speaking/fixed_texts.ts";
import { systemClock } from "../lib/clock.ts";
import { readSettings } from "../lib/settings.ts";
import { start } from "../main.ts";
import { placeCall } from "./engine_call.ts";
import { startOpenAiServer } from "./openai_server.ts";
import { CallWorld } from "./call_world.ts";
import { never, Rig } from "./fallback_rig.ts";
import { syntheticSpeech } from "./synthetic_speech.ts";
import { tone } from "./tone_speech.ts";

const AGENT = `name: A
company: B
languages: [en]
greeting: { en: "Hello, how can I help you today?" }
hand_over: { number: "+254700000100" }
`;
const SORRY = "Sorry, I have a problem on my side just now.";
const sound = tone(300, 200);

Deno.test("when every voice is down, what was spoken before is still said, and nothing else", async () => {
  const directory = await Deno.makeTempDir();
  const rig = new Rig();
  let works = true, asked = 0;
  const vendor: Tts = async function* () {
    asked++;
    if (!works) throw new EngineError("vendor", "unavailable", "no voice");
    yield sound;
  };
  const cached = createCachedTts(vendor, { directory, voiceKey: "vendor" });
  await cached.warm([{ text: SORRY, language: "en" }], never());
  // deno-lint-ignore require-yield -- it never gets so far
  const dumb: Tts = async function* () {
    throw new EngineError("embedded", "empty", "no voice either");
  };
  const choices = {
    providers: () => [
      {
        name: "vendor",
        run: cached.tts,
        isKept: (text: string, { language }: { language: string }) => cached.has(text, language),
      },
      { name: "embedded", run: dumb },
    ],
  } as unknown as Choices;
  const { tts } = new Ladder(choices, rig.clock).forCall(rig.watch);
  const say = (text: string) => rig.finish(Array.fromAsync(tts(text, { language: "en" }, never())));
  works = false;
  try {
    for (let i = 0; i < 4; i++) await assert.rejects(say("Your balance is low."), EngineError);
    const before = asked;
    for (let i = 0; i < 3; i++) assert.deepEqual(await say(SORRY), [sound]);
    assert.equal(asked, before, "a provider that rests is not asked for what is kept");
    await assert.rejects(say("Your balance is low."), EngineError);
    assert.ok(rig.notes.includes("tts vendor → kept speech"), `${rig.notes}`);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("a greeting that is kept is heard within 200 ms of the socket, however slow its voice is", async () => {
  const directory = await Deno.makeTempDir();
  let isSlow = false;
  const vendor: Tts = async function* (text, _, signal) {
    if (isSlow) await call.clock.until(call.clock.now() + 1200, signal);
    yield syntheticSpeech(text.length * 60, { pitchHz: 210, levelDbfs: -18 });
  };
  const cached = createCachedTts(vendor, { directory, voiceKey: "vendor" });
  const greeting = fixedTexts(parseAgent(AGENT)).slice(0, 1);
  await cached.warm(greeting, never());
  isSlow = true;
  const call = new CallWorld({ agentYaml: AGENT, tts: cached.tts });
  try {
    await call.wait(500);
    assert.deepEqual(call.said, [greeting[0].text]);
    assert.ok(call.all("agent_sentence")[0].atMs <= 200, call.log());
    assert.ok(
      call.heard.findIndex((frame) => frame.some((one) => Math.abs(one) > 100)) * 20 <= 200,
    );
    call.call.lost("the test is over");
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("over real sockets, a greeting is heard within 200 ms although its voice takes 1.2 s by now", async () => {
  const directory = await Deno.makeTempDir();
  let isSlow = false;
  const server = startOpenAiServer({
    async answer(exchange) {
      if (isSlow && exchange.path.endsWith("/speech")) {
        await systemClock.until(systemClock.now() + 1200);
      }
      return undefined as never;
    },
  });
  const bridge = await start(
    readSettings({
      ...{ PORT: "0", DATA_DIR: directory, STT: "embedded", LLM: "embedded", TTS: "openai" },
      OPENAI_BASE_URL: server.baseUrl,
    }),
    { hostname: "127.0.0.1" },
  );
  try {
    await bridge.ready();
    const ring = () =>
      placeCall({
        env: { DATA_DIR: directory },
        args: ["--url", bridge.url, "--say", "[hang up]"],
      });
    await ring();
    isSlow = true;
    const { events, screen } = await ring();
    const first = events.find(({ type }) => type === "agent_sentence");
    assert.ok(first && first.atMs <= 200, screen);
  } finally {
    await bridge.close();
    await server.close();
    await Deno.remove(directory, { recursive: true });
  }
});
