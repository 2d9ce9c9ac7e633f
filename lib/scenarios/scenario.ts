import type { Outcome } from "../outcomes/outcome.ts";

/** What a tool of the company answers in one scenario, instead of running. */
export interface CannedAnswer {
  say: string;
  data: Record<string, unknown>;
}

/** One step of a scripted brain: words, a tool call, or both. */
export interface BrainStep {
  say?: string;
  call?: string;
  with: Record<string, unknown>;
}

/** What is broken while a scenario runs. */
export interface Faults {
  backend?: "down" | "slow";
  llm?: "down" | "silent";
  tts?: "down";
  /** By the name of the tool. */
  tools: Record<string, "fails" | "slow">;
}

/** What must be seen in a turn, or in the whole call; what is absent is not looked at. */
export interface Expectations {
  /** Each is a piece of text, or `/a pattern/`; letter case counts for nothing. */
  says: string[];
  saysAnyOf: string[];
  neverSays: string[];
  /** Tools that ran; one that was refused or failed did not. */
  calls: string[];
  /** Arguments of those calls, by tool. */
  args: Record<string, Record<string, unknown>>;
  /** Tools that must not have run. */
  neverCalls: string[];
  /** Tools whose call was refused or failed. */
  refuses: string[];
  /** How many changes were made. */
  changes?: number;
  /** The change that waits for the caller's yes. */
  asksYesFor?: string;
  /** The language that the agent answered in. */
  language?: string;
  /** How sure the call is of who is calling. */
  identity?: "none" | "number" | "fact" | "code" | "locked";
  /** How far a person was brought. */
  person?: "not asked" | "asked" | "connected" | "promised" | "failed";
  /** True when the caller must have stopped the agent. */
  interrupted?: boolean;
  /** From the end of the caller's speech to the agent's first sample on the line. */
  withinMs?: number;
}

/** What must be true of the call as a whole. */
export interface CallExpectations extends Expectations {
  /** Text that may not be in any event, nor in what the model was given. */
  masked: string[];
  outcome?: Outcome;
  /** Who ended the call. */
  endedBy?: "agent" | "caller";
}

export interface ScenarioTurn {
  /** The caller's line, in the words of `deno task call --say`. */
  caller: string;
  /** What the recogniser makes of it in text mode, when that is something else. */
  heard?: string;
  confidence?: number;
  line: number;
  expect: Expectations;
}

/** One call that is acted out, and what must come of it. */
export interface Scenario {
  name: string;
  /** The file that it is in, and the line that it begins at. */
  file: string;
  line: number;
  /** The language in which the caller's voice reads the lines. */
  language: string;
  /** E.164; absent when withheld. */
  from?: string;
  /** Milliseconds since 1970 at which the call begins. */
  atWallMs: number;
  /** Hostile or broken on purpose. */
  hostile: boolean;
  /** Runs also as telephone audio. */
  audio: boolean;
  /** Shown by `deno task demo`. */
  demo: boolean;
  faults: Faults;
  /** Answers of tools, by their names. */
  answers: Record<string, CannedAnswer>;
  /** One more knowledge file. */
  knowledge?: string;
  /** Thinks in place of the engine. */
  brain?: BrainStep[];
  /** What becomes of a call to a person. */
  person: "answers" | "does not answer";
  turns: ScenarioTurn[];
  expect: CallExpectations;
}
