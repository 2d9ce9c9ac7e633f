import type { CallEvent } from "../contracts/call_event.ts";
import type { CallRecord } from "../contracts/call_record.ts";
import { type Deflection, deflection, REPEAT_WINDOW_MS } from "../outcomes/deflection.ts";
import { intentsOf } from "../outcomes/intents.ts";
import { decideOutcome, type Outcome, OUTCOMES } from "../outcomes/outcome.ts";

export interface ReportedCall {
  record: CallRecord;
  events: CallEvent[];
}

export interface ReportOptions {
  sinceMs: number;
  nowMs: number;
  /** @default 72 hours */
  repeatWindowMs?: number;
  /** What one call costs when a person takes it, in minor units. */
  humanCostMinor?: number;
  /** What the engines cost in one call, in minor units, when prices are known. */
  engineCostMinor?(events: readonly CallEvent[]): number | undefined;
  /** What a person would have cost in one call, for want of a `humanCostMinor`. */
  personCostMinor?(events: readonly CallEvent[]): number | undefined;
}

export interface Report {
  sinceMs: number;
  nowMs: number;
  calls: number;
  /** Calls that are not over. */
  running: number;
  outcomes: Record<Outcome, number>;
  deflection: Deflection;
  /** From the end of the caller's speech to the agent's first sample; absent without turns. */
  latency?: { turns: number; p50Ms: number; p95Ms: number };
  costs: Costs;
  /** Most frequent first. */
  intents: Counted[];
  unanswered: Counted[];
}

export interface Costs {
  currency: string;
  platformMinor: number;
  /** Calls of which the platform's figure is known. */
  billedCalls: number;
  engineMinor?: number;
  /** All costs by the calls resolved with and without the caller's word. */
  perResolvedMinor?: number;
  humanMinor?: number;
}

export interface Counted {
  name: string;
  count: number;
}

/** Longer lists are not read. */
const TOP = 10;
/** Different questions kept while counting; the rare ones beyond it are left out. */
const MAX_NAMES = 5_000;
const RESOLVED: Outcome[] = ["resolved_confirmed", "resolved_unconfirmed"];

/**
 * Works out the report from calls, oldest first. Outcomes are decided again, so that they follow
 * the evidence and not what an older version thought of it.
 */
export async function makeReport(
  calls: AsyncIterable<ReportedCall>,
  options: ReportOptions,
): Promise<Report> {
  const ended: CallRecord[] = [];
  const outcomes = Object.fromEntries(OUTCOMES.map((name) => [name, 0])) as Report["outcomes"];
  const latenciesMs: number[] = [];
  const intents = new Map<string, number>();
  const unanswered = new Map<string, number>();
  const costs: Costs = { currency: "KES", platformMinor: 0, billedCalls: 0 };
  const persons: number[] = [];
  let running = 0;
  for await (const { record, events } of calls) {
    if (record.stage !== "ended") {
      if (record.partOf === undefined) running++;
      continue;
    }
    addCosts(costs, record, options.engineCostMinor?.(events));
    if (record.partOf !== undefined) continue;
    const outcome = decideOutcome(events, record);
    const about = intentsOf(events);
    outcomes[outcome]++;
    ended.push({ ...record, outcome, intents: about });
    for (const intent of about) count(intents, intent);
    for (const event of events) {
      if (event.type === "latency" && event.waterfall.firstSampleSentMs !== undefined) {
        const { firstSampleSentMs, speechEndMs } = event.waterfall;
        latenciesMs.push(Math.round(firstSampleSentMs - speechEndMs));
      }
      if (event.type === "looked_up" && event.topic === undefined) {
        count(unanswered, event.question.toLowerCase().trim());
      }
    }
    const personMinor = options.personCostMinor?.(events);
    if (personMinor !== undefined) persons.push(personMinor);
  }
  const resolved = RESOLVED.reduce((sum, name) => sum + outcomes[name], 0);
  if (resolved > 0) {
    costs.perResolvedMinor = Math.round(
      (costs.platformMinor + (costs.engineMinor ?? 0)) / resolved,
    );
  }
  const mean = Math.round(persons.reduce((sum, minor) => sum + minor, 0) / persons.length);
  costs.humanMinor = options.humanCostMinor ?? (persons.length > 0 ? mean : undefined);
  return {
    sinceMs: options.sinceMs,
    nowMs: options.nowMs,
    calls: ended.length,
    running,
    outcomes,
    deflection: deflection(ended, options.nowMs, options.repeatWindowMs ?? REPEAT_WINDOW_MS),
    latency: latencyOf(latenciesMs),
    costs,
    intents: top(intents),
    unanswered: top(unanswered),
  };
}

function addCosts(costs: Costs, { billed }: CallRecord, engineMinor: number | undefined): void {
  if (billed) {
    costs.billedCalls++;
    costs.platformMinor += billed.costMinor;
    costs.currency = billed.currency;
  }
  if (engineMinor !== undefined) costs.engineMinor = (costs.engineMinor ?? 0) + engineMinor;
}

function count(counts: Map<string, number>, name: string): void {
  if (name === "" || (!counts.has(name) && counts.size >= MAX_NAMES)) return;
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function top(counts: Map<string, number>): Counted[] {
  return [...counts].map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name)).slice(0, TOP);
}

function latencyOf(valuesMs: number[]): Report["latency"] {
  if (valuesMs.length === 0) return undefined;
  const sorted = valuesMs.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1];
  return { turns: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95) };
}
