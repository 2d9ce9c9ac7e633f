import type { BridgeParts } from "../bridge.ts";
import { type Env, loadEnv } from "../settings/env.ts";
import { configureLog } from "../log.ts";
import { AudioStage, slug } from "../scenarios/act_in_audio.ts";
import { actInText } from "../scenarios/act_in_text.ts";
import { type Company, openCompany } from "../scenarios/company.ts";
import { maskedResult } from "../scenarios/masked_result.ts";
import { createMasker } from "../privacy/mask.ts";
import { junit, mark, problemLines, replayCommand, resultTable } from "../scenarios/reports.ts";
import { type Result, runScenarios } from "../scenarios/run_scenarios.ts";
import { makeSpeechShape } from "../scenarios/speech_shape.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { loadScenarios } from "../scenarios/scenario_file.ts";
import type { Evidence } from "../scenarios/witness.ts";
import { readSettings, type Settings } from "../settings.ts";
import { ProblemsError } from "../settings/problems_error.ts";
import { UsageError } from "./call_options.ts";
import { EVAL_HELP, type EvalOptions, readEvalOptions } from "./eval_options.ts";
import type { Replay } from "./replay.ts";

/** Below this signal-to-noise ratio asking again is a good answer. */
const NOISY_DB = 25;

/** Where the command writes. */
export interface EvalScreen {
  out(text: string): void;
  /** Shows how far it has come, in place of what it showed before. */
  progress(text: string): void;
}

/** Runs `deno task eval`; the result is the exit code. */
export async function runEval(
  args: string[],
  parts: BridgeParts,
  { env = loadEnv(), screen = terminal() }: { env?: Env; screen?: EvalScreen } = {},
): Promise<number> {
  try {
    const options = readEvalOptions(args);
    if (!options) {
      screen.out(EVAL_HELP);
      return 0;
    }
    configureLog({ level: "fatal", pretty: true });
    const settings = settingsFor(options, env);
    const scenarios = chosen(await loadScenarios(`${settings.agentDir}/scenarios`), options);
    if (scenarios.length === 0) {
      throw new UsageError(
        `Cannot eval: ${settings.agentDir}/scenarios must have ${
          options.audio ? "English scenarios marked audio" : "scenarios"
        }${options.names.length ? ` named like ${options.names.join(" or ")}` : ""}: received none`,
      );
    }
    const startMs = performance.now();
    const results = await act(scenarios, settings, parts, options, screen);
    await report(results, performance.now() - startMs, settings, options, screen);
    const isGood = (result: Result) =>
      result.verdict.passed || isNoisy(options) && result.verdict.safe;
    return results.every(isGood) ? 0 : 1;
  } catch (error) {
    return explain(error, screen);
  }
}

function settingsFor({ engine = "embedded", agentDir }: EvalOptions, env: Env): Settings {
  const { BACKEND_URL: _, PUBLIC_URL: __, DENO_KV_URL: ___, ...kept } = env;
  const stages = { STT: engine, LLM: engine, TTS: engine };
  return readSettings({ ...kept, ...stages, ...(agentDir && { AGENT_DIR: agentDir }) });
}

function chosen(scenarios: Scenario[], { names, audio }: EvalOptions): Scenario[] {
  const wanted = names.map((name) => name.toLowerCase());
  return scenarios.filter((scenario) =>
    (!audio || scenario.audio) &&
    (wanted.length === 0 || wanted.some((name) => scenario.name.toLowerCase().includes(name)))
  );
}

async function act(
  scenarios: Scenario[],
  settings: Settings,
  parts: BridgeParts,
  options: EvalOptions,
  screen: EvalScreen,
): Promise<Result[]> {
  const company = await openCompany(settings, parts, makeSpeechShape());
  const stage = options.audio
    ? new AudioStage(company, {
      noiseDb: options.noiseDb,
      saveTo: options.keep ? options.out : undefined,
    })
    : undefined;
  try {
    await (stage && company.engine.warm(new AbortController().signal));
    const results = await runScenarios(scenarios, {
      act: (scenario) => stage?.act(scenario) ?? actWithItsKnowledge(scenario, company),
      jobs: options.jobs,
      onResult: ({ scenario }, done) =>
        screen.progress(`${done}/${scenarios.length} ${scenario.name}`),
    });
    const mask = createMasker(company.agent.privacy.mask);
    return results.map((result) => maskedResult(result, mask));
  } finally {
    stage?.close();
    await company.close();
  }
}

async function actWithItsKnowledge(scenario: Scenario, company: Company): Promise<Evidence> {
  if (scenario.knowledge === undefined) return await actInText(scenario, company);
  const own = await openCompany(
    company.settings,
    company.parts,
    company.speech,
    scenario.knowledge,
  );
  try {
    return await actInText(scenario, own);
  } finally {
    await own.close();
  }
}

async function report(
  results: Result[],
  tookMs: number,
  settings: Settings,
  options: EvalOptions,
  screen: EvalScreen,
): Promise<void> {
  screen.progress("");
  const failed = results.filter(({ verdict }) => !verdict.passed);
  const recordOf = ({ scenario }: Result) => `${options.out}/${slug(scenario.name)}.json`;
  for (const result of failed) {
    const { scenario, verdict, evidence } = result;
    const record: Replay & Record<string, unknown> = {
      agentDir: settings.agentDir,
      engine: settings.engines.llm[0],
      ...(options.audio && { noiseDb: options.noiseDb }),
      scenario,
      verdict,
      ...evidence,
    };
    await Deno.mkdir(options.out, { recursive: true });
    await Deno.writeTextFile(recordOf(result), JSON.stringify(record, null, 2) + "\n");
  }
  if (options.junit) await Deno.writeTextFile(options.junit, junit(results));
  if (options.json) {
    screen.out(JSON.stringify(
      {
        passed: results.length - failed.length,
        failed: failed.length,
        tookMs: Math.round(tookMs),
        scenarios: results.map((result) => ({
          name: result.scenario.name,
          file: result.scenario.file,
          line: result.scenario.line,
          hostile: result.scenario.hostile,
          result: mark(result).toLowerCase(),
          tookMs: Math.round(result.tookMs),
          repeats: result.evidence.repeats ?? 0,
          problems: problemLines(result),
        })),
      },
      null,
      2,
    ));
    return;
  }
  for (const line of resultTable(results)) screen.out(line);
  screen.out("");
  if (failed.length) screen.out("Each failure has a record; hear the call again:");
  for (const result of failed) screen.out(`  ${replayCommand(recordOf(result))}`);
  const hostile = results.filter(({ scenario }) => scenario.hostile).length;
  const unsure = failed.filter(({ verdict }) => verdict.safe).length;
  const late = options.audio ? results.filter(missedDeadlines).length : 0;
  const repeats = results.reduce((sum, { evidence }) => sum + (evidence.repeats ?? 0), 0);
  screen.out(
    `${results.length - failed.length} of ${results.length} scenarios passed ` +
      `(${hostile} hostile or broken) in ${(tookMs / 1000).toFixed(1)} s` +
      (isNoisy(options) && unsure
        ? `; in ${unsure} the agent asked again or offered a person`
        : "") +
      (late ? `; in ${late} an engine was too late: this machine is busy, try --jobs 1` : "") +
      (repeats ? `; callers were asked again ${repeats} times, and said it once more` : "") +
      ".",
  );
}

/** In sound, time is real: a machine with too much to do fails calls that are right. */
function missedDeadlines({ scenario: { faults }, evidence }: Result): boolean {
  if (faults.llm || faults.tts) return false;
  return evidence.events.some((event) =>
    event.type === "engine_fault" && event.fault === "timeout"
  );
}

function isNoisy({ audio, noiseDb }: EvalOptions): boolean {
  return audio && noiseDb < NOISY_DB;
}

/** What a person typed or wrote wrongly ends with 2, everything else with 1. */
function explain(error: unknown, screen: EvalScreen): number {
  screen.progress("");
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof UsageError) console.error("deno task eval --help lists everything.");
  const isTheirs = error instanceof UsageError || error instanceof ProblemsError;
  return isTheirs ? 2 : 1;
}

/** Progress goes to stderr, and only where a person looks at it. */
function terminal(): EvalScreen {
  const encoder = new TextEncoder();
  const isWatched = Deno.stderr.isTerminal();
  return {
    out: (text) => console.log(text),
    progress(text) {
      if (isWatched) Deno.stderr.writeSync(encoder.encode(`\r\x1b[K${text}`));
    },
  };
}

if (import.meta.main) {
  const { parts } = await import("../../main.ts");
  Deno.exit(await runEval(Deno.args, parts));
}
