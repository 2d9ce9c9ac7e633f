import { concatSamples, SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import { abortable } from "./abortable.ts";

/** The longest utterance that is kept; what follows is not recognised. */
export const MAX_TAPE_MS = 35_000;

const MAX_TAPE_SAMPLES = MAX_TAPE_MS * SAMPLE_RATE_HZ / 1000;

/** One utterance as it arrives, for any number of readers who each get all of it from the start. */
export class Tape {
  readonly #pieces: Int16Array[] = [];
  readonly #waiting = new Set<() => void>();
  #length = 0;
  readonly #started = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<void>();
  #over = false;
  #failure?: { error: unknown };

  /** Takes the audio of the caller until it ends, until 35 s are full, or until the signal aborts. */
  async record(audio: AsyncIterable<Int16Array>, signal: AbortSignal): Promise<void> {
    try {
      for await (const piece of abortable(audio, signal)) {
        if (!this.#take(piece)) break;
      }
    } catch (error) {
      this.#failure = { error };
    }
    this.#over = true;
    this.#started.resolve();
    this.#ended.resolve();
    this.#wake();
  }

  /** All samples taken so far, in one array. */
  get samples(): Int16Array {
    return concatSamples(this.#pieces);
  }

  /** True when no more audio comes. */
  get over(): boolean {
    return this.#over;
  }

  /** Resolves with the first audio, or when none comes. */
  get started(): Promise<void> {
    return this.#started.promise;
  }

  /** Resolves when no more audio comes. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** True for the error that ended the audio, which is the caller's and no provider's. */
  failedWith(error: unknown): boolean {
    return this.#failure !== undefined && this.#failure.error === error;
  }

  /** @throws what ended the audio, when it was an error */
  async *read(): AsyncGenerator<Int16Array, void, undefined> {
    for (let at = 0;;) {
      if (at < this.#pieces.length) yield this.#pieces[at++];
      else if (this.#failure) throw this.#failure.error;
      else if (this.#over) return;
      else await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** False when the tape is full. */
  #take(piece: Int16Array): boolean {
    const kept = piece.slice(0, MAX_TAPE_SAMPLES - this.#length); // the giver may reuse its buffer
    if (kept.length > 0) this.#pieces.push(kept);
    this.#length += kept.length;
    if (this.#length > 0) this.#started.resolve();
    this.#wake();
    return this.#length < MAX_TAPE_SAMPLES;
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
