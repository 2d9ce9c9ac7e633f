import assert from "node:assert/strict";
import type { Stt, SttEvent } from "../lib/contracts/stt.ts";
import { fallbackStt } from "../lib/engines/fallback_stt.ts";
import { MAX_TAPE_MS } from "../lib/engines/tape.ts";
import { failure, never, Rig } from "./fallback_rig.ts";

function hears(how: "all" | "wait" | "fail" | "fail_after_audio"): Stt & { heard: number[] } {
  const stt = Object.assign(
    async function* (audio: AsyncIterable<Int16Array>, _: unknown, signal: AbortSignal) {
      let samples = 0;
      for await (const piece of audio) {
        samples += piece.length;
        yield { type: "partial" as const, text: `${samples}` };
        if (how === "fail") throw failure("unavailable");
      }
      stt.heard.push(samples);
      if (how === "fail_after_audio") throw failure("broken");
      if (how === "wait") {
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        throw signal.reason;
      }
      yield { type: "final" as const, text: `${samples}` };
    },
    { heard: [] as number[] },
  );
  return stt;
}

async function* pieces(count: number) {
  for (let i = 0; i < count; i++) {
    await Promise.resolve();
    yield new Int16Array(320);
  }
}

async function finalOf(events: AsyncIterable<SttEvent>): Promise<string> {
  let text: string | undefined;
  for await (const event of events) if (event.type === "final") text = event.text;
  assert.ok(text !== undefined, "there must be a final");
  return text;
}

const sttOptions = { languages: ["en"], vocabulary: [], expect: "free" as const };

Deno.test("the next recogniser hears the whole utterance", async () => {
  for (const how of ["fail", "fail_after_audio", "wait"] as const) {
    const rig = new Rig();
    const second = hears("all");
    const stt = fallbackStt(
      [rig.provider("a", hears(how)), rig.provider("b", second)],
      rig.options,
    );
    assert.equal(await rig.finish(finalOf(stt(pieces(10), sttOptions, never()))), "3200");
    assert.deepEqual(second.heard, [3200]);
    assert.equal(rig.notes.at(-1), "stt a → b");
    assert.ok(rig.clock.now() <= 1550, `${how}: ${rig.clock.now()} ms`);
    assert.equal(rig.clock.pending, 0);
  }
});

Deno.test("a recogniser isn't late while the caller speaks", async () => {
  const rig = new Rig();
  async function* slowly() {
    for (let i = 0; i < 10; i++) {
      yield new Int16Array(320);
      await rig.clock.until(rig.clock.now() + 1000);
    }
  }
  const stt = fallbackStt([rig.provider("a", hears("all"))], rig.options);
  assert.equal(await rig.finish(finalOf(stt(slowly(), sttOptions, never()))), "3200");
  assert.deepEqual(rig.notes, []);
});

Deno.test("an error of the audio is thrown as it is, and accuses no recogniser", async () => {
  const rig = new Rig();
  const gone = new Error("the line is gone");
  async function* audio() {
    yield new Int16Array(320);
    await Promise.resolve();
    throw gone;
  }
  const a = rig.provider("a", hears("all"));
  const stt = fallbackStt([a], rig.options);
  for (let i = 0; i < 4; i++) {
    await assert.rejects(
      rig.finish(finalOf(stt(audio(), sttOptions, never()))),
      (error) => error === gone,
    );
  }
  assert.equal(a.breaker.state, "closed");
});

Deno.test("an utterance is kept up to its bound and ends there", async () => {
  const rig = new Rig();
  const stt = fallbackStt([rig.provider("a", hears("all"))], rig.options);
  const text = await rig.finish(finalOf(stt(pieces(2000), sttOptions, never())));
  assert.equal(Number(text) / 16, MAX_TAPE_MS);
});

Deno.test("an abort in the middle of an utterance throws its reason and asks for no more audio", async () => {
  const rig = new Rig();
  const controller = new AbortController();
  const reason = new Error("hung up");
  let given = 0;
  async function* audio() {
    while (true) {
      given++;
      yield new Int16Array(320);
      await rig.clock.until(rig.clock.now() + 20);
    }
  }
  const stt = fallbackStt([rig.provider("a", hears("all"))], rig.options);
  const run = assert.rejects(
    finalOf(stt(audio(), sttOptions, controller.signal)),
    (error) => error === reason,
  );
  await rig.clock.advance(200);
  controller.abort(reason);
  await run;
  const before = given;
  await rig.clock.advance(1000);
  assert.ok(given <= before + 1);
});

Deno.test("recognisers that hang leave time for those behind them, and end in time all together", async () => {
  const rig = new Rig();
  const hanging = ["a", "b", "c"].map((name) => rig.provider(name, hears("wait")));
  const stt = fallbackStt(hanging, rig.options);
  await assert.rejects(rig.finish(finalOf(stt(pieces(10), sttOptions, never()))), {
    fault: "timeout",
  });
  assert.equal(rig.clock.now(), 3500);
  assert.equal(rig.clock.pending, 0);

  const late = new Rig();
  const withEars = fallbackStt([
    ...["a", "b"].map((name) => late.provider(name, hears("wait"))),
    late.provider("c", hears("all")),
  ], late.options);
  assert.equal(await late.finish(finalOf(withEars(pieces(10), sttOptions, never()))), "3200");
  assert.equal(late.clock.now(), 2500);

  const resting = new Rig();
  const [first, second] = ["a", "b"].map((name) => resting.provider(name, hears("wait")));
  const third = resting.provider("c", hears("all"));
  for (let i = 0; i < 3; i++) second.breaker.enter()!.failed(failure("unavailable"));
  const found = fallbackStt([first, second, third], resting.options);
  assert.equal(await resting.finish(finalOf(found(pieces(10), sttOptions, never()))), "3200");
  assert.equal(resting.clock.now(), 1500, "one that rests needs no time");
});

Deno.test("the last recogniser may take all the time that is left: late words are better than none", async () => {
  for (const before of [0, 1]) {
    const rig = new Rig();
    const slow: Stt = async function* (audio, _, signal) {
      for await (const _ of audio);
      await rig.clock.until(rig.clock.now() + 3400, signal);
      yield { type: "final", text: "late" };
    };
    const down = Array.from({ length: before }, () => rig.provider("a", hears("fail")));
    const stt = fallbackStt([...down, rig.provider("b", slow)], rig.options);
    assert.equal(await rig.finish(finalOf(stt(pieces(10), sttOptions, never()))), "late");
  }
});
