import type { AgentTurn } from "./agent_turn.ts";
import type { Clock } from "../clock.ts";
import type { Journal } from "./journal.ts";
import type { PhraseName } from "../languages/phrase_names.ts";
import type { Mind } from "./mind.ts";
import type { Mouth } from "./mouth.ts";

export interface FillersOptions {
  mind: Mind;
  mouth: Mouth;
  journal: Journal;
  clock: Clock;
}

/** The caller may have waited this long for the reply's first sound before a filler is heard, */
const AFTER_SPEECH_MS = 1800;
/** which comes this long after the turn is over: not when the reply is about to be heard anyway. */
const AFTER_TURN_MS = { least: 400, most: 800 };
/** A filler has been heard for so long, and still there is nothing: the caller is told why. */
const AFTER_FILLER_MS = 2000;
/** A tool may take this long before a filler is heard. */
const AFTER_TOOL_MS = 1200;
/** For one turn of the caller. */
const MAX_FILLERS = 2;

/** Says short phrases while something slow runs, and nothing while the agent is heard or done. */
export class Fillers {
  /** Each keeps a filler from being said. */
  #timers: (() => void)[] = [];
  #said = 0;
  #saidAtMs = 0;
  #toldSlow = false;
  /** Stops making the sound of what bridges the wait for the caller's words. */
  #bridge = new AbortController();

  constructor(readonly options: FillersOptions) {}

  /** Begins to count for another turn of the caller. */
  newTurn(): void {
    this.cancel();
    this.#said = 0;
  }

  /** Bridges the wait for the words of a caller who is silent since `speechEndMs`. */
  whileWordsAreLate(speechEndMs: number, areLate: () => boolean): void {
    this.cancel();
    this.#at(speechEndMs + AFTER_SPEECH_MS, () => {
      const { mind, mouth } = this.options;
      if (!areLate() || mouth.playout.busy) return;
      const text = this.#next("filler_thinking");
      if (text === undefined) return;
      this.#bridge = new AbortController();
      mouth.say(text, mind.language, { kind: "filler", signal: this.#bridge.signal });
    });
  }

  /** Bridges the wait for the first sound of a reply, which the caller expects since `speechEndMs`. */
  untilHeard(reply: AgentTurn, speechEndMs: number): void {
    this.cancel();
    const nowMs = this.options.clock.now();
    const { least, most } = AFTER_TURN_MS;
    let slowAtMs = this.#saidAtMs + AFTER_FILLER_MS;
    if (this.#said === 0) {
      const atMs = Math.min(nowMs + most, Math.max(nowMs + least, speechEndMs + AFTER_SPEECH_MS));
      this.#fillAt(atMs, reply, "filler_thinking");
      slowAtMs = atMs + AFTER_FILLER_MS;
    }
    this.#fillAt(Math.max(slowAtMs, nowMs + least), reply, "apology_slow");
  }

  /** Bridges the wait for a tool. */
  whileToolRuns(reply: AgentTurn): void {
    this.#fillAt(this.options.clock.now() + AFTER_TOOL_MS, reply, "filler_tool");
  }

  /** Says none of those that are due. */
  cancel(): void {
    for (const cancel of this.#timers.splice(0)) cancel();
  }

  /** Stops in the middle of a word: the caller speaks, or is gone. */
  hush(): void {
    this.cancel();
    this.#bridge.abort(new DOMException("Nothing waits any more", "AbortError"));
    const { playout } = this.options.mouth;
    if (playout.speech?.isBridge) playout.stop();
  }

  #at(atMs: number, task: () => void): void {
    this.#timers.push(this.options.clock.at(atMs, task));
  }

  /** Says a filler when the reply has still nothing to be heard at that moment. */
  #fillAt(atMs: number, reply: AgentTurn, name: PhraseName): void {
    this.#at(atMs, () => {
      const { playout } = this.options.mouth;
      if (playout.speech !== reply.speech || playout.audible || reply.speech.finished) return;
      const text = this.#next(name);
      if (text === undefined) return;
      if (reply.hasSound) reply.fill(text, "filler");
      else reply.sayFirst(text, "filler");
    });
  }

  /** The words of the next filler, when one more may be said. */
  #next(name: PhraseName): string | undefined {
    if (this.#said >= MAX_FILLERS) return undefined;
    const { mind, journal, clock } = this.options;
    this.#said++;
    this.#saidAtMs = clock.now();
    // What is wrong is told once; after that a filler will do.
    const isKnown = name === "apology_slow" && this.#toldSlow;
    this.#toldSlow ||= name === "apology_slow";
    const text = mind.phrase(isKnown ? "filler_thinking" : name);
    journal.write({ type: "filler", text });
    return text;
  }
}
