import { bytesFromSamples } from "../audio/pcm.ts";
import type { StreamVerb } from "./verbs.ts";

/** How the platform cuts a caller's audio into binary messages. */
export interface AudioQuirks {
  /** Part of the ticks that wait and leave joined with the next. @default 0 */
  joinedTicks?: number;
  /** Cuts messages in the middle of a sample. @default false */
  oddBytes?: boolean;
  /** Stretches in which no frame comes at all; times since the stream began. */
  gaps?: { atMs: number; lengthMs: number }[];
  /** With `both_tracks`: left is the caller, right what the caller hears, or their sum. @default "stereo" */
  bothTracks?: "stereo" | "mixed";
}

/** Bytes of audio that the platform keeps while the bridge does not take them: two seconds. */
const RING_MS = 2000;

/**
 * Gathers a caller's frames into binary messages: everything that has come since the last message
 * leaves as one, as the platform's writer does.
 */
export class StreamMessages {
  readonly #quirks: AudioQuirks;
  readonly #channels: number;
  readonly #random: () => number;
  readonly #ringBytes: number;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;

  constructor(
    verb: Pick<StreamVerb, "track" | "outputRateHz">,
    quirks: AudioQuirks,
    random: () => number,
  ) {
    this.#quirks = quirks;
    this.#random = random;
    this.#channels = verb.track === "both_tracks" && quirks.bothTracks !== "mixed" ? 2 : 1;
    this.#ringBytes = RING_MS * verb.outputRateHz / 1000 * 2 * this.#channels;
  }

  /** Takes one frame of each side at the stream's rate; `atMs` counts from the stream's beginning. */
  add(caller: Int16Array, heard: Int16Array, track: StreamVerb["track"], atMs: number): void {
    const isLost = this.#quirks.gaps?.some((gap) =>
      atMs >= gap.atMs && atMs < gap.atMs + gap.lengthMs
    );
    if (isLost) return;
    const bytes = bytesFromSamples(this.#mix(caller, heard, track));
    if (this.#waitingBytes + bytes.length > this.#ringBytes) {
      this.#waiting = []; // the fork drops its whole backlog when its ring is full
      this.#waitingBytes = 0;
    }
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
  }

  /** The message to send now, if any. */
  take(): Uint8Array<ArrayBuffer> | undefined {
    if (this.#waitingBytes === 0) return undefined;
    if (this.#random() < (this.#quirks.joinedTicks ?? 0)) return undefined;
    const all = new Uint8Array(this.#waitingBytes);
    let at = 0;
    for (const bytes of this.#waiting) {
      all.set(bytes, at);
      at += bytes.length;
    }
    const cut = this.#quirks.oddBytes ? all.length - 1 + all.length % 2 : all.length;
    this.#waiting = cut < all.length ? [all.subarray(cut)] : [];
    this.#waitingBytes = all.length - cut;
    return all.subarray(0, cut);
  }

  #mix(caller: Int16Array, heard: Int16Array, track: StreamVerb["track"]): Int16Array {
    if (track === "inbound_track") return caller;
    if (track === "outbound_track") return heard;
    if (this.#channels === 1) {
      return caller.map((sample, i) => Math.max(-32768, Math.min(32767, sample + heard[i])));
    }
    const both = new Int16Array(caller.length * 2);
    for (let i = 0; i < caller.length; i++) {
      both[2 * i] = caller[i];
      both[2 * i + 1] = heard[i];
    }
    return both;
  }
}
