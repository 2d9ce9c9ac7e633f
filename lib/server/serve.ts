import type { Hono } from "hono";
import type { AppDeps } from "./app_deps.ts";
import type { Clock } from "../clock.ts";

/** How long running calls may go on after the first signal. */
const DRAIN_MS = 10 * 60_000;
/** How long goodbyes may take after the second signal, and then hanging up without them. */
const GOODBYE_MS = 8_000;
const HANG_UP_MS = 3_000;
/** `shutdown` waits for ever for a peer that doesn't read. */
const SHUTDOWN_MS = 3_000;
const LOOK_EVERY_MS = 250;

export interface ServeOptions {
  port: number;
  hostname?: string;
  /** Aborted by the first signal: finish what runs. */
  drain: AbortSignal;
  /** Aborted by the second: say goodbye and end. */
  stop: AbortSignal;
  /** Ends the calls that still run: politely, and at once when asked again. */
  endCalls?(): Promise<void>;
  /** @default 10 minutes */
  drainMs?: number;
  /** Called when all lines are closed, before the work that follows calls is waited for. */
  onClosed?(): void;
  onListen?(address: Deno.NetAddr): void;
}

/** Serves until it is told to end; resolves when nothing runs any more. */
export async function serve(app: Hono, deps: AppDeps, options: ServeOptions): Promise<void> {
  const { admission, sockets, clock, log, background } = deps;
  const { port, hostname = "0.0.0.0", drain, stop } = options;
  const server = Deno.serve({
    port,
    hostname,
    onListen: (address) => options.onListen?.(address),
    onError: () => new Response(null, { status: 500 }),
  }, app.fetch);
  admission.start();
  const failed = server.finished.then(() => {
    throw new Error("Cannot go on serving: the listener closed");
  });
  try {
    await Promise.race([aborted(drain), failed]);
    admission.drain();
    log.info("draining: {calls} calls may finish", { calls: sockets.count });
    const endMs = clock.now() + (options.drainMs ?? DRAIN_MS);
    while (sockets.count > 0 && !stop.aborted && clock.now() < endMs) await pause(clock);
    if (sockets.count > 0) {
      log.warn("ending {calls} calls", { calls: sockets.count });
      await within(clock, GOODBYE_MS, options.endCalls?.());
      await within(clock, HANG_UP_MS, options.endCalls?.());
    }
  } finally {
    admission.stop();
    sockets.closeAll("the bridge is going down");
    options.onClosed?.();
    await within(clock, SHUTDOWN_MS, background.idle());
    await within(clock, SHUTDOWN_MS, server.shutdown());
    failed.catch(() => {});
  }
}

/** The first SIGTERM or SIGINT aborts `drain`, the next one `stop`. */
export function signals(): { drain: AbortSignal; stop: AbortSignal } {
  const drain = new AbortController();
  const stop = new AbortController();
  const onSignal = () => (drain.signal.aborted ? stop : drain).abort();
  Deno.addSignalListener("SIGINT", onSignal);
  // Windows has no SIGTERM.
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", onSignal);
  return { drain: drain.signal, stop: stop.signal };
}

/** Logs errors that nobody caught instead of ending the process and every call with it. */
export function keepRunning({ log }: Pick<AppDeps, "log">): void {
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    log.error("a promise was rejected and nobody cared: {error}", { error: event.reason });
  });
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    log.error("an error was thrown and nobody caught it: {error}", { error: event.error });
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function pause(clock: Clock): Promise<void> {
  return clock.until(clock.now() + LOOK_EVERY_MS);
}

async function within(clock: Clock, ms: number, work: Promise<void> | undefined): Promise<void> {
  let cancel = () => {};
  const limit = new Promise<void>((resolve) => cancel = clock.at(clock.now() + ms, resolve));
  await Promise.race([work, limit]).finally(cancel);
}
