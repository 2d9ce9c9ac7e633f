import assert from "node:assert/strict";
import { systemClock } from "../lib/clock.ts";
import type { LegEntry } from "../lib/simulator/leg_log.ts";
import { startPlatform } from "../lib/simulator/platform.ts";
import { spawnScript } from "./spawn_script.ts";

/** Starts `main.ts` as it is deployed, and resolves with where it listens. */
async function startMain(env: Record<string, string>) {
  const process = spawnScript("../main.ts", { ...env, PORT: "0", LOG_LEVEL: "fatal" });
  const reader = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  for (;;) {
    const { value, done } = await reader.read();
    assert.ok(!done, `the bridge did not start: ${said}`);
    said += value;
    const url = /ready\s+(http:\/\/127\.0\.0\.1:\d+)\/readyz\n/.exec(said)?.[1];
    if (url) return { url, process, reader };
  }
}

async function eventually(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const endMs = performance.now() + 30_000;
  while (!await holds()) {
    assert.ok(performance.now() < endMs, `not within 30 s: ${what}`);
    await systemClock.until(systemClock.now() + 50);
  }
}

Deno.test("SIGTERM lets calls finish and sends new ones to a person; a second one says goodbye, hangs up and ends", async () => {
  const agentDir = await Deno.makeTempDir();
  const dataDir = await Deno.makeTempDir();
  await Deno.copyFile("agent/company.yaml", `${agentDir}/company.yaml`);
  await Deno.writeTextFile(
    `${agentDir}/agent.yaml`,
    'name: Amani\ncompany: Upepo Fibre\ngreeting: { en: "Hello." }\n' +
      'hand_over: { number: "+254700000100" }\n',
  );
  const platform = startPlatform({ clock: systemClock });
  const { url, process, reader } = await startMain({
    AGENT_DIR: agentDir,
    DATA_DIR: dataDir,
    SAUTIKIT_API_KEY: "simulated-key",
    SAUTIKIT_BASE_URL: platform.api.url,
  });
  const answer = async (callId: string) => {
    const body = new URLSearchParams({ sessionId: callId, callSessionState: "Ringing" });
    return await (await fetch(`${url}/voice`, { method: "POST", body })).text();
  };
  const isReady = async () => {
    const { status, body } = await fetch(`${url}/readyz`);
    await body?.cancel();
    return status;
  };
  await eventually(async () => await isReady() === 200, "ready");
  const { leg, done } = platform.exchange.ring({
    callerNumber: "+254700000001",
    dialledNumber: "+254709900100",
    direction: "Inbound",
    voiceUrl: `${url}/voice`,
    eventsUrl: `${url}/events`,
    party: { next: (heard) => ({ samples: new Int16Array(heard.length) }) },
  });
  const has = (type: LegEntry["type"]) => leg.log.some((entry) => entry.type === type);
  await eventually(() => has("stream_open"), "the call");

  process.kill("SIGTERM");
  await eventually(async () => await isReady() === 503, "draining");
  const refused = await answer("HD_late");
  assert.match(refused, /<Say [^>]*>.+<\/Say>.*<Dial /s);
  assert.doesNotMatch(refused, /<Stream/);
  await systemClock.until(systemClock.now() + 1_000);
  assert.ok(!leg.end, "the running call goes on");

  process.kill("SIGTERM");
  const { success } = await process.status;
  assert.ok(success);
  await done;
  const end = leg.log.findLast((entry) => entry.type === "ended");
  assert.deepEqual(leg.end, { by: "bridge", reason: "hung up through the API" });
  assert.ok(!has("held_in_silence"), JSON.stringify(end));
  await reader.cancel();
  await platform.close();
  await Deno.remove(agentDir, { recursive: true });
  await Deno.remove(dataDir, { recursive: true });
});
