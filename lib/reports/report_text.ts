import type { Share } from "../outcomes/wilson.ts";
import type { Counted, Report } from "./report.ts";

/** Writes a report for people. */
export function reportText(report: Report): string {
  const { deflection, latency, costs } = report;
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace("T", " ");
  const money = (minor: number | undefined) =>
    minor === undefined ? "not known" : `${costs.currency} ${(minor / 100).toFixed(2)}`;
  return [
    `${report.calls} calls from ${day(report.sinceMs)} to ${day(report.nowMs)} UTC` +
    (report.running ? `, ${report.running} still running` : ""),
    "",
    "Outcomes",
    ...Object.entries(report.outcomes).map(([name, n]) => line(name, `${n}`)),
    "",
    "Deflection",
    line("deflected", shareText(deflection.deflected)),
    line("without a person", shareText(deflection.noHuman)),
    line("taken back", `${deflection.repeated} by a repeat call about the same`),
    line("not settled yet", `${deflection.provisional} so recent that a repeat may come`),
    "",
    "Latency, end of speech to first sound",
    latency
      ? line("p50 / p95", `${latency.p50Ms} / ${latency.p95Ms} ms over ${latency.turns} turns`)
      : line("p50 / p95", "no turns"),
    "",
    "Costs",
    line("platform", `${money(costs.platformMinor)} (known of ${costs.billedCalls} calls)`),
    line("engines", money(costs.engineMinor)),
    line("per resolved call", money(costs.perResolvedMinor)),
    line("a person instead", money(costs.humanMinor)),
    "",
    ...list("Top intents", report.intents),
    ...list("Unanswered questions", report.unanswered),
  ].join("\n").trimEnd();
}

function shareText({ count, n, share, low, high }: Share): string {
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
  return `${percent(share)} (${count} of ${n}, 95 % interval ${percent(low)} to ${percent(high)})`;
}

function list(title: string, items: Counted[]): string[] {
  if (items.length === 0) return [];
  return [title, ...items.map(({ name, count }) => line(`${count}`, name)), ""];
}

function line(name: string, value: string): string {
  return `  ${name.padEnd(22)}${value}`;
}
