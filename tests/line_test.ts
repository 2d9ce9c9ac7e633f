import assert from "node:assert/strict";
import { Framer } from "../lib/audio/framer.ts";
import { type Clock, systemClock } from "../lib/clock.ts";
import type { LineListener } from "../lib/contracts/line.ts";
import {
  CLOSING_MS,
  END_OF_INPUT_GRACE_MS,
  MAX_BUFFERED_BYTES,
  MAX_MESSAGE_BYTES,
  SocketLine,
  STALLED_MS,
} from "../lib/line.ts";
import { Sockets } from "../lib/server/sockets.ts";
import { eventually } from "./app_bridge.ts";
import { FakeClock } from "./fake_clock.ts";

/** A line on a real socket, whose listener writes down what it is told. */
async function openLine(
  connect: (url: URL) => Promise<unknown>,
  clock: Clock = systemClock,
  idleTimeout = 0,
) {
  const { promise, resolve } = Promise.withResolvers<SocketLine>();
  const frames: number[] = [];
  const cameMs: number[] = [];
  const digits: string[] = [];
  const lost: string[] = [];
  const ids: string[][] = [];
  const faults: unknown[] = [];
  const listener: LineListener & { framesTogether?: number } = {
    hear(frame, atMs) {
      frames.push(frame[0]);
      cameMs.push(atMs);
    },
    press: (digit) => void digits.push(digit),
    lost: (reason) => void lost.push(reason),
  };
  const sockets = new Sockets(clock);
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout });
    const line = new SocketLine(socket, {
      clock,
      framer: new Framer(),
      onIds: (names) => ids.push(names),
      onGone: () => sockets.remove("HD_1", line),
      onFault: (error) => faults.push(error),
    });
    sockets.add("HD_1", line);
    socket.onopen = () => {
      line.listen(listener);
      resolve(line);
    };
    return response;
  });
  await connect(new URL(`ws://127.0.0.1:${server.addr.port}/`));
  const line = await promise;
  return {
    line,
    frames,
    cameMs,
    digits,
    lost,
    ids,
    faults,
    listener,
    sockets,
    async [Symbol.asyncDispose]() {
      sockets.closeAll("the test is over");
      await server.shutdown();
    },
  };
}

function client() {
  const { promise: closed, resolve } = Promise.withResolvers<CloseEvent>();
  const received: unknown[] = [];
  let socket!: WebSocket;
  return {
    connect(url: URL) {
      socket = new WebSocket(url);
      socket.binaryType = "arraybuffer";
      socket.onmessage = (event) => received.push(event.data);
      socket.onclose = resolve;
      return new Promise((opened) => socket.onopen = opened);
    },
    send: (data: string | Uint8Array<ArrayBuffer>) => socket.send(data),
    close: (code?: number) => socket.close(code),
    received,
    closed,
  };
}

/** A peer that shakes hands and then never reads. */
function deafPeer() {
  let connection: Deno.Conn | undefined;
  return {
    async connect(url: URL) {
      connection = await Deno.connect({ hostname: url.hostname, port: Number(url.port) });
      await connection.write(new TextEncoder().encode(
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
      ));
    },
    [Symbol.dispose]: () => connection?.close(),
  };
}

const tick = () => new Promise((resolve) => setTimeout(resolve, 1));

Deno.test("messages of any size become frames, in order, with odd bytes carried over", async () => {
  const peer = client();
  await using open = await openLine(peer.connect);
  const bytes = new Uint8Array(new Int16Array(320 * 101).map((_, i) => Math.floor(i / 320)).buffer);
  peer.send(bytes.slice(0, 64_000));
  for (let at = 64_000; at < bytes.length; at += 63) peer.send(bytes.slice(at, at + 63));
  await eventually(() => open.frames.length === 101, "101 frames");
  assert.deepEqual(open.frames, Array.from({ length: 101 }, (_, i) => i));
});

Deno.test("frames that may wait for each other are handed over when the last has come, or is overdue", async () => {
  const peer = client();
  const clock = new FakeClock();
  await using open = await openLine(peer.connect, clock);
  open.listener.framesTogether = 3;
  let sent = 0;
  const send = async () => {
    peer.send(new Uint8Array(new Int16Array(320).fill(++sent).buffer));
    // A key passes the sound by, and so tells when it has come.
    peer.send('{"type":"dtmf","digit":"1"}');
    await eventually(() => open.digits.length === sent, "the frame has come");
    await clock.advance(20);
  };
  for (let i = 0; i < 6; i++) await send();
  assert.deepEqual(open.frames, [1, 2, 3, 4], "the first tells how many may wait");
  assert.deepEqual(open.cameMs.map((ms) => ms - open.cameMs[0]), [0, 20, 40, 60]);
  open.line.flush();
  assert.equal(open.frames.length, 4, "more is just coming");
  await clock.advance(40);
  open.line.flush();
  assert.deepEqual(open.frames, [1, 2, 3, 4, 5, 6]);
  await send();
  peer.send(new Uint8Array());
  await eventually(() => open.frames.length === 7, "the end of the sound is heard");
});

Deno.test("text between the sound is heard as keys and names, and nonsense is passed over", async () => {
  const peer = client();
  await using open = await openLine(peer.connect);
  peer.send('{"callSid":"HD_1"}{"event":"dtmf","digit":"1"}');
  peer.send("nonsense '");
  peer.send('{"callSid":"HD_2"}');
  peer.send('{"type":"dtmf","digit":"#"}');
  await eventually(() => open.digits.length === 2, "two keys");
  assert.deepEqual(open.digits, ["1", "#"]);
  assert.deepEqual(open.ids, [["HD_1"]], "a call is named once");
});

Deno.test("samples leave as one message each, as they are at that moment", async () => {
  const peer = client();
  await using open = await openLine(peer.connect);
  const samples = Int16Array.from({ length: 640 }, (_, i) => i);
  open.line.send(samples.subarray(320));
  samples.fill(0);
  open.line.send(new Int16Array());
  open.line.killAudio();
  await eventually(() => peer.received.length === 2, "two messages");
  const heard = new Int16Array(peer.received[0] as ArrayBuffer);
  assert.equal(heard.length, 320);
  assert.equal(heard[1], 321);
  assert.equal(peer.received[1], '{"type":"killAudio"}');
});

Deno.test("closing twice is closing once, and nothing is heard or sent after it", async () => {
  const peer = client();
  await using open = await openLine(peer.connect);
  open.line.close(1000, "goodbye");
  open.line.close(1000, "again");
  open.line.send(new Int16Array(320));
  open.line.killAudio();
  assert.deepEqual(open.lost, [], "the call is told when the socket is gone, not before");
  assert.equal((await peer.closed).reason, "goodbye");
  await eventually(() => open.lost.length > 0, "the end");
  assert.equal(open.lost.length, 1);
  assert.equal(peer.received.length, 0);
});

Deno.test("the call learns once with which code the platform closed", async () => {
  const peer = client();
  await using open = await openLine(peer.connect);
  peer.close(1000);
  await eventually(() => open.lost.length > 0, "the end");
  assert.deepEqual(open.lost, ["the socket closed with 1000"]);
  assert.equal(open.sockets.count, 0);
  const late: string[] = [];
  open.line.listen({ ...open.listener, lost: (reason) => void late.push(reason) });
  assert.equal(late.length, 1, "who comes too late is told");
});

Deno.test("a message beyond the limit ends the line with 1009", async () => {
  const peer = client();
  await using open = await openLine(peer.connect);
  peer.send(new Uint8Array(MAX_MESSAGE_BYTES + 1));
  assert.equal((await peer.closed).code, 1009);
  assert.equal(open.lost.length, 1);
});

Deno.test("an empty message ends the sound, and our side closes after a grace", async () => {
  const clock = new FakeClock();
  const peer = client();
  await using open = await openLine(peer.connect, clock);
  peer.send(new Uint8Array(640));
  peer.send(new Uint8Array());
  peer.send(new Uint8Array(640));
  peer.send('{"event":"dtmf","digit":"1"}');
  await eventually(() => open.frames.length === 1, "the frame");
  open.line.check();
  assert.deepEqual(open.lost, []);
  while (open.lost.length === 0) {
    await tick();
    await clock.advance(END_OF_INPUT_GRACE_MS);
  }
  assert.deepEqual(open.lost, ["the platform ended the sound"]);
  assert.equal(open.frames.length, 1, "what comes after the end is not heard");
  assert.deepEqual(open.digits, []);
  assert.equal((await peer.closed).code, 1000);
});

Deno.test("an error in the call ends its own line and is reported", async () => {
  const peer = client();
  await using open = await openLine(peer.connect);
  open.listener.hear = () => {
    throw new Error("a bug");
  };
  peer.send(new Uint8Array(1280));
  assert.equal((await peer.closed).code, 1011);
  assert.equal(open.faults.length, 1);
  assert.equal(open.lost.length, 1);
});

Deno.test("a peer that reads nothing is found, and what waits for it is bounded", async () => {
  const clock = new FakeClock();
  using peer = deafPeer();
  await using open = await openLine(peer.connect, clock);
  const frame = new Int16Array(16_000);
  // The kernel's buffers take some megabytes before anything waits on our side for good.
  for (let full = 0; full < 20;) {
    const before = open.line.droppedFrames;
    open.line.send(frame);
    full = open.line.droppedFrames > before ? full + 1 : 0;
    if (full > 0) await tick();
  }
  assert.ok(open.line.droppedFrames > 0);
  assert.ok(open.line.bufferedBytes > 0 && open.line.bufferedBytes <= MAX_BUFFERED_BYTES);
  await clock.advance(STALLED_MS - 1_000);
  assert.deepEqual(open.lost, []);
  await clock.advance(3_000);
  assert.deepEqual(open.lost, ["the platform stopped reading"]);
  assert.equal(open.sockets.count, 0);
  assert.equal(clock.pending, 0, "no timer is left when no line is");
});

Deno.test("our own closing is over after a moment even if the peer never answers", async () => {
  const clock = new FakeClock();
  using peer = deafPeer();
  await using open = await openLine(peer.connect, clock);
  open.line.close(1000, "goodbye");
  await clock.advance(CLOSING_MS + 1_000);
  assert.equal(open.lost.length, 1);
  assert.equal(open.sockets.count, 0);
});

Deno.test("a peer that answers no ping is found by Deno's own timer", async () => {
  using peer = deafPeer();
  await using open = await openLine(peer.connect, systemClock, 1);
  await eventually(() => open.lost.length > 0, "the missing pong");
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(open.lost.length, 1);
  assert.match(open.lost[0], /1001/);
});

Deno.test("gaps of a minute are no reason to end a line", async () => {
  const clock = new FakeClock();
  const peer = client();
  await using open = await openLine(peer.connect, clock);
  await clock.advance(60_000);
  peer.send(new Uint8Array(640));
  await eventually(() => open.frames.length === 1, "the frame after the gap");
  assert.deepEqual(open.lost, []);
});

Deno.test("an announced end closes a quiet line, and leaves alone one that still brings sound", async () => {
  const clock = new FakeClock();
  const peer = client();
  await using open = await openLine(peer.connect, clock);
  open.sockets.announceEnd("HD_1");
  for (let i = 0; i < 5; i++) {
    await clock.advance(1_000);
    peer.send(new Uint8Array(640));
    await eventually(() => open.frames.length === i + 1, "the frame");
  }
  assert.deepEqual(open.lost, []);
  await clock.advance(3_000);
  assert.deepEqual(open.lost, ["the platform ended the call"]);
});
