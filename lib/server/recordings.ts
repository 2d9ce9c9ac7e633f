import { CallRecording } from "../call/call_recording.ts";

const DAY_MS = 86_400_000;
/** Between two looks for recordings that are too old. */
const TIDY_EVERY_MS = 3_600_000;

/** Recordings of calls in one directory, one file each, for as long as they may be kept. */
export class Recordings {
  #tidiedMs = -Infinity;

  constructor(
    readonly directory: string,
    readonly keepDays: number,
    readonly onError: (error: unknown) => void,
  ) {}

  /** A recording that has no file before it begins. */
  record(callId: string): CallRecording {
    return new CallRecording(this.pathOf(callId), this.onError);
  }

  /** Removes a call's recording; false when there was none. */
  async remove(callId: string): Promise<boolean> {
    try {
      await Deno.remove(this.pathOf(callId));
      return true;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  }

  /** Removes recordings that are too old; does nothing when it has just looked. */
  async tidy(wallMs: number): Promise<void> {
    if (wallMs - this.#tidiedMs < TIDY_EVERY_MS) return;
    this.#tidiedMs = wallMs;
    try {
      for await (const { name, isFile } of Deno.readDir(this.directory)) {
        if (!isFile || !name.endsWith(".wav")) continue;
        const { mtime } = await Deno.stat(`${this.directory}/${name}`);
        const ageMs = wallMs - (mtime?.getTime() ?? 0);
        if (ageMs > this.keepDays * DAY_MS) await Deno.remove(`${this.directory}/${name}`);
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }

  /** Names of files can't lead out of the directory, whatever the platform calls a call. */
  pathOf(callId: string): string {
    return `${this.directory}/${callId.replace(/[^\w-]/g, "_").slice(0, 200)}.wav`;
  }
}
