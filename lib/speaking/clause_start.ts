import { FRAME_SAMPLES, levelDbfs } from "../audio/pcm.ts";
import type { Passage } from "./speech.ts";

/** Silence that parts clauses. */
const PAUSE_FRAMES = 6;
const PAUSE_DBFS = -50;

/** The sample at which the clause around `sample` starts: after the last pause, else the passage's first. */
export function clauseStart(passage: Passage, sample: number): number {
  const frame = new Int16Array(FRAME_SAMPLES);
  let quiet = 0;
  for (let at = sample - FRAME_SAMPLES; at >= 0; at -= FRAME_SAMPLES) {
    passage.read(at, frame);
    quiet = levelDbfs(frame) < PAUSE_DBFS ? quiet + 1 : 0;
    if (quiet === PAUSE_FRAMES) return at + (PAUSE_FRAMES - 1) * FRAME_SAMPLES;
  }
  return 0;
}
