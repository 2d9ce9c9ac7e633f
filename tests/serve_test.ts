import assert from "node:assert/strict";
import { serve, type ServeOptions } from "../lib/server/serve.ts";
import { audioPath, type Bridge, eventually, openBridge } from "./app_bridge.ts";

const CALL = { sessionId: "HD_1", callerNumber: "+254712345678", callSessionState: "Ringing" };

/** Serves a bridge for real, with one call on the line. */
async function serving(bridge: Bridge, more: Partial<ServeOptions> = {}) {
  const drain = new AbortController();
  const stop = new AbortController();
  const { promise: url, resolve } = Promise.withResolvers<string>();
  const ended = serve(bridge.app, bridge.deps, {
    port: 0,
    hostname: "127.0.0.1",
    drain: drain.signal,
    stop: stop.signal,
    onListen: ({ port }) => resolve(`http://127.0.0.1:${port}`),
    ...more,
  });
  const path = audioPath(await (await bridge.post("/voice", CALL)).text());
  const socket = new WebSocket((await url).replace("http", "ws") + path, "audio.drachtio.org");
  const closed = new Promise<CloseEvent>((resolve) => socket.onclose = resolve);
  await eventually(() => bridge.calls.length === 1, "the call");
  return { url: await url, drain, stop, ended, socket, closed };
}

Deno.test("the first signal lets calls finish and sends new ones to a person", async () => {
  await using bridge = await openBridge();
  const { url, drain, ended, socket, closed } = await serving(bridge);
  drain.abort();
  await eventually(() => bridge.deps.admission.draining, "draining");
  const ready = await fetch(`${url}/readyz`);
  assert.equal(ready.status, 503);
  assert.equal((await ready.json()).calls, 1);
  const body = new URLSearchParams({ ...CALL, sessionId: "HD_2" });
  const answer = await (await fetch(`${url}/voice`, { method: "POST", body })).text();
  assert.match(answer, /<Say .*<Dial /);
  assert.deepEqual(bridge.calls[0].lost, []);
  socket.close();
  await closed;
  await ended;
  assert.equal(bridge.calls[0].lost.length, 1);
});

Deno.test("two calls both finish after the first signal, however long the other takes", async () => {
  await using bridge = await openBridge();
  const { url, drain, ended, socket, closed } = await serving(bridge);
  const path = audioPath(
    await (await bridge.post("/voice", { ...CALL, sessionId: "HD_2" })).text(),
  );
  const other = new WebSocket(url.replace("http", "ws") + path, "audio.drachtio.org");
  const otherClosed = new Promise((resolve) => other.onclose = resolve);
  await eventually(() => bridge.calls.length === 2, "the other call");
  drain.abort();
  socket.close();
  await closed;
  await eventually(() => bridge.calls[0].lost.length === 1, "the end of the first call");
  assert.deepEqual(bridge.calls[1].lost, []);
  other.close();
  await otherClosed;
  await ended;
  assert.equal(bridge.calls[1].lost.length, 1);
});

Deno.test("the second signal says goodbye, then ends who is left at once, before the lines close", async () => {
  await using bridge = await openBridge();
  const said: string[] = [];
  const { drain, stop, ended, closed } = await serving(bridge, {
    endCalls() {
      said.push(`asked with ${bridge.deps.sockets.count} on the line`);
      return Promise.resolve();
    },
  });
  drain.abort();
  stop.abort();
  await ended;
  assert.deepEqual(said, ["asked with 1 on the line", "asked with 1 on the line"]);
  assert.equal((await closed).code, 1001);
  assert.deepEqual(bridge.calls[0].lost, ["the bridge is going down"]);
});

Deno.test("calls that don't finish in time are ended all the same", async () => {
  await using bridge = await openBridge();
  const { drain, ended, closed } = await serving(bridge, { drainMs: 50 });
  drain.abort();
  await ended;
  assert.equal((await closed).code, 1001);
});
