import { type Clock, systemClock } from "../clock.ts";
import { loadEnv } from "../env.ts";
import type { StartBridge } from "./bridge_under_call.ts";
import { explain, interruptible, openScreen } from "./call.ts";
import { readCallOptions } from "./call_options.ts";
import { missingFromDemo } from "./demo_checks.ts";
import { callWithPhone } from "./phone.ts";

/** A question from the knowledge, an account look-up, a barge-in, and the wish for a person. */
const LINES = [
  "How do I pay my bill?",
  "What is my balance?",
  "[barge in 1500ms] What happens if I pay late?",
  "I want to talk to a person",
];

/** A Monday morning in Nairobi, when the sample company's people are at work. */
const OFFICE_HOURS_MS = Date.UTC(2026, 10, 23, 7, 0, 0);

const INTRODUCTION = [
  "A caller rings the sample company's support line. Everything is real but the phone and the",
  "platform: audio goes through HTTP and a WebSocket on this machine, at the pace of a call. The",
  "clock says Monday, ten in the morning, when people are at work. It takes about a minute.",
  "",
].join("\n");

/** Runs `deno task demo`; the result is the exit code. */
export async function runDemo(args: string[], start: StartBridge): Promise<number> {
  try {
    const said = LINES.flatMap((line) => ["--say", line]);
    const options = readCallOptions(["--out", "calls/demo", ...said, ...args]);
    if (!options) {
      console.log("Plays a support call with four lines; takes the options of deno task call.");
      return 0;
    }
    const screen = openScreen();
    screen.note(INTRODUCTION);
    const env = loadEnv();
    const clock = clockFrom(systemClock, OFFICE_HOURS_MS);
    const { report, directory } = await interruptible((signal) =>
      callWithPhone({ options, start, env, clock, screen, signal })
    );
    report.problems.push(...missingFromDemo(report));
    screen.summary(report);
    console.log(`Listen to it: ${directory}/call.wav has the caller left and the agent right.`);
    return report.problems.length === 0 ? 0 : 1;
  } catch (error) {
    return explain(error);
  }
}

/** A clock that runs like `clock` and whose calendar says `wallMs` now. */
function clockFrom(clock: Clock, wallMs: number): Clock {
  const offsetMs = wallMs - clock.wallMs();
  return { ...clock, wallMs: () => clock.wallMs() + offsetMs };
}

if (import.meta.main) {
  const { start } = await import("../../main.ts");
  Deno.exit(await runDemo(Deno.args, start));
}
