import type { CallRecord, HandOverRecord } from "../contracts/call_record.ts";
import type { CallEvent } from "../contracts/call_event.ts";
import { isUnderWay } from "../hand_over/states.ts";
import { decideOutcome } from "../outcomes/outcome.ts";
import { isSafe } from "./safe_reply.ts";
import type { Expectations, Scenario } from "./scenario.ts";
import type { Evidence, Sighting } from "./witness.ts";

/** What came of one turn. */
export interface TurnVerdict {
  caller: string;
  /** As the call understood it. */
  heard: string;
  said: string;
  problems: string[];
  /** Not what was expected, but the agent asked again or offered a person. */
  safe: boolean;
}

export interface Verdict {
  turns: TurnVerdict[];
  /** What was wrong with the call as a whole. */
  problems: string[];
  passed: boolean;
  /** Where it did not pass, nothing wrong was said or done: the agent asked again, or for a person. */
  safe: boolean;
}

/** A stretch of a call. */
interface Stretch {
  events: CallEvent[];
  sightings: Sighting[];
  /** Until its end, from the beginning of the call. */
  sightingsBefore: Sighting[];
}

/** Holds a call against what its scenario expects. */
export function judge(scenario: Scenario, evidence: Evidence): Verdict {
  const begins = scenario.turns.map((_, line) =>
    evidence.sightings.find((one) => one.type === "line_begins" && one.line === line)?.wallMs
  );
  const turns = scenario.turns.map(({ caller, expect }, i): TurnVerdict => {
    const fromMs = begins[i];
    if (fromMs === undefined) {
      return { caller, heard: "", said: "", problems: ["the call ended before"], safe: false };
    }
    const untilMs = begins[i + 1] ?? Infinity;
    const within = ({ wallMs }: { wallMs: number }) => wallMs >= fromMs && wallMs < untilMs;
    const stretch: Stretch = {
      events: evidence.events.filter(within),
      sightings: evidence.sightings.filter(within),
      sightingsBefore: evidence.sightings.filter(({ wallMs }) => wallMs < untilMs),
    };
    const problems = problemsOf(expect, stretch, scenario);
    return {
      caller,
      heard: heardIn(stretch.events),
      said: saidIn(stretch.events),
      problems,
      safe: problems.length > 0 && isSafe(stretch.events),
    };
  });
  const { events, sightings } = evidence;
  const problems = problemsOf(
    scenario.expect,
    { events, sightings, sightingsBefore: sightings },
    scenario,
  );
  problems.push(...wholeProblems(scenario, evidence));
  const firstBad = turns.find((turn) => turn.problems.length > 0);
  return {
    turns,
    problems,
    passed: problems.length === 0 && !firstBad,
    // What comes after a turn that went otherwise is not what the scenario is about.
    safe: firstBad?.safe === true && !problems.some((problem) => FORBIDDEN.test(problem)),
  };
}

/** Problems that count even after a call took another way. */
const FORBIDDEN = /must not|was not masked|was broken/;

function wholeProblems({ expect, from }: Scenario, evidence: Evidence): string[] {
  const problems: string[] = [];
  if (evidence.broken) problems.push(`the call was broken: ${evidence.broken}`);
  const written = JSON.stringify(evidence.events);
  const given = evidence.sightings.map((one) => one.type === "model_given" ? one.text : "").join();
  for (const secret of expect.masked) {
    if (written.includes(secret)) problems.push(`"${secret}" was not masked in the events`);
    if (given.includes(secret)) problems.push(`"${secret}" was not masked for the model`);
  }
  if (expect.outcome) {
    const outcome = decideOutcome(evidence.events, recordOf(evidence, from));
    if (outcome !== expect.outcome) {
      problems.push(`the outcome must be ${expect.outcome}: received ${outcome}`);
    }
  }
  const endedBy = evidence.callerHungUp ? "caller" : "agent";
  if (expect.endedBy && expect.endedBy !== endedBy) {
    problems.push(`the ${expect.endedBy} must end the call: received the ${endedBy}`);
  }
  return problems;
}

function problemsOf(expect: Expectations, stretch: Stretch, { from }: Scenario): string[] {
  const { events, sightings } = stretch;
  const said = saidIn(events);
  const problems: string[] = [];
  const must = (holds: boolean, sentence: string) => holds || problems.push(sentence);
  const ran = sightings.filter((one) => one.type === "ran");
  const refused = events.filter((one) => one.type === "tool_call" && !one.ok)
    .map((one) => "name" in one ? one.name : "");

  for (const piece of expect.says) must(says(said, piece), `must say ${quote(piece)}`);
  if (expect.saysAnyOf.length) {
    must(
      expect.saysAnyOf.some((piece) => says(said, piece)),
      `must say one of ${expect.saysAnyOf.map(quote).join(", ")}`,
    );
  }
  for (const piece of expect.neverSays) must(!says(said, piece), `must not say ${quote(piece)}`);
  for (const name of expect.calls) {
    must(ran.some((one) => one.name === name), `must call ${name}`);
  }
  for (const [name, args] of Object.entries(expect.args)) {
    const given = ran.filter((one) => one.name === name).map((one) => one.args);
    must(
      given.some((one) => Object.entries(args).every(([key, value]) => same(one[key], value))),
      `must call ${name} with ${JSON.stringify(args)}: received ${JSON.stringify(given)}`,
    );
  }
  for (const name of expect.neverCalls) {
    must(!ran.some((one) => one.name === name), `must not call ${name}`);
  }
  for (const name of expect.refuses) must(refused.includes(name), `must refuse ${name}`);
  if (expect.changes !== undefined) {
    const changes = ran.filter(({ effect }) => effect !== "read").length;
    const verb = changes > expect.changes ? "must not make more than" : "must make";
    must(changes === expect.changes, `${verb} ${expect.changes} changes: received ${changes}`);
  }
  if (expect.asksYesFor) {
    const asked = sightings.some((one) =>
      one.type === "proposed" && one.name === expect.asksYesFor
    );
    must(asked, `must ask for a yes to ${expect.asksYesFor}`);
  }
  if (expect.language) {
    const turn = events.findLast((event) => event.type === "caller_turn");
    const received = turn?.type === "caller_turn" ? turn.language : "no turn";
    must(received === expect.language, `must answer in ${expect.language}: received ${received}`);
  }
  if (expect.identity) {
    const proved = stretch.sightingsBefore.findLast((one) => one.type === "proved");
    const level = proved?.type === "proved" ? proved.level : from ? "number" : "none";
    must(level === expect.identity, `identity must be ${expect.identity}: received ${level}`);
  }
  if (expect.person) {
    const received = personIn(events);
    const asked = expect.person === "asked" && received !== "not asked";
    must(
      asked || received === expect.person,
      `a person must be ${expect.person}: received ${received}`,
    );
  }
  if (expect.interrupted !== undefined) {
    const received = events.some(({ type }) => type === "barge_in");
    must(
      received === expect.interrupted,
      expect.interrupted ? "the caller must stop the agent" : "the caller must not stop the agent",
    );
  }
  if (expect.withinMs !== undefined) {
    const times = events.flatMap((event) =>
      event.type === "latency" && event.waterfall.firstSampleSentMs !== undefined
        ? Math.round(event.waterfall.firstSampleSentMs - event.waterfall.speechEndMs)
        : []
    );
    must(
      times.length > 0 && times.every((ms) => ms <= expect.withinMs!),
      `must begin to answer within ${expect.withinMs} ms: received ${
        times.join(", ") || "nothing"
      }`,
    );
  }
  if (problems.length && said) problems.push(`said: ${said}`);
  return problems;
}

function saidIn(events: CallEvent[]): string {
  return events.flatMap((event) =>
    event.type === "agent_sentence" || event.type === "filler" ? event.text : []
  ).join(" ");
}

function heardIn(events: CallEvent[]): string {
  return events.flatMap((event) => event.type === "caller_turn" ? event.text : []).join(" / ");
}

/** Quotation marks and dashes of a kind are one: people type what their keyboards have. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[’‘]/g, "'").replace(/\s+/g, " ");
}

function says(said: string, piece: string): boolean {
  const [, pattern] = /^\/(.+)\/$/.exec(piece) ?? [];
  if (pattern !== undefined) return new RegExp(pattern, "iu").test(said);
  return plain(said).includes(plain(piece));
}

function quote(piece: string): string {
  return piece.startsWith("/") ? piece : `"${piece}"`;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What was done to bring a person; an offer is not yet asked for. */
function stepsOf(events: CallEvent[]) {
  return events.filter((event) => event.type === "hand_over").filter(isUnderWay);
}

function personIn(events: CallEvent[]): Expectations["person"] {
  const states = stepsOf(events);
  if (states.some(({ state }) => state === "connected")) return "connected";
  if (states.some(({ reference }) => reference)) return "promised";
  if (states.some(({ state }) => state === "failed")) return "failed";
  return states.length ? "asked" : "not asked";
}

/** The record that a bridge would have kept, as far as an outcome is decided from it. */
function recordOf({ events, startedWallMs }: Evidence, callerNumber?: string): CallRecord {
  const ended = events.findLast((event) => event.type === "ended");
  const steps = stepsOf(events);
  const state = personIn(events);
  const handOver = steps.length === 0 ? undefined : {
    state: state === "connected" ? "connected" : "failed",
    reference: steps.find(({ reference }) => reference)?.reference,
  } as HandOverRecord;
  return {
    callId: events[0]?.callId ?? "",
    aliases: [],
    callerNumber,
    createdMs: startedWallMs,
    streamStartedMs: startedWallMs,
    endedMs: ended?.wallMs,
    stage: "ended",
    changedMs: startedWallMs,
    expiresMs: Infinity,
    endReason: ended?.type === "ended" ? ended.reason : undefined,
    handOver,
  };
}
