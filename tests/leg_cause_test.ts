import assert from "node:assert/strict";
import { causeIn, failureOf } from "../lib/hand_over/leg_cause.ts";
import { askPromptly, orNothing } from "../lib/platform/ask_promptly.ts";
import { PlatformError } from "../lib/platform/platform_error.ts";
import { FakeClock } from "./fake_clock.ts";

const WORDS: [string, string | undefined][] = [
  ["busy", "busy"],
  ["USER_BUSY", "busy"],
  ["SIP 486", "busy"],
  ["no-answer", "no_answer"],
  ["NO_USER_RESPONSE", "no_answer"],
  ["RECOVERY_ON_TIMER_EXPIRE", "no_answer"],
  ["480", "no_answer"],
  ["CALL_REJECTED", "declined"],
  ["603 Decline", "declined"],
  ["ORIGINATOR_CANCEL", "unreached"],
  ["canceled", "unreached"],
  ["SUBSCRIBER_ABSENT", "failed"],
  ["UNALLOCATED_NUMBER", "failed"],
  ["DESTINATION_OUT_OF_ORDER", "failed"],
  ["482", "failed"],
  ["wallet.insufficient_funds", "no_money"],
  ["NORMAL_CLEARING", undefined],
  ["answered", undefined],
];
for (const [words, reason] of WORDS) {
  Deno.test(`${words} means ${reason ?? "no failure"}`, () => {
    assert.equal(failureOf(words), reason);
  });
}

Deno.test("a cause says more than that something failed, and durations say nothing", () => {
  assert.equal(causeIn({ status: "failed", data: { hangup_cause: "USER_BUSY" } }), "busy");
  assert.equal(causeIn({ state: "failed" }), "failed");
  assert.equal(causeIn({ lasted_ms: 486, duration: 408, at: "10:48:05.480+00:00" }), undefined);
  assert.equal(causeIn({ sip_status: 486 }), "busy");
  assert.equal(causeIn("no-answer"), "no_answer");
  assert.equal(causeIn(null), undefined);
});

Deno.test("what a caller waits for is asked within a limit, and nothing comes of a refusal", async () => {
  const clock = new FakeClock();
  const refusal = new PlatformError("no", { status: 503, code: "down" });
  assert.equal(await askPromptly(clock, 500, () => Promise.resolve("yes")), "yes");
  assert.equal(await askPromptly(clock, 500, () => Promise.reject(refusal)), undefined);
  await assert.rejects(
    askPromptly(clock, 500, () => Promise.reject(new TypeError("ours"))),
    /ours/,
  );
  const late = askPromptly(clock, 500, (signal) => clock.until(clock.now() + 900, signal));
  await clock.advance(500);
  assert.equal(await late, undefined);
  assert.equal(clock.pending, 0);
  assert.throws(() => orNothing(new TypeError("ours")), /ours/);
});
