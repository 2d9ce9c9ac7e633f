import { SAMPLE_RATE_HZ } from "../lib/audio/pcm.ts";
import { Resampler } from "../lib/audio/resample.ts";
import { readWav } from "../lib/audio/wav.ts";
import { seeded } from "./synthetic_speech.ts";

/** A stretch of sound in ms from its beginning. */
export interface Span {
  start: number;
  end: number;
}

/** Real speech with the turns that people hear in it. */
export interface Spoken {
  samples: Int16Array;
  turns: Span[];
}

const SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1000;
const FIXTURES = new URL("fixtures/vad/", import.meta.url);

/** Reads a labelled recording, or a part of it that begins and ends between turns. */
export function spoken(name: string, fromMs = 0, toMs = Infinity): Spoken {
  const { channels } = readWav(Deno.readFileSync(new URL(`${name}.wav`, FIXTURES)));
  const label: { turns: Span[] } = JSON.parse(
    Deno.readTextFileSync(new URL(`${name}.json`, FIXTURES)),
  );
  const turns = label.turns
    .filter(({ start, end }) => start >= fromMs && end <= toMs)
    .map(({ start, end }) => ({ start: start - fromMs, end: end - fromMs }));
  return { samples: channels[0].slice(fromMs * SAMPLES_PER_MS, toMs * SAMPLES_PER_MS), turns };
}

/** The turns of a recording alone, with silence in place of the line between them. */
export function turnsAlone({ samples, turns }: Spoken): Spoken {
  const edgeMs = 40;
  const alone = samples.map((x, i) => {
    const ms = i / SAMPLES_PER_MS;
    const outsideMs = Math.min(...turns.map(({ start, end }) => Math.max(start - ms, ms - end, 0)));
    return toSample(x * Math.max(0, 1 - outsideMs / edgeMs));
  });
  return { samples: alone, turns };
}

/** Sound computed sample by sample from the time in seconds; 1 is full scale. */
export function sound(ms: number, at: (seconds: number) => number): Int16Array {
  return Int16Array.from(
    { length: ms * SAMPLES_PER_MS },
    (_, i) => toSample(at(i / SAMPLE_RATE_HZ) * 32768),
  );
}

export function silence(ms: number): Int16Array {
  return new Int16Array(ms * SAMPLES_PER_MS);
}

export function sine(ms: number, hz: number, levelDbfs: number): Int16Array {
  const amplitude = Math.SQRT2 * ratio(levelDbfs);
  return sound(ms, (t) => amplitude * Math.sin(2 * Math.PI * hz * t));
}

/** Mains hum of 50 Hz with the harmonics that a rectifier adds. */
export function hum(ms: number, levelDbfs: number): Int16Array {
  const amplitude = Math.SQRT2 * ratio(levelDbfs);
  return sound(ms, (t) => {
    const phase = 2 * Math.PI * 50 * t;
    return amplitude *
      (Math.sin(phase) + 0.3 * Math.sin(2 * phase) + 0.2 * Math.sin(3 * phase));
  });
}

/** Clicks of 1 ms, each as loud as can be, at even distances. */
export function clicks(ms: number, everyMs: number): Int16Array {
  return sound(ms, (t) => {
    const sinceMs = t * 1000 % everyMs;
    return sinceMs < 1 ? 0.9 * (1 - sinceMs) * Math.cos(2 * Math.PI * 2 * sinceMs) : 0;
  });
}

/** A tune of chords, a chord every half second, as a waiting loop plays it. */
export function tune(ms: number, levelDbfs: number): Int16Array {
  const roots = [220, 261.6, 196, 246.9, 293.7, 220, 174.6, 196];
  const amplitude = Math.SQRT2 * ratio(levelDbfs) / 2;
  return sound(ms, (t) => {
    const root = roots[Math.floor(t / 0.5) % roots.length];
    const fade = Math.exp(-1.5 * (t % 0.5));
    return amplitude * fade * [1, 1.26, 1.5, 2].reduce(
      (sum, interval) => sum + Math.sin(2 * Math.PI * root * interval * t),
      0,
    );
  });
}

/** White noise whose level goes evenly from one to another. */
export function risingNoise(ms: number, fromDbfs: number, toDbfs: number): Int16Array {
  const random = seeded(5);
  return sound(ms, (t) => {
    const levelDb = fromDbfs + (toDbfs - fromDbfs) * t * 1000 / ms;
    return ratio(levelDb) * Math.sqrt(3) * (2 * random() - 1);
  });
}

export function withGain(samples: Int16Array, gainDb: number): Int16Array {
  return samples.map((x) => toSample(x * ratio(gainDb)));
}

export function withDc(samples: Int16Array, offset: number): Int16Array {
  return samples.map((x) => toSample(x + offset));
}

/** The other half of a phone line: 8 kHz, each sample one byte of G.711 µ-law. */
export function throughMuLaw(samples: Int16Array): Int16Array {
  return narrowband(samples, (narrow) => narrow.map(muLawAndBack));
}

/**
 * Speech as a poor codec leaves it: 8 kHz, every 5 ms eight steps from the lowest to the highest
 * sample, about as coarse as GSM's excitation.
 */
export function throughCoarseCodec(samples: Int16Array): Int16Array {
  return narrowband(samples, (narrow) => {
    const coarse = new Int16Array(narrow.length);
    for (let at = 0; at < narrow.length; at += 40) {
      const block = narrow.subarray(at, at + 40);
      const step = Math.max(1, block.reduce((most, x) => Math.max(most, Math.abs(x)), 0) / 3.5);
      block.forEach((x, i) => coarse[at + i] = toSample((Math.floor(x / step) + 0.5) * step));
    }
    return coarse;
  });
}

/** Replaces a share of the 20 ms packets, at random, by zeros. */
export function withLostPackets(samples: Int16Array, share: number): Int16Array {
  const random = seeded(11);
  const packet = 20 * SAMPLES_PER_MS;
  const left = samples.slice();
  for (let at = 0; at < left.length; at += packet) {
    if (random() < share) left.fill(0, at, at + packet);
  }
  return left;
}

function narrowband(samples: Int16Array, code: (narrow: Int16Array) => Int16Array): Int16Array {
  const down = new Resampler(SAMPLE_RATE_HZ, 8000), up = new Resampler(8000, SAMPLE_RATE_HZ);
  const narrow = Int16Array.from([...down.push(samples), ...down.flush()]);
  return Int16Array.from([...up.push(code(narrow)), ...up.flush()]).slice(0, samples.length);
}

function muLawAndBack(sample: number): number {
  const magnitude = Math.min(32635, Math.abs(sample)) + 132;
  const step = 2 ** (Math.floor(Math.log2(magnitude)) - 4);
  return Math.sign(sample) * ((Math.floor(magnitude / step) + 0.5) * step - 132);
}

function ratio(db: number): number {
  return 10 ** (db / 20);
}

function toSample(x: number): number {
  return Math.max(-32768, Math.min(32767, Math.round(x)));
}
