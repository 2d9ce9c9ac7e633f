import assert from "node:assert/strict";
import { EngineError, type EngineFault } from "../lib/contracts/engine_error.ts";
import { Breaker } from "../lib/engines/breaker.ts";
import { FakeClock } from "./fake_clock.ts";

const failure = (fault: EngineFault = "unavailable", retryAfterMs?: number) =>
  new EngineError("x", fault, "failed", { retryAfterMs });

function open(options = {}) {
  const clock = new FakeClock();
  return { clock, breaker: new Breaker(clock, { random: () => 0, ...options }) };
}

function fail(breaker: Breaker, error = failure()) {
  const pass = breaker.enter();
  assert.ok(pass, "must be let in");
  pass.failed(error);
}

Deno.test("three failures in a row shut a provider out, two and a success don't", () => {
  const { breaker } = open();
  fail(breaker);
  fail(breaker);
  breaker.enter()!.worked();
  fail(breaker);
  fail(breaker);
  assert.equal(breaker.state, "closed");
  fail(breaker);
  assert.equal(breaker.state, "open");
  assert.equal(breaker.enter(), undefined);
});

Deno.test("after its rest one request at a time probes the provider until one works", async () => {
  const { clock, breaker } = open();
  for (let i = 0; i < 3; i++) fail(breaker);
  await clock.advance(4999);
  assert.equal(breaker.enter(), undefined);
  await clock.advance(1);
  const probe = breaker.enter();
  assert.ok(probe);
  assert.equal(breaker.enter(), undefined, "a second probe at once");
  probe.worked();
  assert.equal(breaker.state, "closed");
  assert.ok(breaker.enter());
});

Deno.test("each failed probe doubles the rest, up to a minute", async () => {
  const { clock, breaker } = open();
  for (let i = 0; i < 3; i++) fail(breaker);
  for (const restMs of [5000, 10_000, 20_000, 40_000, 60_000, 60_000]) {
    await clock.advance(restMs - 1);
    assert.equal(breaker.state, "open", `${restMs}`);
    await clock.advance(1);
    fail(breaker);
  }
});

Deno.test("a probe that was given up makes room for the next", async () => {
  const { clock, breaker } = open();
  for (let i = 0; i < 3; i++) fail(breaker);
  await clock.advance(5000);
  breaker.enter()!.abandoned();
  assert.ok(breaker.enter());
});

Deno.test("a provider that asks to be left alone is left alone at once, and so long", async () => {
  const { clock, breaker } = open();
  fail(breaker, failure("rate_limited", 37_000));
  await clock.advance(36_999);
  assert.equal(breaker.state, "open");
  await clock.advance(1);
  assert.equal(breaker.state, "half_open");
});

Deno.test("nobody is left alone for more than ten minutes at a time", async () => {
  const { clock, breaker } = open();
  fail(breaker, failure("rate_limited", 24 * 3_600_000));
  await clock.advance(10 * 60_000);
  assert.equal(breaker.state, "half_open");
});

Deno.test("a used-up quota shuts a provider out at once", () => {
  const { breaker } = open();
  fail(breaker, failure("quota"));
  assert.equal(breaker.state, "open");
});

Deno.test("refusing words is not being down", () => {
  const { breaker } = open();
  for (let i = 0; i < 10; i++) fail(breaker, failure("blocked_words"));
  assert.equal(breaker.state, "closed");
});

Deno.test("answers to requests from before don't end a rest", () => {
  const { breaker } = open();
  const early = breaker.enter()!;
  for (let i = 0; i < 3; i++) fail(breaker);
  early.worked();
  assert.equal(breaker.state, "open");
});

Deno.test("a provider's last fault is known until it works again", async () => {
  const { breaker, clock } = open();
  assert.equal(breaker.fault, undefined);
  breaker.enter()!.failed(failure("rate_limited", 1000));
  assert.equal(breaker.fault, "rate_limited");
  await clock.advance(10_000);
  breaker.enter()!.worked();
  assert.equal(breaker.fault, undefined);
});

Deno.test("rests are spread by chance, so that processes don't probe together", async () => {
  const { clock, breaker } = open({ random: () => 1 });
  for (let i = 0; i < 3; i++) fail(breaker);
  await clock.advance(5999);
  assert.equal(breaker.state, "open");
  await clock.advance(1);
  assert.equal(breaker.state, "half_open");
});
