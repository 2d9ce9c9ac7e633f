import assert from "node:assert/strict";
import { runEval } from "../lib/commands/eval.ts";
import { NEW_HELP, runNew } from "../lib/commands/new.ts";
import { loadScenarios } from "../lib/scenarios/scenario_file.ts";
import { parts } from "../main.ts";

for (const template of ["isp", "fintech", "shop"]) {
  Deno.test(`a new ${template} agent passes its own scenarios, and has a call to show`, async () => {
    const directory = await Deno.makeTempDir();
    try {
      assert.equal(await runNew([template, `${directory}/agent`], () => {}), 0);
      const scenarios = await loadScenarios(`${directory}/agent/scenarios`);
      assert.equal(scenarios.filter(({ demo }) => demo).length, 1);
      assert.ok(scenarios.some(({ hostile }) => hostile));
      assert.ok(scenarios.some(({ language }) => language === "sw"));
      const lines: string[] = [];
      const code = await runEval(
        ["--agent", `${directory}/agent`, "--out", `${directory}/failures`],
        parts,
        { env: {}, screen: { out: (line) => lines.push(line), progress() {} } },
      );
      assert.equal(code, 0, lines.join("\n"));
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  });
}

Deno.test("an agent that is there is not written over, and with --force is kept", async () => {
  const directory = await Deno.makeTempDir();
  const target = `${directory}/agent`;
  try {
    assert.equal(await runNew(["isp", target], () => {}), 0);
    await Deno.writeTextFile(`${target}/knowledge/own.md`, "mine");
    assert.equal(await runNew(["shop", target], () => {}), 2);
    assert.match(await Deno.readTextFile(`${target}/agent.yaml`), /Kasi Net/);
    const lines: string[] = [];
    const now = () => new Date("2026-11-23T10:00:00Z");
    assert.equal(
      await runNew(["shop", `${target}/`, "--force"], (line) => lines.push(line), now),
      0,
    );
    assert.match(await Deno.readTextFile(`${target}/agent.yaml`), /Soko Bora/);
    const kept = `${target}.before-2026-11-23-10-00-00`;
    assert.equal(await Deno.readTextFile(`${kept}/knowledge/own.md`), "mine");
    assert.ok(lines.some((line) => line === `Kept ${target} as ${kept}`));
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("a dry run tells everything and writes nothing", async () => {
  const directory = await Deno.makeTempDir();
  const lines: string[] = [];
  assert.equal(
    await runNew(["fintech", `${directory}/a`, "--dry-run"], (line) => lines.push(line)),
    0,
  );
  assert.ok(lines.includes(`Would write ${directory}/a/knowledge/help.sw.md`));
  await assert.rejects(Deno.stat(`${directory}/a`), Deno.errors.NotFound);
  await Deno.remove(directory);
});

Deno.test("what can't be made is refused with the names that can", async () => {
  const said: string[] = [];
  const before = console.error;
  console.error = (text) => said.push(String(text));
  try {
    for (const args of [[], ["bank"], ["isp", "a", "b"], ["isp", "--loud"]]) {
      assert.equal(await runNew(args, () => {}), 2);
    }
  } finally {
    console.error = before;
  }
  assert.match(said[0], /name one of isp, fintech, shop.*received nothing/);
  const lines: string[] = [];
  assert.equal(await runNew(["--help"], (line) => lines.push(line)), 0);
  assert.deepEqual(lines, [NEW_HELP]);
});
