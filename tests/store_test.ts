import assert from "node:assert/strict";
import type { CallEvent } from "../lib/contracts/call_event.ts";
import type { CallStore } from "../lib/contracts/call_record.ts";
import { openStore } from "../lib/store/kv_store.ts";
import type { Owners } from "../lib/store/owners.ts";
import { inPieces, MAX_TEXT_UNITS, MAX_VALUE_UNITS } from "../lib/store/pieces.ts";
import { StoreError } from "../lib/store/store_error.ts";
import { FakeClock } from "./fake_clock.ts";
import { serveKv } from "./kv_connect_server.ts";

const HOUR_MS = 60 * 60 * 1000;

const ACCESS_TOKEN = "an-access-token-of-the-database";

/** Tests the embedded database, and one that is reached by its address, as hosted ones are. */
function onBoth(
  name: string,
  test: (store: CallStore & Owners, clock: FakeClock) => Promise<void>,
): void {
  const run = async (where: { path?: string; url?: string }) => {
    const clock = new FakeClock();
    const store = await openStore({ clock, ...where });
    try {
      await test(store, clock);
    } finally {
      store.close();
    }
  };
  Deno.test(name, () => run({ path: ":memory:" }));
  Deno.test(`over KV Connect: ${name}`, async () => {
    const server = serveKv(ACCESS_TOKEN);
    Deno.env.set("DENO_KV_ACCESS_TOKEN", ACCESS_TOKEN);
    try {
      await run({ url: server.url });
    } finally {
      Deno.env.delete("DENO_KV_ACCESS_TOKEN");
      await server.close();
    }
  });
}

function turn(callId: string, seq: number, text: string): CallEvent {
  return {
    type: "caller_turn",
    callId,
    seq,
    atMs: seq,
    wallMs: seq,
    turn: seq,
    text,
    language: "en",
  };
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

onBoth("an unknown call is made by its first change and found by its id", async (store, clock) => {
  assert.equal(await store.get("HD_1"), undefined);
  await store.update("HD_1", (record) => ({ ...record, stage: "offered" }));
  const record = await store.get("HD_1");
  assert.equal(record?.stage, "offered");
  assert.equal(record?.createdMs, clock.wallMs());
});

onBoth("a change that returns nothing leaves a known call as it is", async (store, clock) => {
  await store.update("HD_1", (record) => ({ ...record, stage: "streaming" }));
  const before = await store.get("HD_1");
  await clock.advance(1000);
  await store.update("HD_1", () => undefined);
  assert.deepEqual(await store.get("HD_1"), before);
});

onBoth(
  "every name of a call leads to the same record, for reading and for changing",
  async (store) => {
    await store.update("HD_1", (record) => record);
    await store.alias("uuid-1", "HD_1");
    await store.alias("leg-1", "uuid-1");
    await store.update("leg-1", (record) => ({ ...record, stage: "ended" }));
    assert.equal((await store.get("uuid-1"))?.stage, "ended");
    assert.deepEqual((await store.get("HD_1"))?.aliases, ["uuid-1", "leg-1"]);
    assert.equal((await all(store.list(0))).length, 1);
  },
);

onBoth("two names that point at each other still lead to one call", async (store) => {
  await store.alias("uuid-1", "HD_1");
  await store.alias("HD_1", "uuid-1");
  assert.equal((await store.get("uuid-1"))?.callId, "HD_1");
  assert.equal((await store.get("HD_1"))?.callId, "HD_1");
});

onBoth("a key is new once, and again when its time has passed", async (store, clock) => {
  assert.equal(await store.once("event-1", HOUR_MS), true);
  assert.equal(await store.once("event-1", HOUR_MS), false);
  await clock.advance(HOUR_MS);
  assert.equal(await store.once("event-1", HOUR_MS), true);
});

onBoth(
  "a record that is past its end counts as gone although the database still has it",
  async (store, clock) => {
    await store.update("HD_1", (record) => ({ ...record, stage: "ended" }));
    await store.alias("uuid-1", "HD_1");
    await clock.advance(31 * 24 * HOUR_MS);
    assert.equal(await store.get("HD_1"), undefined);
    assert.equal(await store.get("uuid-1"), undefined);
    assert.deepEqual(await all(store.list(0)), []);
    const again = await store.update("HD_1", (record) => record);
    assert.equal(again.stage, "ringing");
  },
);

onBoth("events come back in order, however many values they fill", async (store) => {
  const events = Array.from({ length: 120 }, (_, seq) => turn("HD_1", seq, "ndio ".repeat(300)));
  await store.append("HD_1", events.slice(0, 70));
  await store.append("HD_1", events.slice(70));
  assert.deepEqual(await all(store.events("HD_1")), events);
  assert.deepEqual(await all(store.events("HD_2")), []);
});

onBoth("appending the same events again changes nothing", async (store) => {
  const events = [0, 1, 2].map((seq) => turn("HD_1", seq, `line ${seq}`));
  await store.append("HD_1", events.slice(0, 2));
  await store.append("HD_1", events);
  await store.append("HD_1", events.slice(1, 2));
  assert.deepEqual(await all(store.events("HD_1")), events);
});

onBoth(
  "an event with an endless text is cut, and stays under the size of a value",
  async (store) => {
    await store.append("HD_1", [turn("HD_1", 0, "界".repeat(200_000))]);
    const [event] = await all(store.events("HD_1"));
    assert.equal(event.type === "caller_turn" && event.text.length, MAX_TEXT_UNITS);
  },
);

Deno.test("pieces hold every event once, in order, and fit", () => {
  const events = Array.from({ length: 500 }, (_, seq) => turn("HD_1", seq, "x".repeat(seq * 5)));
  const pieces = inPieces(events);
  assert.deepEqual(pieces.flat(), events);
  assert.ok(pieces.length > 1);
  for (const piece of pieces) assert.ok(JSON.stringify(piece).length <= MAX_VALUE_UNITS);
  assert.deepEqual(inPieces([]), []);
});

onBoth("a record that would not fit is refused with its size", async (store) => {
  await assert.rejects(
    store.update("HD_1", (record) => ({ ...record, endReason: "x".repeat(40_000) })),
    (error) => error instanceof StoreError && /at most 31000 characters/.test(error.message),
  );
});

onBoth("an id that no platform would give is refused", async (store) => {
  await assert.rejects(store.get("x".repeat(3000)), StoreError);
  await assert.rejects(store.once("", 1000), StoreError);
});

onBoth("calls are listed by the moment they began, oldest first", async (store, clock) => {
  const ids = Array.from({ length: 25 }, (_, i) => `HD_${(i * 7) % 25}`);
  for (const id of ids) {
    await store.update(id, (record) => record);
    await clock.advance(1000);
  }
  const listed = await all(store.list(clock.startWallMs + 5000));
  assert.deepEqual(listed.map((record) => record.callId), ids.slice(5));
});

Deno.test("two processes that change one call at the same time lose no change", async () => {
  const path = await Deno.makeTempFile({ suffix: ".db" });
  const clock = new FakeClock();
  const [one, other] = [await openStore({ clock, path }), await openStore({ clock, path })];
  try {
    const name = (store: CallStore, alias: string) =>
      store.update("HD_1", (record) => ({ ...record, aliases: [...record.aliases, alias] }));
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => name(i % 2 ? one : other, String(i))),
    );
    const record = await one.get("HD_1");
    assert.equal(new Set(record?.aliases).size, 20);
    const firsts = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? one : other).once("edge", HOUR_MS)),
    );
    assert.equal(firsts.filter(Boolean).length, 1);
  } finally {
    one.close();
    other.close();
    await Deno.remove(path);
  }
});

onBoth("a process is on the list from its first beat until it is retired", async (store, clock) => {
  await store.beat("one");
  await clock.advance(1000);
  await store.beat("other");
  assert.deepEqual(
    await store.beats(),
    new Map([["one", clock.startWallMs], ["other", clock.startWallMs + 1000]]),
  );
  await store.retire("one");
  assert.deepEqual([...(await store.beats()).keys()], ["other"]);
});

Deno.test("a store that can't be opened says what it was given", async () => {
  await assert.rejects(
    openStore({ clock: new FakeClock(), path: "/proc/none/calls.db" }),
    (error) => error instanceof StoreError && error.message.includes("/proc/none/calls.db"),
  );
});
