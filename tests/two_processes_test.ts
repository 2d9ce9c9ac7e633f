import assert from "node:assert/strict";
import { systemClock } from "../lib/clock.ts";
import { Caller, personOnThePhone } from "../lib/simulator/caller.ts";
import { startPlatform } from "../lib/simulator/platform.ts";
import { openStore } from "../lib/store/kv_store.ts";
import { pressing } from "./bridge_world.ts";
import { serveKv } from "./kv_connect_server.ts";
import { startProxy } from "./round_robin_proxy.ts";
import { spawnScript } from "./spawn_script.ts";
import { syntheticSpeech } from "./synthetic_speech.ts";

const ACCESS_TOKEN = "an-access-token-of-the-database";
const TOKEN_SECRET = "the-same-secret-for-both-processes-of-one-line";

/** Starts `main.ts` as it is deployed, and resolves with where it listens. */
async function startMain(env: Record<string, string>) {
  const process = spawnScript("../main.ts", {
    ...env,
    PORT: "0",
    TOKEN_SECRET,
    LOG_LEVEL: "fatal",
  });
  const reader = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  let url: string | undefined;
  while (!url) {
    const { value, done } = await reader.read();
    assert.ok(!done, `the bridge did not start: ${said}`);
    said += value;
    url = /ready\s+(http:\/\/127\.0\.0\.1:\d+)\/readyz\n/.exec(said)?.[1];
  }
  return {
    url,
    async kill() {
      process.kill("SIGKILL");
      await process.status;
      await reader.cancel();
    },
  };
}

Deno.test("two processes that share a file serve one call, whichever each request reaches", async () => {
  const dataDir = await Deno.makeTempDir();
  await callThroughTwo([{ DATA_DIR: dataDir }, { DATA_DIR: dataDir }], {
    path: `${dataDir}/calls.kv`,
  });
  await Deno.remove(dataDir, { recursive: true });
});

Deno.test("two machines that share a remote database serve one call, whichever each request reaches", async () => {
  const server = serveKv(ACCESS_TOKEN);
  const dataDirs = [await Deno.makeTempDir(), await Deno.makeTempDir()];
  const remote = { DENO_KV_URL: server.url, DENO_KV_ACCESS_TOKEN: ACCESS_TOKEN };
  Deno.env.set("DENO_KV_ACCESS_TOKEN", ACCESS_TOKEN);
  await callThroughTwo(dataDirs.map((dataDir) => ({ ...remote, DATA_DIR: dataDir })), {
    url: server.url,
  });
  Deno.env.delete("DENO_KV_ACCESS_TOKEN");
  await server.close();
  for (const dataDir of dataDirs) await Deno.remove(dataDir, { recursive: true });
});

/** Lets a caller be handed over by two processes behind a proxy, each with an environment of its own. */
async function callThroughTwo(
  own: Record<string, string>[],
  shared: { path?: string; url?: string },
): Promise<void> {
  const agentDir = await Deno.makeTempDir();
  for await (const { name, isFile } of Deno.readDir("agent")) {
    if (isFile) await Deno.copyFile(`agent/${name}`, `${agentDir}/${name}`);
  }
  await Deno.writeTextFile(
    `${agentDir}/agent.yaml`,
    `name: Amani
company: Upepo Fibre
greeting: { en: "Hello." }
hand_over: { number: "+254700000100", strategies: [next_callback] }
`,
  );
  const platform = startPlatform({
    clock: systemClock,
    // Every event twice, so that each process gets one of them.
    quirks: { afterStream: "callback", duplicateEvents: true },
    dial: () => ({
      outcome: "answered",
      ringMs: 700,
      person: personOnThePhone(syntheticSpeech(500), 2_500),
    }),
  });
  const env = {
    AGENT_DIR: agentDir,
    SAUTIKIT_API_KEY: "simulated-key",
    SAUTIKIT_BASE_URL: platform.api.url,
  };
  const processes = await Promise.all(own.map((more) => startMain({ ...env, ...more })));
  await Promise.all(processes.map(({ url }) => calm(url)));
  const proxy = startProxy(processes.map(({ url }) => url));
  const call = platform.exchange.ring({
    callerNumber: "+254700000001",
    dialledNumber: "+254709900100",
    direction: "Inbound",
    voiceUrl: `${proxy.url}/voice`,
    eventsUrl: `${proxy.url}/events`,
    party: new Caller({ lines: [pressing("0")] }),
  });
  await call.done;
  const has = (type: string) => call.leg.log.some((entry) => entry.type === type);
  const story = call.leg.log.map((entry) => JSON.stringify(entry)).join("\n");
  assert.ok(has("stream_open"), story);
  assert.ok(has("put_through"), story);
  assert.ok(!has("held_in_silence") && !has("second_stream"), story);
  const { served } = proxy;
  const socket = served.find(({ path }) => path.startsWith("/audio/"))!;
  assert.deepEqual(
    [...new Set(served.map(({ target }) => target))].sort(),
    processes.map(({ url }) => url).sort(),
    "both processes were asked",
  );

  // The token of the call's socket is spent, whoever is asked.
  for (const { url } of processes) {
    const again = await fetch(url + socket.path, {
      headers: { upgrade: "websocket", "sec-websocket-protocol": "audio.drachtio.org" },
    });
    assert.equal(again.status, 401);
    await again.body?.cancel();
  }
  await waitFor(async () => {
    const store = await openStore({ clock: systemClock, ...shared });
    const record = await store.get(call.plan.callId);
    store.close();
    return record?.stage === "ended" && record.outcome === "escalated_connected" &&
      /call record|dial/.test(record.handOver?.proof ?? "");
  });
  await proxy.close();
  for (const process of processes) await process.kill();
  await platform.close();
  await Deno.remove(agentDir, { recursive: true });
}

/** Processes that are still getting ready send callers to a person, as they should. */
async function calm(url: string): Promise<void> {
  const endMs = performance.now() + 60_000;
  for (let prompt = 0; prompt < 6;) {
    assert.ok(performance.now() < endMs, "the bridge is not calm after a minute");
    const askedMs = performance.now();
    await (await fetch(`${url}/readyz`)).body?.cancel();
    prompt = performance.now() - askedMs < 100 ? prompt + 1 : 0;
    await systemClock.until(systemClock.now() + 300);
  }
}

async function waitFor(holds: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + 8_000;
  while (!await holds()) {
    assert.ok(performance.now() < endMs, "the record is not as it should be after 8 s");
    await systemClock.until(systemClock.now() + 100);
  }
}
