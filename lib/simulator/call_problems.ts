import type { LegEnd, LegEntry } from "./leg_log.ts";
import type { SoundSpan } from "./sound_spans.ts";

/** Nobody may sit in silence for longer once the bridge has let go of the line. */
const SILENCE_LIMIT_MS = 5_000;

/** Says in sentences what was wrong with a call; nothing when all was well. */
export function problemsOf(
  call: { log: LegEntry[]; ended: LegEnd; heardSpans: SoundSpan[]; lineCount: number },
): string[] {
  const { log, ended } = call;
  const problems: string[] = [];
  const has = (type: LegEntry["type"]) => log.some((entry) => entry.type === type);
  for (const entry of log) {
    if (entry.type === "callback_failed") {
      problems.push(`The voice callback (${entry.state}) failed: ${entry.reason}.`);
    }
    if (entry.type === "stream_closed" && entry.by === "failed") {
      problems.push(`The stream failed: ${entry.reason} (code ${entry.code}).`);
    }
    if (entry.type === "agent_silent") {
      problems.push(`The agent was silent for ${seconds(entry.waitedMs)}.`);
    }
    if (entry.type === "second_stream") {
      problems.push(`A second stream was answered to ${entry.state}, while one was running.`);
    }
    if (entry.type === "clip_failed") problems.push(`A clip was not played: ${entry.reason}.`);
  }
  if (!has("stream_open")) problems.push("No stream was opened.");
  else if (call.heardSpans.length === 0) problems.push("The caller heard nothing.");
  else {
    const firstLine = log.find((entry) => entry.type === "line_begins");
    if (firstLine && call.heardSpans[0].startMs > firstLine.atMs) {
      problems.push("No greeting was heard before the caller spoke.");
    }
  }
  const held = log.find((entry) => entry.type === "held_in_silence");
  const endedMs = log.findLast((entry) => entry.type === "ended")?.atMs;
  if (held && endedMs !== undefined && endedMs - held.atMs > SILENCE_LIMIT_MS) {
    problems.push(
      `The bridge closed the stream and left the caller in silence for ${
        seconds(endedMs - held.atMs)
      }.`,
    );
  }
  if (ended.by === "platform" && !has("put_through")) {
    problems.push(`The call was not ended properly: ${ended.reason}.`);
  }
  const spoken = log.filter((entry) => entry.type === "line_begins").length;
  if (spoken < call.lineCount && ended.by === "bridge") {
    problems.push(`The call ended before line ${spoken + 1} of ${call.lineCount} was spoken.`);
  }
  return problems;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
