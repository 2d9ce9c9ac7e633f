/** Why a piece of speech is said; only `reply` and `greeting` become history. */
export type SpeechKind = "greeting" | "reply" | "filler" | "prompt";

/**
 * One piece of agent speech, usually a sentence, whose samples arrive while it is being played.
 * Samples are mono 16-bit at 16 kHz.
 */
export class Passage {
  #chunks: Int16Array[] = [];
  #samples = 0;
  #complete = false;
  /** Set when its first sample is sent. */
  begun = false;
  /** Set by the playout when samples or the end arrive. */
  onChange?: () => void;

  constructor(
    /** What is said, as written. */
    readonly text: string,
    readonly kind: SpeechKind,
    /** Tool round of the reply that it belongs to. */
    readonly round = 0,
  ) {}

  /** Samples made so far. */
  get samples(): number {
    return this.#samples;
  }

  /** True when no more samples will come. */
  get complete(): boolean {
    return this.#complete;
  }

  push(samples: Int16Array): void {
    if (this.#complete || samples.length === 0) return;
    this.#chunks.push(samples);
    this.#samples += samples.length;
    this.onChange?.();
  }

  end(): void {
    this.#complete = true;
    this.onChange?.();
  }

  /** Takes it back with all its sound; only while nothing of it was sent. */
  withdraw(): void {
    this.#chunks = [];
    this.#samples = 0;
    this.end();
  }

  /** Copies samples from `position` on into `target`; returns how many there were. */
  read(position: number, target: Int16Array): number {
    let start = 0;
    let written = 0;
    for (const chunk of this.#chunks) {
      const from = position + written - start;
      if (from < chunk.length) {
        const count = Math.min(chunk.length - from, target.length - written);
        target.set(chunk.subarray(from, from + count), written);
        written += count;
        if (written === target.length) break;
      }
      start += chunk.length;
    }
    return written;
  }
}

/** What the agent says in one go: passages in order, growing until `finish`. */
export class Speech {
  readonly passages: Passage[] = [];
  #finished = false;
  onChange?: () => void;

  /** A protected speech is not interrupted by the caller. */
  isProtected = false;
  /** One that bridges a silence is heard to its end before what follows. */
  isBridge = false;

  /** True when no more passages will come. */
  get finished(): boolean {
    return this.#finished;
  }

  add(passage: Passage): Passage {
    passage.onChange = () => this.onChange?.();
    this.passages.push(passage);
    this.onChange?.();
    return passage;
  }

  /** Puts a passage before all others; only while nothing of the speech was sent. */
  prepend(passage: Passage): Passage {
    passage.onChange = () => this.onChange?.();
    this.passages.unshift(passage);
    this.onChange?.();
    return passage;
  }

  /** Puts a passage before the first one of which no sound has come yet. */
  bridge(passage: Passage): Passage {
    passage.onChange = () => this.onChange?.();
    const at = this.passages.findIndex(({ samples, complete }) => samples === 0 && !complete);
    this.passages.splice(at < 0 ? this.passages.length : at, 0, passage);
    this.onChange?.();
    return passage;
  }

  finish(): void {
    this.#finished = true;
    this.onChange?.();
  }
}
