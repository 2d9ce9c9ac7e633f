import assert from "node:assert/strict";
import { createSampleCompany } from "../lib/backends/sample_company.ts";
import { createPromises } from "../lib/hand_over/promise.ts";
import type { PlatformCall, PlatformClient } from "../lib/platform/rest_client.ts";
import { CallEnds } from "../lib/server/call_ends.ts";
import { openStore } from "../lib/store/kv_store.ts";
import { BridgeWorld, type PhoneCall, saying } from "./bridge_world.ts";
import { FakeClock } from "./fake_clock.ts";
import { scriptedEngine } from "./scripted_engine.ts";
import { InFlight } from "./store_in_flight.ts";

function open(options: { processes?: number } = {}): Promise<BridgeWorld> {
  return BridgeWorld.open({
    engine: (world) => scriptedEngine(world, () => ({ text: "I see." })),
    ...options,
  });
}

async function isCaredFor(world: BridgeWorld, phone: PhoneCall): Promise<void> {
  await world.until(() => phone.call.leg.end !== undefined, 10_000);
  await world.advance(5_000);
  assert.equal(phone.call.leg.end?.by, "bridge", world.story());
  assert.ok(phone.longestSilenceMs < 5_000, `${phone.longestSilenceMs} ms`);
  const record = await world.record(phone);
  assert.equal(record?.stage, "ended");
  assert.equal(record?.outcome, "callback_promised");
}

Deno.test("a caller whose socket never comes is not left in silence, and is called back", async () => {
  await using world = await open();
  world.socketsHang = true;
  const phone = world.ring([saying("hello there")]);
  await isCaredFor(world, phone);
});

Deno.test("a caller who was given a stream by a process that died before it came is cared for by another", async () => {
  await using world = await open({ processes: 2 });
  world.socketsHang = true;
  const phone = world.ring([saying("hello there")]);
  const { log } = phone.call.leg;
  await world.until(() => log.some(({ type }) => type === "answered"));
  world.processes[0].kill();
  await isCaredFor(world, phone);
});

Deno.test("a caller whose phone still rings is waited for until they pick up", async () => {
  const clock = new FakeClock();
  const inFlight = new InFlight();
  const store = inFlight.watch(await openStore({ clock, path: ":memory:" }));
  await store.update("HD_1", (record) => ({ ...record, stage: "offered" }));
  const call: Partial<PlatformCall> = { status: "ringing" };
  const hungUp: string[] = [];
  const ends = new CallEnds({
    store,
    clock,
    log: { info() {}, warn() {} },
    promises: createPromises({
      store,
      clock,
      log: { info() {}, warn() {} },
      backend: createSampleCompany(clock),
    }),
    ownerId: "us",
    person: () => undefined,
    hangUp: (callId) => Promise.resolve(hungUp.push(callId) > 0),
    salt: "salt",
    client: { call: () => Promise.resolve(call) } as unknown as PlatformClient,
    ending: new AbortController().signal,
  });
  const seenTo = ends.offered("HD_1");
  await inFlight.advance(clock, 20_000);
  assert.deepEqual(hungUp, []);
  Object.assign(call, { status: "answered", answered_at: new Date(clock.wallMs()).toISOString() });
  await inFlight.advance(clock, 5_000);
  assert.deepEqual(hungUp, ["HD_1"]);
  await seenTo;
  store.close();
});
