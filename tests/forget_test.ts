import assert from "node:assert/strict";
import { readWav } from "../lib/audio/wav.ts";
import { CallerMemory } from "../lib/call/caller_memory.ts";
import { callerSalt } from "../lib/server/caller_salt.ts";
import { systemClock } from "../lib/clock.ts";
import { runForget } from "../lib/commands/forget.ts";
import type { Line } from "../lib/contracts/line.ts";
import { spendingOf } from "../lib/costs/spending.ts";
import { hashCaller } from "../lib/outcomes/finish_call.ts";
import { Recordings } from "../lib/server/recordings.ts";
import { openStore } from "../lib/store/kv_store.ts";
import { ResilientStore } from "../lib/store/resilient_store.ts";
import { CallWorld } from "./call_world.ts";
import { FakeClock } from "./fake_clock.ts";

const CALLER = "+254712345678";
const OTHER = "+254712345679";
const SECRET = "x".repeat(40);
const SALT = callerSalt(SECRET);

async function inTempDir(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await use(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function run(dataDir: string, ...args: string[]) {
  const said: string[] = [];
  const code = await runForget(args, (text) => said.push(text), (text) => said.push(text), {
    DATA_DIR: dataDir,
    TOKEN_SECRET: SECRET,
  });
  return { code, said: said.join("\n") };
}

/** One ended call with everything that a call leaves behind. */
async function leaveCall(dataDir: string, callId: string, number: string): Promise<void> {
  const store = await openStore({ clock: systemClock, path: `${dataDir}/calls.kv` });
  const hash = hashCaller(number, SALT);
  await store.update(callId, (record) => ({
    ...record,
    callerNumber: number,
    callerHash: hash,
    intents: ["get_account"],
    stage: "ended",
  }));
  await store.alias(`${callId}-leg`, callId);
  await store.append(callId, [
    { type: "caller_speaking", callId, seq: 0, atMs: 0, wallMs: 0 },
    { type: "resumed", callId, seq: 1, atMs: 1, wallMs: 1 },
  ]);
  await new CallerMemory({ store, clock: systemClock, salt: SALT, days: 14 }).keep(callId);
  await spendingOf(store, systemClock, "Africa/Nairobi", hash).charge(2);
  store.close();
  await Deno.mkdir(`${dataDir}/recordings`, { recursive: true });
  await Deno.writeTextFile(`${dataDir}/recordings/${callId}.wav`, "RIFF");
}

Deno.test("a caller is removed everywhere, others stay, and once is enough", async () => {
  await inTempDir(async (dataDir) => {
    await leaveCall(dataDir, "HD_a", CALLER);
    await leaveCall(dataDir, "HD_b", CALLER);
    await leaveCall(dataDir, "HD_c", OTHER);

    const { code, said } = await run(dataDir, CALLER);
    assert.equal(code, 0);
    assert.equal(said, "Removed of …678: 2 calls, 4 events, 2 recordings, 3 names, 1 sums.");

    const kv = await Deno.openKv(`${dataDir}/calls.kv`);
    const left: string[] = [];
    for await (const { key, value } of kv.list({ prefix: [] })) {
      left.push(JSON.stringify([key, value], (_, one) => typeof one === "bigint" ? `${one}` : one));
    }
    kv.close();
    for (const trace of [CALLER, hashCaller(CALLER, SALT), "HD_a", "HD_b"]) {
      assert.equal(left.some((entry) => entry.includes(trace)), false, trace);
    }
    assert.ok(left.some((entry) => entry.includes("HD_c")));
    const files = await Array.fromAsync(Deno.readDir(`${dataDir}/recordings`));
    assert.deepEqual(files.map(({ name }) => name), ["HD_c.wav"]);

    const again = await run(dataDir, "0712 345 678");
    assert.deepEqual([again.code, again.said], [0, "Nothing is kept of …678."]);
  });
});

Deno.test("a running bridge forgets, too, and remembers nobody when its store goes down", async () => {
  await inTempDir(async (dataDir) => {
    const clock = new FakeClock();
    let isDown = false;
    const behind = await openStore({ clock, path: `${dataDir}/calls.kv` });
    const store = new ResilientStore({
      open: () =>
        Promise.resolve(
          new Proxy(behind, {
            get(real, name: keyof typeof behind) {
              if (isDown && name !== "close") return () => Promise.reject(new Error("cut off"));
              return real[name]?.bind(real);
            },
          }),
        ),
      clock,
      log: { info() {}, warn() {} },
    });
    await store.start();
    assert.ok(store.up);
    const memory = new CallerMemory({ store, clock, salt: SALT, days: 14 });
    for (const [callId, number] of [["HD_a", CALLER], ["HD_c", OTHER]]) {
      await store.update(callId, (record) => ({
        ...record,
        callerHash: hashCaller(number, SALT),
        intents: ["get_account"],
        stage: "ended",
      }));
      await memory.keep(callId);
    }
    await store.beat("me");
    assert.ok(await memory.recall(CALLER));

    assert.equal((await run(dataDir, CALLER)).code, 0);
    assert.equal(await memory.recall(CALLER), undefined);
    assert.ok(await memory.recall(OTHER), "others are remembered");
    await store.beat("me");
    isDown = true;
    assert.equal(await memory.recall(CALLER), undefined, "not from its own memory either");
    store.close();
  });
});

Deno.test("a call back to the caller is removed with the calls from them", async () => {
  await inTempDir(async (dataDir) => {
    const store = await openStore({ clock: systemClock, path: `${dataDir}/calls.kv` });
    await store.update("HD_leg", (record) => ({
      ...record,
      handOver: { state: "attempting", reason: "r", brief: "b", target: { number: CALLER } },
    }));
    store.close();
    assert.match((await run(dataDir, CALLER)).said, /1 calls/);
  });
});

Deno.test("what can't be understood ends with 2, and help with 0", async () => {
  await inTempDir(async (dataDir) => {
    assert.equal((await run(dataDir)).code, 2);
    assert.equal((await run(dataDir, "hello")).code, 2);
    assert.equal((await run(dataDir, "--nonsense", CALLER)).code, 2);
    assert.equal((await run(dataDir, "--help")).code, 0);
    assert.equal((await run(`${dataDir}/none/\0`, CALLER)).code, 1);
  });
});

Deno.test("calls and their events are gone when their days are over", async () => {
  const clock = new FakeClock();
  const store = await openStore({ clock, path: ":memory:", keepMs: 7 * 86_400_000 });
  await store.update("HD_a", (record) => ({ ...record, callerNumber: CALLER }));
  await clock.advance(7 * 86_400_000 - 1);
  assert.equal((await store.get("HD_a"))?.callerNumber, CALLER);
  await clock.advance(1);
  assert.equal(await store.get("HD_a"), undefined);
  store.close();
});

const CONSENTING = `
name: Amani
company: Upepo Fibre
greeting: { en: "Hello, how can I help?" }
hand_over: { number: "+254700000100" }
recording: { enabled: true, consent: { en: "This call is recorded." } }
`;

Deno.test("a recorded call says so first, and only then is anything recorded", async () => {
  const moments: string[] = [];
  const world = new CallWorld({
    agentYaml: CONSENTING,
    more: { onConsent: () => moments.push(`consent after ${world.said.length}`) },
  });
  await world.until(() => world.said.length === 2);
  assert.deepEqual(world.said.slice(0, 2), ["This call is recorded.", "Hello, how can I help?"]);
  assert.deepEqual(moments, ["consent after 1"]);
});

Deno.test("a caller who did not hear that the call is recorded is not recorded", async () => {
  let consented = false;
  const world = new CallWorld({
    agentYaml: CONSENTING,
    more: { onConsent: () => consented = true },
  });
  await world.speak(1200);
  await world.answered(1);
  assert.equal(world.said.includes("This call is recorded."), false);
  assert.equal(consented, false);
});

Deno.test("without being switched on, nothing is said of recording", async () => {
  let consented = false;
  const world = new CallWorld({ more: { onConsent: () => consented = true } });
  await world.greeted();
  assert.equal(world.said.some((text) => text.includes("record")), false);
  assert.equal(consented, false);
});

Deno.test("a recording has the caller on the left and what was heard of the agent on the right", async () => {
  await inTempDir(async (directory) => {
    const recordings = new Recordings(`${directory}/recordings`, 30, (error) => {
      throw error;
    });
    const recording = recordings.record("HD_a/../b");
    const sent: number[] = [];
    const line: Line = {
      send: (samples) => sent.push(samples.length),
      killAudio: () => sent.push(-1),
      close() {},
      flush() {},
      bufferedBytes: 7,
    };
    const heard: number[] = [];
    const tapped = recording.line(line);
    const ear = recording.listener({
      hear: (frame) => heard.push(frame[0]),
      press() {},
      lost: () => heard.push(-1),
    });
    const frame = (value: number) => new Int16Array(320).fill(value);
    tapped.send(new Int16Array(480).fill(9));
    ear.hear(frame(1), 20); // before the consent
    recording.begin();
    ear.hear(frame(2), 40);
    tapped.send(new Int16Array(640).fill(8));
    tapped.killAudio();
    ear.hear(frame(3), 60);
    ear.lost("gone");
    await recording.close();
    assert.deepEqual(heard, [1, 2, 3, -1]);
    assert.deepEqual(sent, [480, 640, -1]);
    assert.equal(tapped.bufferedBytes, 7);

    const path = recordings.pathOf("HD_a/../b");
    assert.equal(path, `${directory}/recordings/HD_a____b.wav`);
    const { sampleRateHz, channels } = readWav(await Deno.readFile(path));
    assert.equal(sampleRateHz, 16_000);
    assert.deepEqual(channels.map((channel) => channel.length), [640, 640]);
    assert.deepEqual([channels[0][0], channels[0][320]], [2, 3]);
    assert.deepEqual([channels[1][0], channels[1][159], channels[1][160], channels[1][320]], [
      9,
      9,
      0,
      0,
    ]);

    await recordings.tidy(Date.now());
    assert.equal((await Deno.stat(path)).isFile, true);
    await recordings.tidy(Date.now() + 31 * 86_400_000);
    await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
  });
});

Deno.test("a recording that never began leaves no file, and a disk that fails no broken call", async () => {
  await inTempDir(async (directory) => {
    const errors: unknown[] = [];
    const recordings = new Recordings(`${directory}/recordings`, 30, (error) => errors.push(error));
    await recordings.record("HD_a").close();
    await assert.rejects(Deno.stat(`${directory}/recordings`), Deno.errors.NotFound);

    await Deno.writeTextFile(`${directory}/recordings`, "a file in the way");
    const recording = recordings.record("HD_b");
    recording.begin();
    recording.listener({ hear() {}, press() {}, lost() {} }).hear(new Int16Array(320), 20);
    await recording.close();
    assert.equal(errors.length, 1);
  });
});
