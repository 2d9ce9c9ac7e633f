import { systemClock } from "../../lib/clock.ts";
import type { ExchangeCall } from "../../lib/simulator/exchange.ts";
import { Caller, personOnThePhone } from "../../lib/simulator/caller.ts";
import { type SimulatedPlatform, startPlatform } from "../../lib/simulator/platform.ts";
import { openStore } from "../../lib/store/kv_store.ts";
import { saying } from "../bridge_world.ts";
import { QuietWatch } from "../quiet_watch.ts";
import { spawnScript } from "../spawn_script.ts";
import { syntheticSpeech } from "../synthetic_speech.ts";
import { KILL_LINES } from "./kill_lines.ts";
import { isClean, type Verdict } from "./support_call.ts";

/** Calls of one process, each as far along as its point says when the process is killed. */
const POINTS = 20;
const CALL_MS = 21_000;
const STEP_MS = CALL_MS / POINTS;
const MAX_CALL_MS = 60_000;
const MAX_SILENCE_MS = 5_000;
/** What is left undone by a process that died in a call's last seconds is found within two minutes. */
const MAX_SETTLE_MS = 120_000;
const PERSON_SPEECH = syntheticSpeech(2_000);
const SAYS = syntheticSpeech(1_000);

const LINES = KILL_LINES.map(({ text, ms }) => saying(text, ms));

/**
 * Kills the only process of twenty calls with SIGKILL, each call at another point, and starts it
 * again; once for each seed, at another moment of each point.
 */
export async function killForReal(
  seeds: number,
  onSeed: (seed: number, verdicts: Verdict[]) => void,
): Promise<{ name: string; verdicts: Verdict[] }[]> {
  const rows = Array.from({ length: POINTS }, (_, point) => ({
    name: `process killed ${(STEP_MS * point / 1000).toFixed(1)} s into the call`,
    verdicts: [] as Verdict[],
  }));
  for (let seed = 0; seed < seeds; seed++) {
    const verdicts = await killOnce((seed + 0.5) / seeds * STEP_MS);
    verdicts.forEach((verdict, point) => rows[point].verdicts.push(verdict));
    onSeed(seed + 1, verdicts);
  }
  return rows;
}

interface Victim {
  call: ExchangeCall;
  quiet: QuietWatch;
}

/** Kills twenty calls `ms` after their points; the verdicts are in the order of the points. */
async function killOnce(ms: number): Promise<Verdict[]> {
  const dataDir = await Deno.makeTempDir({ prefix: "pokea-kill-" });
  const platform = startPlatform({
    clock: systemClock,
    speak: (text) => Promise.resolve(tiled(SAYS, text.length * 1_100)),
    dial: () => ({
      outcome: "answered",
      ringMs: 1_500,
      person: personOnThePhone(PERSON_SPEECH, 3_000),
    }),
  });
  const port = freePort();
  let server = await startServer(dataDir, port, platform);
  const firstMs = systemClock.now();
  const victims: Victim[] = [];
  for (let point = POINTS - 1; point >= 0; point--) {
    await systemClock.until(firstMs + (POINTS - 1 - point) * STEP_MS);
    victims.unshift(ring(platform, port, point));
  }
  await systemClock.until(firstMs + (POINTS - 1) * STEP_MS + ms);
  server.kill("SIGKILL");
  await server.status;
  server = await startServer(dataDir, port, platform);
  const over = Promise.all(victims.map(({ call }) => call.leg.whenOver));
  await Promise.race([over, systemClock.until(systemClock.now() + MAX_CALL_MS)]);
  const isOver = victims.map(({ call }) => call.leg.end !== undefined);
  const verdicts = await settled(dataDir, victims, isOver);
  server.kill("SIGKILL");
  await server.status;
  for (const [point, verdict] of verdicts.entries()) {
    const { call, quiet } = victims[point];
    verdict.longSilences = Number(quiet.longestMs > MAX_SILENCE_MS);
    if (isClean(verdict)) continue;
    verdict.story = call.leg.log.map((entry) => JSON.stringify(entry)).join("\n") +
      `\n${
        JSON.stringify({ ...verdict, killedAtMs: STEP_MS * point + ms, silenceMs: quiet.longestMs })
      }`;
  }
  await platform.close();
  await Deno.remove(dataDir, { recursive: true });
  return verdicts;
}

function ring(platform: SimulatedPlatform, port: number, point: number): Victim {
  const quiet: QuietWatch = new QuietWatch(systemClock, () => call?.leg);
  const call: ExchangeCall = platform.exchange.ring({
    callerNumber: `+2547000001${String(point).padStart(2, "0")}`,
    dialledNumber: "+254709900100",
    direction: "Inbound",
    voiceUrl: `http://127.0.0.1:${port}/voice`,
    eventsUrl: `http://127.0.0.1:${port}/events`,
    party: new Caller({ lines: LINES }),
  }, quiet);
  return { call, quiet };
}

/** The verdicts as soon as all is well, else when nothing more is to be expected. */
async function settled(dataDir: string, victims: Victim[], isOver: boolean[]): Promise<Verdict[]> {
  const untilMs = systemClock.now() + MAX_SETTLE_MS;
  while (true) {
    const verdicts = await judge(dataDir, victims, isOver);
    if (verdicts.every(isClean) || systemClock.now() >= untilMs) return verdicts;
    await systemClock.until(systemClock.now() + 1_000);
  }
}

async function judge(dataDir: string, victims: Victim[], isOver: boolean[]): Promise<Verdict[]> {
  const store = await openStore({ clock: systemClock, path: `${dataDir}/calls.kv` });
  const records = await Promise.all(victims.map(({ call }) => store.get(call.plan.callId)));
  store.close();
  const writes = await lines(`${dataDir}/writes`);
  const tickets = await lines(`${dataDir}/tickets`);
  return records.map((record, point) => {
    const { callId } = victims[point].call.plan;
    const isEnded = record?.stage === "ended" && record.outcome !== undefined;
    const isPromised = record?.handOver?.promisedMs !== undefined;
    return {
      callsLost: Number(!isOver[point] || !isEnded),
      promisesLost: Number(isPromised && !tickets.includes(`promise/${callId}`)),
      writesTwice: Number(writes.filter((line) => line.startsWith(`${callId} `)).length > 1),
      longSilences: 0,
    };
  });
}

function tiled(second: Int16Array, samples: number): Int16Array {
  return Int16Array.from({ length: samples }, (_, i) => second[i % second.length]);
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
  const server = spawnScript("./faults/kill_server.ts", {
    PORT: String(port),
    DATA_DIR: dataDir,
    LOG_LEVEL: "fatal",
    SAUTIKIT_API_KEY: "simulated-key",
    SAUTIKIT_BASE_URL: platform.api.url,
  });
  const reader = server.stdout.getReader();
  await reader.read();
  reader.cancel().catch(() => {});
  return server;
}
