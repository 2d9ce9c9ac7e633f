import assert from "node:assert/strict";
import { bytesFromSamples } from "../lib/audio/pcm.ts";
import { readWav } from "../lib/audio/wav.ts";
import type { CallEvent } from "../lib/contracts/call_event.ts";
import { bridgeEvents, BridgeEventsError } from "../lib/simulator/bridge_events.ts";
import { problemsOf } from "../lib/simulator/call_problems.ts";
import { reportCall, spread } from "../lib/simulator/call_report.ts";
import type { LegEnd, LegEntry } from "../lib/simulator/leg_log.ts";
import type { Party } from "../lib/simulator/party.ts";
import { startPlatform } from "../lib/simulator/platform.ts";
import { Recording } from "../lib/simulator/recording.ts";
import { saveCall, simulateCall } from "../lib/simulator/simulate_call.ts";
import { FakeClock } from "./fake_clock.ts";
import { Changes, startTestBridge } from "./simulator_bridge.ts";

const STREAM = `<Response><Stream url="{ws}/audio/t" connect="true" track="inbound_track"
  outputSamplingRate="16000" bidirectionalSamplingRate="16000"/></Response>`;

const frame = (value: number) => new Int16Array(320).fill(value);

Deno.test("a recording has the caller left and the agent right, frame by frame", () => {
  const recording = new Recording();
  recording.add(frame(1), frame(-1), 140);
  recording.add(frame(2), frame(-2), 160);
  const { sampleRateHz, channels } = readWav(recording.toWav());
  assert.equal(sampleRateHz, 16000);
  assert.deepEqual(channels.map((channel) => [channel[0], channel[320], channel.length]), [
    [1, 2, 640],
    [-1, -2, 640],
  ]);
  assert.equal(recording.startsAtMs, 120);
});

Deno.test("what the caller heard is told in time since the first ring", () => {
  const recording = new Recording();
  recording.add(frame(0), frame(0), 1020);
  recording.add(frame(0), frame(5000), 1040);
  recording.add(frame(0), frame(5000), 1060);
  recording.add(frame(0), frame(0), 1080);
  assert.deepEqual(recording.heardSpans, [{ startMs: 1020, endMs: 1060 }]);
});

Deno.test("percentiles are by nearest rank, and of nothing there are none", () => {
  assert.deepEqual(spread([30, undefined, 10, 20]), { count: 3, p50Ms: 20, p95Ms: 30 });
  assert.deepEqual(spread([]), { count: 0, p50Ms: undefined, p95Ms: undefined });
});

/** Serves text as an event stream, cut into chunks of `chunkLength`. */
function eventServer(text: string, chunkLength: number, status = 200) {
  const authorizations: (string | null)[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    authorizations.push(request.headers.get("authorization") + " " + new URL(request.url).pathname);
    const bytes = new TextEncoder().encode(text);
    const chunks = Array.from(
      { length: Math.ceil(bytes.length / chunkLength) },
      (_, i) => bytes.slice(i * chunkLength, (i + 1) * chunkLength),
    );
    return new Response(ReadableStream.from(chunks), { status });
  });
  return { url: `http://127.0.0.1:${server.addr.port}`, authorizations, server };
}

async function readEvents(url: string): Promise<CallEvent[]> {
  return await Array.fromAsync(bridgeEvents(url, "HD_1", "token", new AbortController().signal));
}

Deno.test("events are read whole, however the stream is cut", async () => {
  const text =
    `: hello\n\nid: 0\ndata: {"type":"held","text":"é"}\n\ndata: {"type":\ndata: "resumed"}\r\n\r\n`;
  for (const chunkLength of [1, 7, 1000]) {
    const { url, server, authorizations } = eventServer(text, chunkLength);
    const events = await readEvents(url);
    assert.deepEqual(events as unknown, [{ type: "held", text: "é" }, { type: "resumed" }]);
    assert.deepEqual(authorizations, ["Bearer token /calls/HD_1/events"]);
    await server.shutdown();
  }
});

for (
  const [name, text, status] of [
    ["refuses", "", 401],
    ["sends what is no JSON", "data: no\n\n", 200],
    ["never ends an event", "data: " + "x".repeat(1 << 20), 200],
  ] as const
) {
  Deno.test(`watching fails with a sentence when the bridge ${name}`, async () => {
    const { url, server } = eventServer(text, 1 << 16, status);
    await assert.rejects(readEvents(url), BridgeEventsError);
    await server.shutdown();
  });
}

const OPEN: LegEntry[] = [{ atMs: 0, type: "stream_open" }];
const GREETED = [{ startMs: 10, endMs: 20 }];
const BY_CALLER: LegEnd = { by: "caller", reason: "the caller hung up" };
const line = (atMs: number): LegEntry => ({
  atMs,
  type: "line_begins",
  line: 0,
  text: "hi",
  bargeIn: false,
});

Deno.test("a call in which all went well has no problems", () => {
  const log = [...OPEN, line(900), { atMs: 3000, type: "ended", ...BY_CALLER } as LegEntry];
  assert.deepEqual(problemsOf({ log, ended: BY_CALLER, heardSpans: GREETED, lineCount: 1 }), []);
});

for (
  const [name, log, heardSpans, ended, expected] of [
    ["no stream", [], GREETED, BY_CALLER, /No stream/],
    ["no sound", OPEN, [], BY_CALLER, /heard nothing/],
    ["no greeting", [...OPEN, line(5)], GREETED, BY_CALLER, /No greeting/],
    [
      "a failed socket",
      [...OPEN, { atMs: 1, type: "stream_closed", by: "failed", code: 1006, reason: "gone" }],
      GREETED,
      BY_CALLER,
      /gone \(code 1006\)/,
    ],
    [
      "a silent agent",
      [...OPEN, { atMs: 1, type: "agent_silent", waitedMs: 9000 }],
      GREETED,
      BY_CALLER,
      /silent for 9\.0 s/,
    ],
    [
      "a caller left in silence",
      [
        ...OPEN,
        { atMs: 0, type: "held_in_silence" },
        { atMs: 6000, type: "ended", ...BY_CALLER },
      ],
      GREETED,
      BY_CALLER,
      /in silence for 6\.0 s/,
    ],
    [
      "an end by the platform",
      OPEN,
      GREETED,
      { by: "platform", reason: "the call took too long" },
      /took too long/,
    ],
    [
      "lines that were never spoken",
      [...OPEN, line(900)],
      GREETED,
      { by: "bridge", reason: "hung up" },
      /before line 2 of 2/,
    ],
    [
      "a failed callback",
      [...OPEN, { atMs: 1, type: "callback_failed", state: "Ringing", reason: "no" }],
      GREETED,
      BY_CALLER,
      /Ringing\) failed: no/,
    ],
  ] as [string, LegEntry[], { startMs: number; endMs: number }[], LegEnd, RegExp][]
) {
  Deno.test(`a call with ${name} has failed, and says so`, () => {
    const problems = problemsOf({ log, ended, heardSpans, lineCount: 2 });
    assert.ok(problems.some((problem) => expected.test(problem)), problems.join("\n"));
  });
}

Deno.test("latency at the ear is from the caller's last sound to the agent's next", () => {
  const log: LegEntry[] = [
    ...OPEN,
    { atMs: 2000, type: "line_begins", line: 0, text: "one", bargeIn: false },
    { atMs: 3100, type: "line_ends", line: 0, text: "one", silentForMs: 100 },
    { atMs: 6000, type: "line_begins", line: 1, text: "two", bargeIn: false },
    { atMs: 7000, type: "line_ends", line: 1, text: "two", silentForMs: 0 },
  ];
  const report = reportCall({
    callId: "HD_1",
    startedWallMs: 0,
    audioStartsAtMs: 0,
    lineCount: 2,
    log,
    events: [],
    heardSpans: [{ startMs: 100, endMs: 1000 }, { startMs: 3700, endMs: 5000 }],
    ended: BY_CALLER,
  });
  assert.deepEqual(report.lines.map((line) => line.atTheEarMs), [700, undefined]);
  assert.deepEqual(report.latencies.atTheEar, { count: 1, p50Ms: 700, p95Ms: 700 });
});

Deno.test("a whole call is watched from both ends, reported and saved", async () => {
  const clock = new FakeClock();
  const changes = new Changes();
  const event = (seq: number, atMs: number, body: Record<string, unknown>) =>
    `data: ${
      JSON.stringify({ callId: "x", seq, atMs, wallMs: clock.wallMs() + atMs, ...body })
    }\n\n`;
  const waterfall = { speechEndMs: 100, commitMs: 600, firstSampleSentMs: 950 };
  const events = () =>
    event(0, 0, { type: "started", engines: { stt: "a", llm: "b", tts: "c" } }) +
    event(1, 700, { type: "caller_turn", turn: 1, text: "hi", language: "en" }) +
    event(2, 800, { type: "tool_call", turn: 1, name: "get_account", ok: true }) +
    event(3, 960, { type: "latency", turn: 1, waterfall }) +
    event(4, 2000, { type: "agent_turn", turn: 1, heard: "hello", interrupted: false }) +
    event(5, 2100, { type: "ended", reason: "caller hung up", outcome: "resolved_unconfirmed" });
  const bridge = startTestBridge(
    (fields) => fields.callSessionState === "Ringing" ? STREAM : "",
    { events },
  );
  const platform = startPlatform({ clock });
  let frames = 0;
  const party: Party = {
    next: () => ({
      samples: frame(3),
      hangUp: ++frames === 10,
      notes: frames === 9 ? [{ type: "script_over" }] : [],
    }),
  };
  const watched: string[] = [];
  const done = simulateCall({
    platform,
    clock,
    bridgeUrl: bridge.url,
    callerNumber: "+1",
    dialledNumber: "+2",
    party,
    lineCount: 0,
    eventsToken: (callId) => `token of ${callId}`,
    onEntry: () => changes.happened(),
    onEvent: ({ type }, atMs) => watched.push(`${type} ${atMs}`),
  });
  const { leg } = platform.exchange.calls[0];
  await changes.until(() => leg.log.some((entry) => entry.type === "stream_open"));
  await bridge.until(() => bridge.sockets.length === 1);
  bridge.sockets[0].socket.send(bytesFromSamples(new Int16Array(1280).fill(5000)));
  bridge.sockets[0].socket.send("{}");
  await changes.until(() => leg.log.some((entry) => entry.type === "text"));
  for (let i = 0; i < 10; i++) await clock.advance(20);
  const call = await done;

  const { report } = call;
  assert.deepEqual(report.problems, []);
  assert.equal(report.outcome, "resolved_unconfirmed");
  assert.deepEqual(report.ended, BY_CALLER);
  assert.deepEqual(report.engines, { stt: "a", llm: "b", tts: "c" });
  assert.deepEqual(report.turns, [{
    turn: 1,
    tools: ["get_account"],
    caller: "hi",
    confidence: undefined,
    waterfall,
    firstAudioMs: 850,
    agent: "hello",
    interrupted: false,
  }]);
  assert.deepEqual(report.latencies.firstAudio, { count: 1, p50Ms: 850, p95Ms: 850 });
  assert.equal(watched[0], "started 0");
  assert.equal(watched.at(-1), "ended 2100");
  const asked = bridge.posts.find((post) => post.path === `/calls/${report.callId}/events`);
  assert.equal(asked?.headers.get("authorization"), `Bearer token of ${report.callId}`);

  const directory = await Deno.makeTempDir();
  await saveCall(`${directory}/new/folder`, call);
  const saved = JSON.parse(await Deno.readTextFile(`${directory}/new/folder/call.json`));
  assert.equal(saved.callId, report.callId);
  const times = saved.events.map((event: { atMs: number }) => event.atMs);
  assert.deepEqual(times, times.toSorted((a: number, b: number) => a - b));
  const { channels } = readWav(await Deno.readFile(`${directory}/new/folder/call.wav`));
  assert.equal(channels[0].length, 3200);
  assert.equal(channels[1].filter((sample) => sample === 5000).length, 1280);
  await Deno.remove(directory, { recursive: true });
  await platform.close();
  await bridge.close();
});
