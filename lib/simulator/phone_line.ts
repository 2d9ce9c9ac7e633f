import { FRAME_SAMPLES, SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import { SPEECH_DBFS } from "./caller_lines.ts";
import { seededRandom, whiteNoise } from "./noises.ts";
import type { Party } from "./party.ts";
import { SampleQueue } from "./sample_queue.ts";

export interface PhoneLineOptions {
  /** Passes 300–3,400 Hz and codes as G.711 mu-law. @default false */
  telephone?: boolean;
  /** Noise this far below speech level; absent for none. */
  noiseDb?: number;
  /** Level at which the caller's phone gives back what it plays, such as −15; absent for none. */
  echoDb?: number;
  seed?: number;
}

/** Delay of the acoustic echo of a mobile phone in speaker mode, with its codec. */
const ECHO_DELAY_MS = 120;

/** Puts a caller behind a phone line: noise, echo, a narrow band and its codec. */
export function onPhoneLine(party: Party, options: PhoneLineOptions): Party {
  const random = seededRandom(options.seed ?? 1);
  const echoGain = options.echoDb === undefined ? 0 : 10 ** (options.echoDb / 20);
  const echo = new SampleQueue();
  echo.push(new Int16Array(ECHO_DELAY_MS * SAMPLE_RATE_HZ / 1000));
  const filters = options.telephone ? telephoneBand() : [];
  return {
    next(heard) {
      const frame = party.next(heard);
      echo.push(heard.slice());
      const back = echo.take(FRAME_SAMPLES);
      const noise = options.noiseDb === undefined
        ? undefined
        : whiteNoise(FRAME_SAMPLES, SPEECH_DBFS - options.noiseDb, random);
      const samples = new Int16Array(FRAME_SAMPLES);
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        let sample = frame.samples[i] + echoGain * back[i] + (noise?.[i] ?? 0);
        for (const filter of filters) sample = filter(sample);
        const clipped = Math.max(-32768, Math.min(32767, Math.round(sample)));
        samples[i] = options.telephone ? muLaw(clipped) : clipped;
      }
      return { ...frame, samples };
    },
  };
}

type Filter = (sample: number) => number;

/** Fourth-order Butterworth edges at 300 and 3,400 Hz, as two biquads each. */
function telephoneBand(): Filter[] {
  const qualities = [0.5412, 1.3066];
  return [
    ...qualities.map((quality) => biquad("high", 300, quality)),
    ...qualities.map((quality) => biquad("low", 3400, quality)),
  ];
}

/** A high- or low-pass filter after the Audio EQ Cookbook (R. Bristow-Johnson, W3C note). */
function biquad(pass: "high" | "low", edgeHz: number, quality: number): Filter {
  const omega = 2 * Math.PI * edgeHz / SAMPLE_RATE_HZ;
  const alpha = Math.sin(omega) / (2 * quality);
  const cosine = Math.cos(omega);
  const a0 = 1 + alpha;
  const b1 = (pass === "low" ? 1 - cosine : -(1 + cosine)) / a0;
  const b0 = Math.abs(b1) / 2;
  const a1 = -2 * cosine / a0;
  const a2 = (1 - alpha) / a0;
  let x1 = 0, x2 = 0, y1 = 0, y2 = 0;
  return (x) => {
    const y = b0 * x + b1 * x1 + b0 * x2 - a1 * y1 - a2 * y2;
    x2 = x1, x1 = x, y2 = y1, y1 = y;
    return y;
  };
}

const MU_LAW_BIAS = 132;
const MU_LAW_CLIP = 32635;

/** Codes a sample as G.711 mu-law and back. */
export function muLaw(sample: number): number {
  const biased = Math.min(Math.abs(sample), MU_LAW_CLIP) + MU_LAW_BIAS;
  const exponent = 31 - Math.clz32(biased >> 7); // 0 to 7, since 132 ≤ biased ≤ 32,767
  const step = 1 << exponent + 3;
  const coded = (Math.floor(biased / step) + 0.5) * step - MU_LAW_BIAS;
  return sample < 0 ? -coded : coded;
}
