/** One thing that a caller does within a line. */
export type Part =
  | { do: "say"; text: string }
  | { do: "pause"; ms: number }
  | { do: "press"; keys: string }
  | { do: "cough" }
  | { do: "noise"; ms: number }
  | { do: "hang up" };

/** When a line begins: after the agent has spoken and paused, or so long into its speech. */
export type LineStart = { when: "agent is silent" } | { when: "agent speaks"; afterMs: number };

export interface CallerLine {
  /** As it was written, directives included. */
  source: string;
  start: LineStart;
  parts: Part[];
}

/** A line can't be understood. */
export class ScriptError extends Error {
  override name = "ScriptError";
}

const DIRECTIVE = /\[([^\]]*)\]/g;
const DEFAULT_BARGE_IN_MS = 700;
const MAX_PART_MS = 120_000;
const DIRECTIVES = "[pause 1s], [press 0], [cough], [noise 2s], [barge in 500ms], [hang up]";

/**
 * Reads one line of a caller: words to say, with directives in brackets between them.
 *
 * `[pause 1s]` says nothing, `[press 0712#]` presses keys, `[cough]` and `[noise 2s]` make noise,
 * `[hang up]` ends the call, and `[barge in 500ms]` at the start speaks over the agent.
 *
 * @throws {ScriptError} when a directive is unknown or the line is empty
 */
export function parseLine(source: string): CallerLine {
  const parts: Part[] = [];
  let start: LineStart = { when: "agent is silent" };
  let at = 0;
  for (const match of source.matchAll(DIRECTIVE)) {
    addWords(parts, source.slice(at, match.index));
    at = match.index + match[0].length;
    const words = match[1].trim().toLowerCase().replace(/\s+/g, " ");
    const bargeIn = /^barge[ -]in(?: (.+))?$/.exec(words);
    if (bargeIn) {
      if (parts.length > 0) {
        throw new ScriptError(
          `Cannot read the line: [barge in] must be at its start: received ${source}`,
        );
      }
      const afterMs = bargeIn[1] ? duration(bargeIn[1], source) : DEFAULT_BARGE_IN_MS;
      start = { when: "agent speaks", afterMs };
    } else {
      parts.push(directive(words, match[0], source));
    }
  }
  addWords(parts, source.slice(at));
  if (parts.length === 0) {
    throw new ScriptError(
      `Cannot read the line: it must hold words or a directive: received ${JSON.stringify(source)}`,
    );
  }
  return { source, start, parts };
}

function addWords(parts: Part[], text: string): void {
  const words = text.replace(/\s+/g, " ").trim();
  if (/[\p{L}\p{N}]/u.test(words)) parts.push({ do: "say", text: words });
}

function directive(words: string, written: string, source: string): Part {
  const [, name, value] = /^(pause|press|noise) (.+)$/.exec(words) ?? [];
  if (name === "pause") return { do: "pause", ms: duration(value, source) };
  if (name === "noise") return { do: "noise", ms: duration(value, source) };
  if (name === "press") {
    const keys = value.replaceAll(" ", "");
    if (/^[0-9*#]{1,64}$/.test(keys)) return { do: "press", keys };
    throw new ScriptError(
      `Cannot read the line: [press …] must name keys 0–9, * or #: received ${written}`,
    );
  }
  if (words === "cough") return { do: "cough" };
  if (words === "hang up" || words === "hangup") return { do: "hang up" };
  throw new ScriptError(
    `Cannot read the line: a directive must be one of ${DIRECTIVES}: received ${written}`,
  );
}

function duration(text: string, source: string): number {
  const [, figure, unit] = /^(\d+(?:\.\d+)?) ?(ms|s)$/.exec(text) ?? [];
  const ms = Number(figure) * (unit === "s" ? 1000 : 1);
  if (ms >= 0 && ms <= MAX_PART_MS) return ms;
  throw new ScriptError(
    `Cannot read the line: a duration must be like 500ms or 1.5s, up to ${
      MAX_PART_MS / 1000
    }s: received ${text} in ${source}`,
  );
}
