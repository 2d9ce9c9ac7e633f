import type { Clock } from "../clock.ts";
import { type Channels, Framer, type Hear } from "./framer.ts";
import { SAMPLE_RATE_HZ } from "./pcm.ts";

/** Long enough for twenty ticks, so that a late or a joined one changes nothing. */
const PROBE_MS = 400;
/** Between the 32,000 bytes a second of one channel and the 64,000 of two. */
const TWO_CHANNELS_BYTES_PER_S = 3 * SAMPLE_RATE_HZ;
/** What two channels bring in the probe, and a backlog of 2 s before it. */
const MAX_KEPT_BYTES = 256 * 1024;

/**
 * Frames a stream of which nobody says whether it has one channel or two: the platform documents
 * `both_tracks`, and not how they lie. It listens to how fast bytes come, then frames all of them.
 */
export class ChannelProbe {
  readonly #clock: Clock;
  #kept: Uint8Array[] = [];
  #keptBytes = 0;
  #firstBytes = 0;
  #startMs = 0;
  #framer?: Framer;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  push(bytes: Uint8Array, hear: Hear, together = 1): void {
    if (this.#framer) return this.#framer.push(bytes, hear, together);
    const nowMs = this.#clock.now();
    if (this.#kept.length === 0) {
      // The first message may hold what was spoken during the handshake.
      this.#startMs = nowMs;
      this.#firstBytes = bytes.length;
    }
    this.#kept.push(bytes);
    this.#keptBytes += bytes.length;
    const elapsedMs = nowMs - this.#startMs;
    if (elapsedMs < PROBE_MS && this.#keptBytes < MAX_KEPT_BYTES) return;
    this.#framer = new Framer(this.#channels(elapsedMs));
    for (const kept of this.#kept) this.#framer.push(kept, hear);
    this.#kept = [];
  }

  flush(hear: Hear): void {
    this.#framer?.flush(hear);
  }

  #channels(elapsedMs: number): Channels {
    const bytes = this.#keptBytes - this.#firstBytes;
    return bytes / (elapsedMs / 1000) > TWO_CHANNELS_BYTES_PER_S ? 2 : 1;
  }
}
