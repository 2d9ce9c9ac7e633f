import assert from "node:assert/strict";
import { Resampler } from "../lib/audio/resample.ts";
import { writeWav } from "../lib/audio/wav.ts";
import { findTurns } from "../lib/commands/turns.ts";
import { concatSamples } from "../lib/audio/pcm.ts";
import { mix, noise, syntheticSpeech } from "./synthetic_speech.ts";

/** Two turns, 2.0–3.5 s and 6.0–7.2 s, over a quiet line. */
function recording(): Int16Array {
  const silence = (ms: number) => new Int16Array(ms * 16);
  const speech = concatSamples([
    silence(2000),
    syntheticSpeech(1500),
    silence(2500),
    syntheticSpeech(1200),
    silence(2000),
  ]);
  return mix(speech, noise(speech.length / 16, -65));
}

function atRate(samples: Int16Array, rateHz: number): Int16Array {
  const resampler = new Resampler(16_000, rateHz);
  return concatSamples([resampler.push(samples), resampler.flush()]);
}

function isNear(turns: { startMs: number; endMs: number }[], spans: [number, number][]) {
  assert.equal(turns.length, spans.length, JSON.stringify(turns));
  turns.forEach(({ startMs, endMs }, i) => {
    assert.ok(Math.abs(startMs - spans[i][0]) <= 250, `${startMs} is not near ${spans[i][0]}`);
    assert.ok(Math.abs(endMs - spans[i][1]) <= 250, `${endMs} is not near ${spans[i][1]}`);
  });
}

for (const rateHz of [8_000, 16_000, 48_000]) {
  Deno.test(`turns are found in their places at ${rateHz} Hz`, () => {
    const turns = findTurns(atRate(recording(), rateHz), rateHz);
    isNear(turns, [[2000, 3500], [6000, 7200]]);
    for (const { endMs, decidedMs } of turns) {
      assert.ok(decidedMs - endMs >= 580 && decidedMs - endMs <= 620, `${decidedMs - endMs}`);
    }
  });
}

Deno.test("a turn that is open at the end of the file ends there", () => {
  const turns = findTurns(recording().subarray(0, 7_100 * 16), 16_000);
  isNear(turns, [[2000, 3500], [6000, 7100]]);
});

Deno.test("silence and steady noise have no turns", () => {
  assert.deepEqual(findTurns(new Int16Array(80_000), 16_000), []);
  assert.deepEqual(findTurns(noise(8000, -40), 16_000), []);
});

async function run(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "--allow-read", "lib/commands/turns.ts", ...args],
    env: { NO_COLOR: "1" },
    signal: AbortSignal.timeout(60_000),
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

Deno.test("the command reads the left channel, goes on after a bad file, and says so", async () => {
  const directory = await Deno.makeTempDir({ prefix: "pokea-turns-" });
  try {
    const path = `${directory}/call.wav`;
    const left = recording();
    await Deno.writeFile(path, writeWav([left, new Int16Array(left.length)], 16_000));
    const bad = `${directory}/bad.wav`;
    await Deno.writeTextFile(bad, "no audio");
    const { code, stdout, stderr } = await run(`${directory}/none.wav`, bad, path);
    assert.equal(code, 1);
    const lines = stdout.trim().split("\n").map((line) => JSON.parse(line));
    isNear(lines, [[2000, 3500], [6000, 7200]]);
    assert.ok(lines.every(({ file }) => file === path));
    assert.deepEqual(Object.keys(lines[0]), ["file", "startMs", "endMs", "decidedMs"]);
    assert.match(stderr, /1 of 3: .*none\.wav: there is no such file/);
    assert.match(stderr, /2 of 3: .*bad\.wav: .*must be a WAV file/);
    assert.match(stderr, /3 of 3: .*call\.wav: 2 turns/);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("the command without files, or with unknown options, is a usage error", async () => {
  assert.equal((await run()).code, 2);
  assert.equal((await run("--fast")).code, 2);
  assert.equal((await run("--help")).code, 0);
});
