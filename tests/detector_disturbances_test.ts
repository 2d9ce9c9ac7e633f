import assert from "node:assert/strict";
import { concatSamples } from "../lib/audio/pcm.ts";
import { Utterances } from "../lib/hearing/utterances.ts";
import { VoiceActivity } from "../lib/hearing/voice_activity.ts";
import {
  clicks,
  silence,
  sound,
  type Span,
  spoken,
  throughMuLaw,
  tune,
  turnsAlone,
  withGain,
} from "./phone_sounds.ts";
import { frames, mix, noise, seeded } from "./synthetic_speech.ts";

/** After this long a disturbance, or its beginning when it stays, must be over for the detector. */
const RECOVERY_MS = 2000;

const voice = turnsAlone(spoken("hum-wideband", 300, 12000));
const quietLine = (ms: number) => noise(ms, -62);

/** Whether an utterance is open after each frame, and those that were taken for speech. */
function listen(samples: Int16Array) {
  const activity = new VoiceActivity(), utterances = new Utterances();
  const openFrames: boolean[] = [], speech: Span[] = [];
  for (const frame of frames(samples)) {
    const event = utterances.push(frame, activity.push(frame));
    openFrames.push(utterances.inUtterance);
    if (event?.type === "end" && event.speechLike) {
      speech.push({ start: event.startMs, end: event.endMs });
    }
  }
  return { openFrames, speech };
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
        const { openFrames, speech } = listen(samples);
        assert.ok(openAfter(openFrames, lastEndMs) <= RECOVERY_MS, `at ${gainDb} dB`);
        assert.ok(Math.abs(speech.at(-1)!.end - lastEndMs) < 400, `at ${gainDb} dB`);
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

/** Chords and a melody in quick plucked notes, with a drum on the beat. */
function band(ms: number, levelDbfs: number): Int16Array {
  const random = seeded(5), scale = [0, 2, 4, 5, 7, 9, 11, 12, 14, 16];
  const mixed = new Float64Array(ms * 16);
  const play = (atMs: number, lengthMs: number, at: (seconds: number) => number) => {
    const until = Math.min(mixed.length, (atMs + lengthMs) * 16);
    for (let i = Math.round(atMs * 16); i < until; i++) mixed[i] += at(i / 16000 - atMs / 1000);
  };
  const pluck = (atMs: number, semitones: number) => {
    const hz = 130 * 2 ** (semitones / 12);
    play(atMs, 600, (t) => {
      let sum = 0;
      for (let k = 1; k < 6; k++) sum += Math.sin(2 * Math.PI * hz * k * t) / k;
      return sum * Math.exp(-4 * t) * Math.min(1, t * 100);
    });
  };
  for (let beat = 0; beat * 320 < ms; beat++) {
    const root = [0, 3, 4, 5][beat >> 3 & 3];
    if (beat % 2 === 0) { for (const step of [0, 2, 4]) pluck(beat * 320, scale[root + step]); }
    if (random() < 0.7) pluck(beat * 320, scale[Math.floor(random() * 10)] + 12);
    if (beat % 2 === 0) play(beat * 320, 120, (t) => 4 * (random() - 0.5) * Math.exp(-33 * t));
  }
  const energy = mixed.reduce((sum, x) => sum + x * x, 0) / mixed.length;
  const gain = 10 ** (levelDbfs / 20) * 32768 / Math.sqrt(energy);
  return Int16Array.from(mixed, (x) => Math.max(-32768, Math.min(32767, Math.round(x * gain))));
}

for (const [name, music] of Object.entries({ "a tune": tune, "a band": band })) {
  Deno.test(`${name} that waits with the caller holds nothing open for 2 s, soft or loud`, () => {
    for (const levelDbfs of [-50, -40, -30, -20]) {
      const samples = concatSamples([silence(2000), music(18_000, levelDbfs)]);
      const { openFrames, speech } = listen(mix(samples, quietLine(20_000)));
      let openMs = 0;
      for (const open of openFrames) {
        openMs = open ? openMs + 20 : 0;
        assert.ok(openMs <= RECOVERY_MS, `${levelDbfs} dB: open for 2 s`);
      }
      assert.ok(speech.length <= 1, `${levelDbfs} dB: ${speech.length} turns`);
    }
  });

  Deno.test(`a caller is heard over ${name} that has long played, 20 dB softer`, () => {
    const fromMs = 8000, lengthMs = 22_000;
    const call = concatSamples([silence(fromMs), voice.samples, silence(lengthMs)]);
    const { speech } = listen(mix(mix(music(lengthMs, -40), call), quietLine(lengthMs)));
    for (const { start, end } of voice.turns.filter((turn) => turn.end - turn.start > 1000)) {
      const found = speech.some((one) =>
        Math.abs(one.start - fromMs - start) <= 400 && Math.abs(one.end - fromMs - end) <= 400
      );
      assert.ok(
        found,
        `${start + fromMs}–${end + fromMs} was not heard: ${JSON.stringify(speech)}`,
      );
    }
  });
}
