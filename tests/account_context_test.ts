import assert from "node:assert/strict";
import type { Account, Backend } from "../lib/contracts/backend.ts";
import { CallWorld } from "./call_world.ts";

const ACCOUNT: Account = {
  accountNumber: "204518",
  name: "Wanjiru",
  plan: "Home 20",
  status: "active",
  balanceMinor: 250_000,
  currency: "KES",
  dueOn: "2026-11-30",
  area: "Westlands",
};

const OUTAGE = { area: "Westlands", cause: "a cut cable", since: "2026-11-23T08:00:00+03:00" };

function backend(more: Partial<Backend> = {}): Partial<Backend> {
  return {
    account: () => Promise.resolve(ACCOUNT),
    outages: () => Promise.resolve([]),
    ...more,
  };
}

/** Never answers, and ends only with its signal. */
const never = (_: unknown, signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });

Deno.test("the model knows the account before the first question, but not its number", async () => {
  const world = new CallWorld({ backend: backend() });
  await world.greeted();
  await world.speak(1500);
  await world.answered(1);
  const { system } = world.requests[0];
  assert.match(system, /belongs to Wanjiru: plan Home 20, account active, KES 2,500 to pay/);
  assert.match(system, /due 2026-11-30, area Westlands/);
  assert.doesNotMatch(system, /204518/, "callers prove themselves with it");
});

Deno.test("an outage in the caller's area is told after the greeting, once, without a model", async () => {
  const areas: string[] = [];
  const world = new CallWorld({
    backend: backend({
      outages: ({ area }) => {
        areas.push(area);
        return Promise.resolve([OUTAGE]);
      },
    }),
  });
  await world.until(() => world.said.length >= 2);
  await world.quiet();
  assert.deepEqual(areas, ["Westlands"]);
  assert.equal(world.requests.length, 0);
  assert.deepEqual(world.said.slice(0, 2), [
    "Hello, how can I help you today?",
    "There is an outage in Westlands since 08:00:",
  ]);
  await world.speak(1500);
  await world.answered(1);
  assert.equal(world.said.filter((text) => text.includes("outage")).length, 1);
  assert.match(world.requests[0].system, /The caller has been told already: "There is an outage/);
});

Deno.test("a caller who speaks into the greeting hears of the outage before the first answer", async () => {
  const world = new CallWorld({ backend: backend({ outages: () => Promise.resolve([OUTAGE]) }) });
  await world.wait(900);
  await world.speak(1500);
  await world.answered(1);
  const at = (part: string) => world.said.findIndex((text) => text.includes(part));
  assert.ok(at("outage") >= 0, world.said.join(" | "));
  assert.ok(at("outage") < at("Your balance"), world.said.join(" | "));
  assert.equal(world.said.filter((text) => text.includes("outage")).length, 1);
});

Deno.test("a company's system that never answers delays and fails nothing", async () => {
  const world = new CallWorld({ backend: backend({ account: never }) });
  await world.until(() => world.said.length === 1, 500);
  await world.speak(1500);
  await world.answered(1);
  assert.equal(world.said.at(-1), "Your balance is fine.");
  assert.doesNotMatch(world.requests[0].system, /belongs to/);
});

Deno.test("a company's system that throws at once leaves the call as it is", async () => {
  const world = new CallWorld({
    backend: backend({
      account: () => {
        throw new Error("down");
      },
    }),
  });
  await world.greeted();
  await world.speak(1500);
  await world.answered(1);
  assert.equal(world.said.at(-1), "Your balance is fine.");
  assert.equal(world.all("engine_fault").length, 0);
});

Deno.test("outages that can't be had leave the account known", async () => {
  const world = new CallWorld({
    backend: backend({ outages: () => Promise.reject(new Error("down")) }),
  });
  await world.greeted();
  await world.speak(1500);
  await world.answered(1);
  assert.match(world.requests[0].system, /belongs to Wanjiru/);
});

Deno.test("a call that ends at once stops what was being fetched", async () => {
  let aborted = false;
  const world = new CallWorld({
    backend: backend({
      account: (_, signal) => {
        signal.addEventListener("abort", () => aborted = true, { once: true });
        return never(_, signal);
      },
    }),
  });
  await world.wait(100);
  world.call.lost("hung up");
  await world.gap(100);
  assert.equal(aborted, true);
});
