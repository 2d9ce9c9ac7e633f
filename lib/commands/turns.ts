import { parseArgs } from "node:util";
import { FRAME_SAMPLES, SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import { Resampler } from "../audio/resample.ts";
import { readWav } from "../audio/wav.ts";
import { type UtteranceEvent, Utterances } from "../hearing/utterances.ts";
import { VoiceActivity } from "../hearing/voice_activity.ts";

const HELP = `Prints the turns that the detector finds in recordings, one JSON line each.

Usage: deno task turns FILE.wav [FILE.wav …]

Each line: {"file":…,"startMs":…,"endMs":…,"decidedMs":…}, times in the file. A turn ends after 600 ms
of silence; one that is open at the end of the file ends there. Of a stereo file the left channel, the
caller's, is read. Any PCM WAV will do, at 8, 16, 44.1 or 48 kHz for instance.

Ends with 0, 1 when a file could not be read, 2 when no file was named. Progress goes to standard error.
`;

/** Silence that ends a turn when nothing else is known of it. */
const HANGOVER_MS = 600;

export interface FoundTurn {
  startMs: number;
  endMs: number;
  /** When the detector knew, in the file's time. */
  decidedMs: number;
}

/** Finds the turns of one speaker in samples of any rate, at default settings. */
export function findTurns(samples: Int16Array, sampleRateHz: number): FoundTurn[] {
  const resampler = new Resampler(sampleRateHz, SAMPLE_RATE_HZ);
  const activity = new VoiceActivity();
  const utterances = new Utterances({ hangoverMs: HANGOVER_MS });
  const turns: FoundTurn[] = [];
  const take = (event: UtteranceEvent | undefined) => {
    if (event?.type !== "end" || !event.speechLike) return;
    turns.push({ startMs: event.startMs, endMs: event.endMs, decidedMs: event.atMs });
  };
  const frame = new Int16Array(FRAME_SAMPLES);
  let filled = 0;
  const hear = (piece: Int16Array) => {
    for (let at = 0; at < piece.length;) {
      const count = Math.min(FRAME_SAMPLES - filled, piece.length - at);
      frame.set(piece.subarray(at, at + count), filled);
      filled += count;
      at += count;
      if (filled < FRAME_SAMPLES) continue;
      take(utterances.push(frame, activity.push(frame)));
      filled = 0;
    }
  };
  for (let at = 0; at < samples.length; at += sampleRateHz) {
    hear(resampler.push(samples.subarray(at, at + sampleRateHz)));
  }
  hear(resampler.flush());
  take(utterances.finish());
  return turns;
}

/** Runs the command; returns its exit code. */
export async function runTurns(args: string[]): Promise<number> {
  let files: string[];
  try {
    const options = { help: { type: "boolean", short: "h" } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    files = positionals;
  } catch (error) {
    console.error(`Cannot find turns: ${error instanceof Error ? error.message : error}`);
    return 2;
  }
  if (files.length === 0) {
    console.error("Cannot find turns: name at least one WAV file; --help tells more");
    return 2;
  }
  let failed = 0;
  for (const [i, file] of files.entries()) {
    try {
      const startMs = performance.now();
      const { sampleRateHz, channels } = readWav(await Deno.readFile(file));
      const turns = findTurns(channels[0], sampleRateHz);
      for (const turn of turns) console.log(JSON.stringify({ file, ...turn }));
      const audioMs = channels[0].length / sampleRateHz * 1000;
      const speed = audioMs / (performance.now() - startMs);
      console.error(
        `${i + 1} of ${files.length}: ${file}: ${turns.length} turns in ` +
          `${(audioMs / 1000).toFixed(1)} s, ${speed.toFixed(0)} × real time`,
      );
    } catch (error) {
      failed++;
      const reason = error instanceof Deno.errors.NotFound
        ? "there is no such file"
        : error instanceof Error
        ? error.message
        : String(error);
      console.error(`${i + 1} of ${files.length}: ${file}: ${reason}`);
    }
  }
  return failed > 0 ? 1 : 0;
}

if (import.meta.main) Deno.exit(await runTurns(Deno.args));
