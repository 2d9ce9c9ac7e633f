import { SAMPLE_RATE_HZ } from "../audio/pcm.ts";

/** Gives numbers from 0 to 1, the same ones for the same seed (Mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ state >>> 15, state | 1);
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
    return ((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32;
  };
}

/** Makes white noise with a normal distribution at `rmsDbfs` below full scale. */
export function whiteNoise(length: number, rmsDbfs: number, random: () => number): Int16Array {
  const rms = 32768 * 10 ** (rmsDbfs / 20);
  const noise = new Int16Array(length);
  for (let i = 0; i < length; i++) {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const sample = rms * radius * Math.cos(2 * Math.PI * random());
    noise[i] = Math.max(-32768, Math.min(32767, Math.round(sample)));
  }
  return noise;
}

const COUGH_MS = 220;
const COUGH_DBFS = -16;

/** Makes a cough: a sharp burst of noise that dies away within 220 ms. */
export function cough(random: () => number): Int16Array {
  const burst = whiteNoise(COUGH_MS * SAMPLE_RATE_HZ / 1000, COUGH_DBFS, random);
  for (let i = 0; i < burst.length; i++) {
    const passed = i / burst.length;
    burst[i] *= Math.min(1, passed * 25) * (1 - passed) ** 2;
  }
  return burst;
}

/** Makes what a caller hears while another phone rings: 425 Hz, one second on and four off (E.180). */
export function ringingTone(lengthMs: number): Int16Array {
  const tone = new Int16Array(lengthMs * SAMPLE_RATE_HZ / 1000);
  for (let i = 0; i < tone.length; i++) {
    const on = i % (5 * SAMPLE_RATE_HZ) < SAMPLE_RATE_HZ;
    if (on) tone[i] = 2000 * Math.sin(2 * Math.PI * 425 * i / SAMPLE_RATE_HZ);
  }
  return tone;
}
