import type { Logger } from "@logtape/logtape";
import { getLogger } from "@logtape/logtape";
import { Admission, type AdmissionLimits } from "../lib/server/admission.ts";
import { createApp } from "../lib/app.ts";
import type { AppDeps } from "../lib/server/app_deps.ts";
import { Background } from "../lib/server/background.ts";
import { type Clock, systemClock } from "../lib/clock.ts";
import type { CallStore } from "../lib/contracts/call_record.ts";
import type { CallFacts, Line } from "../lib/contracts/line.ts";
import { LiveEvents } from "../lib/server/live_events.ts";
import type { PlatformEvent } from "../lib/platform/platform_event.ts";
import { readSettings } from "../lib/settings.ts";
import { Sockets } from "../lib/server/sockets.ts";
import { openStore } from "../lib/store/kv_store.ts";

export const SECRET = "a-token-secret-that-is-long-enough-for-tests";

/** One line that the bridge opened, and all that it told the call. */
export interface OpenCall {
  facts: CallFacts;
  line: Line;
  frames: Int16Array[];
  digits: string[];
  lost: string[];
}

export interface BridgeOptions {
  env?: Record<string, string>;
  limits?: Partial<AdmissionLimits>;
  clock?: Clock;
  store?: CallStore;
  deps?: Partial<AppDeps>;
}

/** The bridge's HTTP side with a real store, and a call that only writes down what it is told. */
export async function openBridge(options: BridgeOptions = {}) {
  const clock = options.clock ?? systemClock;
  const calls: OpenCall[] = [];
  const events: PlatformEvent[] = [];
  const sockets = new Sockets(clock);
  const store = options.store ?? await openStore({ clock, path: ":memory:" });
  const errors: unknown[] = [];
  const deps: AppDeps = {
    settings: readSettings(options.env ?? {}),
    tokenSecret: SECRET,
    ownerId: "this process",
    store,
    answer(facts, line) {
      const call: OpenCall = { facts, line, frames: [], digits: [], lost: [] };
      calls.push(call);
      return {
        hear: (frame) => call.frames.push(frame.slice()),
        press: (digit) => call.digits.push(digit),
        lost: (reason) => call.lost.push(reason),
      };
    },
    fallback: {
      language: "en-KE",
      person: () => ({ number: "+254709900100" }),
      ringMs: 25_000,
      texts: { person: "A person", busy: "Busy", broken: "Broken", unreached: "Unreached" },
    },
    onPlatformEvent: (event) => void events.push(event),
    admission: new Admission({ maxCalls: 100, ...options.limits }, {
      clock,
      openCalls: () => sockets.count,
      rssBytes: () => 0,
    }),
    sockets,
    liveEvents: new LiveEvents(),
    background: new Background((error) => errors.push(error)),
    mask: (text) => text,
    clock,
    log: getLogger("pokea") as Logger,
    ...options.deps,
  };
  const app = createApp(deps);
  return {
    app,
    deps,
    store,
    calls,
    events,
    errors,
    /** Posts a form, as live callbacks come. */
    post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
      return app.request(`http://bridge.test${path}`, {
        method: "POST",
        body: new URLSearchParams(fields),
        headers,
      });
    },
    async [Symbol.asyncDispose]() {
      await deps.background.idle();
      sockets.closeAll("the test is over");
      store.close();
    },
  };
}

export type Bridge = Awaited<ReturnType<typeof openBridge>>;

/** Serves the bridge on loopback until disposed. */
export function listen({ app }: Bridge) {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, app.fetch);
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    async [Symbol.asyncDispose]() {
      await server.shutdown();
    },
  };
}

/** The path of the audio socket in a callback's answer. */
export function audioPath(document: string): string {
  const path = /url="wss?:\/\/[^/"]+(\/audio\/[^"]+)"/.exec(document)?.[1];
  if (!path) throw new Error(`No audio socket in ${document}`);
  return path;
}

/** Resolves when `holds` does; fails after two seconds. */
export async function eventually(holds: () => boolean, what = "it"): Promise<void> {
  const endMs = performance.now() + 2_000;
  while (!holds()) {
    if (performance.now() > endMs) throw new Error(`Waited 2 s for ${what} in vain`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
