import { bytesFromSamples, FRAME_SAMPLES } from "../audio/pcm.ts";
import { writeWav } from "../audio/wav.ts";
import type { Line, LineListener } from "../contracts/line.ts";

/** Rate of what is recorded, as on the line. */
const RATE_HZ = 16_000;
/** Frames that are written together: one second. */
const FRAMES_PER_WRITE = 50;
/** Where a WAV file says how long it is, and how long its samples are. */
const RIFF_SIZE_AT = 4;
const DATA_SIZE_AT = 40;
const HEADER_BYTES = 44;
/** A caller can't fill the disk: two hours. */
const MAX_BYTES = 2 * 60 * 60 * RATE_HZ * 2 * 2;

/**
 * One call as stereo WAV, the caller on the left and the agent on the right, written while it goes
 * on. The agent's side runs on the caller's frames: what was sent waits until its moment, and what
 * was taken back is not there.
 */
export class CallRecording {
  #frames: Int16Array[] = [];
  /** Samples of the agent that have not been heard yet. */
  #ahead: Int16Array[] = [];
  #begun = false;
  #file?: Deno.FsFile;
  #bytes = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(readonly path: string, readonly onError: (error: unknown) => void) {}

  /** Begins to write; nothing that was said before is in it. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#write(async () => {
      await Deno.mkdir(this.path.replace(/\/[^/]*$/, ""), { recursive: true });
      this.#file = await Deno.open(this.path, {
        write: true,
        create: true,
        truncate: true,
        mode: 0o600,
      });
      await writeAll(this.#file, writeWav([new Int16Array(0), new Int16Array(0)], RATE_HZ));
    });
  }

  /** The line, listened in on. */
  line(line: Line): Line {
    const send = (samples: Int16Array) => {
      this.#ahead.push(samples.slice());
      line.send(samples);
    };
    const killAudio = () => {
      this.#ahead = [];
      line.killAudio();
    };
    return {
      send,
      killAudio,
      close: (code, reason) => line.close(code, reason),
      flush: () => line.flush(),
      get bufferedBytes() {
        return line.bufferedBytes;
      },
    };
  }

  /** The call's ear, with the caller's frames written down before it hears them. */
  listener(call: LineListener): LineListener {
    return {
      hear: (frame, atMs) => {
        this.#take(frame);
        call.hear(frame, atMs);
      },
      press: (digit) => call.press(digit),
      lost: (reason) => {
        void this.close();
        call.lost(reason);
      },
    };
  }

  /** Writes what is left and how long it is; resolves when the file is closed. */
  close(): Promise<void> {
    this.#flush();
    this.#write(async () => {
      if (!this.#file) return;
      const file = this.#file;
      this.#file = undefined;
      await writeAt(file, RIFF_SIZE_AT, HEADER_BYTES - 8 + this.#bytes);
      await writeAt(file, DATA_SIZE_AT, this.#bytes);
      file.close();
    });
    return this.#writing;
  }

  #take(frame: Int16Array): void {
    const agent = this.#next(frame.length);
    if (!this.#begun) return;
    const stereo = new Int16Array(frame.length * 2);
    for (let i = 0; i < frame.length; i++) {
      stereo[2 * i] = frame[i];
      stereo[2 * i + 1] = agent[i];
    }
    this.#frames.push(stereo);
    if (this.#frames.length >= FRAMES_PER_WRITE) this.#flush();
  }

  /** The agent's next samples; silence where there are none. */
  #next(length: number): Int16Array {
    const next = new Int16Array(length);
    let at = 0;
    while (at < length && this.#ahead.length > 0) {
      const [first] = this.#ahead;
      const part = first.subarray(0, length - at);
      next.set(part, at);
      at += part.length;
      if (part.length === first.length) this.#ahead.shift();
      else this.#ahead[0] = first.subarray(part.length);
    }
    return next;
  }

  #flush(): void {
    const frames = this.#frames;
    this.#frames = [];
    if (frames.length === 0) return;
    this.#write(async () => {
      if (!this.#file || this.#bytes >= MAX_BYTES) return;
      const samples = new Int16Array(frames.length * FRAME_SAMPLES * 2);
      frames.forEach((frame, i) => samples.set(frame, i * FRAME_SAMPLES * 2));
      const bytes = bytesFromSamples(samples);
      await writeAll(this.#file, bytes);
      this.#bytes += bytes.length;
    });
  }

  /** One thing after another; a disk that fails ends the recording, not the call. */
  #write(work: () => Promise<void>): void {
    this.#writing = this.#writing.then(work).catch((error) => {
      this.#file?.close();
      this.#file = undefined;
      this.onError(error);
    });
  }
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

async function writeAt(file: Deno.FsFile, at: number, value: number): Promise<void> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  await file.seek(at, Deno.SeekMode.Start);
  await writeAll(file, bytes);
}
