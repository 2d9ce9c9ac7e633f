import assert from "node:assert/strict";
import type { CallEvent } from "../lib/contracts/call_event.ts";
import { eventsToken } from "../lib/server/events_token.ts";
import { type Bridge, listen, openBridge, SECRET } from "./app_bridge.ts";
import { FakeClock, settle } from "./fake_clock.ts";

const bearer = (id: string) => ({ authorization: `Bearer ${eventsToken(SECRET, id)}` });

function event(seq: number, type: "held" | "ended" = "held"): CallEvent {
  const at = { callId: "HD_9", seq, atMs: 0, wallMs: 0 };
  return type === "held" ? { ...at, type } : { ...at, type, reason: "hung up" };
}

/** Resolves when the stream has read the store and waits to read it again. */
async function looked(clock: FakeClock): Promise<void> {
  while (clock.pending === 0) await settle();
}

/** Opens the stream of a call that is known, and reads from it piece by piece. */
async function watch(bridge: Bridge, lastEventId?: number) {
  await bridge.store.update("HD_9", (record) => record);
  const last: Record<string, string> = lastEventId === undefined
    ? {}
    : { "last-event-id": String(lastEventId) };
  const response = await bridge.app.request("http://bridge.test/calls/HD_9/events", {
    headers: { ...bearer("HD_9"), ...last },
  });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  return {
    next: async () => (await reader.read()).value,
    cancel: () => reader.cancel(),
    async rest() {
      let text = "";
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        text += part.value;
      }
      return text;
    },
  };
}

const ids = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

Deno.test("stored events come first, then those of the running call, until it has ended", async () => {
  const clock = new FakeClock();
  await using bridge = await openBridge({ clock });
  await bridge.store.update("HD_9", (record) => record);
  await bridge.store.append("HD_9", [event(0)]);
  const feed = await watch(bridge);
  assert.match((await feed.next())!, /^id: 0\ndata: \{.*"held".*\}\n\n$/);
  await looked(clock);
  bridge.deps.liveEvents.publish(event(1));
  bridge.deps.liveEvents.publish(event(2, "ended"));
  assert.deepEqual(ids(await feed.rest()), [1, 2]);
});

Deno.test("an event that comes before its time waits until the store has the ones between", async () => {
  const clock = new FakeClock();
  await using bridge = await openBridge({ clock });
  const feed = await watch(bridge);
  await looked(clock);
  bridge.deps.liveEvents.publish(event(2, "ended"));
  await bridge.store.append("HD_9", [event(0), event(1), event(2, "ended")]);
  await clock.advance(1_000);
  assert.deepEqual(ids(await feed.rest()), [0, 1, 2]);
});

Deno.test("an event that comes while the store is being read is not lost", async () => {
  await using bridge = await openBridge({ clock: new FakeClock() });
  await bridge.store.update("HD_9", (record) => record);
  await bridge.store.append("HD_9", [event(0)]);
  const feed = await watch(bridge);
  bridge.deps.liveEvents.publish(event(1));
  bridge.deps.liveEvents.publish(event(2, "ended"));
  assert.deepEqual(ids(await feed.rest()), [0, 1, 2]);
});

Deno.test("a reader that comes back goes on where it was", async () => {
  await using bridge = await openBridge();
  await bridge.store.update("HD_9", (record) => record);
  await bridge.store.append("HD_9", [event(0), event(1), event(2, "ended")]);
  const feed = await watch(bridge, 0);
  assert.deepEqual(ids(await feed.rest()), [1, 2]);
});

Deno.test("events of a call in another process are found in the store", async () => {
  const clock = new FakeClock();
  await using bridge = await openBridge({ clock });
  const feed = await watch(bridge);
  await looked(clock);
  await bridge.store.append("HD_9", [event(0, "ended")]);
  await clock.advance(1_000);
  assert.deepEqual(ids(await feed.rest()), [0]);
});

Deno.test("a stream on which nothing happens says that it is there", async () => {
  const clock = new FakeClock();
  await using bridge = await openBridge({ clock });
  const feed = await watch(bridge);
  for (let i = 0; i < 16; i++) {
    await looked(clock);
    await clock.advance(1_000);
  }
  assert.equal(await feed.next(), ": still here\n\n");
  await looked(clock);
  await feed.cancel();
  await settle();
  assert.equal(clock.pending, 0, "no timer is left when nobody watches");
});

Deno.test("a reader that reads nothing is let go", async () => {
  const clock = new FakeClock();
  await using bridge = await openBridge({ clock });
  await bridge.store.update("HD_9", (record) => record);
  const response = await bridge.app.request("http://bridge.test/calls/HD_9/events", {
    headers: bearer("HD_9"),
  });
  await looked(clock);
  for (let seq = 0; seq < 3_000; seq++) bridge.deps.liveEvents.publish(event(seq));
  const read = ids(await response.text()).length;
  assert.ok(read >= 1_000 && read < 1_100, `${read} events were kept for it`);
});

Deno.test("only the bearer token of this call opens its events, and only of one that is known", async () => {
  await using bridge = await openBridge();
  await using server = listen(bridge);
  await bridge.store.update("HD_9", (record) => record);
  const status = async (id: string, headers: Record<string, string>) => {
    const response = await fetch(`${server.url}/calls/${id}/events`, { headers });
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    await response.body?.cancel();
    return response.status;
  };
  assert.equal(await status("HD_9", {}), 401);
  assert.equal(await status("HD_9", bearer("HD_8")), 401);
  assert.equal(await status("HD_8", bearer("HD_8")), 404);
});
