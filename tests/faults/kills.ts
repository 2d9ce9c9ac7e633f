import { systemClock } from "../../lib/clock.ts";
import { Caller, personOnThePhone } from "../../lib/simulator/caller.ts";
import { type SimulatedPlatform, startPlatform } from "../../lib/simulator/platform.ts";
import { openStore } from "../../lib/store/kv_store.ts";
import { saying } from "../bridge_world.ts";
import { QuietWatch } from "../quiet_watch.ts";
import { syntheticSpeech } from "../synthetic_speech.ts";
import { KILL_LINES } from "./kill_lines.ts";
import type { Verdict } from "./support_call.ts";

const POINTS = 20;
const CALL_MS = 17_000;
/** Calls side by side; more would make one machine late for all of them. */
const AT_ONCE = 2;
const MAX_CALL_MS = 45_000;
const MAX_SILENCE_MS = 5_000;
/** By then the survivor has written what became of the call. */
const SETTLED_MS = 4_500;

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Kills the only process of a call with SIGKILL at twenty points and starts it again. */
export async function* killForReal(
  seeds: number,
): AsyncGenerator<{ name: string; verdicts: Verdict[] }> {
  for (let first = 0; first < POINTS; first += AT_ONCE) {
    const points = Array.from({ length: AT_ONCE }, (_, i) => first + i);
    yield* await Promise.all(points.map(async (point) => {
      const verdicts: Verdict[] = [];
      for (let seed = 0; seed < seeds; seed++) {
        verdicts.push(await killAt(CALL_MS * (point + (seed + 0.5) / seeds) / POINTS));
      }
      return {
        name: `process killed ${(CALL_MS * point / POINTS / 1000).toFixed(1)} s into the call`,
        verdicts,
      };
    }));
  }
}

async function killAt(ms: number): Promise<Verdict> {
  const dataDir = await Deno.makeTempDir({ prefix: "pokea-kill-" });
  const platform = startPlatform({
    clock: systemClock,
    dial: () => ({
      outcome: "answered",
      ringMs: 1_500,
      person: personOnThePhone(syntheticSpeech(2_000), 3_000),
    }),
  });
  const port = freePort();
  let server = await startServer(dataDir, port, platform);
  const quiet: QuietWatch = new QuietWatch(systemClock, () => call?.leg);
  const call = platform.exchange.ring({
    callerNumber: "+254700000001",
    dialledNumber: "+254709900100",
    direction: "Inbound",
    voiceUrl: `http://127.0.0.1:${port}/voice`,
    eventsUrl: `http://127.0.0.1:${port}/events`,
    party: new Caller({ lines: KILL_LINES.map((text) => saying(text)) }),
  }, quiet);
  // A callback that finds nobody is the platform's to answer: the call begins when we have it.
  while (!call.leg.log.some(({ type }) => type === "stream_open")) await wait(10);
  await wait(ms);
  server.kill("SIGKILL");
  await server.status;
  server = await startServer(dataDir, port, platform);
  await Promise.race([call.leg.whenOver, wait(MAX_CALL_MS)]);
  const isOver = call.leg.end !== undefined;
  await wait(SETTLED_MS);
  server.kill("SIGKILL");
  await server.status;
  const verdict = await judge(dataDir, call.plan.callId, isOver);
  verdict.longSilences = Number(quiet.longestMs > MAX_SILENCE_MS);
  if (Object.values(verdict).some((count) => count > 0)) {
    verdict.story = call.leg.log.map((entry) => JSON.stringify(entry)).join("\n") +
      `\nkilled at ${ms} ms, silence ${quiet.longestMs} ms`;
  }
  await platform.close();
  await Deno.remove(dataDir, { recursive: true });
  return verdict;
}

async function judge(dataDir: string, callId: string, isOver: boolean): Promise<Verdict> {
  const store = await openStore({ clock: systemClock, path: `${dataDir}/calls.kv` });
  const record = await store.get(callId);
  store.close();
  const writes = await lines(`${dataDir}/writes`);
  const tickets = await lines(`${dataDir}/tickets`);
  const promised = record?.handOver?.promisedMs !== undefined;
  return {
    callsLost: Number(!isOver || record?.stage !== "ended" || record.outcome === undefined),
    promisesLost: Number(promised && !tickets.includes(`promise/${callId}`)),
    writesTwice: Number(writes.length > 1),
    longSilences: 0,
  };
}

async function lines(path: string): Promise<string[]> {
  const text = await Deno.readTextFile(path).catch(() => "");
  return text.split("\n").filter(Boolean);
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

/** Starts the bridge and resolves when it listens. */
async function startServer(
  dataDir: string,
  port: number,
  platform: SimulatedPlatform,
): Promise<Deno.ChildProcess> {
  const server = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "--allow-net",
      "--allow-env",
      "--allow-read",
      "--allow-write",
      new URL("./kill_server.ts", import.meta.url).pathname,
    ],
    env: {
      PORT: String(port),
      DATA_DIR: dataDir,
      LOG_LEVEL: "fatal",
      SAUTIKIT_API_KEY: "simulated-key",
      SAUTIKIT_BASE_URL: platform.api.url,
    },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = server.stdout.getReader();
  await reader.read();
  reader.cancel().catch(() => {});
  return server;
}
