import assert from "node:assert/strict";
import { EngineError } from "../lib/contracts/engine_error.ts";
import { DecoderPool } from "../lib/providers/embedded/decoder_pool.ts";
import { WorkerQueue } from "../lib/providers/embedded/worker_queue.ts";
import { FakeClock, settle } from "./fake_clock.ts";

class FakeDecoder {
  dead = false;
  constructor(readonly name: number) {}
  close(): void {
    this.dead = true;
  }
}

function poolOf(max: number, maxWaiting = 2, maxWaitMs = 1000) {
  const clock = new FakeClock();
  const made: FakeDecoder[] = [];
  const make = () => {
    const decoder = new FakeDecoder(made.length);
    made.push(decoder);
    return decoder;
  };
  return { clock, made, pool: new DecoderPool(make, { max, maxWaiting, maxWaitMs }, clock) };
}

const never = () => new AbortController().signal;

Deno.test("a pool lends idle decoders before it makes new ones, up to its bound", async () => {
  const { pool, made } = poolOf(2);
  const first = await pool.acquire(never());
  pool.release(first);
  assert.equal(await pool.acquire(never()), first);
  await pool.acquire(never());
  assert.equal(made.length, 2);
  const third = pool.acquire(never());
  pool.release(first);
  assert.equal(await third, first);
  assert.equal(made.length, 2);
});

Deno.test("who waits too long for a decoder is told so, and the next one gets it", async () => {
  const { pool, clock } = poolOf(1);
  const lent = await pool.acquire(never());
  const waiting = pool.acquire(never());
  const refused = assert.rejects(waiting, (error) => {
    return error instanceof EngineError && error.fault === "unavailable" &&
      /within 1000 ms: none did/.test(error.message);
  });
  await clock.advance(1000);
  await refused;
  const patient = pool.acquire(never());
  pool.release(lent);
  assert.equal(await patient, lent);
  assert.equal(clock.pending, 0);
});

Deno.test("no more callers wait than the bound says", async () => {
  const { pool } = poolOf(1, 1);
  const lent = await pool.acquire(never());
  const waiting = pool.acquire(never());
  await assert.rejects(pool.acquire(never()), /at most 1 callers must wait for one of 1/);
  pool.release(lent);
  await waiting;
});

Deno.test("an aborted wait throws its reason and takes no decoder", async () => {
  const { pool, clock } = poolOf(1);
  const lent = await pool.acquire(never());
  const controller = new AbortController();
  const reason = new Error("the caller is gone");
  const waiting = pool.acquire(controller.signal);
  controller.abort(reason);
  await assert.rejects(waiting, (error) => error === reason);
  pool.release(lent);
  assert.equal(await pool.acquire(never()), lent);
  assert.equal(clock.pending, 0);
});

Deno.test("a decoder that died is replaced, for who waits too", async () => {
  const { pool, made } = poolOf(1);
  const first = await pool.acquire(never());
  const waiting = pool.acquire(never());
  first.close();
  pool.release(first);
  assert.equal(await waiting, made[1]);
  made[1].close();
  pool.release(made[1]);
  assert.equal(await pool.acquire(never()), made[2]);
});

Deno.test("a closed pool closes its decoders and lends no more", async () => {
  const { pool, made } = poolOf(2);
  pool.fill(2);
  await pool.acquire(never());
  pool.close();
  assert.deepEqual(made.map(({ dead }) => dead), [true, true]);
  await assert.rejects(pool.acquire(never()), /the recogniser is closed/);
});

/** A worker in a blob that answers each number with its double after a while, or dies of 13. */
function doublingWorker(): Worker {
  const code = `onmessage = ({ data }) => {
    if (data === 13) throw new Error("unlucky");
    setTimeout(() => postMessage(2 * data), 20);
  };`;
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  return new Worker(url, { type: "module" });
}

Deno.test("a worker is asked one thing at a time, in order", async () => {
  const queue = new WorkerQueue<number, number>("doubler", doublingWorker, 8);
  try {
    assert.deepEqual(await Promise.all([1, 2, 3].map((n) => queue.ask(n))), [2, 4, 6]);
    assert.equal(queue.length, 0);
  } finally {
    queue.close();
  }
});

Deno.test("a full queue refuses, and what is given up leaves it at once", async () => {
  const queue = new WorkerQueue<number, number>("doubler", doublingWorker, 2);
  try {
    const controller = new AbortController();
    const asked = queue.ask(1);
    const given = queue.ask(2, controller.signal);
    const kept = queue.ask(3);
    await assert.rejects(queue.ask(4), /at most 2 questions must wait: received one more/);
    controller.abort(new Error("not needed"));
    await assert.rejects(given, /not needed/);
    assert.equal(queue.length, 2);
    assert.deepEqual(await Promise.all([asked, kept, queue.ask(5)]), [2, 6, 10]);
  } finally {
    queue.close();
  }
});

Deno.test("the answer to what was given up while it was worked on reaches nobody else", async () => {
  const queue = new WorkerQueue<number, number>("doubler", doublingWorker, 2);
  try {
    const controller = new AbortController();
    const given = queue.ask(1, controller.signal);
    controller.abort(new Error("not needed"));
    await assert.rejects(given, /not needed/);
    assert.equal(await queue.ask(2), 4);
  } finally {
    queue.close();
  }
});

Deno.test("a worker that dies fails the question it was at, and a new one takes the next", async () => {
  const queue = new WorkerQueue<number, number>("doubler", doublingWorker, 8);
  try {
    const fatal = assert.rejects(queue.ask(13), (error) => {
      return error instanceof EngineError && error.fault === "broken" &&
        /unlucky/.test(error.message);
    });
    const next = queue.ask(4);
    await fatal;
    assert.equal(await next, 8);
  } finally {
    queue.close();
  }
});

Deno.test("closing fails what waits and what comes", async () => {
  const queue = new WorkerQueue<number, number>("doubler", doublingWorker, 8);
  const failures = [1, 2].map((n) => assert.rejects(queue.ask(n), /it was closed/));
  queue.close();
  await Promise.all(failures);
  await assert.rejects(queue.ask(3), /it is closed/);
  await settle();
});
