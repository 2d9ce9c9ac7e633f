import assert from "node:assert/strict";
import {
  loadScenarios,
  parseScenarios,
  ScenarioFileError,
} from "../lib/scenarios/scenario_file.ts";

const GOOD = `
scenarios:
  - name: Balance
    turns:
      - caller: "[barge in 500ms] What is my balance?"
        expect: { says: "KES 2,499", calls: get_account, within_ms: 2000 }
  - name: Hidden number
    from: withheld
    at: 2026-12-24 22:30
    language: sw
    faults: { backend: down, tools: { get_account: slow } }
    brain:
      - { say: "Done.", call: get_account, with: { a: 1 } }
    turns:
      - caller: Salio langu ni ngapi?
    expect: { never_says: ["KES", "/\\\\d{4}/"], masked: ["1234"], outcome: silent }
`;

Deno.test("a scenario file is read with its defaults and the lines that things stand on", () => {
  const { scenarios } = parseScenarios("a.yaml", GOOD);
  const [balance, hidden] = scenarios!;
  assert.equal(balance.from, "+254700000001");
  assert.equal(balance.line, 3);
  assert.equal(balance.turns[0].line, 5);
  assert.deepEqual(balance.turns[0].expect.says, ["KES 2,499"]);
  assert.equal(balance.turns[0].expect.withinMs, 2000);
  assert.equal(new Date(balance.atWallMs).toISOString(), "2026-11-23T07:00:00.000Z");
  assert.equal(hidden.from, undefined);
  assert.equal(new Date(hidden.atWallMs).toISOString(), "2026-12-24T19:30:00.000Z");
  assert.deepEqual(hidden.faults, { backend: "down", tools: { get_account: "slow" } });
  assert.deepEqual(hidden.brain, [{ say: "Done.", call: "get_account", with: { a: 1 } }]);
  assert.deepEqual(hidden.expect.neverSays, ["KES", "/\\d{4}/"]);
  assert.equal(hidden.expect.outcome, "silent");
});

const turn = (lines: string) =>
  `scenarios:\n  - name: A\n    turns:\n      - caller: Hello\n${lines}`;

for (
  const [source, message] of [
    ["scenarios: []\n", /^a\.yaml:1: scenarios: must hold a scenario/],
    [turn("        expect: { say: x }\n"), /^a\.yaml:5: .*did you mean says\?/],
    [
      turn("        expekt: { says: x }\n    expect: { says: x }\n"),
      /^a\.yaml:5: .*did you mean expect\?/,
    ],
    [
      turn("        expect: { says: x }\n    fautls: { llm: down }\n"),
      /6: .*did you mean faults\?/,
    ],
    [turn("        expect: { says: '/(/' }\n"), /5: .*must be a pattern that can be read/],
    [
      turn("        expect: { within_ms: soon }\n"),
      /5: .*whole number from 1 to 120000: received "soon"/,
    ],
    [turn("        expect: { outcome: good }\n"), /5: .*outcome: is not a setting/],
    [turn("    expect: { outcome: good }\n"), /5: .*must be one of resolved_confirmed/],
    [turn("    expect: { says: x }\n    at: tomorrow\n"), /6: .*must be a day and a time/],
    [
      turn("    expect: { says: x }\n    knowledge: x\n    audio: true\n"),
      /7: .*must not be true beside knowledge/,
    ],
    [turn("    expect: { says: x }\n    from: '0712'\n"), /6: .*must be a phone number/],
    [
      turn("    expect: { says: x }\n    brain: [{ with: {} }]\n"),
      /6: .*must say or call something/,
    ],
    [turn(""), /2: .*must expect something/],
    [
      "scenarios:\n  - name: A\n    turns:\n      - caller: '[shout]'\n        expect: { says: x }\n",
      /4: .*must be a line that can be acted.*received "\[shout\]": a directive must be one of/,
    ],
    ["scenarios:\n  - name: [\n", /^a\.yaml:\d: YAML:/],
  ] as [string, RegExp][]
) {
  Deno.test(`a scenario file with a mistake names the line: ${message.source}`, () => {
    const { problems = [] } = parseScenarios("a.yaml", source);
    assert.equal(problems.length, 1, problems.join("\n"));
    assert.match(problems[0], message);
  });
}

Deno.test("a directory's files are read in order, and no name is used twice", async () => {
  const directory = await Deno.makeTempDir();
  assert.deepEqual(await loadScenarios(`${directory}/none`), []);
  await Deno.writeTextFile(`${directory}/b.yaml`, turn("        expect: { says: x }\n"));
  await Deno.writeTextFile(`${directory}/a.yaml`, GOOD);
  await Deno.writeTextFile(`${directory}/notes.txt`, "not a scenario");
  assert.deepEqual((await loadScenarios(directory)).map(({ name }) => name), [
    "Balance",
    "Hidden number",
    "A",
  ]);
  await Deno.writeTextFile(`${directory}/c.yaml`, turn("        expect: { says: x }\n"));
  await assert.rejects(loadScenarios(directory), (error) => {
    assert.ok(error instanceof ScenarioFileError);
    assert.match(error.message, /c\.yaml:2: name: must be used once.*b\.yaml:2/);
    return true;
  });
  await Deno.remove(directory, { recursive: true });
});
