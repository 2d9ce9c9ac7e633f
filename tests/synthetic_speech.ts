import { FRAME_SAMPLES, SAMPLE_RATE_HZ } from "../lib/audio/pcm.ts";

/** A seeded random source, so that a test hears the same noise every time. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface SpeechShape {
  levelDbfs?: number;
  pitchHz?: number;
  syllablesPerSecond?: number;
}

/**
 * Makes a sound shaped like speech: a gliding voice through three formants, in syllables that begin
 * with a hiss, as consonants do. Not words, but what a detector must take for a person talking.
 */
export function syntheticSpeech(ms: number, shape: SpeechShape = {}): Int16Array {
  const { levelDbfs = -20, pitchHz = 130, syllablesPerSecond = 4.5 } = shape;
  const count = Math.round(ms * SAMPLE_RATE_HZ / 1000);
  const out = new Float64Array(count);
  const formants = [[650, 80], [1400, 120], [2500, 180]] as const;
  const state = formants.map(() => [0, 0]);
  const random = seeded(7);
  let phase = 0;
  let lastHiss = 0;
  for (let i = 0; i < count; i++) {
    const t = i / SAMPLE_RATE_HZ;
    const pitch = pitchHz * (1 + 0.15 * Math.sin(2 * Math.PI * 0.7 * t));
    phase += pitch / SAMPLE_RATE_HZ;
    let pulse = 0;
    if (phase >= 1) {
      phase -= 1;
      pulse = 1;
    }
    const vowel = 1 + 0.25 * Math.sin(2 * Math.PI * syllablesPerSecond / 2 * t);
    let sum = 0;
    formants.forEach(([hz, width], f) => {
      const r = Math.exp(-Math.PI * width / SAMPLE_RATE_HZ);
      const c = 2 * r * Math.cos(2 * Math.PI * hz * vowel / SAMPLE_RATE_HZ);
      const y = pulse + c * state[f][0] - r * r * state[f][1];
      state[f][1] = state[f][0];
      state[f][0] = y;
      sum += y / (f + 1);
    });
    const beat = syllablesPerSecond * t;
    const syllable = 0.5 - 0.5 * Math.cos(2 * Math.PI * beat);
    const hiss = random() - 0.5;
    const isConsonant = beat % 1 < 0.25;
    out[i] = isConsonant ? (hiss - lastHiss) * 1.2 : sum * (0.12 + 0.88 * syllable);
    lastHiss = hiss;
  }
  let energy = 0;
  for (const y of out) energy += y * y;
  const gain = 10 ** (levelDbfs / 20) * 32768 / Math.sqrt(energy / Math.max(1, count));
  return Int16Array.from(out, (y) => Math.max(-32768, Math.min(32767, Math.round(y * gain))));
}

/** White noise at a level. */
export function noise(ms: number, levelDbfs: number, seed = 1): Int16Array {
  const random = seeded(seed);
  const amplitude = 10 ** (levelDbfs / 20) * 32768 * Math.sqrt(3);
  return Int16Array.from(
    { length: Math.round(ms * SAMPLE_RATE_HZ / 1000) },
    () => Math.round((random() * 2 - 1) * amplitude),
  );
}

/** Adds `b` to `a` sample by sample, within the range of 16 bits. */
export function mix(a: Int16Array, b: Int16Array): Int16Array {
  return a.map((x, i) => Math.max(-32768, Math.min(32767, x + (b[i] ?? 0))));
}

/** Frames of 320 samples; an unfinished last one is filled with silence. */
export function frames(samples: Int16Array): Int16Array[] {
  const result: Int16Array[] = [];
  for (let at = 0; at < samples.length; at += FRAME_SAMPLES) {
    const frame = new Int16Array(FRAME_SAMPLES);
    frame.set(samples.subarray(at, at + FRAME_SAMPLES));
    result.push(frame);
  }
  return result;
}
