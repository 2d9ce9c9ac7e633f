import { parseArgs } from "node:util";
import { systemClock } from "../clock.ts";
import type { CallStore } from "../contracts/call_record.ts";
import { engineCostMinor, personCostMinor } from "../costs/cost_of_call.ts";
import { loadEnv } from "../settings/env.ts";
import { makeReport, type ReportedCall } from "../reports/report.ts";
import { reportCsv } from "../reports/report_csv.ts";
import { reportText } from "../reports/report_text.ts";
import { readSettings } from "../settings.ts";
import { SettingsError } from "../settings/setting_reader.ts";
import { openStore } from "../store/kv_store.ts";
import { StoreError } from "../store/store_error.ts";

const HELP =
  `Prints what became of the calls: outcomes, deflection, latency, costs and open questions.

Usage: deno task report [--since 7d] [--json | --csv] [--human-cost KES] [--repeat-window 72h]

  --since TIME          30m, 24h, 7d, or a date such as 2026-11-01 (7d)
  --human-cost KES      what one call costs when a person takes it (from prices.yaml)
  --repeat-window TIME  a call about the same within this time takes a deflection back (72h)
  --json, --csv         for programs and spreadsheets

Ends with 0, 1 when the calls can't be read, 2 when the command can't be understood.`;

const UNITS_MS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** What somebody typed can't be used. */
class UsageError extends Error {}

/** Runs `deno task report` and resolves with its exit code. */
export async function runReport(
  args: string[],
  print: (text: string) => void = console.log,
  complain: (text: string) => void = console.error,
): Promise<number> {
  try {
    const options = readOptions(args, systemClock.wallMs());
    if (!options) {
      print(HELP);
      return 0;
    }
    const settings = readSettings(loadEnv());
    const path = `${settings.dataDir}/calls.kv`;
    if (!settings.kvUrl) await mustExist(path);
    const store = await openStore({ clock: systemClock, path, url: settings.kvUrl });
    try {
      const report = await makeReport(reportedCalls(store, options.sinceMs), {
        ...options,
        engineCostMinor,
        personCostMinor,
      });
      if (options.format === "json") print(JSON.stringify(report, undefined, 2));
      else print(options.format === "csv" ? reportCsv(report) : reportText(report));
    } finally {
      store.close();
    }
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      complain(`${error.message}\nTry deno task report --help`);
      return 2;
    }
    if (!(error instanceof StoreError || error instanceof SettingsError)) throw error;
    complain(error.message);
    return 1;
  }
}

function readOptions(args: string[], nowMs: number) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        since: { type: "string", default: "7d" },
        "human-cost": { type: "string" },
        "repeat-window": { type: "string", default: "72h" },
        json: { type: "boolean", default: false },
        csv: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }));
  } catch (error) {
    throw new UsageError(`Cannot understand the command: ${(error as Error).message}`);
  }
  if (values.help) return undefined;
  if (values.json && values.csv) {
    throw new UsageError("Cannot write both: --json and --csv exclude each other");
  }
  const human = values["human-cost"];
  if (human !== undefined && !/^\d{1,6}(\.\d{1,2})?$/.test(human)) {
    throw new UsageError(`Cannot use --human-cost: it must be an amount in KES: received ${human}`);
  }
  return {
    sinceMs: since(values.since, nowMs),
    nowMs,
    repeatWindowMs: span("--repeat-window", values["repeat-window"]),
    humanCostMinor: human === undefined ? undefined : Math.round(Number(human) * 100),
    format: values.json ? "json" : values.csv ? "csv" : "text",
  };
}

function since(text: string, nowMs: number): number {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? nowMs - span("--since", text) : date;
}

function span(option: string, text: string): number {
  const match = /^(\d{1,4})([mhd])$/.exec(text);
  if (match) return Number(match[1]) * UNITS_MS[match[2]];
  throw new UsageError(
    `Cannot use ${option}: it must be a time such as 30m, 24h or 7d: received ${text}`,
  );
}

async function mustExist(path: string): Promise<void> {
  try {
    await Deno.stat(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) {
      throw new StoreError(
        `Cannot report: ${path} must be a file that we may read: ${(cause as Error).message}`,
        { cause },
      );
    }
    throw new StoreError(
      `Cannot report: there are no calls at ${path}: start the bridge once, or set DATA_DIR or ` +
        "DENO_KV_URL to where they are",
      { cause },
    );
  }
}

async function* reportedCalls(store: CallStore, sinceMs: number): AsyncIterable<ReportedCall> {
  for await (const record of store.list(sinceMs)) {
    yield { record, events: await Array.fromAsync(store.events(record.callId)) };
  }
}

if (import.meta.main) Deno.exit(await runReport(Deno.args));
