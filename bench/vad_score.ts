import { percentile } from "./percentile.ts";

/** A stretch of a recording in ms from its start. */
export interface Span {
  start: number;
  end: number;
}

/** What is known of a recording: where speech is, pauses of 100 ms and more left out. */
export interface Label {
  durMs: number;
  segs: Span[];
}

/** A turn that a detector found, and when it knew that the turn was over. */
export interface FoundTurn {
  startMs: number;
  endMs: number;
  decidedMs: number;
}

export interface Score {
  precision: number;
  recall: number;
  frameF1: number;
  turnF1: number;
  clippedOnsetP95Ms: number;
  falseTurnsPerMin: number;
  endDelayP50Ms: number;
  endDelayP95Ms: number;
}

const FRAME_MS = 20;
/** Pauses shorter than this belong to a turn. */
const TURN_GAP_MS = 600;
/** Pauses around 600 ms, that a detector may join or part as it likes. */
const AMBIGUOUS_GAP_MS = [450, 750] as const;
/** How far both edges of a turn may be off for it to count as found. */
const EDGE_MS = 250;
/** Speech that a found turn must hold so as not to be a false one. */
const LEAST_SPEECH_MS = 60;

/** Compares the turns found in recordings with their labels; frames and turns of all count alike. */
export function scoreTurns(recordings: { label: Label; found: FoundTurn[] }[]): Score {
  let hitFrames = 0, labelFrames = 0, foundFrames = 0, quietFrames = 0;
  let pieceCount = 0, matchedPieces = 0, foundCount = 0, matchedTurns = 0, falseTurns = 0;
  const clippedMs: number[] = [], endDelaysMs: number[] = [];
  for (const { label, found } of recordings) {
    const inTurn = frameFlags(joined(label.segs, TURN_GAP_MS), label.durMs);
    const inFound = frameFlags(found.map(spanOf), label.durMs);
    inTurn.forEach((flag, i) => {
      labelFrames += flag;
      foundFrames += inFound[i];
      hitFrames += flag & inFound[i];
      quietFrames += 1 - flag;
    });
    const pieces = joined(label.segs, AMBIGUOUS_GAP_MS[0]);
    const matched = matchTurns(pieces, found);
    pieceCount += pieces.length;
    matchedPieces += matched.pieces;
    foundCount += found.length;
    matchedTurns += matched.turns;
    falseTurns += found.filter((turn) => speechMs(turn, label.segs) < LEAST_SPEECH_MS).length;
    measureEdges(pieces, found, clippedMs, endDelaysMs);
  }
  const precision = hitFrames / foundFrames, recall = hitFrames / labelFrames;
  return {
    precision,
    recall,
    frameF1: harmonicMean(precision, recall),
    turnF1: harmonicMean(matchedTurns / foundCount, matchedPieces / pieceCount),
    clippedOnsetP95Ms: percentile(clippedMs, 0.95),
    falseTurnsPerMin: falseTurns / (quietFrames * FRAME_MS / 60_000),
    endDelayP50Ms: percentile(endDelaysMs, 0.5),
    endDelayP95Ms: percentile(endDelaysMs, 0.95),
  };
}

/** Pairs each found turn with the piece, or the pieces with ambiguous pauses, whose edges it has. */
function matchTurns(pieces: Span[], found: FoundTurn[]): { pieces: number; turns: number } {
  const near = (a: number, b: number) => Math.abs(a - b) <= EDGE_MS;
  const taken = new Set<number>();
  let turns = 0;
  for (const turn of found) {
    const first = pieces.findIndex((piece, i) => !taken.has(i) && near(piece.start, turn.startMs));
    for (let last = first; last >= 0 && last < pieces.length; last++) {
      const pauseMs = last > first ? pieces[last].start - pieces[last - 1].end : 0;
      if (pauseMs >= AMBIGUOUS_GAP_MS[1]) break;
      if (!near(pieces[last].end, turn.endMs)) continue;
      for (let i = first; i <= last; i++) taken.add(i);
      turns++;
      break;
    }
  }
  return { pieces: taken.size, turns };
}

/** Collects how much of each beginning is missing, and how long after each end it was known. */
function measureEdges(
  pieces: Span[],
  found: FoundTurn[],
  clippedMs: number[],
  endDelaysMs: number[],
): void {
  const touching = pieces.map((piece) => {
    const leastMs = Math.min(LEAST_SPEECH_MS, (piece.end - piece.start) / 2);
    return found.filter((turn) => speechMs(turn, [piece]) >= leastMs);
  });
  pieces.forEach((piece, i) => {
    const first = touching[i].at(0), last = touching[i].at(-1);
    if (!first || !last) return;
    if (!touching[i - 1]?.includes(first)) {
      clippedMs.push(Math.max(0, first.startMs - piece.start));
    }
    if (!touching[i + 1]?.includes(last)) endDelaysMs.push(last.decidedMs - piece.end);
  });
}

function speechMs(turn: FoundTurn, spans: Span[]): number {
  return spans.reduce(
    (sum, { start, end }) =>
      sum + Math.max(0, Math.min(turn.endMs, end) - Math.max(turn.startMs, start)),
    0,
  );
}

function spanOf(turn: FoundTurn): Span {
  return { start: turn.startMs, end: turn.endMs };
}

function joined(spans: Span[], gapMs: number): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last && span.start - last.end < gapMs) last.end = span.end;
    else result.push({ ...span });
  }
  return result;
}

function frameFlags(spans: Span[], durMs: number): Uint8Array {
  const flags = new Uint8Array(Math.floor(durMs / FRAME_MS));
  for (const { start, end } of spans) {
    flags.fill(1, Math.round(start / FRAME_MS), Math.round(end / FRAME_MS));
  }
  return flags;
}

/** F1 of a precision and a recall; 0 when nothing was found or nothing was right. */
function harmonicMean(a: number, b: number): number {
  return a > 0 && b > 0 ? 2 * a * b / (a + b) : 0;
}
