import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { learnNames } from "../lib/server/call_names.ts";
import { makeAudioToken, TOKEN_LIFE_MS } from "../lib/platform/audio_token.ts";
import { audioPath, eventually, listen, openBridge, SECRET } from "./app_bridge.ts";
import { FakeClock } from "./fake_clock.ts";

const RINGING = {
  sessionId: "HD_0a8d5911d055",
  callerNumber: "+254712345678",
  destinationNumber: "+254709900100",
  callSessionState: "Ringing",
  isActive: "1",
  direction: "Inbound",
};

async function problem(response: Response, status: number): Promise<string> {
  assert.equal(response.status, status);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  const body = await response.json();
  assert.equal(body.status, status);
  assert.ok(body.title && body.type);
  return body.detail;
}

function upgrade(protocols?: string): RequestInit {
  return {
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      ...(protocols ? { "sec-websocket-protocol": protocols } : {}),
    },
  };
}

Deno.test("a ringing call is answered with a stream to our own host", async () => {
  await using bridge = await openBridge();
  const response = await bridge.post("/voice", RINGING);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "application/xml");
  const xml = await response.text();
  assert.match(xml, /<Stream [^>]*url="ws:\/\/bridge\.test\/audio\/[\w.-]+"/);
  assert.match(xml, /connect="true"/);
  assert.ok(!xml.includes("254712345678"), "nothing personal leaves in the document");
  const record = await bridge.store.get("HD_0a8d5911d055");
  assert.equal(record?.stage, "offered");
  assert.equal(record?.callerNumber, "+254712345678");
});

Deno.test("the public URL goes before the host of the request, and a proxy's host before ours", async () => {
  await using bridge = await openBridge({ env: { PUBLIC_URL: "https://agent.example/pokea/" } });
  const xml = await (await bridge.post("/", RINGING)).text();
  assert.match(xml, /url="wss:\/\/agent\.example\/pokea\/audio\//);
  await using tunnelled = await openBridge();
  const headers = { "x-forwarded-proto": "https", "x-forwarded-host": "tunnel.example" };
  const other = await (await tunnelled.post("/", RINGING, headers)).text();
  assert.match(other, /url="wss:\/\/tunnel\.example\/audio\//);
});

Deno.test("the answer is JSON without trailing verbs when the settings say so", async () => {
  await using bridge = await openBridge({ env: { VOICE_FORMAT: "json" } });
  const { actions } = await (await bridge.post("/voice", RINGING)).json();
  assert.equal(actions.length, 1);
  assert.equal(actions[0].stream.connect, true);
  assert.equal(actions[0].stream.bidirectionalSamplingRate, 16000);
});

Deno.test("a call goes through the audio socket in both directions", async () => {
  await using bridge = await openBridge();
  await using server = listen(bridge);
  const path = audioPath(await (await bridge.post("/voice", RINGING)).text());
  const socket = new WebSocket(server.url.replace("http", "ws") + path, [
    "other",
    "audio.drachtio.org",
  ]);
  socket.binaryType = "arraybuffer";
  const received: ArrayBuffer[] = [];
  const closed = new Promise<CloseEvent>((resolve) => socket.onclose = resolve);
  socket.onmessage = (event) => received.push(event.data);
  await new Promise((resolve) => socket.onopen = resolve);
  assert.equal(socket.protocol, "audio.drachtio.org");
  await eventually(() => bridge.calls.length === 1, "the call");
  const call = bridge.calls[0];
  assert.deepEqual(call.facts, {
    callId: "HD_0a8d5911d055",
    callerNumber: "+254712345678",
    dialledNumber: "+254709900100",
  });
  socket.send(new Uint8Array(640).fill(1));
  socket.send('{"event":"dtmf","dtmf":{"digit":"5"}}');
  await eventually(() => call.frames.length === 1 && call.digits.length === 1, "sound and a key");
  assert.ok(call.frames[0].every((sample) => sample === 0x0101));
  const keys = { ...RINGING, callSessionState: "Answered", Digits: "0#" };
  assert.match(await (await bridge.post("/voice", keys)).text(), /<Response><\/Response>/);
  assert.deepEqual(call.digits, ["5", "0", "#"], "keys may come as a callback, too");
  call.line.send(Int16Array.of(1, -2, 3));
  call.line.killAudio();
  await eventually(() => received.length === 2, "sound from the agent");
  assert.deepEqual([...new Int16Array(received[0])], [1, -2, 3]);
  assert.deepEqual(JSON.parse(String(received[1])), { type: "killAudio" });
  assert.equal((await bridge.store.get("HD_0a8d5911d055"))?.stage, "streaming");
  call.line.close(1000, "goodbye");
  assert.equal((await closed).reason, "goodbye");
  await eventually(() => call.lost.length === 1, "the end");
  assert.equal(bridge.deps.sockets.count, 0);
});

Deno.test("a token opens one socket, once, in time, for a call that waits for it", async () => {
  await using bridge = await openBridge();
  await using server = listen(bridge);
  const path = audioPath(await (await bridge.post("/voice", RINGING)).text());
  const again = audioPath(await (await bridge.post("/voice", RINGING)).text());
  assert.notEqual(path, again);
  const get = (path: string) => fetch(server.url + path, upgrade("audio.drachtio.org"));
  const forged = path.slice(0, -4) + (path.endsWith("AAAA") ? "BBBB" : "AAAA");
  assert.match(await problem(await get(forged), 401), /not ours/);
  assert.match(await problem(await get("/audio/x"), 401), /not ours/);
  const old = makeAudioToken(SECRET, "HD_0a8d5911d055", Date.now() - TOKEN_LIFE_MS);
  assert.match(await problem(await get(`/audio/${old}`), 401), /too old/);
  const socket = new WebSocket(server.url.replace("http", "ws") + path, "audio.drachtio.org");
  await new Promise((resolve) => socket.onopen = resolve);
  assert.match(await problem(await get(path), 401), /used before/);
  assert.match(await problem(await get(again), 409), /it is streaming/);
  const closed = new Promise((resolve) => socket.onclose = resolve);
  socket.close();
  await closed;
  await eventually(() => bridge.deps.sockets.count === 0);
});

Deno.test("a socket without our sub-protocol, and a plain request, are refused with a reason", async () => {
  await using bridge = await openBridge();
  const path = audioPath(await (await bridge.post("/voice", RINGING)).text());
  const get = (init?: RequestInit) => bridge.app.request(`http://bridge.test${path}`, init);
  assert.match(await problem(await get(upgrade("Audio.drachtio.org")), 400), /Audio\.drachtio/);
  assert.match(await problem(await get(upgrade()), 400), /received none/);
  assert.match(await problem(await get(), 426), /WebSocket/);
  assert.equal((await bridge.store.get("HD_0a8d5911d055"))?.stage, "offered");
});

Deno.test("bodies that are broken, empty, too large or unsigned get a problem that names the field", async () => {
  await using bridge = await openBridge({ env: { SAUTIKIT_SIGNING_SECRETS: "one,two" } });
  const url = "http://bridge.test/voice";
  const signed = (body: string, secret: string) => {
    const t = Math.floor(Date.now() / 1000);
    const v1 = createHmac("sha256", secret).update(`${body}.${t}`).digest("hex");
    return { method: "POST", body, headers: { "X-Sautikit-Signature": `t=${t},v1=${v1}` } };
  };
  assert.match(
    await problem(await bridge.app.request(url, { method: "POST", body: "sessionId=a" }), 401),
    /X-Sautikit-Signature/,
  );
  await problem(await bridge.app.request(url, signed("sessionId=a", "three")), 401);
  assert.equal((await bridge.app.request(url, signed("sessionId=a", "two"))).status, 200);
  assert.match(await problem(await bridge.app.request(url, signed("", "one")), 400), /sessionId/);
  assert.match(await problem(await bridge.app.request(url, signed("{", "one")), 400), /body/);
  const large = signed("x".repeat(70_000), "one");
  assert.match(await problem(await bridge.app.request(url, large), 413), /65536/);
  for (const path of ["/events", "/stream-status"]) {
    await problem(await bridge.app.request(`http://bridge.test${path}`, { method: "POST" }), 401);
  }
});

Deno.test("unknown paths and wrong methods get a problem", async () => {
  await using bridge = await openBridge();
  assert.match(await problem(await bridge.app.request("/nowhere"), 404), /\/nowhere/);
  const response = await bridge.app.request("/voice");
  assert.equal(response.headers.get("allow"), "POST");
  await problem(response, 405);
  await problem(await bridge.app.request("/healthz", { method: "DELETE" }), 405);
  assert.equal((await bridge.app.request("/healthz", { method: "HEAD" })).status, 200);
});

Deno.test("an event is acknowledged and applied once, however often it comes", async () => {
  await using bridge = await openBridge();
  await bridge.post("/voice", RINGING);
  const event = {
    kind: "call.completed",
    event_id: "ev_1",
    data: { session_id: "HD_0a8d5911d055", call_id: "b1d0c7f4", duration_seconds: 86 },
  };
  for (let i = 0; i < 3; i++) {
    const response = await bridge.app.request("http://bridge.test/events", {
      method: "POST",
      body: JSON.stringify(event),
    });
    assert.equal(response.status, 204);
  }
  await bridge.deps.background.idle();
  assert.equal(bridge.events.length, 1);
  assert.equal(bridge.events[0].kind, "call_completed");
  assert.equal(bridge.events[0].callId, "HD_0a8d5911d055");
  assert.equal(bridge.events[0].durationSeconds, 86);
  assert.equal((await bridge.store.get("HD_0a8d5911d055"))?.stage, "ended");
  const late = await (await bridge.post("/voice", RINGING)).text();
  assert.ok(late.includes("<Hangup/>"));
});

Deno.test("events that can't all be worked on at once are refused, to come again later", async () => {
  await using bridge = await openBridge();
  const { promise: free, resolve: release } = Promise.withResolvers<void>();
  for (let i = 0; i < 1_000; i++) bridge.deps.background.run(() => free);
  const response = await bridge.post("/events", { sessionId: "HD_1", kind: "call.started" });
  assert.equal(response.headers.get("retry-after"), "30");
  await problem(response, 503);
  release();
});

Deno.test("a call whose hand-over is armed is answered with the person, whatever edge comes", async () => {
  await using bridge = await openBridge();
  await bridge.post("/voice", RINGING);
  await bridge.store.update("HD_0a8d5911d055", (record) => ({
    ...record,
    stage: "handing_over",
    handOver: {
      state: "attempting",
      reason: "asked for a person",
      brief: "",
      target: { sip: "sip:desk@pbx.example" },
    },
  }));
  const edge = { ...RINGING, callSessionState: "StreamStopped" };
  const xml = await (await bridge.post("/voice", edge)).text();
  assert.match(xml, /<Dial callerId="\+254709900100" timeout="25"><Sip>sip:desk@pbx\.example/);
  assert.match(xml, /<Redirect method="POST">[^<]*after=dial/);
  assert.ok((await bridge.store.get("HD_0a8d5911d055"))?.handOver?.dialledMs);
  const after = await bridge.post("/voice?after=dial&call=HD_0a8d5911d055", {});
  assert.match(await after.text(), /<Say language="en-KE">Unreached<\/Say><Hangup\/>/);
  await bridge.deps.background.idle();
  assert.deepEqual(bridge.events.map((event) => event.kind), ["stream_stopped", "dial"]);
});

Deno.test("a call over the limits gets a person, or the truth when nobody is at work", async () => {
  const fallback = {
    language: "en-KE",
    person: () => undefined,
    ringMs: 1,
    texts: { person: "", busy: "Busy", broken: "", unreached: "" },
  };
  await using full = await openBridge({ limits: { maxCalls: 1 }, deps: { fallback } });
  assert.match(await (await full.post("/voice", RINGING)).text(), /<Stream/);
  const second = { ...RINGING, sessionId: "HD_2", callerNumber: "+254712000002" };
  assert.match(await (await full.post("/voice", second)).text(), /Busy<\/Say><Hangup\/>/);
  // The first call is ours already: a repeated callback must not cost it its agent.
  assert.match(await (await full.post("/voice", RINGING)).text(), /<Stream/);

  await using draining = await openBridge();
  draining.deps.admission.drain();
  const xml = await (await draining.post("/voice", RINGING)).text();
  assert.match(xml, /<Say language="en-KE">A person<\/Say><Dial [^>]*><Number>\+254709900100/);
  assert.equal((await draining.store.get("HD_0a8d5911d055"))?.handOver?.reason, "draining");
});

Deno.test("a store that fails still leaves the caller with a person", async () => {
  await using bridge = await openBridge();
  bridge.deps.store = {
    ...bridge.store,
    update: () => Promise.reject(new Error("down")),
  };
  const response = await bridge.post("/voice", RINGING);
  assert.equal(response.status, 200);
  assert.match(await response.text(), /<Dial [^>]*><Number>\+254709900100/);
});

Deno.test("health and readiness differ once the bridge drains or its store is down", async () => {
  await using bridge = await openBridge();
  assert.equal((await bridge.app.request("/healthz")).status, 200);
  assert.deepEqual(await (await bridge.app.request("/readyz")).json(), {
    ready: true,
    store: "up",
    draining: false,
    calls: 0,
  });
  bridge.deps.admission.drain();
  assert.equal((await bridge.app.request("/readyz")).status, 503);
  assert.equal((await bridge.app.request("/healthz")).status, 200);
  await using broken = await openBridge({
    deps: { store: { get: () => Promise.reject(new Error("down")), close() {} } as never },
  });
  const response = await broken.app.request("/readyz");
  assert.equal(response.status, 503);
  assert.equal((await response.json()).store, "down");
});

Deno.test("a body that does not end in time is refused", async () => {
  const clock = new FakeClock();
  await using bridge = await openBridge({ clock });
  const endless = new ReadableStream({ start: (body) => body.enqueue(new Uint8Array(5)) });
  const response = bridge.app.request("http://bridge.test/voice", {
    method: "POST",
    body: endless,
  });
  await clock.advance(5_000);
  assert.match(await problem(await response, 408), /5000 ms/);
});

Deno.test("the end that the platform reports closes the line once it is quiet", async () => {
  const clock = new FakeClock(Date.now());
  await using bridge = await openBridge({ clock });
  await using server = listen(bridge);
  const path = audioPath(await (await bridge.post("/voice", RINGING)).text());
  const socket = new WebSocket(server.url.replace("http", "ws") + path, "audio.drachtio.org");
  const closed = new Promise((resolve) => socket.onclose = resolve);
  await eventually(() => bridge.calls.length === 1, "the call");
  await bridge.post("/events", { sessionId: RINGING.sessionId, kind: "call.completed" });
  await bridge.deps.background.idle();
  await clock.advance(3_000);
  assert.deepEqual(bridge.calls[0].lost, ["the platform ended the call"]);
  await closed;
});

Deno.test("a call that has its line is not counted as one that waits for it", async () => {
  await using bridge = await openBridge({ limits: { maxCalls: 2 } });
  await using server = listen(bridge);
  const path = audioPath(await (await bridge.post("/voice", RINGING)).text());
  const socket = new WebSocket(server.url.replace("http", "ws") + path, "audio.drachtio.org");
  await eventually(() => bridge.calls.length === 1, "the call");
  const second = await (await bridge.post("/voice", { ...RINGING, sessionId: "HD_2" })).text();
  assert.match(second, /<Stream/);
  const closed = new Promise((resolve) => socket.onclose = resolve);
  socket.close();
  await closed;
});

Deno.test("a call is found by every name that the platform gave it, and keeps its own", async () => {
  await using bridge = await openBridge();
  await bridge.post("/voice", { ...RINGING, callSid: "c1" });
  await bridge.post("/voice", { sessionId: "HD_2", callSid: "c2" });
  assert.equal((await bridge.store.get("c1"))?.callId, "HD_0a8d5911d055");
  const second = (await bridge.store.get("c2"))!;
  assert.equal(second.callId, "HD_2");
  // What a socket calls its call can't take another call's name away.
  await learnNames(["HD_0a8d5911d055", "s2"], second, bridge.store);
  assert.equal((await bridge.store.get("s2"))?.callId, "HD_2");
  assert.equal((await bridge.store.get("HD_0a8d5911d055"))?.callId, "HD_0a8d5911d055");
  await bridge.post("/events", { callSid: "c1", kind: "call.answered" });
  await bridge.deps.background.idle();
  assert.equal(bridge.events.at(-1)?.callId, "HD_0a8d5911d055");
});
