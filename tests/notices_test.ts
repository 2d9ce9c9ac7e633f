import assert from "node:assert/strict";
import { loadKnowledge } from "../lib/knowledge.ts";
import { keepFresh } from "../lib/knowledge/keep_fresh.ts";
import { CallWorld } from "./call_world.ts";
import { FakeClock } from "./fake_clock.ts";

/** Knowledge of one notice for an area, and one for everyone in another language. */
async function withKnowledge(
  use: (
    knowledge: Awaited<ReturnType<typeof loadKnowledge>>,
    directory: string,
    clock: FakeClock,
  ) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir();
  const clock = new FakeClock();
  try {
    await Deno.writeTextFile(
      `${directory}/karen.md`,
      "---\nkind: notice\narea: Karen\nexpires: 2026-11-24\n---\n# Cable\n\n" +
        "The cable in Karen is being repaired today.\n",
    );
    await use(await loadKnowledge(directory, { clock }), directory, clock);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

const livingIn = (area: string) => ({
  account: () =>
    Promise.resolve({
      accountNumber: "1",
      name: "Otieno",
      plan: "Home 10",
      status: "active" as const,
      balanceMinor: 0,
      currency: "KES",
      area,
    }),
  outages: () => Promise.resolve([]),
});

Deno.test("a notice is told to callers of its area, and to nobody else", async () => {
  await withKnowledge(async (knowledge) => {
    const told = async (area: string) => {
      const world = new CallWorld({ backend: livingIn(area), more: { knowledge } });
      await world.greeted();
      await world.wait(4_000);
      assert.equal(world.requests.length, 0);
      return world.said.slice(1);
    };
    assert.deepEqual(await told("Karen"), ["The cable in Karen is being repaired today."]);
    assert.deepEqual(await told("karen"), ["The cable in Karen is being repaired today."]);
    assert.deepEqual(await told("Nyali"), []);
  });
});

Deno.test("an expired notice is told to nobody", async () => {
  await withKnowledge(async (knowledge, _, clock) => {
    assert.equal(knowledge.notices("Karen", "en").length, 1);
    await clock.advance(2 * 86_400_000);
    assert.equal(knowledge.notices("Karen", "en").length, 0);
  });
});

Deno.test("a notice without an area is told to a caller whose number nobody knows", async () => {
  await withKnowledge(async (knowledge, directory) => {
    await Deno.writeTextFile(
      `${directory}/all.md`,
      "---\nkind: notice\nexpires: 2026-11-24\n---\n# Payments\n\nM-Pesa is slow today.\n",
    );
    assert.equal(await knowledge.reloadIfChanged(), true, "without a restart");
    const world = new CallWorld({
      backend: { account: () => Promise.resolve(undefined) },
      more: { knowledge },
    });
    await world.greeted();
    await world.wait(4_000);
    assert.deepEqual(world.said.slice(1), ["M-Pesa is slow today."]);
  });
});

Deno.test("changed knowledge is looked for when calls come, at most every ten seconds", async () => {
  const clock = new FakeClock();
  const told: string[] = [];
  let looks = 0;
  let result: () => Promise<boolean> = () => Promise.resolve(true);
  const refresh = keepFresh(
    { reloadIfChanged: () => (looks++, result()) },
    clock,
    { info: (message) => told.push(message), warn: (message) => told.push(message) },
  );
  await refresh();
  assert.equal(looks, 0, "it was read at the start");
  await clock.advance(10_000);
  await Promise.all([refresh(), refresh(), refresh()]);
  assert.equal(looks, 1);
  result = () => Promise.reject(new Error("all.md:1: a notice must have an expiry"));
  await clock.advance(10_000);
  await refresh();
  assert.equal(looks, 2);
  assert.deepEqual(told, [
    "The knowledge has changed and is in use",
    "What was read before stays in use: all.md:1: a notice must have an expiry",
  ]);
});
