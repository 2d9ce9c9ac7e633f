import type { Agent } from "./agent/agent.ts";
import { AgentTurn } from "./agent_turn.ts";
import { bringPerson } from "./bring_person.ts";
import type { Clock } from "./clock.ts";
import type { Backend } from "./contracts/backend.ts";
import type { CallEvent, Stage } from "./contracts/call_event.ts";
import { EngineError } from "./contracts/engine_error.ts";
import type { Expect } from "./contracts/expect.ts";
import type { HandOver, HangUp } from "./contracts/hand_over.ts";
import type { CallFacts, Line, LineListener } from "./contracts/line.ts";
import type { Llm } from "./contracts/llm.ts";
import type { Stt } from "./contracts/stt.ts";
import type { Tts } from "./contracts/tts.ts";
import type { CallerTurn, TurnText } from "./hearing/caller_turn.ts";
import { expectation } from "./hearing/expectations.ts";
import { implausible } from "./hearing/plausibility.ts";
import { Journal } from "./journal.ts";
import { Keypad, type KeypadEvent } from "./keypad.ts";
import { detectLanguage } from "./languages/detection.ts";
import type { PhraseName } from "./languages/phrase_names.ts";
import { Latency } from "./latency.ts";
import { Listening } from "./listening.ts";
import { Mind } from "./mind.ts";
import { Misunderstandings } from "./misunderstandings.ts";
import { Mouth, type SayOptions } from "./mouth.ts";
import { SilenceWatch } from "./silence.ts";
import { type Heard, nothingHeard } from "./speaking/heard.ts";
import type { Passage } from "./speaking/speech.ts";
import type { ToolCatalog } from "./tool_catalog.ts";

/** Everything a call needs from the rest of the bridge. */
export interface CallDependencies {
  agent: Agent;
  stt: Stt;
  llm: Llm;
  tts: Tts;
  /** Names of the engines, for the record. */
  engines: Record<Stage, string>;
  catalog: ToolCatalog;
  backend: Backend;
  handOver: HandOver;
  hangUp: HangUp;
  /** Masks numbers and the like in everything that is written down. */
  mask(text: string): string;
  clock: Clock;
  publish(event: CallEvent): void;
}

/** How often the call looks at its clocks: silence, gaps in the line, the end of the call. */
const TICK_MS = 100;
/** The reply's first sound may take this long before a filler is heard. */
const FILLER_AFTER_MS = 800;
/** A tool may take this long before a filler is heard. */
const TOOL_FILLER_AFTER_MS = 1200;
const MAX_FILLERS = 2;
/** Below this signal-to-noise ratio the line counts as noisy. */
const NOISY_SNR_DB = 10;
/** Less of a reply than this was not really heard: the caller was still going on. */
const BARELY_HEARD_MS = 400;
/** The caller is told when this much of the call is left. */
const WARN_BEFORE_END_MS = 60_000;
/** The call ends by force this long after its last permitted moment. */
const OVERTIME_MS = 3000;

/** Serves one phone call: hears frames, takes turns, replies, hands over, hangs up. */
export class Call implements LineListener {
  readonly #mouth: Mouth;
  readonly #listening: Listening;
  readonly #mind: Mind;
  readonly #journal: Journal;
  readonly #silence: SilenceWatch;
  readonly #keypad = new Keypad();
  readonly #misunderstandings = new Misunderstandings();
  readonly #over = new AbortController();
  #phase: "talking" | "handing_over" | "ending" | "over" = "talking";
  #reply?: AgentTurn;
  #latency?: Latency;
  #expect: Expect = "free";
  #fillers = 0;
  #warned = false;
  #cancelTick = () => {};

  constructor(
    readonly facts: CallFacts,
    readonly line: Line,
    readonly dependencies: CallDependencies,
  ) {
    const { agent, clock } = dependencies;
    this.#journal = new Journal(facts.callId, clock, dependencies.publish);
    this.#mind = new Mind({ ...dependencies, facts, journal: this.#journal });
    this.#mouth = new Mouth(line, clock, dependencies.tts, this.#journal, agent.voice.style);
    this.#silence = new SilenceWatch(agent.silence);
    this.#listening = new Listening(this.#mouth.playout, this.#journal, {
      stt: dependencies.stt,
      languages: agent.languages,
      vocabulary: agent.vocabulary,
      turns: {
        ...(agent.turn.bargeInVoicedMs && { holdVoicedMs: agent.turn.bargeInVoicedMs }),
        ...(agent.turn.maxTurnMs && { maxTurnMs: agent.turn.maxTurnMs }),
      },
    }, {
      onPause: (words) => this.#draft(words),
      onWentOn: () => this.#dropReply("The caller went on"),
      onInterruption: () => this.#yield(),
      onStopWord: () => this.#say("say_again_after_stop"),
      onTurn: (turn, words) => this.#answer(turn, words),
      onFault: (error) => this.#fault("stt", error),
      onUsage: (usage) =>
        this.#journal.write({ type: "usage", stage: "stt", provider: "stt", usage }),
    });
    this.#mouth.playout.onPassage = (passage, heardAtMs) => this.#onPassage(passage, heardAtMs);
    this.#journal.write({ type: "started", engines: dependencies.engines });
    this.#waitFor("free");
    this.#tick();
    this.#mouth.say(agent.greeting[this.#mind.language], this.#mind.language, { kind: "greeting" });
  }

  hear(frame: Int16Array): void {
    if (this.#phase === "talking") this.#listening.hear(frame);
  }

  press(digit: string): void {
    if (this.#phase !== "talking") return;
    this.#silence.callerActed();
    this.#listening.drop();
    this.#yield();
    const wanted = expectation(this.#expect).keypad?.maxDigits ?? 0;
    this.#onKeypad(this.#keypad.press(digit, this.dependencies.clock.now(), wanted));
  }

  lost(reason: string): void {
    this.#close(reason);
  }

  /** Says goodbye and hangs up: the bridge is going down. */
  end(reason: string): Promise<void> {
    return this.#end(reason, "draining_goodbye");
  }

  #tick(): void {
    const { clock, agent } = this.dependencies;
    const nowMs = clock.now();
    this.#cancelTick = clock.at(nowMs + TICK_MS, () => this.#tick());
    const elapsedMs = this.#journal.nowMs;
    if (elapsedMs >= agent.maxCallMs + OVERTIME_MS) return void this.#hangUp("max_duration");
    if (this.#phase !== "talking") return;
    if (elapsedMs >= agent.maxCallMs) return void this.#end("max_duration", "time_up");
    this.#listening.tick(nowMs);
    this.#onKeypad(this.#keypad.check(nowMs));
    const isQuiet = !this.#reply && !this.#listening.callerHasTurn && !this.#keypad.open &&
      !this.#mouth.playout.busy;
    if (isQuiet && !this.#warned && elapsedMs >= agent.maxCallMs - WARN_BEFORE_END_MS) {
      this.#warned = true;
      this.#say("time_warning");
      return;
    }
    const step = this.#silence.check(nowMs, isQuiet);
    if (step === "ask") this.#say("still_there");
    if (step === "give_up") this.#end("silence", "goodbye_silent");
  }

  /** Begins a reply that nobody hears yet. */
  #draft(words: TurnText): void {
    this.#dropReply("The words changed");
    this.#setLanguage(words);
    const question = { role: "caller" as const, text: words.text, confidence: words.confidence };
    const reply: AgentTurn = new AgentTurn(
      words.text,
      (turn) => this.#mind.answer(question, turn),
      {
        synthesise: (passage, signal) => this.#mouth.speak(passage, this.#mind.language, signal),
        guard: (sentence) => this.#mind.guard(sentence),
        onFirstToken: () => this.#latency?.note("firstTokenMs", this.#journal.nowMs),
        onSentence: () => this.#latency?.note("firstSentenceMs", this.#journal.nowMs),
        onFailure: (error) => {
          this.#fault("llm", error);
          return this.#mind.phrase("apology_engine");
        },
        onTools: () => this.#fillAfter(reply, TOOL_FILLER_AFTER_MS, "filler_tool"),
        onUsage: (usage) =>
          this.#journal.write({ type: "usage", stage: "llm", provider: "llm", usage }),
      },
    );
    this.#reply = reply;
    this.#latency = new Latency(this.#journal.nowMs);
  }

  /** The caller's turn is over: the reply is heard, and may act. */
  #answer(turn: CallerTurn, words: TurnText): void {
    const { agent, mask } = this.dependencies;
    const reason = implausible({
      text: words.text,
      durationMs: turn.voicedMs,
      snrDb: this.#listening.snrDb,
      languages: agent.languages,
    });
    if (reason !== undefined) return this.#notUnderstood(reason);
    this.#misunderstandings.understood();
    this.#silence.callerActed();
    if (this.#reply?.question !== words.text) this.#draft(words);
    const reply = this.#reply!;
    if (turn.isLong) reply.sayFirst(this.#mind.phrase("long_turn_ack"), "prompt");
    if (turn.secretSpoken) reply.sayFirst(this.#mind.phrase("secret_spoken"), "prompt");
    const latency = this.#latency!;
    latency.waterfall.speechEndMs = Math.round(this.#journal.at(turn.speechEndMs));
    latency.note("softPauseMs", this.#journal.at(turn.softPauseMs ?? turn.speechEndMs));
    latency.note("transcriptMs", this.#journal.at(turn.transcriptMs ?? turn.speechEndMs));
    this.#mind.turnNumber++;
    this.#journal.write({
      type: "caller_turn",
      turn: this.#mind.turnNumber,
      text: mask(words.text),
      language: this.#mind.language,
      confidence: words.confidence,
    });
    this.#deliver(reply);
  }

  /** Lets a reply be heard to its end, and carries out what it decided. */
  async #deliver(reply: AgentTurn): Promise<void> {
    const { playout } = this.#mouth;
    this.#latency?.note("commitMs", this.#journal.nowMs);
    this.#mind.transcript.push({ role: "caller", text: reply.question });
    this.#fillers = 0;
    reply.commit();
    playout.play(reply.speech);
    const heard = playout.finished();
    this.#fillAfter(reply, FILLER_AFTER_MS, "filler_thinking");
    const whole = await heard;
    if (this.#reply !== reply || this.#phase !== "talking") return;
    this.#conclude(reply, whole, false);
    const wish = this.#mind.wish;
    if (wish?.type === "hand_over") this.#handOver(wish.reason);
    else if (wish?.type === "end") this.#end(wish.reason, reply.hasSound ? undefined : "goodbye");
  }

  /** Writes down what became of a reply. */
  #conclude(reply: AgentTurn, heard: Heard, interrupted: boolean): void {
    this.#reply = undefined;
    this.#mind.transcript.push(...reply.history(heard));
    if (this.#latency?.waterfall.firstSampleSentMs !== undefined) {
      const { waterfall } = this.#latency;
      this.#journal.write({ type: "latency", turn: this.#mind.turnNumber, waterfall });
    }
    this.#journal.write({
      type: "agent_turn",
      turn: this.#mind.turnNumber,
      heard: this.dependencies.mask(
        heard.passages.filter(({ passage }) => passage.kind === "reply").map(({ text }) => text)
          .join(" "),
      ),
      interrupted,
    });
    if (interrupted) this.#mind.interrupted();
    this.#waitFor(interrupted ? "free" : reply.expect);
  }

  /**
   * Stops what the agent says and gives the floor to the caller. A reply of which almost nothing was
   * heard, and that changed nothing, is taken back: the caller's words before it and now are one turn.
   */
  #yield(): TurnText | undefined {
    const reply = this.#reply;
    const { playout } = this.#mouth;
    const heard = playout.busy ? playout.stop() : nothingHeard;
    if (heard.heardMs > 0) {
      const heardMs = Math.round(heard.heardMs);
      this.#journal.write({ type: "barge_in", turn: this.#mind.turnNumber, heardMs });
    }
    if (!reply) return undefined;
    reply.abort("The caller interrupted");
    const words = heard.passages.filter(({ passage }) => passage.kind === "reply");
    if (reply.hasActed || (words.length > 0 && heard.heardMs >= BARELY_HEARD_MS)) {
      this.#conclude(reply, heard, true);
      return undefined;
    }
    this.#reply = undefined;
    this.#mind.interrupted();
    this.#mind.transcript.takeBackCaller();
    return { text: reply.question };
  }

  #dropReply(why: string): void {
    if (!this.#reply) return;
    this.#reply.abort(why);
    this.#reply = undefined;
    this.#mind.interrupted();
  }

  #notUnderstood(reason: string): void {
    this.#dropReply(reason);
    this.#journal.write({ type: "not_understood", turn: this.#mind.turnNumber, reason });
    const wantsDigits = expectation(this.#expect).keypad !== undefined;
    const isNoisy = this.#listening.snrDb < NOISY_SNR_DB;
    const rung = this.#misunderstandings.next(wantsDigits, isNoisy);
    if (rung.handOver) return void this.#handOver("The agent could not understand the caller");
    if (rung.expect === "yes_no") {
      this.#mind.offeredPerson = true;
      this.#waitFor("yes_no");
    }
    this.#say(rung.say);
  }

  #onKeypad(event: KeypadEvent | undefined): void {
    if (!event) return;
    if (event.type === "person") return void this.#handOver("The caller pressed 0 for a person");
    const { digits } = event;
    this.#journal.write({
      type: "digits",
      digits: this.dependencies.mask(digits),
      expect: this.#expect,
    });
    this.#misunderstandings.understood();
    this.#draft({ text: digits, confidence: 1 });
    this.#mind.turnNumber++;
    this.#journal.write({
      type: "caller_turn",
      turn: this.#mind.turnNumber,
      text: this.dependencies.mask(digits),
      language: this.#mind.language,
      keypad: true,
    });
    this.#deliver(this.#reply!);
  }

  /** Says a filler when the reply has still nothing to be heard after `ms`. */
  #fillAfter(reply: AgentTurn, ms: number, name: "filler_thinking" | "filler_tool"): void {
    const { clock } = this.dependencies;
    const cancel = clock.at(clock.now() + ms, () => {
      const { playout } = this.#mouth;
      if (this.#reply !== reply || playout.speech !== reply.speech || playout.audible) return;
      if (reply.speech.finished || this.#fillers >= MAX_FILLERS) return;
      this.#fillers++;
      const text = this.#mind.phrase(name);
      this.#journal.write({ type: "filler", text });
      if (reply.hasSound) reply.fill(text);
      else reply.sayFirst(text, "filler");
    });
    reply.signal.addEventListener("abort", cancel, { once: true });
    this.#over.signal.addEventListener("abort", cancel, { once: true });
  }

  #onPassage(passage: Passage, heardAtMs: number): void {
    const turn = this.#mind.turnNumber;
    if (passage.kind === "filler") return;
    if (passage.kind === "reply" && this.#latency) {
      this.#latency.note("firstSampleSentMs", this.#journal.nowMs);
      this.#latency.note("firstSampleHeardMs", this.#journal.at(heardAtMs));
    }
    const text = this.dependencies.mask(passage.text);
    this.#journal.write({ type: "agent_sentence", turn, text });
  }

  #say(name: PhraseName, options: SayOptions = {}, values: Record<string, string> = {}) {
    const text = this.#mind.phrase(name, values);
    this.#journal.write({ type: "prompt", name, text: this.dependencies.mask(text) });
    return this.#mouth.say(text, this.#mind.language, { signal: this.#over.signal, ...options });
  }

  #waitFor(expect: Expect): void {
    this.#expect = expect;
    this.#listening.waitFor(expect, this.#mind.language);
    this.#listening.mayDraft = !this.#mind.awaitsYes;
  }

  #setLanguage({ text, language }: TurnText): void {
    const { languages } = this.dependencies.agent;
    const detected = detectLanguage(text, this.#mind.language, languages);
    this.#mind.language = detected.asked ? detected.language : language ?? detected.language;
  }

  #fault(stage: Stage, error: unknown): void {
    this.#journal.write({ type: "engine_fault", stage, ...faultOf(error) });
  }

  /** Brings a person, and goes on with the call when nobody came. */
  async #handOver(reason: string): Promise<void> {
    if (this.#phase !== "talking") return;
    this.#phase = "handing_over";
    this.#listening.drop();
    this.#dropReply("A person was asked for");
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
    if (this.#over.signal.aborted) return;
    if (result === "back") {
      this.#phase = "talking";
      this.#misunderstandings.understood();
      this.#mind.offeredPerson = false;
      this.#waitFor("free");
    } else if (result === "gone") this.#close("handed_over");
  }

  /** Says goodbye to its end, and hangs up. */
  async #end(reason: string, farewell?: PhraseName): Promise<void> {
    if (this.#phase === "ending" || this.#phase === "over") return;
    this.#phase = "ending";
    this.#listening.drop();
    this.#dropReply(reason);
    if (farewell) await this.#say(farewell, { isProtected: true });
    await this.#hangUp(reason);
  }

  /** Ends the phone call at the platform, and closes the socket last. */
  async #hangUp(reason: string): Promise<void> {
    if (this.#phase === "over") return;
    const done = await this.dependencies.hangUp(this.facts.callId);
    if (!done) this.#journal.write({ type: "hang_up_failed" });
    this.line.close(1000, reason);
    this.#close(reason);
  }

  #close(reason: string): void {
    if (this.#phase === "over") return;
    this.#phase = "over";
    this.#cancelTick();
    this.#over.abort(new DOMException(`The call is over: ${reason}`, "AbortError"));
    this.#listening.drop();
    if (this.#reply) this.#conclude(this.#reply, this.#mouth.playout.heard(), true);
    this.#dropReply(reason);
    this.#mouth.playout.stop();
    this.#journal.write({ type: "ended", reason });
  }
}

function faultOf(error: unknown): { provider: string; fault: string; message: string } {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof EngineError) {
    return { provider: error.provider, fault: error.fault, message };
  }
  return { provider: "unknown", fault: "broken", message };
}
