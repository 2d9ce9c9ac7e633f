import assert from "node:assert/strict";
import { concatSamples } from "../lib/audio/pcm.ts";
import { Utterances } from "../lib/hearing/utterances.ts";
import { VoiceActivity } from "../lib/hearing/voice_activity.ts";
import { clicks, silence, spoken, throughMuLaw, turnsAlone, withGain } from "./phone_sounds.ts";
import { frames, mix, noise } from "./synthetic_speech.ts";

/** After this long a disturbance, or its beginning when it stays, must be over for the detector. */
const RECOVERY_MS = 2000;

const voice = turnsAlone(spoken("hum-wideband", 300, 12000));
const quietLine = (ms: number) => noise(ms, -62);

/** Whether an utterance is open after each frame, and the ends of those taken for speech. */
function listen(samples: Int16Array) {
  const activity = new VoiceActivity(), utterances = new Utterances();
  const openFrames: boolean[] = [], speechEndsMs: number[] = [];
  for (const frame of frames(samples)) {
    const event = utterances.push(frame, activity.push(frame));
    openFrames.push(utterances.inUtterance);
    if (event?.type === "end" && event.speechLike) speechEndsMs.push(event.endMs);
  }
  return { openFrames, speechEndsMs };
}

/** How long after a moment the last utterance was still open, in ms. */
function openAfter(openFrames: boolean[], ms: number): number {
  return Math.max(0, (openFrames.lastIndexOf(true) + 1) * 20 - ms);
}

for (const everyMs of [25, 50, 100, 330, 700]) {
  Deno.test(`clicks every ${everyMs} ms that begin while somebody speaks don't hold the turn open`, () => {
    const lengthMs = 30_000, fromMs = 8000;
    const lastEndMs = voice.turns.at(-1)!.end;
    const call = mix(concatSamples([voice.samples, silence(lengthMs)]), quietLine(lengthMs));
    const train = concatSamples([silence(fromMs), clicks(lengthMs - fromMs, everyMs)]);
    for (const gainDb of [0, -20]) {
      const heard = mix(call, withGain(train, gainDb)).subarray(0, lengthMs * 16);
      for (const samples of [heard, throughMuLaw(heard)]) {
        const { openFrames, speechEndsMs } = listen(samples);
        assert.ok(openAfter(openFrames, lastEndMs) <= RECOVERY_MS, `at ${gainDb} dB`);
        assert.ok(Math.abs(speechEndsMs.at(-1)! - lastEndMs) < 400, `at ${gainDb} dB`);
      }
    }
  });
}
