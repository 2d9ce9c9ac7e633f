import { concatSamples, SAMPLE_RATE_HZ } from "../lib/audio/pcm.ts";
import { Resampler } from "../lib/audio/resample.ts";
import { seededRandom, whiteNoise } from "../lib/simulator/noises.ts";

const TELEPHONE_HZ = 8000;
/** Silence around the words, as pre-roll and hangover leave it. */
const SILENCE_MS = 300;
const SPEECH_DBFS = -22;
/** Softer samples are pauses and don't count for the level. */
const PAUSE_LEVEL = 300;
const MU = 255;
/** Lower edge of the telephone band, ITU-T G.712. */
const LOWEST_HZ = 300;

/** Makes clean 16 kHz speech sound like a telephone line: narrow, mu-law coded, with white noise. */
export function telephone(samples: Int16Array, snrDb: number): Int16Array {
  const down = new Resampler(SAMPLE_RATE_HZ, TELEPHONE_HZ);
  const silence = new Int16Array(SILENCE_MS * TELEPHONE_HZ / 1000);
  const line = concatSamples([silence, down.push(samples), down.flush(), silence]);
  for (let pass = 0; pass < 2; pass++) highPass(line, LOWEST_HZ);
  const loud = line.filter((sample) => Math.abs(sample) > PAUSE_LEVEL);
  const level = Math.sqrt(loud.reduce((sum, sample) => sum + sample * sample, 0) / loud.length);
  const gain = 32768 * 10 ** (SPEECH_DBFS / 20) / level;
  const noise = whiteNoise(line.length, SPEECH_DBFS - snrDb, seededRandom(1));
  for (let i = 0; i < line.length; i++) line[i] = muLaw(line[i] * gain + noise[i]);
  const up = new Resampler(TELEPHONE_HZ, SAMPLE_RATE_HZ);
  return concatSamples([up.push(line), up.flush()]);
}

/** What is left of a sample after eight bits of ITU-T G.711 mu-law (the continuous curve). */
function muLaw(sample: number): number {
  const part = Math.min(1, Math.abs(sample) / 32768);
  const code = Math.round(127 * Math.log1p(MU * part) / Math.log1p(MU)) / 127;
  return Math.round(Math.sign(sample) * Math.expm1(code * Math.log1p(MU)) / MU * 32767);
}

/** Takes low tones away, in place: a second-order Butterworth filter (RBJ audio EQ cookbook). */
function highPass(samples: Int16Array, cornerHz: number): void {
  const angle = 2 * Math.PI * cornerHz / TELEPHONE_HZ, cos = Math.cos(angle);
  const alpha = Math.sin(angle) / Math.SQRT2, scale = 1 + alpha;
  let x1 = 0, x2 = 0, y1 = 0, y2 = 0;
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i];
    const y = ((1 + cos) * (x / 2 - x1 + x2 / 2) + 2 * cos * y1 - (1 - alpha) * y2) / scale;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    samples[i] = Math.max(-32768, Math.min(32767, y));
  }
}
