import createFvad from "@echogarden/fvad-wasm";
import { FRAME_SAMPLES, SAMPLE_RATE_HZ } from "../lib/audio/pcm.ts";
import { readWav } from "../lib/audio/wav.ts";
import { type UtteranceEvent, Utterances } from "../lib/hearing/utterances.ts";
import { VoiceActivity } from "../lib/hearing/voice_activity.ts";
import { percentile } from "./percentile.ts";
import { type FoundTurn, type Label, scoreTurns } from "./vad_score.ts";

type Print = (line: string) => void;

interface Recording {
  label: Label;
  frames: Int16Array[];
}

/** Hears a recording from its first frame on; tells what a frame ended. */
interface Listener {
  push: (frame: Int16Array) => UtteranceEvent | undefined;
  finish: () => UtteranceEvent | undefined;
}

interface Detector {
  name: string;
  listen: () => Listener;
}

const RECORDINGS = new URL("../tests/fixtures/vad/", import.meta.url);
const FIXED_RMS = 500;
const WEBRTC_MODE = 3;
const WARM_UP_RUNS = 10;
const RUNS = 40;

/** The turn detector beside a fixed threshold and WebRTC's, on labelled phone audio. */
export async function benchVad(print: Print): Promise<void> {
  const recordings = await loadRecordings(RECORDINGS);
  const frameCount = recordings.reduce((sum, { frames }) => sum + frames.length, 0);
  const seconds = (frameCount * FRAME_SAMPLES / SAMPLE_RATE_HZ).toFixed(0);
  print(
    `Method: ${recordings.length} labelled phone recordings, ${seconds} s: real speech with noise,`,
  );
  print(
    "hum, µ-law and GSM, and sounds without speech. A turn bridges pauses under 600 ms; precision",
  );
  print(
    "and recall count 20 ms frames of turns; a turn is found when both edges are within 250 ms.",
  );
  print(
    "The peers open a turn at 100 ms of voice in 200 ms; all close it after 600 ms of silence.",
  );
  print(`Time is that of detector and turn logic, detectors by turns, median of ${RUNS} runs.`);
  const detectors = [pokea, fixedThreshold, await webrtc()];
  const timesUs = detectors.map((): number[] => []);
  for (let run = 0; run < WARM_UP_RUNS + RUNS; run++) {
    detectors.forEach((detector, d) => {
      const startMs = performance.now();
      for (const { frames } of recordings) findTurns(detector, frames);
      const frameUs = (performance.now() - startMs) * 1000 / frameCount;
      if (run >= WARM_UP_RUNS) timesUs[d].push(frameUs);
    });
  }
  print(row(["detector", ...COLUMNS]));
  detectors.forEach((detector, d) => {
    const found = recordings.map(({ label, frames }) => ({
      label,
      found: findTurns(detector, frames),
    }));
    const score = scoreTurns(found);
    print(row([
      detector.name,
      ...[score.precision, score.recall, score.frameF1, score.turnF1].map(percent),
      score.clippedOnsetP95Ms.toFixed(0),
      score.falseTurnsPerMin.toFixed(1),
      score.endDelayP50Ms.toFixed(0),
      score.endDelayP95Ms.toFixed(0),
      percentile(timesUs[d], 0.5).toFixed(1),
    ]));
  });
  print(
    "Percent; clipped onset p95 (before the pre-roll), end delay p50 and p95 in ms; false turns",
  );
  print("a minute without speech.");
}

const COLUMNS = ["prec.", "recall", "F1", "turn F1", "clip", "false", "end50", "end95", "µs/frame"];

const pokea: Detector = {
  name: "Pokea",
  listen() {
    const activity = new VoiceActivity(), utterances = new Utterances();
    const accepted = (event: UtteranceEvent | undefined) =>
      event?.type === "end" && !event.speechLike ? undefined : event;
    return {
      push: (frame) => accepted(utterances.push(frame, activity.push(frame))),
      finish: () => accepted(utterances.finish()),
    };
  },
};

const fixedThreshold: Detector = {
  name: `RMS > ${FIXED_RMS}`,
  listen: () => listenTo((frame) => rms(frame) > FIXED_RMS),
};

/** WebRTC's detector, an npm build; it is the benchmark's alone. */
async function webrtc(): Promise<Detector> {
  const fvad = await createFvad();
  const frameAddress: number = fvad._malloc(2 * FRAME_SAMPLES);
  const handle: number = fvad._fvad_new();
  return {
    name: `WebRTC mode ${WEBRTC_MODE}`,
    listen() {
      fvad._fvad_reset(handle); // also sets mode and rate back
      fvad._fvad_set_mode(handle, WEBRTC_MODE);
      fvad._fvad_set_sample_rate(handle, SAMPLE_RATE_HZ);
      return listenTo((frame) => {
        fvad.HEAP16.set(frame, frameAddress / 2);
        return fvad._fvad_process(handle, frameAddress, FRAME_SAMPLES) === 1;
      });
    },
  };
}

/** The turn logic of a detector that only tells voice from no voice. */
function listenTo(isVoiced: (frame: Int16Array) => boolean): Listener {
  const utterances = new Utterances({ onsetWindowMs: 200, onsetVoicedMs: 100, hangoverMs: 600 });
  const activity = {
    voiced: false,
    levelDb: 0,
    floorDb: 0,
    snrDb: 0, // stands out nowhere, so that no beginning is moved
    evidence: 0,
    tilt: 0,
    pitch: 0,
  };
  return {
    push(frame) {
      activity.voiced = isVoiced(frame);
      return utterances.push(frame, activity);
    },
    finish: () => utterances.finish(),
  };
}

function findTurns(detector: Detector, frames: Int16Array[]): FoundTurn[] {
  const turns: FoundTurn[] = [];
  const take = (event: UtteranceEvent | undefined) => {
    if (event?.type !== "end") return;
    turns.push({ startMs: event.startMs, endMs: event.endMs, decidedMs: event.atMs });
  };
  const listener = detector.listen();
  for (const frame of frames) take(listener.push(frame));
  take(listener.finish());
  return turns;
}

function rms(frame: Int16Array): number {
  let energy = 0;
  for (let i = 0; i < frame.length; i++) energy += frame[i] * frame[i];
  return Math.sqrt(energy / frame.length);
}

async function loadRecordings(directory: URL): Promise<Recording[]> {
  const recordings: Recording[] = [];
  for await (const { name } of Deno.readDir(directory)) {
    if (!name.endsWith(".wav")) continue;
    const label = await Deno.readTextFile(new URL(name.replace(/wav$/, "json"), directory));
    const { channels } = readWav(await Deno.readFile(new URL(name, directory)));
    const frames: Int16Array[] = [];
    for (let at = 0; at + FRAME_SAMPLES <= channels[0].length; at += FRAME_SAMPLES) {
      frames.push(channels[0].slice(at, at + FRAME_SAMPLES));
    }
    recordings.push({ label: JSON.parse(label), frames });
  }
  return recordings;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function row(cells: string[]): string {
  return cells[0].padEnd(14) + cells.slice(1).map((cell) => cell.padStart(9)).join("");
}

if (import.meta.main) await benchVad(console.log);
