import { AgentTurn } from "./agent_turn.ts";
import type { Clock } from "../clock.ts";
import type { Expect } from "../contracts/expect.ts";
import { failurePhrase } from "./failure_phrase.ts";
import { Fillers } from "./fillers.ts";
import { askedFor } from "../hearing/question.ts";
import type { CallerTurn, TurnText } from "../hearing/caller_turn.ts";
import { answerByKey } from "./keypad.ts";
import type { Journal } from "./journal.ts";
import { detectLanguage } from "../languages/detection.ts";
import { Latency } from "./latency.ts";
import type { Mind, Wish } from "./mind.ts";
import type { Mouth } from "./mouth.ts";
import { type Heard, nothingHeard } from "../speaking/heard.ts";
import type { Passage } from "../speaking/speech.ts";

/** What replying tells the call. */
export interface ReplyingHooks {
  /** A reply is over, heard to its end or interrupted, and waits for this kind of answer. */
  onReplied(expect: Expect): void;
  /** A reply that was heard to its end decided something about the call. */
  onWish(wish: Wish, said: boolean): void;
  onFault(stage: "llm" | "tts", error: unknown): void;
}

export interface ReplyingOptions {
  mind: Mind;
  mouth: Mouth;
  journal: Journal;
  clock: Clock;
  languages: string[];
  mask(text: string): string;
}

/** A caller's turn that is over, as the record needs it. */
export interface Question {
  words: TurnText;
  keypad?: boolean;
  /** Said before the answer. */
  preface?: string;
  /** Moments on the clock. */
  speechEndMs: number;
  softPauseMs?: number;
  transcriptMs?: number;
}

/** Less of a reply than this was not really heard: the caller was still going on. */
const BARELY_HEARD_MS = 400;

/** The agent's side of a call: drafts replies, lets them be heard, and keeps what was heard. */
export class Replying {
  #reply?: AgentTurn;
  #latency?: Latency;
  readonly #fillers: Fillers;
  #languageIsChosen = false;
  /** What the last reply asked for. */
  #asked: Expect = "free";
  /** What the caller must be told before the next answer. */
  #announcements: string[] = [];

  constructor(readonly options: ReplyingOptions, readonly hooks: ReplyingHooks) {
    this.#fillers = new Fillers(options);
    options.mouth.playout.onPassage = (passage, heardAtMs) => this.#onPassage(passage, heardAtMs);
  }

  /** True while a reply is drafted, made or heard. */
  get busy(): boolean {
    return this.#reply !== undefined;
  }

  /** The caller fell silent in a turn; a filler is heard while its words are late. */
  awaitWords({ version, speechEndMs }: CallerTurn, areLate: () => boolean): void {
    if (this.#reply) return;
    if (version === 1) this.#fillers.newTurn();
    this.#fillers.whileWordsAreLate(speechEndMs, areLate);
  }

  /** Begins a reply that nobody hears yet. */
  draft(words: TurnText, keypad?: boolean): AgentTurn {
    this.drop("The words changed");
    const { mind, mouth, journal } = this.options;
    this.#setLanguage(words);
    const latency = new Latency(journal.nowMs);
    const question = {
      role: "caller" as const,
      text: words.text,
      confidence: words.confidence,
      ...(keypad && { keypad }),
    };
    const reply: AgentTurn = new AgentTurn(words.text, (turn) => mind.answer(question, turn), {
      synthesise: (passage, signal) =>
        mouth.speak(passage, mind.language, signal, () => {
          if (passage.kind === "reply") latency.note("firstAudioMs", journal.nowMs);
        }),
      guard: (sentence) => mind.guard(sentence),
      onFirstToken: () => latency.note("firstTokenMs", journal.nowMs),
      onSentence: () => latency.note("firstSentenceMs", journal.nowMs),
      onTools: () => this.#fillers.whileToolRuns(reply),
      onFailure: (stage, error) => {
        this.hooks.onFault(stage, error);
        const name = failurePhrase(stage, error);
        const text = mind.phrase(name);
        journal.write({ type: "prompt", name, text });
        return text;
      },
    });
    this.#latency = latency;
    return this.#reply = reply;
  }

  /** Answers a turn that is over: with its draft when the words are still the same. */
  async answer({ words: given, keypad, preface, ...moments }: Question): Promise<void> {
    const { mind, mouth, journal, mask } = this.options;
    if (keypad) this.#fillers.newTurn();
    // A yes or no may be typed; after the offer of a person the keys are the menu's.
    const isChoice = keypad && this.#asked === "yes_no" && !mind.offeredPerson;
    const words = isChoice ? { ...given, text: answerByKey(given.text, mind.language) } : given;
    const drafted = !keypad && this.#reply?.question === words.text ? this.#reply : undefined;
    const reply = drafted ?? this.draft(words, keypad);
    const latency = this.#latency!;
    latency.waterfall.speechEndMs = Math.round(journal.at(moments.speechEndMs));
    if (moments.softPauseMs) latency.note("softPauseMs", journal.at(moments.softPauseMs));
    if (moments.transcriptMs) latency.note("transcriptMs", journal.at(moments.transcriptMs));
    latency.note("commitMs", journal.nowMs);
    mind.turnNumber++;
    journal.write({
      type: "caller_turn",
      turn: mind.turnNumber,
      text: mask(words.text),
      language: mind.language,
      confidence: words.confidence,
      ...(keypad && { keypad }),
    });
    mind.transcript.push({ role: "caller", text: words.text, ...(keypad && { keypad }) });
    if (preface) reply.sayFirst(preface, "prompt");
    const untold = [...this.#announcements.splice(0), ...mind.untold.splice(0)];
    for (const text of untold.toReversed()) reply.sayFirst(text, "prompt");
    reply.commit();
    mouth.playout.play(reply.speech);
    const finished = mouth.playout.finished();
    this.#fillers.untilHeard(reply, moments.speechEndMs);
    const heard = await finished;
    if (this.#reply !== reply) return;
    this.#conclude(reply, heard, false);
    const { wish } = mind;
    if (wish) this.hooks.onWish(wish, reply.hasSound);
  }

  /**
   * Stops what the agent says and gives the floor to the caller. A reply of which almost nothing was
   * heard, and that changed nothing, is taken back.
   *
   * @returns the caller's words that it answered, to be one turn with what comes now
   */
  yield(): TurnText | undefined {
    const { mind, mouth, journal } = this.options;
    const reply = this.#reply;
    const heard = mouth.playout.busy ? mouth.playout.stop() : nothingHeard;
    if (heard.heardMs > 0) {
      const heardMs = Math.round(heard.heardMs);
      journal.write({ type: "barge_in", turn: mind.turnNumber, heardMs });
    }
    if (!reply) return undefined;
    reply.abort("The caller interrupted");
    const hasWords = heard.passages.some(({ passage }) => passage.kind === "reply");
    if (reply.hasActed || (hasWords && heard.heardMs >= BARELY_HEARD_MS)) {
      this.#conclude(reply, heard, true);
      return undefined;
    }
    this.drop("The caller went on");
    mind.transcript.takeBackCaller();
    return { text: reply.question };
  }

  /**
   * Has something said before the present answer if it is still unheard, else before the next one,
   * unless it is about the present one alone.
   */
  announce(text: string, isOfThisAnswer = false): void {
    const reply = this.#reply;
    const isPlaying = reply !== undefined && this.options.mouth.playout.speech === reply.speech;
    if (!isPlaying || reply.isBegun) {
      if (!isPlaying || !isOfThisAnswer) this.#announcements.push(text);
    } else if (reply.hasSound) reply.fill(text, "prompt");
    else reply.sayFirst(text, "prompt");
  }

  /** The caller goes on with the turn: what was drafted for it is worth nothing. */
  wentOn(): void {
    this.#fillers.hush();
    this.drop("The caller went on");
  }

  /** Drops a reply that nobody has heard. */
  drop(why: string): void {
    if (!this.#reply) return;
    this.#reply.abort(why);
    this.#leave();
    this.options.mind.interrupted();
  }

  /** Ends with the call: keeps what was heard, and stops. */
  close(why: string): void {
    const { playout } = this.options.mouth;
    this.#fillers.hush();
    this.#reply?.abort(why);
    if (this.#reply && playout.speech === this.#reply.speech) {
      this.#conclude(this.#reply, playout.heard(), true);
    }
    this.drop(why);
    playout.stop();
  }

  /** Writes down what became of a reply. */
  #conclude(reply: AgentTurn, heard: Heard, interrupted: boolean): void {
    const { mind, journal, mask } = this.options;
    this.#leave();
    mind.transcript.push(...reply.history(heard));
    const turn = mind.turnNumber;
    if (this.#latency?.waterfall.firstSampleSentMs !== undefined) {
      journal.write({ type: "latency", turn, waterfall: this.#latency.waterfall });
    }
    const words = heard.passages.filter(({ passage }) => passage.kind === "reply");
    const text = words.map(({ text }) => text).join(" ");
    for (const { question, topic } of reply.lookUps) {
      journal.write({ type: "looked_up", turn, question: mask(question), topic });
    }
    journal.write({ type: "agent_turn", turn, heard: mask(text), interrupted });
    if (interrupted) {
      mind.interrupted();
      if (reply.result && !heard.whole) mind.untold.push(reply.result);
    }
    const asked = reply.expect === "free" ? askedFor(text, mind.language) : reply.expect;
    this.#asked = interrupted ? "free" : asked;
    this.hooks.onReplied(this.#asked);
  }

  #leave(): void {
    this.#reply = undefined;
    this.#fillers.cancel();
  }

  #onPassage(passage: Passage, heardAtMs: number): void {
    const { mind, journal, mask } = this.options;
    if (passage.kind === "filler") return;
    if (this.#reply && passage.kind !== "greeting") {
      this.#latency?.note("firstSampleSentMs", journal.nowMs);
      this.#latency?.note("firstSampleHeardMs", journal.at(heardAtMs));
    }
    journal.write({
      type: "agent_sentence",
      turn: mind.turnNumber,
      text: mask(passage.text),
    });
  }

  #setLanguage({ text, language }: TurnText): void {
    const { mind, languages } = this.options;
    const detected = detectLanguage(text, mind.language, languages);
    // Who asks for a language keeps it, whatever words of others they mix in.
    if (detected.asked) this.#languageIsChosen = true;
    else if (this.#languageIsChosen) return;
    mind.language = detected.asked ? detected.language : language ?? detected.language;
  }
}
