import assert from "node:assert/strict";
import type { CallEvent } from "../lib/contracts/call_event.ts";
import type { CallStore } from "../lib/contracts/call_record.ts";
import { createPromises } from "../lib/hand_over/promise.ts";
import { startHeartbeat } from "../lib/server/heartbeat.ts";
import { finishCall } from "../lib/outcomes/finish_call.ts";
import { Recovery, type RecoveryDeps } from "../lib/server/recovery.ts";
import { openStore } from "../lib/store/kv_store.ts";
import type { Owners } from "../lib/store/owners.ts";
import { FakeClock } from "./fake_clock.ts";
import { Tickets } from "./hand_over_rig.ts";
import { InFlight } from "./store_in_flight.ts";

interface Survivor {
  store: CallStore & Owners;
  clock: FakeClock;
  inFlight: InFlight;
  tickets: Tickets;
  hungUp: string[];
  log: string[];
  deps: RecoveryDeps;
  /** Looks after the dead for four seconds; `during` runs after the dead process was noticed. */
  recover(during?: () => Promise<void>, noticedMs?: number): Promise<number>;
  /** Lets the survivor, or another process, look again and again while time goes on. */
  look(ms: number, recovery?: Recovery): Promise<number>;
}

/** Starts a process with a call, kills it without warning, and gives the rest to `test`. */
async function afterKill(state: string, test: (survivor: Survivor) => Promise<void>) {
  const path = await Deno.makeTempFile({ suffix: ".db" });
  const victim = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", new URL("recovery_victim.ts", import.meta.url).pathname]
      .concat(path, state),
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = victim.stdout.getReader();
  const { value } = await reader.read();
  assert.match(new TextDecoder().decode(value), /ready/);
  victim.kill("SIGKILL");
  await victim.status;
  await reader.cancel();

  // The survivor begins to look at the moment of the last beat, however slow this machine is.
  const clock = new FakeClock(await lastBeat(path));
  const inFlight = new InFlight();
  const real = await openStore({ clock, path });
  const store = inFlight.watch(real);
  const tickets = new Tickets();
  const log: string[] = [];
  const hungUp: string[] = [];
  const note = { info: (line: string) => log.push(line), warn: (line: string) => log.push(line) };
  const deps: RecoveryDeps = {
    store,
    clock,
    log: note,
    promises: createPromises({ store, clock, log: note, backend: tickets.backend }),
    ownerId: "survivor",
    person: () => ({ number: "+254700000009" }),
    hangUp: (callId) => Promise.resolve(hungUp.push(callId) > 0),
    onEnded: async (callId) => void await finishCall(store, callId, "salt"),
  };
  const stop = await startHeartbeat({ owners: store, clock, ownerId: "survivor", onError });
  /** Begins to look again and again while time goes on. */
  const begin = async (ms: number, recovery: Recovery) => {
    const looks: Promise<number>[] = [];
    for (let left = ms; left > 0; left -= 250) {
      looks.push(recovery.look());
      await inFlight.advance(clock, Math.min(250, left));
    }
    return looks;
  };
  const sum = async (looks: Promise<number>[]) =>
    (await Promise.all(looks)).reduce((a, b) => a + b, 0);
  try {
    await test({
      store,
      clock,
      inFlight,
      tickets,
      hungUp,
      log,
      deps,
      look: async (ms, recovery = new Recovery(deps)) => sum(await begin(ms, recovery)),
      async recover(during, noticedMs = 1_900) {
        const recovery = new Recovery(deps);
        const looks = await begin(noticedMs, recovery);
        await during?.();
        return await sum([...looks, ...await begin(1_500, recovery)]);
      },
    });
  } finally {
    await stop();
    real.close();
    await Deno.remove(path);
  }
}

async function lastBeat(path: string): Promise<number> {
  const store = await openStore({ clock: new FakeClock(Date.now()), path });
  const beats = await store.beats();
  store.close();
  return Math.max(...beats.values());
}

function onError(error: unknown): never {
  assert.fail(String(error));
}

async function eventsOf(store: CallStore): Promise<CallEvent[]> {
  return await Array.fromAsync(store.events("HD_1"));
}

Deno.test("a call of a killed process is ended within five seconds, and its caller called back", () =>
  afterKill("talking", async ({ store, clock, hungUp, tickets, recover }) => {
    const startMs = clock.now();
    assert.equal(await recover(), 1);
    assert.ok(clock.now() - startMs <= 5_000);
    assert.deepEqual(hungUp, ["HD_1"]);
    const record = await store.get("HD_1");
    assert.equal(record?.stage, "ended");
    assert.equal(record?.outcome, "callback_promised");
    assert.equal(tickets.opened.size, 1);
    assert.deepEqual((await eventsOf(store)).map(({ type, seq }) => [type, seq]), [
      ["started", 0],
      ["ended", 1],
    ]);
  }));

Deno.test("the platform's next question about a lost call is answered with a person", () =>
  afterKill("talking", async ({ store, hungUp, recover }) => {
    await recover(async () => {
      const record = await store.get("HD_1");
      assert.equal(record?.stage, "handing_over");
      assert.deepEqual(record?.handOver?.target, { number: "+254700000009" });
      await store.update("HD_1", (record) => ({
        ...record,
        handOver: { ...record.handOver!, dialledMs: 1 },
      }));
    });
    assert.deepEqual(hungUp, []);
    assert.equal((await store.get("HD_1"))?.stage, "handing_over");
  }));

Deno.test("a promise that the killed process had made is kept, once", () =>
  afterKill("promised", async ({ store, tickets, recover }) => {
    await recover();
    await recover();
    assert.equal(tickets.opened.size, 1);
    assert.equal((await store.get("HD_1"))?.handOver?.reference, "482917");
    assert.notEqual((await store.get("HD_1"))?.handOver?.deliveredMs, undefined);
  }));

Deno.test("a caller who talks with a person is left alone", () =>
  afterKill("connected", async ({ store, hungUp, recover }) => {
    await recover();
    assert.deepEqual(hungUp, []);
    assert.equal((await store.get("HD_1"))?.handOver?.state, "connected");
  }));

Deno.test("a caller who talks with a person is watched over again", () =>
  afterKill("connected", async ({ deps, store, hungUp, recover }) => {
    const watched: string[] = [];
    deps.watchBeside = (callId) => void watched.push(callId);
    await recover();
    assert.deepEqual([watched, hungUp], [["HD_1"], []]);
    assert.equal((await store.get("HD_1"))?.handOver?.state, "connected");
  }));

Deno.test("of two survivors each lost call goes to one, and each event is written once", () =>
  afterKill("talking", async ({ store, clock, deps, look, hungUp }) => {
    const stop = await startHeartbeat({ owners: store, clock, ownerId: "other", onError });
    const other = new Recovery({ ...deps, ownerId: "other" });
    const counts = await Promise.all([look(4_000), look(4_000, other)]);
    await stop();
    assert.equal(counts[0] + counts[1], 1);
    assert.deepEqual(hungUp, ["HD_1"]);
    assert.equal((await eventsOf(store)).filter(({ type }) => type === "ended").length, 1);
  }));

Deno.test("a second recovery finds nothing to do", () =>
  afterKill("talking", async ({ recover, hungUp }) => {
    await recover();
    assert.equal(await recover(), 0);
    assert.deepEqual(hungUp, ["HD_1"]);
  }));

Deno.test("calls of a process that lives are left alone", () =>
  afterKill("talking", async ({ store, clock, look, hungUp }) => {
    const stop = await startHeartbeat({ owners: store, clock, ownerId: "victim", onError });
    assert.equal(await look(5_000), 0);
    assert.deepEqual(hungUp, []);
    await stop();
  }));

Deno.test("a process that was only slow gets its calls back", () =>
  afterKill("talking", async ({ store, recover, hungUp }) => {
    await recover(async () => {
      assert.equal((await store.get("HD_1"))?.owner, "survivor");
      await store.beat("victim");
    }, 1_700);
    const record = await store.get("HD_1");
    assert.deepEqual([record?.owner, record?.stage], ["victim", "streaming"]);
    assert.equal(record?.handOver, undefined);
    assert.deepEqual(hungUp, []);
  }));

Deno.test("without anybody at work a lost call is ended, and promised for", () =>
  afterKill("talking", async ({ deps, recover, store, tickets }) => {
    deps.person = () => undefined;
    await recover();
    assert.equal((await store.get("HD_1"))?.stage, "ended");
    assert.equal(tickets.opened.size, 1);
  }));
