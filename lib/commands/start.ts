import type { Bridge, BridgeOptions } from "../bridge.ts";
import { systemClock } from "../clock.ts";
import { quickChecks } from "../doctor/all_checks.ts";
import { runChecks } from "../doctor/run_checks.ts";
import { loadEnv } from "../settings/env.ts";
import { configureLog } from "../log.ts";
import { keepRunning, signals } from "../server/serve.ts";
import { readSettings, type Settings } from "../settings.ts";
import { ProblemsError } from "../settings/problems_error.ts";
import { getLogger } from "@logtape/logtape";

const HELP = `Picks up the phone: serves the webhook and the audio socket of a support line.

Usage: deno task start [--help]

Settings come from the environment or a .env file; the README lists them all. Without any, it
answers with the embedded engine for a sample company, on port 8000.
`;

/** Runs `deno task start`: reads the settings, serves, and ends in order on SIGTERM. */
export async function runStart(
  start: (settings: Settings, options: BridgeOptions) => Promise<Bridge>,
): Promise<void> {
  if (Deno.args.includes("--help") || Deno.args.includes("-h")) return console.log(HELP);
  try {
    const settings = readSettings(loadEnv());
    configureLog({ level: settings.logLevel, pretty: Deno.stdout.isTerminal() });
    keepRunning({ log: getLogger("pokea") });
    await mustBeWell(settings);
    const bridge = await start(settings, signals());
    console.log(welcome(settings, bridge));
    await bridge.finished;
    Deno.exit(0); // a peer that does not read would keep the process
  } catch (error) {
    console.error(explain(error));
    Deno.exit(1);
  }
}

/** Something that callers would suffer from was found before the first call. */
class UnwellError extends Error {}

/**
 * Makes the doctor's quick checks; what is doubtful goes to the log.
 *
 * @throws {UnwellError} with every finding that is red, and how to mend it
 */
async function mustBeWell(settings: Settings): Promise<void> {
  const log = getLogger("pokea");
  const results = await runChecks(quickChecks(settings, systemClock), { clock: systemClock });
  for (const { level, name, finding, fix } of results) {
    if (level === "yellow") log.warn("{name}: {finding}: {fix}", { name, finding, fix });
  }
  const bad = results.filter(({ level }) => level === "red");
  if (bad.length === 0) return;
  const lines = bad.map(({ name, finding, fix }) => `  ${name}: ${finding}\n    → ${fix}`);
  throw new UnwellError(
    `Cannot start, callers would suffer:\n${lines.join("\n")}\nAll checks: deno task doctor`,
  );
}

function welcome(settings: Settings, { url, agent }: Bridge): string {
  const base = settings.publicUrl ?? url;
  const { stt, llm, tts } = settings.engines;
  const why = settings.gemini.apiKey
    ? "GEMINI_API_KEY is set"
    : "no GEMINI_API_KEY is set; the embedded brain is retrieval, not a language model";
  return [
    `${agent.name} of ${agent.company} picks up the phone.`,
    `  voice callback  ${base}/voice`,
    `  call events     ${base}/events`,
    `  ready           ${url}/readyz`,
    `  engines         ears: ${stt.join(", ")}; brain: ${llm.join(", ")}; voice: ${
      tts.join(", ")
    } (${why})`,
    ...(settings.publicUrl ? [] : [
      "  note            PUBLIC_URL is not set: the platform is told the host that it asked",
    ]),
    ...settings.notes.map((note) => `  note            ${note}`),
    "Try it: deno task call --url " + url + ' --say "what is my balance"',
  ].join("\n");
}

/** What is wrong, without a stack trace where the message says how to put it right. */
function explain(error: unknown): string {
  const isKnown = error instanceof ProblemsError || error instanceof UnwellError;
  if (!(error instanceof Error)) return String(error);
  if (error instanceof Deno.errors.AddrInUse) {
    return "Cannot listen: another program uses the port: set PORT to a free one";
  }
  return isKnown || !error.stack ? error.message : error.stack;
}
