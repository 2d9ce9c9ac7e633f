import { SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import type { Stt, SttOptions } from "../contracts/stt.ts";
import { AudioQueue } from "./audio_queue.ts";

/** The words of a turn as far as they are known. */
export interface TurnText {
  text: string;
  /** Lowest confidence of its stretches, when the recogniser gives one. */
  confidence?: number;
  /** The language that the recogniser heard last. */
  language?: string;
  /** Set when no recogniser worked, so that nothing is known of the words. */
  unheard?: boolean;
}

/** Sound goes to the recogniser in pieces of 100 ms: fewer hands to pass, and none waits at a pause. */
const PIECE_SAMPLES = SAMPLE_RATE_HZ / 10;

interface Stretch {
  audio: AudioQueue;
  partial: string;
  final: Promise<TurnText>;
}

/**
 * One turn of the caller while it is being spoken: one recognition per stretch of speech, begun at
 * the onset and closed at each pause, the texts joined in order.
 */
export class CallerTurn {
  readonly #abort = new AbortController();
  readonly #stretches: Stretch[] = [];
  #piece = new Int16Array(PIECE_SAMPLES);
  #filled = 0;
  /** Counts stretches; work for an older number is stale. */
  get version(): number {
    return this.#stretches.length;
  }
  /** Set when the turn began over the agent's voice. */
  overlapped = false;
  /** Set when the turn is over, even before its words are known. */
  committed = false;
  /** Set when the caller talked so long that the agent had to come in. */
  isLong = false;
  /** Set when a PIN or the like was said, and left out. */
  secretSpoken = false;
  /** Words of the turn that were already known when it was opened. */
  before: TurnText = { text: "" };
  /** All words of the turn, once it has paused, those before included. */
  words?: TurnText;
  /** The words that were made of its own sound. */
  ownText = "";
  /** When the caller stopped speaking, on the clock. */
  speechEndMs = 0;
  softPauseMs?: number;
  transcriptMs?: number;
  /** Voiced time so far, in milliseconds. */
  voicedMs = 0;
  /** Voiced time before the caller went on with a turn that had been taken for over. */
  earlierVoicedMs = 0;
  speechLike = true;

  constructor(
    readonly stt: Stt,
    readonly options: SttOptions,
    readonly onPartial: (text: string) => void = () => {},
  ) {}

  /** Begins a stretch with the audio from before its onset. */
  open(preRoll: Int16Array): void {
    const audio = new AudioQueue();
    audio.push(preRoll);
    this.#filled = 0; // what came since the pause is in the pre-roll
    const stretch: Stretch = { audio, partial: "", final: Promise.resolve({ text: "" }) };
    stretch.final = this.#recognise(stretch);
    stretch.final.catch(() => {}); // whoever pauses the turn gets the error
    this.#stretches.push(stretch);
  }

  /** Takes one frame; it is copied. */
  hear(frame: Int16Array): void {
    if (this.#filled + frame.length > PIECE_SAMPLES) this.#passOn();
    this.#piece.set(frame, this.#filled);
    this.#filled += frame.length;
  }

  /** Closes the stretch; resolves with the words of all stretches. */
  async pause(): Promise<TurnText> {
    this.#passOn();
    this.#stretches.at(-1)?.audio.end();
    const texts: TurnText[] = [];
    for (const stretch of this.#stretches) texts.push(await stretch.final);
    const confidences = texts.flatMap(({ confidence }) => confidence ?? []);
    return {
      text: texts.map(({ text }) => text.trim()).filter(Boolean).join(" "),
      confidence: confidences.length > 0 ? Math.min(...confidences) : undefined,
      language: texts.findLast(({ language }) => language)?.language,
    };
  }

  /** What is known of the words while they are being spoken. */
  get partial(): string {
    return this.#stretches.map(({ partial }) => partial).join(" ").trim();
  }

  /** Drops the turn and closes its requests. */
  abort(): void {
    this.#stretches.at(-1)?.audio.end();
    this.#abort.abort(new DOMException("The caller's turn was dropped", "AbortError"));
  }

  #passOn(): void {
    this.#stretches.at(-1)?.audio.push(this.#piece.subarray(0, this.#filled));
    this.#piece = new Int16Array(PIECE_SAMPLES);
    this.#filled = 0;
  }

  async #recognise(stretch: Stretch): Promise<TurnText> {
    let result: TurnText = { text: "" };
    for await (const event of this.stt(stretch.audio, this.options, this.#abort.signal)) {
      if (event.type === "partial") {
        stretch.partial = event.text;
        this.onPartial(this.partial);
      } else {
        stretch.partial = event.text;
        result = { text: event.text, confidence: event.confidence, language: event.language };
      }
    }
    return result;
  }
}
