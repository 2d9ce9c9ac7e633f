import { type BridgeParts, startBridge } from "../bridge.ts";
import { systemClock } from "../clock.ts";
import { loadEnv } from "../settings/env.ts";
import type { StartBridge } from "./bridge_under_call.ts";
import { CALL_HELP, readCallOptions, UsageError } from "./call_options.ts";
import { CallScreen } from "./call_screen.ts";
import { createInk } from "./ink.ts";
import { callWithPhone } from "./phone.ts";
import { asRecorded, readReplay, replayArgs } from "./replay.ts";
import { stagedParts } from "../scenarios/staged_parts.ts";
import { withEars, WrittenEars } from "../scenarios/written_ears.ts";

/** Starts a bridge, whose parts may be changed for one call. */
export type StartChanged = (
  ...[settings, options, change]: [
    ...Parameters<StartBridge>,
    change?: (parts: BridgeParts) => BridgeParts,
  ]
) => ReturnType<StartBridge>;

/** Runs `deno task call`; the result is the exit code. */
export async function runCall(args: string[], start: StartChanged): Promise<number> {
  try {
    const replay = await readReplay(args);
    const options = readCallOptions(replay ? [...replayArgs(replay), ...args.slice(1)] : args);
    if (!options) {
      console.log(CALL_HELP);
      return 0;
    }
    const screen = openScreen();
    const { report, directory } = await interruptible((signal) => {
      if (!replay) {
        return callWithPhone({
          options,
          start,
          env: loadEnv(),
          clock: systemClock,
          screen,
          signal,
        });
      }
      // Who was acted as text is heard as text, too: that is what is made again.
      const ears = replay.noiseDb === undefined
        ? new WrittenEars(replay.scenario.turns)
        : undefined;
      const staged: StartBridge = (settings, more) => {
        const clock = more.clock ?? systemClock;
        return start(settings, more, (parts) => {
          const broken = stagedParts(parts, replay.scenario, clock);
          return ears ? withEars(broken, ears, clock) : broken;
        });
      };
      return asRecorded(
        replay,
        loadEnv(),
        systemClock,
        (env, clock) =>
          callWithPhone({
            options,
            start: staged,
            env,
            clock,
            screen,
            onLine: (line) => ears?.begin(line),
            signal,
          }),
      );
    });
    screen.summary(report);
    console.log(`${directory}/call.wav and call.json hold the call.`);
    return report.problems.length === 0 ? 0 : 1;
  } catch (error) {
    return explain(error);
  }
}

/** Makes a screen with colour where a person looks at it. */
export function openScreen(): CallScreen {
  const hasColour = Deno.stdout.isTerminal() && !Deno.noColor;
  return new CallScreen((line) => console.log(line), createInk(hasColour));
}

/** Runs `work` with a signal that Ctrl-C aborts, so that what happened until then is saved. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  Deno.addSignalListener("SIGINT", stop);
  try {
    return await work(controller.signal);
  } finally {
    Deno.removeSignalListener("SIGINT", stop);
  }
}

/** Says what went wrong; the result is the exit code. */
export function explain(error: unknown): number {
  const isUsage = error instanceof UsageError;
  console.error(error instanceof Error ? error.message : error);
  if (isUsage) console.error("deno task call --help lists everything.");
  return isUsage ? 2 : 1;
}

if (import.meta.main) {
  const { parts } = await import("../../main.ts");
  const start: StartChanged = (settings, options, change = (same) => same) =>
    startBridge(settings, change(parts), options);
  Deno.exit(await runCall(Deno.args, start));
}
