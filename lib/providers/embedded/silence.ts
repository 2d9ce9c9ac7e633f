import { SAMPLE_RATE_HZ } from "../../audio/pcm.ts";

/** Below −50 dBFS peak; Flite's own silence is digital, its softest fricatives are above. */
const SILENT_PEAK = 100;
/** Kept at both ends, so that soft beginnings and endings stay whole. */
const KEPT_MS = 20;

/**
 * Cuts silence off both ends and puts a pause of `pauseMs` behind; nothing audible gives nothing.
 * Flite itself starts with about 200 ms of silence, which a caller would wait for.
 */
export function trimSilence(samples: Int16Array, pauseMs: number): Int16Array<ArrayBuffer> {
  const isSound = (sample: number) => Math.abs(sample) > SILENT_PEAK;
  const first = samples.findIndex(isSound);
  if (first < 0) return new Int16Array(0);
  const kept = KEPT_MS * SAMPLE_RATE_HZ / 1000;
  const start = Math.max(0, first - kept);
  const end = Math.min(samples.length, samples.findLastIndex(isSound) + 1 + kept);
  const pause = Math.round(pauseMs * SAMPLE_RATE_HZ / 1000);
  const trimmed = new Int16Array(end - start + pause);
  trimmed.set(samples.subarray(start, end));
  return trimmed;
}
