import assert from "node:assert/strict";
import { EngineError } from "../lib/contracts/engine_error.ts";
import type { Tts } from "../lib/contracts/tts.ts";
import { createCachedTts } from "../lib/engines/cached_speech.ts";
import { type Choices, Ladder } from "../lib/engines/ladder.ts";
import { never, Rig } from "./fallback_rig.ts";
import { tone } from "./tone_speech.ts";

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
