import assert from "node:assert/strict";
import { concatSamples } from "../lib/audio/pcm.ts";
import { Utterances } from "../lib/hearing/utterances.ts";
import { VoiceActivity } from "../lib/hearing/voice_activity.ts";
import {
  clicks,
  silence,
  sound,
  spoken,
  throughMuLaw,
  turnsAlone,
  withGain,
} from "./phone_sounds.ts";
import { frames, mix, noise } from "./synthetic_speech.ts";

/** After this long a disturbance, or its beginning when it stays, must be over for the detector. */
const RECOVERY_MS = 2000;

const voice = turnsAlone(spoken("hum-wideband", 300, 12000));
const quietLine = (ms: number) => noise(ms, -62);

/** Whether an utterance is open after each frame, and the ends of those taken for speech. */
function listen(samples: Int16Array) {
  const activity = new VoiceActivity(), utterances = new Utterances();
  const openFrames: boolean[] = [], speechEndsMs: number[] = [];
  for (const frame of frames(samples)) {
    const event = utterances.push(frame, activity.push(frame));
    openFrames.push(utterances.inUtterance);
    if (event?.type === "end" && event.speechLike) speechEndsMs.push(event.endMs);
  }
  return { openFrames, speechEndsMs };
}

/** How long after a moment the last utterance was still open, in ms. */
function openAfter(openFrames: boolean[], ms: number): number {
  return Math.max(0, (openFrames.lastIndexOf(true) + 1) * 20 - ms);
}

for (const everyMs of [25, 50, 100, 330, 700]) {
  Deno.test(`clicks every ${everyMs} ms that begin while somebody speaks don't hold the turn open`, () => {
    const lengthMs = 30_000, fromMs = 8000;
    const lastEndMs = voice.turns.at(-1)!.end;
    const call = mix(concatSamples([voice.samples, silence(lengthMs)]), quietLine(lengthMs));
    const train = concatSamples([silence(fromMs), clicks(lengthMs - fromMs, everyMs)]);
    for (const gainDb of [0, -20]) {
      const heard = mix(call, withGain(train, gainDb)).subarray(0, lengthMs * 16);
      for (const samples of [heard, throughMuLaw(heard)]) {
        const { openFrames, speechEndsMs } = listen(samples);
        assert.ok(openAfter(openFrames, lastEndMs) <= RECOVERY_MS, `at ${gainDb} dB`);
        assert.ok(Math.abs(speechEndsMs.at(-1)! - lastEndMs) < 400, `at ${gainDb} dB`);
      }
    }
  });
}

/** Noise through a resonance, or past one pole, brought back to its level: a fan, rumble, a hiss. */
function coloured(ms: number, levelDbfs: number, colour: readonly [number, number]): Int16Array {
  const white = noise(ms, levelDbfs), [b1, b2] = colour;
  const shaped = new Float64Array(white.length);
  for (let i = 0; i < white.length; i++) {
    shaped[i] = white[i] + b1 * (shaped[i - 1] ?? 0) + b2 * (shaped[i - 2] ?? 0);
  }
  const energy = shaped.reduce((sum, x) => sum + x * x, 0);
  const gain = Math.sqrt(white.reduce((sum, x) => sum + x * x, 0) / energy);
  return Int16Array.from(shaped, (x) => Math.max(-32768, Math.min(32767, Math.round(x * gain))));
}

const colours = {
  "white noise": [0, 0],
  "rumble": [0.98, 0],
  "a fan at 500 Hz": [1.766, -0.81],
  "a hiss at 3 kHz": [0.689, -0.81],
} as const;

for (const [name, colour] of Object.entries(colours)) {
  Deno.test(`${name} that begins is no utterance any more 2 s later, however loud`, () => {
    for (const line of [quietLine, silence]) {
      for (const levelDbfs of [-50, -45, -40, -30, -20, -10]) {
        const begins = concatSamples([silence(3000), coloured(6000, levelDbfs, colour)]);
        const { openFrames } = listen(mix(begins, line(9000)));
        const openMs = openAfter(openFrames, 3000);
        assert.ok(openMs <= RECOVERY_MS, `${levelDbfs} dB: open for ${openMs} ms`);
      }
    }
  });
}

/** A vowel on one note, its level even, as callers make who think: eeeh. */
function heldVowel(ms: number): Int16Array {
  const formants = [[500, 1], [1500, 0.4], [2500, 0.2]] as const;
  return sound(ms, (t) => {
    let sum = 0;
    for (let harmonic = 1; harmonic * 125 < 3500; harmonic++) {
      const hz = harmonic * 125;
      const strength = formants.reduce((most, [at, gain]) => {
        return Math.max(most, gain / (1 + ((hz - at) / 100) ** 2));
      }, 0.02);
      sum += strength * Math.sin(2 * Math.PI * hz * t + harmonic * harmonic);
    }
    return 0.08 * sum;
  });
}

Deno.test("a vowel held for a second is no steady noise", () => {
  const heldMs = 1000, fromMs = 3000;
  const samples = concatSamples([silence(fromMs), heldVowel(heldMs), silence(2000)]);
  const { openFrames } = listen(mix(samples, quietLine(6000)));
  const closedMs = fromMs + openAfter(openFrames, fromMs);
  assert.ok(Math.abs(closedMs - fromMs - heldMs - 600) <= 100, `closed at ${closedMs} ms`);
});
