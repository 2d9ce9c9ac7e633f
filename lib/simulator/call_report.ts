import type { CallEvent, Waterfall } from "../contracts/call_event.ts";
import type { LegEnd, LegEntry } from "./leg_log.ts";
import { problemsOf } from "./call_problems.ts";
import type { SoundSpan } from "./sound_spans.ts";

/** What is written to `call.json`. Times are milliseconds since the first ring. */
export interface CallReport {
  callId: string;
  /** ISO instant of the first ring. */
  startedAt: string;
  /** Where call.wav begins. */
  audioStartsAtMs: number;
  lastedMs: number;
  engines?: Record<string, string>;
  lines: LineReport[];
  turns: TurnReport[];
  latencies: {
    /** End of the caller's speech to the first sample on the socket, as the bridge measured it. */
    firstAudio: Spread;
    /** End of the caller's speech to the first sound in the caller's ear, measured at the phone. */
    atTheEar: Spread;
  };
  ended: LegEnd;
  /** As the bridge decided it. */
  outcome?: string;
  endReason?: string;
  /** Why the call counts as failed; empty when it went well. */
  problems: string[];
  events: ({ atMs: number; from: "phone" | "bridge" } & Record<string, unknown>)[];
}

/** One line of the caller. */
export interface LineReport {
  text: string;
  bargeIn: boolean;
  startMs: number;
  /** When the caller's voice ended. */
  speechEndMs?: number;
  /** From there to the first sound of the agent after it. */
  atTheEarMs?: number;
}

/** One exchange, as the bridge saw it. */
export interface TurnReport {
  turn: number;
  caller?: string;
  confidence?: number;
  tools: string[];
  /** What the caller heard. */
  agent?: string;
  interrupted?: boolean;
  waterfall?: Waterfall;
  firstAudioMs?: number;
}

export interface Spread {
  count: number;
  p50Ms?: number;
  p95Ms?: number;
}

export interface CallFacts {
  callId: string;
  startedWallMs: number;
  audioStartsAtMs: number;
  lineCount: number;
  log: LegEntry[];
  events: CallEvent[];
  heardSpans: SoundSpan[];
  ended: LegEnd;
}

/** Puts together what the phone noticed and what the bridge told. */
export function reportCall(facts: CallFacts): CallReport {
  const { log, events, heardSpans, ended } = facts;
  const lines = linesOf(log, heardSpans);
  const turns = turnsOf(events);
  const end = events.findLast((event) => event.type === "ended");
  const started = events.find((event) => event.type === "started");
  const merged = [
    ...log.map((entry) => ({ ...entry, from: "phone" as const })),
    ...events.map((event) => ({
      ...event,
      socketMs: event.atMs,
      atMs: event.wallMs - facts.startedWallMs,
      from: "bridge" as const,
    })),
  ].sort((a, b) => a.atMs - b.atMs);
  return {
    callId: facts.callId,
    startedAt: new Date(facts.startedWallMs).toISOString(),
    audioStartsAtMs: facts.audioStartsAtMs,
    lastedMs: log.findLast((entry) => entry.type === "ended")?.atMs ?? 0,
    engines: started?.type === "started" ? started.engines : undefined,
    lines,
    turns,
    latencies: {
      firstAudio: spread(turns.map((turn) => turn.firstAudioMs)),
      atTheEar: spread(lines.map((line) => line.atTheEarMs)),
    },
    ended,
    outcome: end?.type === "ended" ? end.outcome : undefined,
    endReason: end?.type === "ended" ? end.reason : undefined,
    problems: problemsOf({ log, ended, heardSpans, lineCount: facts.lineCount }),
    events: merged,
  };
}

function linesOf(log: LegEntry[], heardSpans: SoundSpan[]): LineReport[] {
  const lines: LineReport[] = [];
  for (const entry of log) {
    if (entry.type === "line_begins") {
      lines.push({ text: entry.text, bargeIn: entry.bargeIn, startMs: entry.atMs });
    }
    const line = lines.at(-1);
    if (entry.type === "line_ends" && line) line.speechEndMs = entry.atMs - entry.silentForMs;
  }
  lines.forEach((line, i) => {
    const { speechEndMs } = line;
    if (speechEndMs === undefined) return;
    const untilMs = lines[i + 1]?.startMs ?? Infinity;
    const answer = heardSpans.find(({ startMs }) => startMs >= speechEndMs && startMs < untilMs);
    if (answer) line.atTheEarMs = answer.startMs - speechEndMs;
  });
  return lines;
}

function turnsOf(events: CallEvent[]): TurnReport[] {
  const turns = new Map<number, TurnReport>();
  for (const event of events) {
    if (!("turn" in event)) continue;
    const turn = turns.get(event.turn) ?? { turn: event.turn, tools: [] };
    turns.set(event.turn, turn);
    if (event.type === "caller_turn") {
      turn.caller = event.text;
      turn.confidence = event.confidence;
    } else if (event.type === "tool_call") turn.tools.push(event.name);
    else if (event.type === "agent_turn") {
      turn.agent = event.heard;
      turn.interrupted = event.interrupted;
    } else if (event.type === "latency") {
      const { speechEndMs, firstSampleSentMs } = event.waterfall;
      turn.waterfall = event.waterfall;
      if (firstSampleSentMs !== undefined) turn.firstAudioMs = firstSampleSentMs - speechEndMs;
    }
  }
  return [...turns.values()].sort((a, b) => a.turn - b.turn);
}

/** Percentiles by nearest rank. */
export function spread(values: (number | undefined)[]): Spread {
  const known = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const rank = (part: number) => known[Math.ceil(part * known.length) - 1];
  return { count: known.length, p50Ms: rank(0.5), p95Ms: rank(0.95) };
}
