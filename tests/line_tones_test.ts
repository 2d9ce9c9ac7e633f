import assert from "node:assert/strict";
import { concatSamples } from "../lib/audio/pcm.ts";
import { Utterances } from "../lib/hearing/utterances.ts";
import { VoiceActivity } from "../lib/hearing/voice_activity.ts";
import { silence, sine, spoken, throughMuLaw, turnsAlone } from "./phone_sounds.ts";
import { frames, mix, noise } from "./synthetic_speech.ts";

const KEYS: Record<string, [number, number]> = {
  "1": [697, 1209],
  "5": [770, 1336],
  "8": [852, 1336],
  "9": [852, 1477],
  "0": [941, 1336],
  "#": [941, 1477],
};

/** Presses each key for `onMs`, with `offMs` between. */
function keys(digits: string, onMs: number, offMs: number): Int16Array {
  return concatSamples([...digits].flatMap((digit) => {
    const [low, high] = KEYS[digit].map((hz) => sine(onMs, hz, -20));
    return [mix(low, high), silence(offMs)];
  }));
}

/** A tone that is on and off in turns, as telephone exchanges make them. */
function cadence(hz: number, onMs: number, offMs: number, times: number): Int16Array {
  return concatSamples(
    Array.from({ length: times }, () => [sine(onMs, hz, -18), silence(offMs)]).flat(),
  );
}

const tones: Record<string, Int16Array> = {
  "keys pressed in haste": keys("0518890#", 80, 80),
  "keys pressed slowly": keys("1590#", 250, 300),
  "a key held down": keys("5", 1500, 0),
  "a busy tone": cadence(425, 500, 500, 6),
  "a congestion tone": cadence(425, 200, 200, 10),
  "a ring-back tone": cadence(425, 1000, 2000, 2),
  "a beep": sine(400, 1400, -15),
};

/** Onsets in a sound over a quiet line, after two seconds of the line alone. */
function onsetsIn(sound: Int16Array): number[] {
  const ms = sound.length / 16 + 3000;
  const line = mix(noise(ms, -60), concatSamples([silence(2000), sound]));
  const activity = new VoiceActivity(), utterances = new Utterances();
  const onsets: number[] = [];
  for (const frame of frames(throughMuLaw(line))) {
    const event = utterances.push(frame, activity.push(frame));
    if (event?.type === "onset") onsets.push(event.startMs);
  }
  return onsets;
}

for (const [name, tone] of Object.entries(tones)) {
  Deno.test(`${name} begins no utterance`, () => assert.deepEqual(onsetsIn(tone), []));
}

Deno.test("a caller who speaks right after pressing keys is heard at once", () => {
  const { samples, turns } = turnsAlone(spoken("hum-wideband", 300, 12000));
  const typed = keys("0518890#", 80, 80);
  const spokenFromMs = 2000 + typed.length / 16 + turns[0].start;
  const [first] = onsetsIn(concatSamples([typed, samples]));
  assert.ok(Math.abs(first - spokenFromMs) <= 250, `${first} ms, not ${spokenFromMs} ms`);
});
