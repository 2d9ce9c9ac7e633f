import assert from "node:assert/strict";
import type { CallEvent } from "../lib/contracts/call_event.ts";
import type { CallStore } from "../lib/contracts/call_record.ts";
import { openStore } from "../lib/store/kv_store.ts";
import { MAX_WAITING, ResilientStore } from "../lib/store/resilient_store.ts";
import type { Owners } from "../lib/store/owners.ts";
import { StoreError } from "../lib/store/store_error.ts";
import { FakeClock } from "./fake_clock.ts";
import { InFlight } from "./store_in_flight.ts";

/** A real store whose connection can be cut: then everything rejects, or never answers. */
class Breakable {
  mode: "up" | "rejects" | "hangs" = "up";
  readonly inFlight = new InFlight();
  constructor(readonly real: CallStore & Owners) {}

  get store(): CallStore & Owners {
    const watched = this.inFlight.watch(this.real);
    return new Proxy(watched, {
      get: (real, name: keyof (CallStore & Owners)) => {
        if (this.mode === "up" || name === "close") return real[name];
        if (this.mode === "hangs") return () => new Promise(() => {});
        return () => Promise.reject(new Error("connection refused"));
      },
    });
  }
}

async function withBreakable(
  test: (
    resilient: ResilientStore,
    behind: Breakable,
    clock: FakeClock,
    log: string[],
  ) => Promise<void>,
): Promise<void> {
  const clock = new FakeClock();
  const log: string[] = [];
  const note = (line: string) => log.push(line);
  const behind = new Breakable(await openStore({ clock, path: ":memory:" }));
  const resilient = new ResilientStore({
    open: () => Promise.resolve(behind.store),
    clock,
    log: { info: note, warn: note },
  });
  await resilient.start();
  try {
    await test(resilient, behind, clock, log);
  } finally {
    resilient.close();
    assert.equal(clock.pending, 0, "no timer is left");
  }
}

/** Lets the next probe come due, and its reads and writes, which are real, come back. */
async function untilUp(
  resilient: ResilientStore,
  behind: Breakable,
  clock: FakeClock,
): Promise<void> {
  await behind.inFlight.advance(clock, 1000, 1000);
  assert.ok(resilient.up);
}

function held(seq: number): CallEvent {
  return { type: "held", callId: "HD_1", seq, atMs: seq, wallMs: seq };
}

async function seqs(store: CallStore): Promise<number[]> {
  const found: number[] = [];
  for await (const event of store.events("HD_1")) found.push(event.seq);
  return found;
}

Deno.test("while the store is down a call goes on from what was known of it", () =>
  withBreakable(async (resilient, behind, _clock, log) => {
    await resilient.update("HD_1", (record) => ({ ...record, stage: "offered" }));
    await resilient.alias("uuid-1", "HD_1");
    await resilient.get("HD_1");
    behind.mode = "rejects";
    assert.equal((await resilient.get("uuid-1"))?.stage, "offered");
    await resilient.update("HD_1", (record) => ({ ...record, stage: "streaming" }));
    assert.equal((await resilient.get("HD_1"))?.stage, "streaming");
    assert.equal(resilient.up, false);
    assert.deepEqual(log, [
      "Call store is down, calls go on from memory: connection refused",
    ]);
  }));

Deno.test("what was written while the store was down is in it when it is back", () =>
  withBreakable(async (resilient, behind, clock, log) => {
    await resilient.append("HD_1", [held(0)]);
    behind.mode = "rejects";
    await resilient.update("HD_1", (record) => ({ ...record, stage: "ended" }));
    await resilient.append("HD_1", [held(1), held(2)]);
    assert.equal(await resilient.once("edge", 60_000), true);
    assert.equal(await resilient.once("edge", 60_000), false);
    behind.mode = "up";
    await untilUp(resilient, behind, clock);
    assert.equal((await behind.real.get("HD_1"))?.stage, "ended");
    assert.deepEqual(await seqs(behind.real), [0, 1, 2]);
    assert.equal(await behind.real.once("edge", 60_000), false);
    assert.match(log.at(-1)!, /is back: 4 changes written, 0 lost/);
  }));

Deno.test("a change made by another process meanwhile is kept", () =>
  withBreakable(async (resilient, behind, clock) => {
    await resilient.update("HD_1", (record) => ({ ...record, stage: "streaming" }));
    behind.mode = "rejects";
    await resilient.update("HD_1", (record) => ({ ...record, endReason: "caller" }));
    await behind.real.update("HD_1", (record) => ({ ...record, stage: "ended" }));
    behind.mode = "up";
    await untilUp(resilient, behind, clock);
    const record = await behind.real.get("HD_1");
    assert.equal(record?.stage, "ended");
    assert.equal(record?.endReason, "caller");
  }));

Deno.test("a store that never answers costs one time limit, and then nothing", () =>
  withBreakable(async (resilient, behind, clock) => {
    await behind.inFlight.idle();
    behind.mode = "hangs";
    let done = false;
    const first = resilient.update("HD_1", (record) => record).then(() => done = true);
    await clock.advance(499);
    assert.equal(done, false);
    await clock.advance(1);
    await first;
    await resilient.update("HD_1", (record) => ({ ...record, stage: "offered" }));
    assert.equal((await resilient.get("HD_1"))?.stage, "offered");
    behind.mode = "up";
    await untilUp(resilient, behind, clock);
    assert.equal((await behind.real.get("HD_1"))?.stage, "offered");
  }));

Deno.test("a store that is down at the start is opened when it comes", async () => {
  const clock = new FakeClock();
  const log: string[] = [];
  const note = (line: string) => log.push(line);
  const real = await openStore({ clock, path: ":memory:" });
  let opens = 0;
  const behind = new Breakable(real);
  const resilient = new ResilientStore({
    open: () => ++opens < 3 ? Promise.reject(new Error("no route")) : Promise.resolve(behind.store),
    clock,
    log: { info: note, warn: note },
  });
  await resilient.start();
  await resilient.update("HD_1", (record) => ({ ...record, stage: "offered" }));
  await behind.inFlight.advance(clock, 1000, 1000);
  await untilUp(resilient, behind, clock);
  assert.equal(opens, 3);
  assert.equal((await real.get("HD_1"))?.stage, "offered");
  assert.match(log[0], /can't be opened.*no route/);
  resilient.close();
});

Deno.test("a mistake of the caller is not taken for a store that is down", () =>
  withBreakable(async (resilient) => {
    await assert.rejects(
      resilient.update("HD_1", (record) => ({ ...record, endReason: "x".repeat(40_000) })),
      StoreError,
    );
    assert.equal(resilient.up, true);
  }));

Deno.test("the writes that wait are bounded, and transcripts go before states", () =>
  withBreakable(async (resilient, behind, clock, log) => {
    behind.mode = "rejects";
    for (let seq = 0; seq < MAX_WAITING + 10; seq++) await resilient.append("HD_1", [held(seq)]);
    await resilient.update("HD_1", (record) => ({ ...record, stage: "ended" }));
    behind.mode = "up";
    await untilUp(resilient, behind, clock);
    assert.equal((await behind.real.get("HD_1"))?.stage, "ended");
    assert.match(log.at(-1)!, /10000 changes written, 11 lost/);
  }));
