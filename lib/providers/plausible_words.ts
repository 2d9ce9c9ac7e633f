import { FRAME_SAMPLES, levelDbfs, SAMPLE_RATE_HZ } from "../audio/pcm.ts";

/** Below this no voice on a phone line was ever meant to be heard; the detector's own floor. */
const QUIETEST_VOICE_DBFS = -50;
/** A frame this far below the loudest is a pause. */
const PAUSE_BELOW_PEAK_DB = 30;
/** Shorter sounds than this hold no word. */
const SHORTEST_WORD_MS = 60;
/** The fastest speakers reach about 25 letters a second. */
const MAX_LETTERS_PER_SECOND = 40;

/** False for silence and clicks, which recognisers would answer with invented words. */
export function maySpeak(voicedMs: number): boolean {
  return voicedMs >= SHORTEST_WORD_MS;
}

/** False when so much text can't have been said in the time that there was sound. */
export function isPlausible(text: string, voicedMs: number): boolean {
  const letters = text.replace(/[^\p{L}\p{N}]/gu, "").length;
  return letters <= MAX_LETTERS_PER_SECOND * voicedMs / 1000;
}

/** Time in which an utterance has sound, in milliseconds. */
export function voicedMsOf(samples: Int16Array): number {
  const levels: number[] = [];
  for (let at = 0; at < samples.length; at += FRAME_SAMPLES) {
    levels.push(levelDbfs(samples.subarray(at, at + FRAME_SAMPLES)));
  }
  const peak = levels.reduce((a, b) => Math.max(a, b), -Infinity);
  const threshold = Math.max(QUIETEST_VOICE_DBFS, peak - PAUSE_BELOW_PEAK_DB);
  const voiced = levels.filter((level) => level >= threshold).length;
  return voiced * FRAME_SAMPLES / SAMPLE_RATE_HZ * 1000;
}
