import type { Clock } from "../clock.ts";
import { type Finding, green, red, yellow } from "./finding.ts";

/** Signed callbacks count for 300 s; beyond half of it, the network's delays decide. */
const MAX_SKEW_MS = 150_000;
/** Costs, hours and reports are wrong by as much. */
const WARN_SKEW_MS = 10_000;
/** A `Date` header is cut to whole seconds. */
const HALF_SECOND_MS = 500;

/** Compares our clock with the `Date` of the first server that answers. */
export async function checkClock(
  urls: string[],
  clock: Clock,
  signal: AbortSignal,
): Promise<Finding> {
  for (const url of urls) {
    const skewMs = await skewAgainst(url, clock, signal);
    if (skewMs === undefined) continue;
    const said = `${(skewMs / 1000).toFixed(1)} s against ${new URL(url).host}`;
    const fix = "turn time synchronisation on: timedatectl set-ntp true";
    if (Math.abs(skewMs) > MAX_SKEW_MS) return red(`${said}: signed callbacks are refused`, fix);
    return Math.abs(skewMs) > WARN_SKEW_MS ? yellow(said, fix) : green(said);
  }
  return yellow("no server answered with its time", "check that this machine reaches the internet");
}

async function skewAgainst(
  url: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    const startMs = clock.wallMs();
    const response = await fetch(url, { method: "HEAD", signal, redirect: "manual" });
    await response.body?.cancel();
    const middleMs = (startMs + clock.wallMs()) / 2;
    const theirsMs = Date.parse(response.headers.get("date") ?? "") + HALF_SECOND_MS;
    return Number.isNaN(theirsMs) ? undefined : middleMs - theirsMs;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
