import assert from "node:assert/strict";
import { Admission, type AdmissionLimits, MAX_CALLERS } from "../lib/server/admission.ts";
import { FakeClock } from "./fake_clock.ts";

function make(limits: Partial<AdmissionLimits> = {}) {
  const clock = new FakeClock();
  const now = { openCalls: 0, rssBytes: 0 };
  const admission = new Admission({ maxCalls: 3, ...limits }, {
    clock,
    openCalls: () => now.openCalls,
    rssBytes: () => now.rssBytes,
  });
  return { clock, now, admission };
}

Deno.test("calls count from their offer on, not only when their socket is open", async () => {
  const { clock, now, admission } = make({ maxCalls: 4 });
  now.openCalls = 2;
  assert.equal(admission.refusal("a", undefined), undefined);
  assert.equal(admission.refusal("b", undefined), undefined);
  assert.equal(admission.refusal("c", undefined), "too many calls");
  admission.opened("a");
  assert.equal(admission.refusal("c", undefined), undefined, "a was counted once, not twice");
  assert.equal(admission.refusal("d", undefined), "too many calls");
  await clock.advance(13_000);
  assert.equal(admission.refusal("d", undefined), undefined, "the sockets of b and c never came");
});

Deno.test("one number can't take the line away from the others", async () => {
  const { clock, admission } = make({ maxCalls: 1_000, maxPerCaller: 2, windowMs: 60_000 });
  assert.equal(admission.refusal("a", "+254712345678"), undefined);
  assert.equal(admission.refusal("b", "+254712345678"), undefined);
  assert.equal(admission.refusal("c", "+254712345678"), "too many from one caller");
  assert.equal(admission.refusal("d", "+254712345679"), undefined);
  assert.equal(admission.refusal("e", undefined), undefined);
  await clock.advance(60_001);
  assert.equal(admission.refusal("f", "+254712345678"), undefined);
});

Deno.test("the numbers that are remembered are bounded", () => {
  const { admission } = make({ maxCalls: 1e9, maxPerCaller: 1 });
  for (let i = 0; i <= MAX_CALLERS; i++) admission.refusal(`c${i}`, `+${i}`);
  assert.equal(admission.refusal("x", "+0"), undefined, "the oldest was forgotten");
  assert.equal(admission.refusal("y", `+${MAX_CALLERS}`), "too many from one caller");
});

Deno.test("no number stays in memory: hashes of this process alone do, as long as they count", async () => {
  const { clock, admission } = make({ maxPerCaller: 2, windowMs: 60_000 });
  const other = make().admission;
  for (const one of [admission, other]) one.refusal("a", "+254712345678");
  assert.equal(admission.counted.length, 1);
  assert.doesNotMatch(admission.counted[0], /712345678/);
  assert.notEqual(admission.counted[0], other.counted[0]);
  admission.start();
  await clock.advance(59_000);
  assert.equal(admission.counted.length, 1);
  await clock.advance(2_000);
  assert.deepEqual(admission.counted, []);
  admission.stop();
});

Deno.test("an event loop that lags for a while lets nobody in until it has recovered", async () => {
  const { clock, admission } = make({ maxLagMs: 200 });
  // A clock on which every timer comes late, as on a busy machine.
  let lateMs = 1_000;
  const at = clock.at.bind(clock);
  clock.at = (atMs, task) => at(atMs + lateMs, task);
  admission.start();
  await clock.advance(1_500);
  assert.equal(admission.refusal("a", undefined), "too busy");
  let hasTime = false;
  admission.hasTime().then(() => hasTime = true);
  lateMs = 0;
  await clock.advance(500);
  assert.equal(hasTime, false);
  await clock.advance(9_500);
  assert.equal(hasTime, true);
  assert.equal(admission.refusal("a", undefined), undefined);
  admission.stop();
  assert.equal(clock.pending, 0);
});

Deno.test("memory over the limit lets nobody in", async () => {
  const { clock, now, admission } = make({ maxRssBytes: 100 });
  admission.start();
  now.rssBytes = 101;
  await clock.advance(1_000);
  assert.equal(admission.refusal("a", undefined), "out of memory");
  now.rssBytes = 99;
  await clock.advance(1_000);
  assert.equal(admission.refusal("a", undefined), undefined);
  admission.stop();
});

Deno.test("nobody is let in while no engine would answer", () => {
  let enginesAreDown = true;
  const { clock } = make();
  const admission = new Admission({ maxCalls: 10 }, {
    clock,
    openCalls: () => 0,
    rssBytes: () => 0,
    enginesAreDown: () => enginesAreDown,
  });
  assert.equal(admission.refusal("a", undefined), "engines down");
  enginesAreDown = false;
  assert.equal(admission.refusal("a", undefined), undefined);
});

Deno.test("a bridge that drains lets nobody in", () => {
  const { admission } = make();
  assert.equal(admission.draining, false);
  admission.drain();
  assert.equal(admission.refusal("a", undefined), "draining");
});
