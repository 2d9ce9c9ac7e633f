import { systemClock } from "../clock.ts";
import { loadEnv } from "../settings/env.ts";
import { calendarClock } from "../scenarios/calendar_clock.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { loadScenarios } from "../scenarios/scenario_file.ts";
import type { StartBridge } from "./bridge_under_call.ts";
import { explain, interruptible, openScreen } from "./call.ts";
import { readCallOptions, UsageError } from "./call_options.ts";
import { missingFromDemo } from "./demo_checks.ts";
import { callWithPhone } from "./phone.ts";

const HELP =
  "Plays the scenario marked demo: true as a phone call; takes the options of deno task call.";

const INTRODUCTION = [
  "A caller rings the sample company's support line. Everything is real but the phone and the",
  "platform: audio goes through HTTP and a WebSocket on this machine, at the pace of a call. The",
  "calendar says what the scenario says: by default a Monday at ten. It takes about a minute.",
  "",
].join("\n");

/** Runs `deno task demo`; the result is the exit code. */
export async function runDemo(args: string[], start: StartBridge): Promise<number> {
  try {
    const env = loadEnv();
    const { turns, atWallMs, from = "anonymous" } = await demoScenario(env.AGENT_DIR ?? "agent");
    const said = turns.flatMap(({ caller }) => ["--say", caller]);
    const options = readCallOptions(["--out", "calls/demo", "--from", from, ...said, ...args]);
    if (!options) {
      console.log(HELP);
      return 0;
    }
    const screen = openScreen();
    screen.note(INTRODUCTION);
    const clock = calendarClock(systemClock, atWallMs);
    const { report, directory } = await interruptible((signal) =>
      callWithPhone({ options, start, env, clock, screen, signal })
    );
    report.problems.push(...missingFromDemo(report, turns));
    screen.summary(report);
    console.log(`Listen to it: ${directory}/call.wav has the caller left and the agent right.`);
    return report.problems.length === 0 ? 0 : 1;
  } catch (error) {
    return explain(error);
  }
}

/** The first scenario that is marked `demo: true`. */
async function demoScenario(agentDir: string): Promise<Scenario> {
  const scenario = (await loadScenarios(`${agentDir}/scenarios`)).find(({ demo }) => demo);
  if (scenario) return scenario;
  throw new UsageError(
    `Cannot play a demo: ${agentDir}/scenarios must have a scenario with demo: true: received none`,
  );
}

if (import.meta.main) {
  const { start } = await import("../../main.ts");
  Deno.exit(await runDemo(Deno.args, start));
}
