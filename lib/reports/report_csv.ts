import type { Report } from "./report.ts";

/** Writes a report as lines of section, name and value, for spreadsheets. */
export function reportCsv(report: Report): string {
  const { deflection, latency, costs } = report;
  const rows: [string, string, string | number | undefined][] = [
    ["calls", "ended", report.calls],
    ["calls", "running", report.running],
    ...Object.entries(report.outcomes)
      .map(([name, n]): [string, string, number] => ["outcome", name, n]),
    ...Object.entries(deflection.deflected)
      .map(([name, value]): [string, string, number] => ["deflected", name, value]),
    ...Object.entries(deflection.noHuman)
      .map(([name, value]): [string, string, number] => ["without_person", name, value]),
    ["deflection", "repeated", deflection.repeated],
    ["deflection", "provisional", deflection.provisional],
    ["latency_ms", "p50", latency?.p50Ms],
    ["latency_ms", "p95", latency?.p95Ms],
    ["latency_ms", "turns", latency?.turns],
    ["cost_minor", "currency", costs.currency],
    ["cost_minor", "platform", costs.platformMinor],
    ["cost_minor", "billed_calls", costs.billedCalls],
    ["cost_minor", "engines", costs.engineMinor],
    ["cost_minor", "per_resolved_call", costs.perResolvedMinor],
    ["cost_minor", "person", costs.humanMinor],
    ...report.intents.map(({ name, count }): [string, string, number] => ["intent", name, count]),
    ...report.unanswered
      .map(({ name, count }): [string, string, number] => ["unanswered", name, count]),
  ];
  return ["section,name,value", ...rows.map((row) => row.map(cell).join(","))].join("\r\n");
}

/** A caller's words must stay words: spreadsheets run what begins like a formula. */
function cell(value: string | number | undefined): string {
  if (typeof value === "number") return String(value);
  const text = (value ?? "").replace(/^[=+\-@\t\r]/, "'$&");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
