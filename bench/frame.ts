import { Framer } from "../lib/audio/framer.ts";
import { bytesFromSamples } from "../lib/audio/pcm.ts";
import { systemClock } from "../lib/clock.ts";
import { Ear } from "../lib/hearing/ear.ts";
import { Playout } from "../lib/speaking/playout.ts";
import { frames, mix, noise, syntheticSpeech } from "../tests/synthetic_speech.ts";
import { percentile } from "./percentile.ts";

/** One 20 ms frame through framing, voice activity and turn taking. */
export function benchFrame(print: (line: string) => void): Promise<void> {
  print("Method: 60 s of speech-like sound and noise as 640-byte messages through the framer, the");
  print("detector, the echo gate and turn taking; time of each message, after a warm-up of 60 s.");
  const second = mix(
    Int16Array.from({ length: 32_000 }, (_, i) => i < 19_200 ? SPEECH[i] : 0),
    noise(2000, -60),
  );
  const messages = frames(second).map(bytesFromSamples);
  const line = { send() {}, killAudio() {}, close() {}, flush() {}, bufferedBytes: 0 };
  const ear = new Ear(new Playout(line, systemClock));
  const hear = (frame: Int16Array) => void ear.hear(frame, systemClock.now());
  const framer = new Framer();
  const times: number[] = [];
  for (let i = 0; i < 6000; i++) {
    const message = messages[i % messages.length];
    const startMs = performance.now();
    framer.push(message, hear);
    if (i >= 3000) times.push((performance.now() - startMs) * 1000);
  }
  print(
    `frame → turn: median ${percentile(times, 0.5).toFixed(1)} µs, ` +
      `p99 ${percentile(times, 0.99).toFixed(1)} µs (goal: median ≤ 12 µs)`,
  );
  return Promise.resolve();
}

const SPEECH = syntheticSpeech(1200);
