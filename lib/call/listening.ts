import type { TurnOverrides } from "../agent/agent.ts";
import { MAX_TOGETHER } from "../audio/framer.ts";
import type { Expect } from "../contracts/expect.ts";
import type { Stt } from "../contracts/stt.ts";
import { interruptionKind } from "../hearing/backchannel.ts";
import { CallerTurn, type TurnText } from "../hearing/caller_turn.ts";
import { completeness } from "../hearing/completeness.ts";
import { Ear, type EarEvent } from "../hearing/ear.ts";
import { expectation } from "../hearing/expectations.ts";
import type { Journal } from "./journal.ts";
import { createMasker } from "../privacy/mask.ts";
import { dropSpokenSecrets } from "../privacy/spoken_secret.ts";
import type { Playout } from "../speaking/playout.ts";

/** Takes out card numbers, which nobody who works for the caller needs. */
const withoutCards = createMasker({
  phone: false,
  national_id: false,
  email: false,
  mpesa_code: false,
  secret: false,
});

/** What listening tells the call. */
export interface ListeningHooks {
  /** The caller fell silent, and the words of the turn are being made out. */
  onSilent(turn: CallerTurn): void;
  /** The caller paused: a reply to these words may be drafted, unheard. */
  onPause(words: TurnText): void;
  /** The caller went on: the draft is worth nothing. */
  onWentOn(): void;
  /**
   * The caller has the floor: what the agent says must stop.
   *
   * @returns the caller's words before, when the reply to them was taken back
   */
  onInterruption(): TurnText | undefined;
  /** The caller asked the agent to stop talking, and nothing else. */
  onStopWord(): void;
  /** The turn is over. */
  onTurn(turn: CallerTurn, words: TurnText): void;
  onFault(error: unknown): void;
}

export interface ListeningOptions {
  stt: Stt;
  languages: string[];
  vocabulary: string[];
  /** Where this agent listens differently from the default. */
  turns: TurnOverrides;
  /** Card numbers go no further than the ear. */
  dropsCards: boolean;
}

/** Voiced time over the agent's voice after which the caller means it, whatever the words. */
const CERTAIN_VOICED_MS = 1500;
/** A held reply goes on when nothing came of the interruption. */
const FALSE_INTERRUPTION_MS = 1500;

/** Below this signal-to-noise ratio the line counts as noisy. */
const NOISY_SNR_DB = 10;
const NOISY_PATIENCE_MS = 250;

/** Follows the caller's turns from onset to commit, and tells an interruption from a cough. */
export class Listening {
  readonly #ear: Ear;
  #turn?: CallerTurn;
  #expect: Expect = "free";
  #language: string;
  /** A write waits for a yes, so nothing may be drafted. */
  mayDraft = true;
  #heldSinceMs?: number;

  constructor(
    readonly playout: Playout,
    readonly journal: Journal,
    readonly options: ListeningOptions,
    readonly hooks: ListeningHooks,
  ) {
    const { bargeInVoicedMs, maxTurnMs } = options.turns;
    this.#ear = new Ear(playout, {
      ...(bargeInVoicedMs && { holdVoicedMs: bargeInVoicedMs }),
      ...(maxTurnMs && { maxTurnMs }),
    });
    this.#language = options.languages[0];
  }

  /** Signal-to-noise ratio of this call in dB, NaN until the caller has spoken. */
  get snrDb(): number {
    return this.#ear.snrDb;
  }

  /** True when the caller's voice is hardly above the noise. */
  get isNoisy(): boolean {
    return this.#ear.snrDb < NOISY_SNR_DB;
  }

  /** True from the caller's onset until the turn is over or dismissed. */
  get callerHasTurn(): boolean {
    return this.#turn !== undefined;
  }

  /** True while the caller has a turn of which the words are not known. */
  get areWordsLate(): boolean {
    return this.#turn !== undefined && !this.#turn.words;
  }

  /** Sets what the agent waits for, and in which language. */
  waitFor(expect: Expect, language: string): void {
    this.#expect = expect;
    this.#language = language;
    const { softPauseMs, commitMs } = this.options.turns;
    const patience = expectation(expect);
    // On a noisy line pauses are heard less well, so callers are given more of them.
    const noiseMs = this.isNoisy ? NOISY_PATIENCE_MS : 0;
    this.#ear.turns.patience = {
      softPauseMs: Math.max(patience.softPauseMs, softPauseMs ?? 0),
      minCommitMs: Math.max(patience.minCommitMs, commitMs ?? 0) + noiseMs,
      maxCommitMs: Math.max(patience.maxCommitMs, commitMs ?? 0) + noiseMs,
    };
  }

  /** Takes the next frame of 320 samples, which came at `atMs` on the clock. */
  hear(frame: Int16Array, atMs: number): void {
    this.#turn?.hear(frame);
    const event = this.#ear.hear(frame, atMs);
    if (event) this.#on(event);
  }

  /** How many frames may be heard together, because none but the last can change anything. */
  get framesTogether(): number {
    return Math.min(MAX_TOGETHER, this.#ear.turns.framesToEvent);
  }

  /** Lets time pass; called several times a second. */
  tick(nowMs: number): void {
    this.playout.line.flush();
    this.#ear.fillGap((event) => this.#on(event));
    const turn = this.#turn;
    if (this.#heldSinceMs === undefined || !turn) return;
    const { voicedMs, callerIsSpeaking } = this.#ear.turns;
    const silentMs = nowMs - Math.max(this.#heldSinceMs, turn.speechEndMs);
    if (voicedMs >= CERTAIN_VOICED_MS) this.#interrupt(turn);
    else if (!callerIsSpeaking && silentMs >= FALSE_INTERRUPTION_MS) this.dismiss();
  }

  /** It was a cough, an "mm-hm" or our own echo: the agent goes on. */
  dismiss(): void {
    this.drop();
    this.#heldSinceMs = undefined;
    if (!this.playout.held) return;
    this.playout.resume();
    this.journal.write({ type: "resumed" });
  }

  /** Forgets the turn. */
  drop(): void {
    this.#turn?.abort();
    this.#turn = undefined;
    this.#heldSinceMs = undefined;
    this.#ear.turns.reset();
  }

  #on(event: EarEvent): void {
    const turn = this.#turn;
    switch (event.type) {
      case "onset":
        return this.#open(event.sinceMs, event.overlapped);
      case "hold":
        this.playout.hold();
        this.#heldSinceMs = this.playout.clock.now();
        return this.journal.write({ type: "held" });
      case "stop":
        return this.playout.hush();
      case "soft_pause":
        if (!turn) return;
        turn.softPauseMs = this.playout.clock.now();
        turn.speechEndMs = turn.softPauseMs - event.silenceMs;
        turn.voicedMs = turn.earlierVoicedMs + event.voicedMs;
        turn.speechLike = event.speechLike;
        this.#read(turn);
        return;
      case "resumed":
        if (!turn) return;
        turn.words = undefined;
        turn.open(this.#ear.preRoll(RESUME_MS));
        return this.hooks.onWentOn();
      case "commit":
        return this.#commit();
      case "too_long":
        if (!turn) return;
        turn.speechEndMs = this.playout.clock.now();
        turn.isLong = true;
        turn.committed = true;
        this.#read(turn);
        return;
      case "dismissed":
        return this.dismiss();
    }
  }

  #open(sinceMs: number, overlapped: boolean): void {
    this.journal.write({ type: "caller_speaking" });
    if (this.#turn) {
      // Its words are still being made out, and the caller goes on.
      this.#turn.committed = false;
      this.#turn.earlierVoicedMs = this.#turn.voicedMs;
      this.hooks.onWentOn();
      return this.#turn.open(this.#ear.preRoll(sinceMs));
    }
    const before = overlapped ? undefined : this.hooks.onInterruption();
    const { stt, languages, vocabulary } = this.options;
    const turn = new CallerTurn(
      stt,
      {
        languages: [...new Set([this.#language, ...languages])],
        vocabulary: [...expectation(this.#expect).vocabulary(this.#language), ...vocabulary],
        expect: this.#expect,
      },
      (text) => {
        const speaksOver = turn === this.#turn && turn.overlapped && this.playout.held;
        if (speaksOver && interruptionKind(text, languages) === "speech") this.#interrupt(turn);
      },
    );
    if (before) turn.before = before;
    turn.overlapped = overlapped;
    turn.open(this.#ear.preRoll(sinceMs));
    this.#turn = turn;
  }

  /** Learns the words of a turn at its pause, and decides what they are. */
  async #read(turn: CallerTurn): Promise<void> {
    const version = turn.version;
    this.hooks.onSilent(turn);
    const words = await this.#wordsOf(turn);
    if (this.#turn !== turn || turn.version !== version) return; // went on, or was dropped
    turn.transcriptMs = this.playout.clock.now();
    if (turn.overlapped && this.playout.busy) {
      const kind = interruptionKind(words.text, this.options.languages);
      if (kind === "backchannel" || kind === "nothing") return this.dismiss();
      this.#interrupt(turn);
      if (kind === "stop") {
        this.drop();
        return this.hooks.onStopWord();
      }
    }
    turn.ownText = words.text;
    turn.words = { ...words, text: [turn.before.text, words.text].filter(Boolean).join(" ") };
    const { text } = turn.words;
    // Of a turn without words there is nothing to wait for.
    this.#ear.turns.completeness = text === ""
      ? 1
      : completeness(text, this.#expect, this.options.languages);
    if (turn.committed) this.#end(turn);
    else if (text !== "" && this.mayDraft) this.hooks.onPause(turn.words);
  }

  async #wordsOf(turn: CallerTurn): Promise<TurnText> {
    try {
      const words = await turn.pause();
      const secret = dropSpokenSecrets(words.text, this.options.languages);
      turn.secretSpoken ||= secret.found !== undefined;
      const text = this.options.dropsCards ? withoutCards(secret.text) : secret.text;
      return { ...words, text };
    } catch (error) {
      this.hooks.onFault(error);
      return { text: "", unheard: true };
    }
  }

  #commit(): void {
    const turn = this.#turn;
    if (!turn) return;
    turn.committed = true;
    if (turn.words) this.#end(turn);
  }

  #end(turn: CallerTurn): void {
    this.#turn = undefined;
    this.#heldSinceMs = undefined;
    this.#ear.turns.reset();
    // Silence between words is no turn: a noise opened it.
    if (turn.words!.text === "" && !turn.speechLike) return;
    this.hooks.onTurn(turn, turn.words!);
  }

  /** The caller spoke over the agent and means it. */
  #interrupt(turn: CallerTurn): void {
    this.#heldSinceMs = undefined;
    turn.overlapped = false;
    const before = this.hooks.onInterruption();
    if (before) turn.before = before;
  }
}

/** How far back a stretch begins that was noticed by its voiced time. */
const RESUME_MS = 200;
