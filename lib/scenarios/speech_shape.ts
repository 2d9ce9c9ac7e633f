import { FRAME_SAMPLES, levelDbfs, limitPeak } from "../audio/pcm.ts";
import { Flite } from "../providers/embedded/flite.ts";

/** Words without a pause, about twenty seconds of them; what they say does not matter. */
const WORDS =
  "there was a man who lived by the sea and he had a boat with a red sail and every morning he " +
  "went out to look for fish and every evening he came home again and told his wife what he had " +
  "seen on the water and she told him what had happened in the town and who had been born and who " +
  "had married and what the price of maize was and then they went to sleep and in the night the " +
  "wind came up from the south and moved the boat against the stones";

const QUIET_DBFS = -40;
const LEVEL_DBFS = -20;
const PEAK_DBFS = -3;

/**
 * Real speech, of which pieces stand for words in calls without sound of their own: a detector of
 * voice has to take it for what it is. Mono 16-bit samples at 16 kHz that begin with a voice.
 */
export function makeSpeechShape(): Int16Array {
  const spoken = new Flite().speak(WORDS, "kal16", false);
  const frames: Int16Array[] = [];
  for (let at = 0; at + FRAME_SAMPLES <= spoken.length; at += FRAME_SAMPLES) {
    frames.push(spoken.subarray(at, at + FRAME_SAMPLES));
  }
  const first = frames.findIndex((frame) => levelDbfs(frame) > QUIET_DBFS);
  const speech = spoken.slice(first * FRAME_SAMPLES, frames.length * FRAME_SAMPLES);
  const gain = 10 ** ((LEVEL_DBFS - levelDbfs(speech)) / 20);
  for (let i = 0; i < speech.length; i++) {
    speech[i] = Math.max(-32768, Math.min(32767, speech[i] * gain));
  }
  limitPeak(speech, PEAK_DBFS);
  return speech;
}
