import assert from "node:assert/strict";
import { EngineError } from "../lib/contracts/engine_error.ts";
import type { Llm, LlmEvent } from "../lib/contracts/llm.ts";
import type { Tts } from "../lib/contracts/tts.ts";
import { fallbackLlm, fallbackTts, SpeechCutError } from "../lib/engines/fallback.ts";
import { settle } from "./fake_clock.ts";
import { failure, never, request, Rig, textOf, writes } from "./fallback_rig.ts";

Deno.test("the first provider that works does the work, and nothing is reported", async () => {
  const rig = new Rig();
  const second = writes("second");
  const llm = fallbackLlm(
    [rig.provider("a", writes("first")), rig.provider("b", second)],
    rig.options,
  );
  assert.equal(await rig.finish(textOf(llm(request, never()))), "first");
  assert.equal(second.asked, 0);
  assert.deepEqual(rig.notes, []);
  assert.equal(rig.clock.pending, 0, "no timer is left");
});

Deno.test("a provider that opens a stream and sends nothing is aborted at its deadline", async () => {
  const rig = new Rig();
  const silent = writes("wait");
  const llm = fallbackLlm(
    [rig.provider("a", silent), rig.provider("b", writes("second"))],
    rig.options,
  );
  assert.equal(await rig.finish(textOf(llm(request, never()))), "second");
  assert.equal(rig.clock.now(), 2500);
  assert.deepEqual([silent.asked, silent.aborted], [1, 1]);
  assert.deepEqual(rig.notes, ["llm a timeout", "llm a → b"]);
});

Deno.test("a passing fault is tried once more, after a moment, and then the next provider", async () => {
  const rig = new Rig();
  const broken = writes(failure("unavailable"));
  const llm = fallbackLlm(
    [rig.provider("a", broken), rig.provider("b", writes("second"))],
    rig.options,
  );
  assert.equal(await rig.finish(textOf(llm(request, never()))), "second");
  assert.equal(broken.asked, 2);
  assert.equal(rig.clock.now(), 50);
});

Deno.test("a fault that stays is not tried again", async () => {
  for (const fault of ["rate_limited", "quota", "recitation", "bad_request"] as const) {
    const rig = new Rig();
    const broken = writes(failure(fault));
    const llm = fallbackLlm(
      [rig.provider("a", broken), rig.provider("b", writes("second"))],
      rig.options,
    );
    assert.equal(await rig.finish(textOf(llm(request, never()))), "second");
    assert.equal(broken.asked, 1, fault);
  }
});

Deno.test("once words were written a failure is thrown and nobody begins anew", async () => {
  for (const step of [failure("unavailable"), "wait" as const]) {
    const rig = new Rig();
    const second = writes("second");
    const llm = fallbackLlm(
      [rig.provider("a", writes("Your bal", step)), rig.provider("b", second)],
      rig.options,
    );
    const heard: LlmEvent[] = [];
    await assert.rejects(
      rig.finish((async () => {
        for await (const event of llm(request, never())) heard.push(event);
      })()),
      (error) => error instanceof EngineError,
    );
    assert.deepEqual(heard, [{ type: "text", text: "Your bal" }]);
    assert.equal(second.asked, 0);
  }
});

Deno.test("words that can be taken back are, and the next provider begins anew", async () => {
  for (const step of [failure("timeout"), "wait" as const]) {
    const rig = new Rig();
    const llm = fallbackLlm(
      [rig.provider("a", writes("Your bal", step)), rig.provider("b", writes("second"))],
      rig.options,
    );
    let text = "";
    const takeBack = () => {
      text = "";
      return true;
    };
    await rig.finish((async () => {
      for await (const event of llm({ ...request, takeBack }, never())) {
        if (event.type === "text") text += event.text;
      }
    })());
    assert.equal(text, "second");
    assert.deepEqual(rig.notes, ["llm a timeout", "llm a → b"]);
  }
});

Deno.test("a provider that breaks off is asked once more when nothing stands behind it", async () => {
  const rig = new Rig();
  const broken = writes("Your bal", failure("unavailable"));
  const llm = fallbackLlm([rig.provider("a", broken)], rig.options);
  let takenBack = 0;
  await assert.rejects(
    rig.finish(textOf(llm({ ...request, takeBack: () => ++takenBack > 0 }, never()))),
    { fault: "unavailable" },
  );
  assert.deepEqual([broken.asked, takenBack], [2, 2]);
});

Deno.test("an answer that is refused in the middle is not written anew", async () => {
  const rig = new Rig();
  const second = writes("second");
  const llm = fallbackLlm([
    rig.provider("a", writes("Your bal", failure("blocked_answer"))),
    rig.provider("b", second),
  ], rig.options);
  const answer = textOf(llm({ ...request, takeBack: () => true }, never()));
  await assert.rejects(rig.finish(answer), { fault: "blocked_answer" });
  assert.equal(second.asked, 0);
});

Deno.test("a reader that takes its time doesn't make the provider late", async () => {
  const rig = new Rig();
  const llm = fallbackLlm([rig.provider("a", writes("one", "two", "three"))], rig.options);
  const words: string[] = [];
  await rig.finish(
    (async () => {
      for await (const event of llm(request, never())) {
        if (event.type === "text") words.push(event.text);
        await rig.clock.until(rig.clock.now() + 20_000);
      }
    })(),
    1000,
  );
  assert.deepEqual(words, ["one", "two", "three"]);
});

Deno.test("a provider that dribbles is cut off when its time in all is used up", async () => {
  const rig = new Rig();
  const dribbles: Llm = async function* (_request, signal) {
    while (true) {
      await rig.clock.until(rig.clock.now() + 1000, signal);
      yield { type: "text", text: "." };
    }
  };
  const llm = fallbackLlm([rig.provider("a", dribbles)], rig.options);
  await assert.rejects(
    rig.finish(textOf(llm(request, never()))),
    (error) => error instanceof EngineError && error.fault === "timeout",
  );
  assert.equal(rig.clock.now(), 8000);
});

Deno.test("a broken provider costs later replies nothing until its rest is over", async () => {
  const rig = new Rig();
  const broken = writes(failure("unavailable"));
  const a = rig.provider("a", broken);
  const reply = () => {
    const llm = fallbackLlm([a, rig.provider("b", writes("second"))], rig.options);
    return rig.finish(textOf(llm(request, never())), 1);
  };
  await reply();
  await reply();
  assert.equal(broken.asked, 3, "three failures and no more");
  const beforeMs = rig.clock.now();
  for (let i = 0; i < 100; i++) assert.equal(await reply(), "second");
  assert.equal(broken.asked, 3);
  assert.ok(rig.clock.now() - beforeMs <= 200);
});

Deno.test("429 for a minute is obeyed by every call, and then one call asks again", async () => {
  const rig = new Rig();
  let limited = true;
  let asked = 0;
  const model: Llm = (...args) => {
    asked++;
    return limited ? writes(failure("rate_limited", 60_000))(...args) : writes("back")(...args);
  };
  const a = rig.provider("a", model);
  const reply = () =>
    rig.finish(
      textOf(
        fallbackLlm([a, rig.provider("b", writes("second"))], rig.options)(request, never()),
      ),
      1,
    );
  assert.equal(await reply(), "second");
  for (let i = 0; i < 10; i++) assert.equal(await reply(), "second");
  assert.equal(asked, 1);
  limited = false;
  await rig.clock.advance(60_000);
  assert.equal(await reply(), "back");
  assert.equal(asked, 2);
});

Deno.test("when every provider fails the last error is thrown, and when all rest a clear one", async () => {
  const rig = new Rig();
  const a = rig.provider("a", writes(failure("quota")));
  const llm = fallbackLlm([a], rig.options);
  await assert.rejects(
    rig.finish(textOf(llm(request, never()))),
    (error) => error instanceof EngineError && error.fault === "quota",
  );
  await assert.rejects(
    rig.finish(textOf(llm(request, never()))),
    (error) => error instanceof EngineError && /Cannot use any of a/.test(error.message),
  );
});

Deno.test("an abort throws its reason, closes the request and accuses nobody", async () => {
  const rig = new Rig();
  const silent = writes("wait");
  const a = rig.provider("a", silent);
  const llm = fallbackLlm([a, rig.provider("b", writes("second"))], rig.options);
  for (let i = 0; i < 5; i++) {
    const controller = new AbortController();
    const reason = new Error("the caller spoke");
    const run = assert.rejects(
      textOf(llm(request, controller.signal)),
      (error) => error === reason,
    );
    await settle();
    controller.abort(reason);
    await run;
  }
  assert.equal(silent.aborted, 5);
  assert.equal(a.breaker.state, "closed");
  assert.deepEqual(rig.notes, []);
  assert.equal(rig.clock.pending, 0);
});

Deno.test("an error that isn't an EngineError becomes one", async () => {
  const rig = new Rig();
  const llm = fallbackLlm(
    [rig.provider("a", writes(new TypeError("x is undefined")))],
    rig.options,
  );
  await assert.rejects(
    rig.finish(textOf(llm(request, never()))),
    (error) => error instanceof EngineError && error.fault === "broken",
  );
});

Deno.test("a voice that dies in the middle of a sentence says how much was made", async () => {
  const rig = new Rig();
  const dies: Tts = async function* () {
    yield new Int16Array(8000).fill(1);
    await Promise.resolve();
    throw failure("unavailable");
  };
  const tts = fallbackTts([rig.provider("a", dies), rig.provider("b", dies)], rig.options);
  await assert.rejects(
    rig.finish((async () => {
      for await (const _ of tts("Hello.", { language: "en" }, never()));
    })()),
    (error) => error instanceof SpeechCutError && error.madeMs === 500,
  );
});

/** A recogniser that hears how many samples there were, or fails. */

Deno.test("a reply that is interrupted has still shown that the provider works", async () => {
  const rig = new Rig();
  const a = rig.provider("a", writes("one", "two"));
  for (let i = 0; i < 2; i++) a.breaker.enter()!.failed(failure("unavailable"));
  for await (const _ of fallbackLlm([a], rig.options)(request, never())) break;
  a.breaker.enter()!.failed(failure("unavailable"));
  assert.equal(a.breaker.state, "closed");
});
