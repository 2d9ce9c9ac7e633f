import assert from "node:assert/strict";
import { runEval } from "../lib/commands/eval.ts";
import { NEW_HELP, type NewTerminal, runNew } from "../lib/commands/new.ts";
import { loadScenarios } from "../lib/scenarios/scenario_file.ts";
import { parts } from "../main.ts";

/** Somebody who answers every question alike, and what they saw. */
function person(answers: boolean) {
  const lines: string[] = [];
  const questions: string[] = [];
  const on: NewTerminal = {
    write: (line) => lines.push(line),
    ask(question) {
      questions.push(question);
      return answers;
    },
  };
  return { on, lines, questions };
}

for (const template of ["isp", "fintech", "shop"]) {
  Deno.test(`a new ${template} agent passes its own scenarios, and has a call to show`, async () => {
    const directory = await Deno.makeTempDir();
    try {
      assert.equal(await runNew([template, `${directory}/agent`], person(false).on), 0);
      const scenarios = await loadScenarios(`${directory}/agent/scenarios`);
      assert.equal(scenarios.filter(({ demo }) => demo).length, 1);
      assert.ok(scenarios.some(({ hostile }) => hostile));
      assert.ok(scenarios.some(({ language }) => language === "sw"));
      const tools = [...Deno.readDirSync(`${directory}/agent/tools`)];
      assert.ok(tools.length >= 2, "it has tools of its own");
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

Deno.test("an agent that is there is never written over, and is kept only after a yes", async () => {
  const directory = await Deno.makeTempDir();
  const target = `${directory}/agent`;
  const now = () => new Date("2026-11-23T10:00:00Z");
  const kept = `${target}.before-2026-11-23-10-00-00`;
  try {
    assert.equal(await runNew(["isp", target], person(false).on), 0);
    await Deno.writeTextFile(`${target}/knowledge/own.md`, "mine");

    const refuses = person(false);
    assert.equal(await runNew(["shop", target], refuses.on, now), 1);
    assert.deepEqual(refuses.lines, ["Nothing was written."]);
    assert.match(refuses.questions[0], /agent has files\. Keep them as .*before-2026/);
    assert.match(await Deno.readTextFile(`${target}/agent.yaml`), /Kasi Net/);

    const agrees = person(true);
    assert.equal(await runNew(["shop", `${target}/`], agrees.on, now), 0);
    assert.match(await Deno.readTextFile(`${target}/agent.yaml`), /Soko Bora/);
    assert.equal(await Deno.readTextFile(`${kept}/knowledge/own.md`), "mine");
    assert.ok(agrees.lines.includes(`Kept ${target} as ${kept}`));

    const forced = person(false);
    const later = () => new Date("2026-11-23T11:00:00Z");
    assert.equal(await runNew(["isp", target, "--force"], forced.on, later), 0);
    assert.deepEqual(forced.questions, []);
    assert.match(await Deno.readTextFile(`${target}/agent.yaml`), /Kasi Net/);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("a dry run tells everything and writes nothing", async () => {
  const directory = await Deno.makeTempDir();
  const { on, lines } = person(false);
  assert.equal(await runNew(["fintech", `${directory}/a`, "--dry-run"], on), 0);
  assert.ok(lines.includes(`Would write ${directory}/a/knowledge/help.sw.md`));
  assert.ok(lines.includes(`Would write ${directory}/a/prices.yaml`), "costs are metered here too");
  await assert.rejects(Deno.stat(`${directory}/a`), Deno.errors.NotFound);
  await Deno.remove(directory);
});

Deno.test("what can't be made is refused with the names that can", async () => {
  const said: string[] = [];
  const before = console.error;
  console.error = (text) => said.push(String(text));
  try {
    for (const args of [[], ["bank"], ["isp", "a", "b"], ["isp", "--loud"]]) {
      assert.equal(await runNew(args, person(true).on), 2);
    }
  } finally {
    console.error = before;
  }
  assert.match(said[0], /name one of isp, fintech, shop.*received nothing/);
  const { on, lines } = person(true);
  assert.equal(await runNew(["--help"], on), 0);
  assert.deepEqual(lines, [NEW_HELP]);
});
