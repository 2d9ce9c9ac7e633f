import { parseArgs } from "node:util";
import { loadAgent } from "../agent_file.ts";
import type { BridgeParts } from "../bridge.ts";
import { type Clock, systemClock } from "../clock.ts";
import { quickChecks, slowChecks } from "../doctor/all_checks.ts";
import type { CheckResult } from "../doctor/finding.ts";
import { exitCode, runChecks, type RunOptions } from "../doctor/run_checks.ts";
import { checkSettings } from "../doctor/settings_check.ts";
import { EngineSet } from "../engines/engine_set.ts";
import { type Env, loadEnv } from "../settings/env.ts";
import { loadKnowledge } from "../knowledge.ts";
import { readSettings, type Settings } from "../settings.ts";
import { keepTokenSecret } from "../server/token_secret.ts";
import { resultText, verdictText } from "./doctor_text.ts";
import { createInk } from "./ink.ts";

const HELP = `Checks what would fail at three in the morning, and says how to mend it.

Usage: deno task doctor [--quick] [--json]

  --quick  only what needs no network; deno task start makes these too, and refuses to start on red
  --json   for programs

The other checks use each engine three times, which costs a few cents, and try the socket at
PUBLIC_URL, so the bridge should be running. Ends with 0 when nothing is red, yellow or not, 1 when
something is, 2 when the command can't be understood.`;

export interface DoctorOptions {
  env?: Env;
  clock?: Clock;
  print?(text: string): void;
  complain?(text: string): void;
  /** Shows what is being checked, in place of what it showed before. */
  progress?(text: string): void;
  hasColour?: boolean;
}

/** Runs `deno task doctor` and resolves with its exit code. */
export async function runDoctor(
  args: string[],
  parts: BridgeParts,
  options: DoctorOptions = {},
): Promise<0 | 1 | 2> {
  const { print = console.log, complain = console.error, progress = () => {} } = options;
  let flags;
  try {
    flags = parseArgs({
      args,
      options: {
        quick: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    complain(`Cannot understand the command: ${(error as Error).message}\n${HELP}`);
    return 2;
  }
  if (flags.help) {
    print(HELP);
    return 0;
  }
  const ink = createInk(options.hasColour ?? false);
  const clock = options.clock ?? systemClock;
  const results = await examine(options.env ?? loadEnv(), parts, flags.quick, {
    clock,
    onStart: (name) => progress(`checking ${name}…`),
    onResult(result) {
      progress("");
      if (!flags.json) print(resultText(result, ink));
    },
  });
  if (flags.json) print(JSON.stringify({ ok: exitCode(results) === 0, checks: results }, null, 2));
  else print(`\n${verdictText(results, ink)}`);
  return exitCode(results);
}

/** Makes all checks that can be made: the later ones need what the earlier ones look at. */
async function examine(
  env: Env,
  parts: BridgeParts,
  isQuick: boolean,
  options: RunOptions,
): Promise<CheckResult[]> {
  const first = { name: "settings", run: () => checkSettings(env) };
  const results = await runChecks([first], options);
  if (exitCode(results) !== 0) return results;
  const settings = readSettings(env);
  results.push(...await runChecks(quickChecks(settings, options.clock), options));
  const isReadable = results.every(({ name, level }) =>
    level !== "red" || !["agent file", "knowledge", "secrets"].includes(name)
  );
  if (!isQuick && isReadable) {
    results.push(...await askOthers(settings, parts, options));
  }
  return results;
}

async function askOthers(
  settings: Settings,
  parts: BridgeParts,
  options: RunOptions,
): Promise<CheckResult[]> {
  const { clock } = options;
  const knowledge = await loadKnowledge(`${settings.agentDir}/knowledge`, { clock });
  const context = {
    settings,
    agent: await loadAgent(settings.agentDir),
    knowledge,
    tools: parts.tools(knowledge),
    areas: [],
    clock,
  };
  const engines = new EngineSet(parts.engines, context);
  const tokenSecret = settings.tokenSecret ?? await keepTokenSecret(settings.dataDir);
  try {
    return await runChecks(
      slowChecks({ settings, clock, engines, context, tokenSecret }),
      options,
    );
  } finally {
    await engines.close();
  }
}

if (import.meta.main) {
  const { parts } = await import("../../main.ts");
  const isTerminal = Deno.stderr.isTerminal();
  const encoder = new TextEncoder();
  Deno.exit(
    await runDoctor(Deno.args, parts, {
      hasColour: Deno.stdout.isTerminal() && !Deno.noColor,
      // On the line that the next result is written over.
      progress: (text) => isTerminal && Deno.stderr.writeSync(encoder.encode(`\r\x1b[K${text}`)),
    }),
  );
}
