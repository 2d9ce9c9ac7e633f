import { SAMPLE_RATE_HZ } from "../lib/audio/pcm.ts";

/**
 * Stands for speech where a fake server listens: each word is a tone, so that the server can tell
 * from the samples alone which word was said, and would notice missing or mixed audio.
 */
const wordsByToneHz: [number, string][] = [
  [300, "balance"],
  [600, "outage"],
  [900, "order"],
  [1200, "person"],
];

/** Samples of a tone at half scale, fading in and out. */
export function tone(hz: number, durationMs: number, rateHz = SAMPLE_RATE_HZ): Int16Array {
  const samples = new Int16Array(Math.round(rateHz * durationMs / 1000));
  const fade = rateHz / 100;
  for (let i = 0; i < samples.length; i++) {
    const gain = Math.min(1, i / fade, (samples.length - i) / fade);
    samples[i] = Math.round(16000 * gain * Math.sin(2 * Math.PI * hz * i / rateHz));
  }
  return samples;
}

/** Says words, each for 400 ms with 100 ms between them. */
export function say(...words: string[]): Int16Array {
  const step = SAMPLE_RATE_HZ / 2;
  const samples = new Int16Array(words.length * step);
  words.forEach((word, i) => {
    const hz = wordsByToneHz.find((entry) => entry[1] === word)![0];
    samples.set(tone(hz, 400), i * step);
  });
  return samples;
}

/** Hears what {@linkcode say} said: one word for each stretch of one tone. */
export function hear(samples: Int16Array, rateHz = SAMPLE_RATE_HZ): string {
  const windowSamples = rateHz / 20;
  const words: string[] = [];
  let before: string | undefined;
  for (let at = 0; at + windowSamples <= samples.length; at += windowSamples) {
    const word = wordIn(samples.subarray(at, at + windowSamples), rateHz);
    if (word && word !== before) words.push(word);
    before = word;
  }
  return words.join(" ");
}

function wordIn(window: Int16Array, rateHz: number): string | undefined {
  const hz = pitchOf(window, rateHz);
  return wordsByToneHz.find((entry) => Math.abs(entry[0] - hz) < 60)?.[1];
}

/** Pitch by counting upward crossings; 0 where there is hardly any sound. */
export function pitchOf(samples: Int16Array, rateHz: number): number {
  let crossings = 0, peak = 0;
  for (let i = 1; i < samples.length; i++) {
    if (samples[i - 1] < 0 && samples[i] >= 0) crossings++;
    peak = Math.max(peak, Math.abs(samples[i]));
  }
  return peak < 1000 ? 0 : crossings * rateHz / samples.length;
}

/** Milliseconds that the fake voice takes for one letter. */
const LETTER_MS = 60;
const made = new Map<string, Int16Array>();

/** What the fake voice says for a text, as samples at 24 kHz; made once for each text. */
export function voice(text: string): Int16Array {
  const samples = made.get(text) ?? tone(220, text.length * LETTER_MS, 24_000);
  made.set(text, samples);
  return samples;
}
