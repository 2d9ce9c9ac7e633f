/** Sample rate of all audio inside the bridge, in samples a second. */
export const SAMPLE_RATE_HZ = 16000;

/** Length of one frame. */
export const FRAME_MS = 20;

/** Samples in one frame. */
export const FRAME_SAMPLES = SAMPLE_RATE_HZ * FRAME_MS / 1000;

const FULL_SCALE = 32768;
const SILENCE_DBFS = -100;
const HOST_IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Measures the root-mean-square level in dB below full scale, −100 for silence. */
export function levelDbfs(samples: Int16Array): number {
  let energy = 0;
  for (let i = 0; i < samples.length; i++) energy += samples[i] * samples[i];
  if (energy === 0) return SILENCE_DBFS;
  const power = energy / samples.length / (FULL_SCALE * FULL_SCALE);
  return Math.max(SILENCE_DBFS, 10 * Math.log10(power));
}

/**
 * Copies little-endian 16-bit samples out of bytes of any alignment.
 *
 * @throws {RangeError} when the bytes end in the middle of a sample.
 */
export function samplesFromBytes(bytes: Uint8Array): Int16Array {
  if (bytes.length % 2 !== 0) {
    throw new RangeError(
      `Cannot read samples: the number of bytes must be even: received ${bytes.length}`,
    );
  }
  const samples = new Int16Array(bytes.length / 2);
  if (HOST_IS_LITTLE_ENDIAN) {
    new Uint8Array(samples.buffer).set(bytes);
  } else {
    for (let i = 0; i < samples.length; i++) samples[i] = bytes[2 * i] | bytes[2 * i + 1] << 8;
  }
  return samples;
}

/** Copies samples into little-endian bytes. */
export function bytesFromSamples(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(samples.length * 2);
  if (HOST_IS_LITTLE_ENDIAN) {
    bytes.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
  } else {
    for (let i = 0; i < samples.length; i++) {
      bytes[2 * i] = samples[i] & 0xff;
      bytes[2 * i + 1] = samples[i] >> 8 & 0xff;
    }
  }
  return bytes;
}

/** Joins chunks of samples, in order, into one array of its own. */
export function concatSamples(chunks: Int16Array[]): Int16Array {
  let length = 0;
  for (const chunk of chunks) length += chunk.length;
  const joined = new Int16Array(length);
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}

/** Scales samples down, in place, so that no peak is above `peakDbfs`; quieter ones are left alone. */
export function limitPeak(samples: Int16Array, peakDbfs: number): void {
  const limit = FULL_SCALE * 10 ** (peakDbfs / 20);
  let peak = 0;
  for (let i = 0; i < samples.length; i++) peak = Math.max(peak, Math.abs(samples[i]));
  if (peak <= limit) return;
  const gain = limit / peak;
  for (let i = 0; i < samples.length; i++) samples[i] = Math.trunc(samples[i] * gain);
}
