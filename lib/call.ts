import { bringPerson } from "./call/bring_person.ts";
import { EngineWatch } from "./call/engine_watch.ts";
import type { Expect } from "./contracts/expect.ts";
import type { CallFacts, Line, LineListener } from "./contracts/line.ts";
import type { CallerTurn, TurnText } from "./hearing/caller_turn.ts";
import { hangUpFirmly } from "./call/hanging_up.ts";
import { Journal } from "./call/journal.ts";
import { Keypad, type KeypadEvent } from "./call/keypad.ts";
import type { PhraseName } from "./languages/phrase_names.ts";
import { Listening } from "./call/listening.ts";
import { Mind, type Wish } from "./call/mind.ts";
import { Mouth, type SayOptions } from "./call/mouth.ts";
import { openCall } from "./call/opening.ts";
import { Replying } from "./call/replying.ts";
import { Understanding, type Verdict } from "./call/understanding.ts";
import { SilenceWatch } from "./call/silence.ts";
import type { CallDependencies } from "./call/call_dependencies.ts";
import { Thrift } from "./call/thrift.ts";
import { TimeLimit } from "./call/time_limit.ts";

/** How often the call looks at its clocks: silence, gaps in the line, the end of the call. */
const TICK_MS = 100;

/**
 * One phone call, from the open socket to the hang-up: the caller's side is {@linkcode Listening},
 * the agent's {@linkcode Replying}, and this decides who has the floor and when it is over.
 */
export class Call implements LineListener {
  readonly #journal: Journal;
  readonly #mind: Mind;
  readonly #mouth: Mouth;
  readonly #listening: Listening;
  readonly #replying: Replying;
  readonly #silence: SilenceWatch;
  readonly #thrift: Thrift;
  readonly #engineWatch: EngineWatch;
  readonly #timeLimit: TimeLimit;
  readonly #keypad = new Keypad();
  readonly #understanding: Understanding;
  readonly #over = new AbortController();
  #phase: "talking" | "handing_over" | "ending" | "over" = "talking";
  #hangingUp = false;
  #cancelTick = () => {};

  constructor(
    readonly facts: CallFacts,
    readonly line: Line,
    readonly dependencies: CallDependencies,
  ) {
    const { agent, clock, mask, budget } = dependencies;
    const journal = this.#journal = new Journal(facts.callId, clock, (event) => {
      budget?.take(event);
      dependencies.publish(event);
    });
    const thrift = this.#thrift = new Thrift(budget, journal);
    const watch = this.#engineWatch = new EngineWatch(
      journal,
      (name, isPassing) => this.#replying.announce(this.#mind.phrase(name), isPassing),
    );
    const { stt, llm, tts } = dependencies.engines(watch);
    const talker = thrift.shorten(llm);
    const mind = this.#mind = new Mind({ ...dependencies, llm: talker, facts, journal });
    const mouth = this.#mouth = new Mouth(line, clock, tts, journal, agent.voice.style);
    this.#silence = new SilenceWatch(agent.silence);
    this.#timeLimit = new TimeLimit(agent.maxCallMs);
    this.#understanding = new Understanding(agent.languages);
    this.#listening = new Listening(mouth.playout, journal, {
      stt,
      languages: agent.languages,
      vocabulary: agent.vocabulary,
      turns: agent.turn,
      dropsCards: agent.privacy.mask.card ?? true,
    }, {
      onPause: (words) => {
        const isWorthIt = this.#understanding.isWorthDrafting(words.text, this.#mind.language);
        if (isWorthIt && this.#thrift.step !== "hard") this.#replying.draft(words);
      },
      onSilent: (turn) => this.#replying.awaitWords(turn, () => this.#listening.areWordsLate),
      onWentOn: () => this.#replying.wentOn(),
      onInterruption: () => this.#replying.yield(),
      onStopWord: () => this.#say("say_again_after_stop"),
      onTurn: (turn, words) => this.#answer(turn, words),
      onFault: (error) => watch.unexpected("stt", error),
    });
    this.#replying = new Replying(
      { mind, mouth, journal, clock, mask, languages: agent.languages },
      {
        onReplied: (expect) => this.#waitFor(expect),
        onWish: (wish, said) => this.#fulfil(wish, said),
        onFault: (stage, error) => watch.unexpected(stage, error),
      },
    );
    journal.write({ type: "started", engines: dependencies.engineNames });
    this.#waitFor("free");
    this.#tick();
    openCall({
      facts,
      dependencies,
      mind,
      mouth,
      tell: (name, text) => this.#tell(name, text),
      signal: this.#over.signal,
    });
  }

  /** Says something of our own now when nobody has the floor, else before the next answer. */
  #tell(name: string, text: string): void {
    this.#journal.write({ type: "prompt", name, text: this.dependencies.mask(text) });
    if (this.#phase === "talking" && this.#isQuiet) {
      this.#mouth.say(text, this.#mind.language, { signal: this.#over.signal });
    } else this.#replying.announce(text);
  }

  get #isQuiet(): boolean {
    return !this.#replying.busy && !this.#listening.callerHasTurn && !this.#keypad.open &&
      !this.#mouth.playout.busy;
  }

  hear(frame: Int16Array, atMs: number): void {
    if (this.#phase === "talking") this.#listening.hear(frame, atMs);
  }

  get framesTogether(): number {
    return this.#listening.framesTogether;
  }

  press(digit: string): void {
    if (this.#phase !== "talking") return;
    this.#silence.callerActed();
    this.#listening.drop();
    this.#replying.yield();
    const { wantedDigits } = this.#understanding;
    this.#onKeypad(this.#keypad.press(digit, this.dependencies.clock.now(), wantedDigits));
  }

  lost(reason: string): void {
    this.#close(reason);
  }

  /** Says goodbye and hangs up: the bridge is going down. Asked again, it waits for no goodbye. */
  end(reason: string): Promise<void> {
    return this.#phase === "ending" ? this.#hangUp(reason) : this.#end(reason, "draining_goodbye");
  }

  #tick(): void {
    const { clock } = this.dependencies;
    const nowMs = clock.now();
    this.#cancelTick = clock.at(nowMs + TICK_MS, () => this.#tick());
    const elapsedMs = this.#journal.nowMs;
    if (this.#timeLimit.isOverrun(elapsedMs)) return void this.#hangUp("max_duration");
    if (this.#phase !== "talking") return;
    if (this.#timeLimit.isUp(elapsedMs)) return void this.#end("max_duration", "time_up");
    this.#listening.tick(nowMs);
    this.#onKeypad(this.#keypad.check(nowMs));
    const isQuiet = this.#isQuiet;
    if (isQuiet && this.#timeLimit.mustWarn(elapsedMs)) return void this.#say("time_warning");
    if (isQuiet && this.#thrift.step === "hard") return void this.#overBudget();
    if (isQuiet && this.#mind.untold.length > 0) {
      return this.#tell("result", this.#mind.untold.splice(0).join(" "));
    }
    const step = this.#silence.check(nowMs, isQuiet);
    if (step === "ask") this.#say("still_there");
    if (step === "give_up") this.#end("silence", "goodbye_silent");
  }

  /** The caller's turn is over: the reply is heard, and may act. */
  #answer(turn: CallerTurn, words: TurnText): void {
    // An answer that was drafted is paid for.
    if (!this.#replying.busy && this.#thrift.step === "hard") return void this.#overBudget();
    const verdict = this.#understanding.judge(turn, words, this.#mind.language, this.#listening);
    if (verdict.type !== "answer") return this.#notUnderstood(verdict);
    this.#silence.callerActed();
    const name = turn.secretSpoken ? "secret_spoken" : turn.isLong ? "long_turn_ack" : undefined;
    const { readBack: value } = verdict;
    const readBack = value && this.#mind.phrase("read_back", { value });
    const preface = name ? this.#mind.phrase(name) : readBack;
    const { speechEndMs, softPauseMs, transcriptMs } = turn;
    this.#replying.answer({ words, preface, speechEndMs, softPauseMs, transcriptMs });
  }

  /** The words make no sense, or can't be right as they were heard: they are never corrected. */
  #notUnderstood(verdict: Exclude<Verdict, { type: "answer" }>): void {
    this.#replying.drop(verdict.reason);
    const { turnNumber } = this.#mind;
    this.#journal.write({ type: "not_understood", turn: turnNumber, reason: verdict.reason });
    if (verdict.type === "person") return void this.#handOver(verdict.reason);
    if (verdict.offersPerson) {
      this.#mind.offerPerson();
      this.#waitFor("yes_no");
    }
    this.#say(verdict.say);
  }

  #onKeypad(event: KeypadEvent | undefined): void {
    if (!event) return;
    if (event.type === "person") return void this.#handOver("The caller pressed 0 for a person");
    const { clock, mask } = this.dependencies;
    const { expect } = this.#understanding;
    this.#journal.write({ type: "digits", digits: mask(event.digits), expect });
    this.#understanding.understood();
    this.#replying.answer({
      words: { text: event.digits, confidence: 1 },
      keypad: true,
      speechEndMs: clock.now(),
    });
  }

  /** Does what a reply decided, now that the caller has heard it. */
  #fulfil(wish: Wish, said: boolean): void {
    if (this.#phase !== "talking") return;
    if (wish.type === "hand_over") this.#handOver(wish.reason);
    else this.#end(wish.reason, said ? undefined : "goodbye");
  }

  #say(name: PhraseName, options: SayOptions = {}, values: Record<string, string> = {}) {
    const text = this.#mind.phrase(name, values);
    this.#journal.write({ type: "prompt", name, text: this.dependencies.mask(text) });
    return this.#mouth.say(text, this.#mind.language, { signal: this.#over.signal, ...options });
  }

  #waitFor(expect: Expect): void {
    this.#understanding.expect = expect;
    this.#listening.waitFor(expect, this.#mind.language);
    this.#listening.mayDraft = !this.#mind.awaitsYes;
  }

  /** Brings a person, and goes on with the call when nobody came. */
  async #handOver(reason: string): Promise<void> {
    if (this.#phase !== "talking") return;
    this.#phase = "handing_over";
    this.#listening.drop();
    this.#replying.drop("A person was asked for");
    const { clock, handOver } = this.dependencies;
    const result = await bringPerson({
      handOver,
      request: this.#mind.handOverRequest(reason),
      clock,
      journal: this.#journal,
      say: (name, values) => this.#say(name, { isProtected: true }, values),
      releaseLine: (why) => this.line.close(1000, why),
      signal: this.#over.signal,
    });
    if (this.#over.signal.aborted || result === "connected") return;
    if (result === "gone") return this.#close("handed_over");
    this.#phase = "talking";
    this.#understanding.understood();
    this.#waitFor("free");
  }

  /** The money is spent: a person goes on, or the call ends politely. */
  async #overBudget(): Promise<void> {
    const { atLimit } = this.dependencies.agent.budget;
    if (atLimit === "hand_over") await this.#handOver("The budget for the agent is spent");
    if (this.#phase === "talking") await this.#end("budget", "budget_close");
  }

  /** Says goodbye to its end, and hangs up. */
  async #end(reason: string, farewell?: PhraseName): Promise<void> {
    if (this.#phase === "ending" || this.#phase === "over") return;
    this.#phase = "ending";
    this.#listening.drop();
    this.#replying.drop(reason);
    if (farewell) await this.#say(farewell, { isProtected: true });
    await this.#hangUp(reason);
  }

  /** Ends the phone call at the platform, and closes the socket last. */
  async #hangUp(reason: string): Promise<void> {
    if (this.#hangingUp || this.#phase === "over") return;
    this.#hangingUp = true;
    const { clock, hangUp } = this.dependencies;
    await hangUpFirmly({
      hangUp: () => hangUp(this.facts.callId),
      sayGoodbye: () => this.#say("goodbye", { isProtected: true }),
      onFailed: () => this.#journal.write({ type: "hang_up_failed" }),
      clock,
      signal: this.#over.signal,
    });
    this.line.close(1000, reason);
    this.#close(reason);
  }

  #close(reason: string): void {
    if (this.#phase === "over") return;
    this.#phase = "over";
    this.#engineWatch.close();
    this.#cancelTick();
    this.#over.abort(new DOMException(`The call is over: ${reason}`, "AbortError"));
    this.#listening.drop();
    this.#replying.close(reason);
    const end = () => {
      this.#thrift.close();
      this.#journal.write({ type: "ended", reason });
    };
    // A change that was agreed on is finished and written down, whoever has hung up.
    if (this.#mind.writing) this.#mind.writing.then(end, end);
    else end();
  }
}
