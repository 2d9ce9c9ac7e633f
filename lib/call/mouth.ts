import type { Line } from "../contracts/line.ts";
import type { Clock } from "../clock.ts";
import { EngineError } from "../contracts/engine_error.ts";
import type { Tts } from "../contracts/tts.ts";
import type { Journal } from "./journal.ts";
import type { Heard } from "../speaking/heard.ts";
import { Playout } from "../speaking/playout.ts";
import { SentenceSplitter } from "../speaking/sentences.ts";
import { Passage, Speech, type SpeechKind } from "../speaking/speech.ts";
import { speakable } from "../speaking/speakable.ts";

/** The agent's voice in one call. */
export class Mouth {
  readonly playout: Playout;

  constructor(
    line: Line,
    clock: Clock,
    readonly tts: Tts,
    readonly journal: Journal,
    readonly style?: string,
  ) {
    this.playout = new Playout(line, clock);
  }

  /**
   * Says known words now, in place of whatever is being said.
   *
   * @returns what was heard, when it has been heard or was interrupted
   */
  say(text: string, language: string, options: SayOptions = {}): Promise<Heard> {
    const speech = new Speech();
    speech.isProtected = options.isProtected ?? false;
    speech.isBridge = options.kind === "filler";
    this.playout.play(speech);
    const heard = this.playout.finished();
    const splitter = new SentenceSplitter();
    const passages = [...splitter.push(text), ...splitter.flush()]
      .map((sentence) => speech.add(new Passage(sentence, options.kind ?? "prompt")));
    speech.finish();
    this.#speakAll(passages, language, options.signal ?? new AbortController().signal);
    return heard;
  }

  /**
   * Fills a passage with sound and ends it, whatever happens.
   *
   * @throws {EngineError} when no provider could speak it
   * @throws the signal's reason when it aborts
   */
  async speak(
    passage: Passage,
    language: string,
    signal: AbortSignal,
    onFirstAudio: () => void = () => {},
  ): Promise<void> {
    const words = speakable(passage.text, language);
    try {
      if (words === "") return;
      for await (const samples of this.tts(words, { language, style: this.style }, signal)) {
        signal.throwIfAborted();
        if (passage.samples === 0) onFirstAudio();
        passage.push(samples);
      }
    } finally {
      passage.end();
    }
  }

  async #speakAll(passages: Passage[], language: string, signal: AbortSignal): Promise<void> {
    for (const passage of passages) {
      try {
        await this.speak(passage, language, signal);
      } catch (error) {
        passage.end();
        if (!signal.aborted && !(error instanceof EngineError)) throw error;
      }
    }
  }
}

export interface SayOptions {
  /** @default "prompt" */
  kind?: SpeechKind;
  /** True when the caller may not interrupt it. @default false */
  isProtected?: boolean;
  signal?: AbortSignal;
}
