import assert from "node:assert/strict";
import { mock } from "node:test";
import { bytesFromSamples } from "../lib/audio/pcm.ts";
import { readWav, writeWav } from "../lib/audio/wav.ts";
import type { CallEventBody } from "../lib/contracts/call_event.ts";
import { runCall } from "../lib/commands/call.ts";
import { CALL_HELP, readCallOptions, UsageError } from "../lib/commands/call_options.ts";
import { CallScreen } from "../lib/commands/call_screen.ts";
import { type DemoTurn, missingFromDemo } from "../lib/commands/demo_checks.ts";
import { createInk } from "../lib/commands/ink.ts";
import { callWithPhone } from "../lib/commands/phone.ts";
import { formatWaterfall } from "../lib/commands/waterfall_text.ts";
import { type CallReport, reportCall } from "../lib/simulator/call_report.ts";
import type { LegEntryBody } from "../lib/simulator/leg_log.ts";
import { FakeClock } from "./fake_clock.ts";
import { startTestBridge } from "./simulator_bridge.ts";

Deno.test("lines keep the order in which they were given", () => {
  const options = readCallOptions(["--say", "one", "two.wav", "--say=three", "--from", "+1"])!;
  assert.deepEqual(options.lines.map((line) => "file" in line ? line.file : line.line.source), [
    "one",
    "two.wav",
    "three",
  ]);
  assert.equal(options.from, "+1");
});

Deno.test("spoken lines come over a telephone, recordings as they are", () => {
  assert.deepEqual(readCallOptions(["--say", "hi"])!.phoneLine, {
    telephone: true,
    noiseDb: 40,
    echoDb: undefined,
  });
  assert.deepEqual(readCallOptions(["a.wav"])!.phoneLine, {
    telephone: false,
    noiseDb: undefined,
    echoDb: undefined,
  });
  assert.deepEqual(
    readCallOptions(["--say", "hi", "--no-telephone", "--noise-db", "20", "--echo-db", "-15"])!
      .phoneLine,
    { telephone: false, noiseDb: 20, echoDb: -15 },
  );
});

Deno.test("the platform is the live one unless another is named, and oddities add up", () => {
  assert.deepEqual(readCallOptions(["--say", "hi"])!.quirks, { afterStream: "hold" });
  const { quirks } = readCallOptions([
    ...["--say", "hi", "--platform", "documented"],
    ...["--quirk", "odd-bytes", "--quirk", "completed-first", "--quirk", "joined-frames"],
  ])!;
  assert.deepEqual(quirks, {
    afterStream: "callback",
    firstState: "Completed",
    audio: { oddBytes: true, joinedTicks: 0.3 },
  });
});

Deno.test("help is asked for in two ways, and tells of every option", () => {
  assert.equal(readCallOptions(["--help"]), undefined);
  assert.equal(readCallOptions(["-h", "--say", "x"]), undefined);
  for (const option of ["--say", "--url", "--out", "--telephone", "--noise-db", "--echo-db"]) {
    assert.match(CALL_HELP, new RegExp(option));
  }
});

for (
  const [args, message] of [
    [[], /something to say/],
    [["--say", ""], /words or a directive/],
    [["--say", "[jump]"], /\[jump\]/],
    [["--say", "hi", "--shout"], /shout/],
    [["--say"], /say/],
    [["--say", "hi", "--url", "localhost:8000"], /must be like http:\/\/localhost:8000/],
    [["--say", "hi", "--noise-db", "loud"], /--noise-db must be a number from 0 to 90/],
    [["--say", "hi", "--echo-db", "5"], /--echo-db must be a number from -60 to 0/],
    [["--say", "hi", "--platform", "twilio"], /live, documented, verbs: received twilio/],
    [["--say", "hi", "--quirk", "odd"], /odd-bytes/],
    [["--say", "hi", "--voice", "anna"], /rms, awb/],
    [["--say", "hi", "--dial", "maybe"], /busy/],
    [["--say", "hi", "--api-port", "99999"], /--api-port/],
  ] as [string[], RegExp][]
) {
  Deno.test(`the command "${args.join(" ")}" is refused with a sentence`, () => {
    assert.throws(() => readCallOptions(args), (error) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, message);
      return true;
    });
  });
}

Deno.test("a waterfall tells each moment since the caller stopped, in order", () => {
  const text = formatWaterfall({
    speechEndMs: 1000,
    commitMs: 1500,
    transcriptMs: 1400.4,
    softPauseMs: 1350,
    firstSampleSentMs: 1900,
  });
  assert.equal(text, "soft pause 350 · transcript 400 · commit 500 · sent 900 ms");
});

function screen(hasColour = false) {
  const lines: string[] = [];
  return { lines, screen: new CallScreen((line) => lines.push(line), createInk(hasColour)) };
}

const event = (body: CallEventBody) => ({ ...body, callId: "HD_1", seq: 0, atMs: 0, wallMs: 0 });

Deno.test("the screen shows what the caller said, what was heard, done and answered", () => {
  const { lines, screen: view } = screen();
  view.entry({ atMs: 4200, type: "line_begins", line: 0, text: "my balance", bargeIn: true });
  view.event(
    event({ type: "caller_turn", turn: 1, text: "my balance", language: "en", confidence: 0.934 }),
    6100,
  );
  view.event(
    event({
      type: "tool_call",
      turn: 1,
      name: "get_account",
      effect: "read",
      ok: false,
      durationMs: 12.3,
      error: "timeout",
    }),
    6200,
  );
  view.event(event({ type: "agent_sentence", turn: 1, text: "It is 100." }), 6300);
  view.event(event({ type: "caller_speaking" }), 6300);
  assert.deepEqual(lines, [
    "   4.20  caller     my balance  (over the agent)",
    "   6.10  heard      “my balance”  (0.93)",
    "   6.20  tool       get_account timeout 12 ms",
    "   6.30  agent      It is 100.",
  ]);
});

Deno.test("colour is written only where it was asked for", () => {
  const plain = screen(false);
  const coloured = screen(true);
  for (const { screen: view } of [plain, coloured]) {
    view.event(event({ type: "held" }), 0);
    view.note("a note");
  }
  assert.ok(!plain.lines.join().includes("\x1b"));
  assert.ok(coloured.lines.every((line) => line.includes("\x1b[")));
});

function report(log: LegEntryBody[], events: CallEventBody[]): CallReport {
  return reportCall({
    callId: "HD_1",
    startedWallMs: 0,
    audioStartsAtMs: 0,
    lineCount: 0,
    log: log.map((body) => ({ atMs: 0, ...body })),
    events: events.map(event),
    heardSpans: [],
    ended: { by: "caller", reason: "the caller hung up" },
  });
}

Deno.test("the summary has the waterfalls, the percentiles and every problem", () => {
  const { lines, screen: view } = screen();
  const waterfall = { speechEndMs: 0, firstSampleSentMs: 640 };
  view.summary(report([], [{ type: "latency", turn: 2, waterfall }]));
  assert.ok(lines.includes("Turn 2: sent 640 ms"));
  assert.ok(lines.some((line) => /p50 640 ms, p95 640 ms .* in 1 turns/.test(line)));
  assert.ok(lines.includes("✗ No stream was opened."));
});

const SHOWN: LegEntryBody[] = [
  { type: "kill_audio" },
  { type: "put_through", target: "+1" },
];
const TOLD: CallEventBody[] = [
  { type: "agent_turn", turn: 1, heard: "The business number is 555012.", interrupted: false },
  { type: "tool_call", turn: 2, name: "get_account", effect: "read", ok: true, durationMs: 1 },
  { type: "barge_in", turn: 3, heardMs: 500 },
];

const DEMO: DemoTurn[] = [
  { expect: { says: ["555012"], calls: ["get_account"] } },
  { expect: { says: [], calls: [], interrupted: true, person: "connected" } },
];

Deno.test("a demo that showed everything has nothing missing", () => {
  assert.deepEqual(missingFromDemo(report(SHOWN, TOLD), DEMO), []);
  const joined = { type: "supervisor", state: "connected", mode: "barge", target: "+1" } as const;
  assert.deepEqual(missingFromDemo(report([SHOWN[0], joined], TOLD), DEMO), []);
});

for (
  const [name, log, events, expected] of [
    ["an FAQ", SHOWN, TOLD.slice(1), /knowledge files/],
    ["an account", SHOWN, [TOLD[0], TOLD[2]], /account/],
    ["a barge-in", SHOWN, TOLD.slice(0, 2), /spoke over/],
    ["a barge-in that is heard", SHOWN.slice(1), TOLD, /spoke over/],
    ["a person", SHOWN.slice(0, 1), TOLD, /get a person/],
  ] as const
) {
  Deno.test(`a demo without ${name} has failed`, () => {
    const missing = missingFromDemo(report([...log], [...events]), DEMO);
    assert.equal(missing.length, 1);
    assert.match(missing[0], expected);
  });
}

const noBridge = () => Promise.reject(new Error("no bridge must be started"));

Deno.test("a recording calls a running bridge, and the call is saved", async () => {
  const directory = await Deno.makeTempDir();
  const clock = new FakeClock();
  const bridge = startTestBridge((fields) =>
    fields.callSessionState === "Ringing"
      ? `<Response><Stream url="{ws}/audio/t" connect="true" outputSamplingRate="16000"
          bidirectionalSamplingRate="16000"/></Response>`
      : ""
  );
  const left = new Int16Array(8000).fill(4000);
  const right = new Int16Array(8000).fill(-4000);
  await Deno.writeFile(`${directory}/caller.wav`, writeWav([left, right], 8000));
  const options = readCallOptions([
    ...[`${directory}/caller.wav`, "--url", `${bridge.url}/`, "--out", `${directory}/out`],
    ...["--dial", "busy", "--speak-first", "--max-s", "2"],
  ])!;
  const { lines, screen: view } = screen();
  const done = callWithPhone({
    options,
    start: noBridge,
    env: { DATA_DIR: directory },
    clock,
    screen: view,
    signal: new AbortController().signal,
  });
  await bridge.until(() => bridge.sockets.length === 1);
  bridge.sockets[0].socket.send(bytesFromSamples(new Int16Array(1280).fill(5000)));
  while (!lines.some((line) => line.includes("the stream is open"))) await clock.advance(0);
  for (let i = 0; i < 100; i++) await clock.advance(20);
  const { report, directory: out } = await done;
  await bridge.close();

  assert.equal(out, `${directory}/out`);
  assert.match(report.problems.join(), /took longer than 2 s/);
  assert.ok(lines.some((line) => line.includes("TOKEN_SECRET is not known here")));
  const sent = bridge.sockets[0].messages.reduce((sum, message) => sum + message.length, 0);
  assert.ok(sent >= 99 * 640, `${sent} bytes were sent in two seconds`);
  const { channels } = readWav(await Deno.readFile(`${out}/call.wav`));
  // One second at 8 kHz is one second at 16 kHz, and the right channel was not the caller's.
  assert.ok(Math.abs(channels[0].filter((sample) => sample > 3900).length - 16000) < 100);
  assert.ok(channels[0].every((sample) => sample > -1000));
  await Deno.remove(directory, { recursive: true });
});

for (
  const [args, code, message] of [
    [["--help"], 0, /deno task call/],
    [[], 2, /something to say[^]*--help/],
    [["/no/such/file.wav", "--dial", "busy"], 2, /file\.wav must be a WAV file/],
    [["tests/call_command_test.ts", "--dial", "busy"], 2, /RIFF/],
    [
      ["--say", "hi", "--url", "http://127.0.0.1:1", "--dial", "busy"],
      1,
      /127\.0\.0\.1:1 can't be reached/,
    ],
  ] as [string[], number, RegExp][]
) {
  Deno.test(`the command "${args.join(" ")}" ends with ${code}`, async () => {
    const out = await Deno.makeTempDir();
    const printed: string[] = [];
    const print = (line: unknown) => void printed.push(String(line));
    const spies = [
      mock.method(console, "log", print),
      mock.method(console, "error", print),
    ];
    try {
      assert.equal(await runCall([...args, "--out", out], noBridge), code);
    } finally {
      for (const spy of spies) spy.mock.restore();
      await Deno.remove(out, { recursive: true });
    }
    assert.match(printed.join("\n"), message);
  });
}
