import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { bytesFromSamples, samplesFromBytes } from "../lib/audio/pcm.ts";
import type { ExchangeCall } from "../lib/simulator/exchange.ts";
import type { LegEntry } from "../lib/simulator/leg_log.ts";
import type { LegServices } from "../lib/simulator/leg_services.ts";
import type { Party } from "../lib/simulator/party.ts";
import { type PlatformOptions, startPlatform } from "../lib/simulator/platform.ts";
import type { Quirks } from "../lib/simulator/quirks.ts";
import { FakeClock } from "./fake_clock.ts";
import { Changes, startTestBridge, type TestBridge } from "./simulator_bridge.ts";

const STREAM = `<Stream url="{ws}/audio/token" track="inbound_track" connect="true"
  outputSamplingRate="16000" bidirectionalSamplingRate="16000"
  headerMetadata='{"callId":"x"}' statusCallback="{http}/stream-status"
  statusEvents="stream-started stream-stopped stream-error"/>`;

interface Scene {
  clock: FakeClock;
  bridge: TestBridge;
  call: ExchangeCall;
  log: LegEntry[];
  /** Frames that the caller heard. */
  heard: Int16Array[];
  api: string;
  logged(type: LegEntry["type"], count?: number): Promise<void>;
  /** Moves the clock on, tick by tick, so that each tick's message leaves on its own. */
  ticks(count: number): Promise<void>;
}

interface SceneOptions {
  quirks?: Quirks;
  platform?: Partial<PlatformOptions>;
  bridge?: Parameters<typeof startTestBridge>[1];
  party?: Party;
}

/** A caller who says sample values 1, 2, 3 … one per frame, so that frames can be told apart. */
function countingCaller(): Party {
  let count = 0;
  return { next: () => ({ samples: new Int16Array(320).fill(++count) }) };
}

function scene(
  answer: string | ((fields: Record<string, string>, path: string) => string),
  options: SceneOptions,
  play: (scene: Scene) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const clock = new FakeClock();
    const first = (fields: Record<string, string>) =>
      ["Ringing", "Completed"].includes(fields.callSessionState) && fields.isActive === "1";
    const bridge = startTestBridge((fields, path) => {
      const body = typeof answer === "string" ? first(fields) ? answer : "" : answer(fields, path);
      return body.startsWith("{") ? body : `<Response>${body}</Response>`;
    }, options.bridge);
    const platform = startPlatform({ clock, quirks: options.quirks, ...options.platform });
    const changes = new Changes();
    const heard: Int16Array[] = [];
    const call = platform.exchange.ring({
      callerNumber: "+254700000001",
      dialledNumber: "+254711000000",
      direction: "Inbound",
      voiceUrl: `${bridge.url}/voice`,
      eventsUrl: `${bridge.url}/events`,
      party: options.party ?? countingCaller(),
    }, { onEntry: () => changes.happened(), onFrame: (_, frame) => heard.push(frame) });
    const { log } = call.leg;
    try {
      await play({
        clock,
        bridge,
        call,
        log,
        heard,
        api: platform.api.url,
        logged: (type, count = 1) =>
          changes.until(() => log.filter((entry) => entry.type === type).length >= count),
        async ticks(count) {
          for (let i = 0; i < count; i++) await clock.advance(20);
        },
      });
    } finally {
      await platform.close();
      await bridge.close();
    }
  };
}

const post = (url: string, body?: unknown, method = "POST") =>
  fetch(url, { method, body: body === undefined ? undefined : JSON.stringify(body) });

function events(bridge: TestBridge): string[] {
  return bridge.posts.filter((post) => post.path === "/events")
    .map((post) => new URLSearchParams(post.body).get("callSessionState") ?? "");
}

Deno.test(
  "the voice callback carries the live field names, form-encoded",
  scene("<Reject/>", {}, async ({ bridge, call, clock }) => {
    const end = await call.done;
    assert.deepEqual(end, { by: "bridge", reason: "the call was rejected: rejected" });
    assert.match(call.plan.callId, /^HD_[0-9a-f]{12}$/);
    assert.deepEqual(bridge.callbacks[0], {
      sessionId: call.plan.callId,
      callerNumber: "+254700000001",
      destinationNumber: "+254711000000",
      direction: "Inbound",
      isActive: "1",
      callSessionState: "Ringing",
    });
    assert.equal(bridge.callbacks.at(-1)?.callSessionState, "Completed");
    assert.equal(bridge.callbacks.at(-1)?.isActive, "0");
    assert.equal(clock.pending, 0);
  }),
);

for (
  const [style, expected] of [
    ["timed", (body: string) => {
      const seconds = Math.floor(new FakeClock().wallMs() / 1000);
      const digest = createHmac("sha256", "s3cret").update(`${body}.${seconds}`).digest("hex");
      return `t=${seconds},v1=${digest}`;
    }],
    ["bare", (body: string) => createHmac("sha256", "s3cret").update(body).digest("hex")],
  ] as const
) {
  Deno.test(
    `a ${style} signature is over the body that was sent`,
    scene("<Reject/>", {
      platform: { signing: { secret: "s3cret", signature: style } },
    }, async ({ bridge, call }) => {
      await call.done;
      const { headers, body } = bridge.posts.find((post) => post.path === "/voice")!;
      assert.equal(headers.get("x-sautikit-signature"), expected(body));
    }),
  );
}

Deno.test(
  "a callback can come as JSON, say Completed at first, and come twice",
  scene(STREAM, {
    quirks: { firstState: "Completed", firstCallbacks: 2, edges: [] },
    platform: { signing: { body: "json" } },
  }, async ({ bridge, call, logged }) => {
    await logged("stream_open");
    assert.equal(bridge.callbacks.length, 2);
    assert.equal(bridge.callbacks[0].durationInSeconds, "0");
    assert.deepEqual(bridge.callbacks[0], bridge.callbacks[1]);
    assert.equal(bridge.sockets.length, 1);
    call.leg.hangUp("caller", "the caller hung up");
    await call.done;
    assert.equal(bridge.callbacks.length, 3);
  }),
);

Deno.test(
  "a stream offers audio.drachtio.org, sends metadata first and then 640 bytes every 20 ms",
  scene(STREAM, {}, async ({ bridge, call, logged, ticks }) => {
    await logged("stream_open");
    await ticks(3);
    await bridge.until(() => bridge.sockets[0]?.messages.length === 3);
    const { headers, texts, messages } = bridge.sockets[0];
    assert.equal(headers.get("sec-websocket-protocol"), "audio.drachtio.org");
    assert.deepEqual(JSON.parse(texts[0]), {
      callSid: call.plan.callId,
      streamSid: call.plan.callId,
      from: "+254700000001",
      to: "+254711000000",
      headers: { callId: "x" },
    });
    messages.forEach((message, i) => {
      assert.deepEqual(samplesFromBytes(message), new Int16Array(320).fill(i + 1));
    });
    await bridge.until(() => bridge.posts.some((post) => post.path === "/stream-status"));
    const status = bridge.posts.find((post) => post.path === "/stream-status")!;
    assert.equal(new URLSearchParams(status.body).get("streamEvent"), "stream-started");
  }),
);

Deno.test(
  "ticks that fall due together leave as one message",
  scene(STREAM, {}, async ({ bridge, logged, clock }) => {
    await logged("stream_open");
    const jump = clock.now() + 100;
    clock.now = () => jump;
    await clock.advance(100);
    await bridge.until(() => bridge.sockets[0]?.messages.length === 1);
    assert.equal(bridge.sockets[0].messages[0].length, 5 * 640);
  }),
);

Deno.test(
  "the caller hears what the bridge sends, until killAudio",
  scene(STREAM, {}, async ({ bridge, logged, ticks, heard }) => {
    await logged("stream_open");
    await bridge.until(() => bridge.sockets.length === 1);
    const { socket } = bridge.sockets[0];
    socket.send(bytesFromSamples(new Int16Array(3200).fill(500)));
    socket.send('{"note":"after the audio"}');
    await logged("text");
    await ticks(4);
    socket.send('{"type":"killAudio"}');
    await logged("kill_audio");
    await ticks(4);
    assert.deepEqual(heard.map((frame) => frame[0]), [500, 500, 500, 500, 0, 0, 0, 0]);
  }),
);

Deno.test(
  "without a bidirectional rate the caller hears nothing",
  scene(STREAM.replace('bidirectionalSamplingRate="16000"', ""), {}, async (scene) => {
    await scene.logged("stream_open");
    await scene.bridge.until(() => scene.bridge.sockets.length === 1);
    scene.bridge.sockets[0].socket.send(new Uint8Array(64000).fill(1));
    scene.bridge.sockets[0].socket.send("{}");
    await scene.logged("text");
    await scene.ticks(5);
    assert.ok(scene.heard.every((frame) => frame.every((sample) => sample === 0)));
  }),
);

Deno.test(
  "speech at 24 kHz reaches the ear at 16 kHz in the same time",
  scene(
    STREAM.replace('bidirectionalSamplingRate="16000"', 'bidirectionalSamplingRate="24000"'),
    {},
    async ({ bridge, logged, ticks, heard }) => {
      await logged("stream_open");
      await bridge.until(() => bridge.sockets.length === 1);
      bridge.sockets[0].socket.send(bytesFromSamples(new Int16Array(9600).fill(1000)));
      bridge.sockets[0].socket.send("{}");
      await logged("text");
      await ticks(25);
      const loudMs = heard.flatMap((frame) => [...frame]).filter((sample) => sample > 500).length /
        16;
      assert.ok(Math.abs(loudMs - 400) < 5, `${loudMs} ms were heard of 400 ms`);
    },
  ),
);

Deno.test(
  "a leg without connect is torn down a second after the fork started",
  scene(STREAM.replace('connect="true"', ""), {}, async ({ call, logged, clock }) => {
    await logged("stream_open");
    await clock.advance(980);
    assert.equal(call.leg.end, undefined);
    await clock.advance(20);
    assert.match((await call.done).reason, /connect/);
  }),
);

for (
  const [name, options, reason] of [
    ["selects no sub-protocol", { protocol: "" }, /must select audio\.drachtio\.org/],
    ["refuses the upgrade", { refuse: true }, /refused/],
  ] as const
) {
  Deno.test(
    `a bridge that ${name} gets a stream error and a silent caller`,
    scene(STREAM, { bridge: options }, async ({ bridge, log, logged }) => {
      await logged("held_in_silence");
      const closed = log.find((entry) => entry.type === "stream_closed")!;
      assert.ok(closed.type === "stream_closed" && closed.by === "failed");
      assert.match(closed.reason, reason);
      await bridge.until(() => events(bridge).includes("StreamError"));
    }),
  );
}

Deno.test(
  "when the bridge closes the stream the caller sits in silence, and only events tell of it",
  scene(STREAM, {}, async ({ bridge, call, logged, api, ticks }) => {
    await logged("stream_open");
    await bridge.until(() => bridge.sockets.length === 1);
    await bridge.until(() => bridge.callbacks.length === 3);
    bridge.sockets[0].socket.close(1000, "done");
    await logged("held_in_silence");
    await bridge.until(() => events(bridge).includes("StreamStopped"));
    await ticks(50);
    assert.equal(call.leg.end, undefined);
    const states = bridge.callbacks.map((fields) => fields.callSessionState);
    assert.deepEqual(states.toSorted(), ["Answered", "Ringing", "StreamStarted"]);

    for (let times = 0; times < 2; times++) {
      const response = await post(`${api}/v1/calls/${call.plan.callId}/hangup`);
      assert.deepEqual(await response.json(), { call_id: call.id, status: "hung_up" });
    }
    assert.deepEqual(await call.done, { by: "bridge", reason: "hung up through the API" });
    const last = bridge.callbacks.at(-1)!;
    assert.equal(last.callSessionState, "Completed");
    assert.equal(last.durationInSeconds, "1");
  }),
);

Deno.test(
  "the documented platform asks again when the stream has stopped, and follows the Dial",
  scene((fields) => {
    if (fields.callSessionState === "Ringing") return STREAM;
    if (fields.callSessionState !== "StreamStopped") return "";
    return `<Dial callerId="+254711000000"><Number>+254722000000</Number></Dial>`;
  }, {
    quirks: { afterStream: "callback" },
    platform: {
      ownedNumbers: ["+254711000000"],
      dial: () => ({ outcome: "answered", ringMs: 100, person: personFor(5) }),
    },
  }, async ({ bridge, call, log, logged, ticks, heard }) => {
    await logged("stream_open");
    await bridge.until(() => bridge.sockets.length === 1);
    bridge.sockets[0].socket.close(1000);
    await logged("dialled");
    await ticks(5);
    await logged("put_through");
    await ticks(5);
    await bridge.until(() => bridge.callbacks.at(-1)?.callSessionState === "DialCompleted");
    assert.equal(bridge.callbacks.at(-1)?.dialStatus, "answered");
    assert.equal(heard.at(-1)?.[0], 77);
    await call.done;
    const dialled = log.find((entry) => entry.type === "dialled");
    assert.ok(dialled?.type === "dialled");
    assert.deepEqual(dialled.targets, ["+254722000000"]);
  }),
);

function personFor(frames: number): Party {
  return { next: () => ({ samples: new Int16Array(320).fill(77), hangUp: --frames === 0 }) };
}

Deno.test(
  "a platform that runs what trails the stream fetches the redirect",
  scene(
    (fields, path) =>
      path.includes("after=stream")
        ? "<Hangup/>"
        : fields.callSessionState === "Ringing"
        ? `${STREAM}<Redirect>{http}/voice?after=stream</Redirect>`
        : "",
    { quirks: { afterStream: "verbs" } },
    async ({ bridge, call, logged }) => {
      await logged("stream_open");
      await bridge.until(() => bridge.sockets.length === 1);
      bridge.sockets[0].socket.close(1000);
      assert.equal((await call.done).reason, "the document said to hang up");
    },
  ),
);

Deno.test(
  "a second stream on a running one is a stream error, and the first goes on",
  scene(
    (fields) => fields.isActive === "1" ? STREAM : "",
    { quirks: { edges: ["StreamStarted"] } },
    async ({ bridge, logged, ticks }) => {
      await logged("second_stream");
      await bridge.until(() => events(bridge).includes("StreamError"));
      assert.equal(bridge.sockets.length, 1);
      await ticks(1);
      await bridge.until(() => bridge.sockets[0].messages.length === 1);
    },
  ),
);

Deno.test(
  "keys pressed during a stream come as text, one frame each",
  scene(STREAM, {
    party: { next: () => ({ samples: new Int16Array(320), keys: "0#" }) },
  }, async ({ bridge, logged, ticks }) => {
    await logged("stream_open");
    await ticks(1);
    await bridge.until(() => bridge.sockets[0]?.texts.length === 3);
    const keys = bridge.sockets[0].texts.slice(1).map((text) => JSON.parse(text));
    assert.deepEqual(keys.map(({ event, dtmf }) => [event, dtmf]), [["dtmf", "0"], ["dtmf", "#"]]);
  }),
);

Deno.test(
  "GetDigits plays its prompt, collects keys, and asks the callback with Digits",
  scene((fields) => {
    if (fields.Digits) return "<Hangup/>";
    if (fields.callSessionState !== "Ringing") return "";
    return `<GetDigits maxDigits="3" timeout="5"><Say>Key</Say></GetDigits><Reject/>`;
  }, {
    party: { next: () => ({ samples: new Int16Array(320), keys: "4" }) },
  }, async ({ bridge, call, ticks, logged, log }) => {
    await logged("said");
    await ticks(4);
    assert.equal((await call.done).reason, "the document said to hang up");
    assert.equal(bridge.callbacks.find((fields) => fields.Digits)?.Digits, "444");
    assert.ok(log.some((entry) => entry.type === "digits" && entry.digits === "444"));
  }),
);

Deno.test(
  "GetDigits ends at its finishing key, which is no digit",
  scene((fields) => {
    if (fields.Digits) return "<Hangup/>";
    return fields.callSessionState === "Ringing" ? `<GetDigits timeout="5"/>` : "";
  }, {
    party: { next: () => ({ samples: new Int16Array(320), keys: "42#" }) },
  }, async ({ bridge, call, ticks, logged }) => {
    await logged("answered");
    await ticks(1);
    await call.done;
    assert.equal(bridge.callbacks.find((fields) => fields.Digits)?.Digits, "42");
  }),
);

Deno.test(
  "GetDigits without keys times out, and the next verb runs",
  scene(
    `<GetDigits maxDigits="3" timeout="5"/><Hangup/>`,
    {},
    async ({ call, clock, logged }) => {
      await logged("answered");
      await clock.advance(4980);
      assert.equal(call.leg.end, undefined);
      await clock.advance(20);
      await call.done;
    },
  ),
);

for (
  const [name, phone, callerId, ringMs, expected] of [
    ["busy", { outcome: "busy", ringMs: 200 }, "+254711000000", 200, "busy"],
    ["declined", { outcome: "declined", ringMs: 400 }, "+254711000000", 400, "declined"],
    ["not answered", { outcome: "no-answer", ringMs: 0 }, "+254711000000", 7000, "no-answer"],
    [
      "answered too late",
      { outcome: "answered", ringMs: 9000 },
      "+254711000000",
      7000,
      "no-answer",
    ],
    ["shown a number that is not ours", { outcome: "answered", ringMs: 0 }, "+1555", 0, "failed"],
  ] as const
) {
  const dial: LegServices["dial"] = () => phone;
  Deno.test(
    `a dialled phone that is ${name} is told to the callback as ${expected}`,
    scene(
      (fields) => {
        if (fields.callSessionState !== "Ringing") return "";
        return `<Dial callerId="${callerId}" timeout="7"><Number>+254722000000</Number></Dial>`;
      },
      { platform: { ownedNumbers: ["+254711000000"], dial } },
      async (scene) => {
        await scene.logged("dialled");
        if (ringMs > 20) {
          await scene.clock.advance(ringMs - 20);
          assert.ok(!scene.log.some((entry) => entry.type === "dial_ended"));
        }
        await scene.clock.advance(20);
        await scene.call.done;
        const callback = scene.bridge.callbacks.find((fields) => fields.dialStatus);
        assert.equal(callback?.dialStatus, expected);
      },
    ),
  );
}

Deno.test(
  "a callback that fails ends the call before it is answered",
  scene("<Hangup/>", { bridge: { status: 503 } }, async ({ call, log, bridge }) => {
    assert.equal((await call.done).reason, "the voice callback gave no document");
    assert.ok(log.some((entry) => entry.type === "callback_failed" && /503/.test(entry.reason)));
    assert.equal(call.leg.answeredMs, undefined);
    assert.ok(events(bridge).includes("Failed"));
  }),
);

Deno.test("a callback that is not answered within ten seconds fails the call", async () => {
  const clock = new FakeClock();
  const silent = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const platform = startPlatform({ clock });
  const connected = silent.accept();
  const call = platform.exchange.ring({
    callerNumber: "+1",
    dialledNumber: "+2",
    direction: "Inbound",
    voiceUrl: `http://127.0.0.1:${(silent.addr as Deno.NetAddr).port}/voice`,
    party: countingCaller(),
  });
  const open = await connected; // and nobody reads the request
  await clock.advance(9_980);
  assert.equal(call.leg.end, undefined);
  await clock.advance(20);
  open.close();
  silent.close();
  await call.done;
  const failed = call.leg.log.find((entry) => entry.type === "callback_failed");
  assert.ok(failed?.type === "callback_failed");
  assert.match(failed.reason, /did not answer within 10 s/);
  await platform.close();
});

Deno.test(
  "documents that redirect in circles end the call",
  scene(
    (fields) => fields.isActive === "1" ? "<Redirect>{http}/voice</Redirect>" : "",
    {},
    async ({ call, bridge }) => {
      assert.equal((await call.done).reason, "the document was over");
      assert.ok(bridge.callbacks.length > 45 && bridge.callbacks.length < 55);
    },
  ),
);

Deno.test(
  "events can come twice and out of order, with one id each, in the documented envelope",
  scene("<Hangup/>", {
    quirks: { duplicateEvents: true, swapEvents: true, eventShape: "envelope" },
  }, async ({ bridge, call }) => {
    await call.done;
    const sent = bridge.posts.filter((post) => post.path === "/events")
      .map((post) => ({ ...JSON.parse(post.body), id: post.headers.get("x-sautikit-event-id") }));
    const kinds = sent.map((event) => event.kind);
    assert.equal(kinds.filter((kind) => kind === "call.failed").length, 2);
    assert.equal(kinds.filter((kind) => kind === "call.started").length, 1);
    assert.ok(sent.every((event) => event.id === event.event_id));
    assert.equal(sent[0].data.call_id, call.plan.callId);
  }),
);
