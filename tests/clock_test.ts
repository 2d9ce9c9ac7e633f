import assert from "node:assert/strict";
import { systemClock } from "../lib/clock.ts";

Deno.test("no task runs before its time, and those that are due together run in the order they came", async () => {
  const startMs = systemClock.now();
  const ran: string[] = [];
  const done = Promise.withResolvers<number>();
  systemClock.at(startMs + 31, () => {
    ran.push("late");
    done.resolve(systemClock.now());
  });
  systemClock.at(startMs + 2, () => ran.push("first"));
  systemClock.at(startMs + 2, () => ran.push("second"));
  assert.deepEqual(ran, [], "never at once");
  const doneMs = await done.promise;
  assert.ok(doneMs >= startMs + 31, `${doneMs - startMs} ms`);
  assert.deepEqual(ran, ["first", "second", "late"]);
});

Deno.test("a cancelled task doesn't run, takes none with it, and leaves no timer", async () => {
  const atMs = systemClock.now() + 20;
  const ran: string[] = [];
  const cancel = systemClock.at(atMs, () => ran.push("cancelled"));
  const kept = systemClock.until(atMs);
  cancel();
  cancel();
  await kept;
  assert.deepEqual(ran, []);
  // The sanitizer finds the timer when one stays.
  systemClock.at(systemClock.now() + 60_000, () => {})();
});

Deno.test("a task that throws is an error of the process, and the others still run", async () => {
  const errors: unknown[] = [];
  const onError = (event: ErrorEvent) => {
    event.preventDefault();
    errors.push(event.error);
  };
  addEventListener("error", onError);
  const atMs = systemClock.now() + 5;
  const wrong = new Error("wrong");
  systemClock.at(atMs, () => {
    throw wrong;
  });
  await systemClock.until(atMs);
  removeEventListener("error", onError);
  assert.deepEqual(errors, [wrong]);
});

Deno.test("a wait that is given up throws the reason, and leaves no timer", async () => {
  const controller = new AbortController();
  const waiting = systemClock.until(systemClock.now() + 60_000, controller.signal);
  controller.abort(new Error("no more"));
  await assert.rejects(waiting, /no more/);
});
