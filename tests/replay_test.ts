import assert from "node:assert/strict";
import { openAgentTools } from "../lib/actions/agent_tools.ts";
import { parseAgent } from "../lib/agent_file.ts";
import { UsageError } from "../lib/commands/call_options.ts";
import { asRecorded, readReplay, type Replay, replayArgs } from "../lib/commands/replay.ts";
import { parseScenarios } from "../lib/scenarios/scenario_file.ts";
import { stagedParts } from "../lib/scenarios/staged_parts.ts";
import { withEars, WrittenEars } from "../lib/scenarios/written_ears.ts";
import type { EngineFactory } from "../lib/engines/engine.ts";
import { parts } from "../main.ts";
import { FakeClock } from "./fake_clock.ts";

const { scenarios } = parseScenarios(
  "a.yaml",
  `
scenarios:
  - name: A
    at: 2026-11-28 21:00
    from: withheld
    language: sw
    person: does not answer
    knowledge: |
      # More
      ## A thing {#thing}
      It is a thing.
    faults: { tools: { get_points: fails } }
    turns: [{ caller: Habari, expect: { says: Habari } }]
`,
);
const replay: Replay = {
  scenario: JSON.parse(JSON.stringify(scenarios![0])),
  agentDir: "templates/shop",
  engine: "embedded",
  noiseDb: 20,
};

Deno.test("a record is read when a file is named like one, and nothing else is", async () => {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(path, JSON.stringify(replay));
  assert.deepEqual((await readReplay([path]))?.scenario.name, "A");
  await Deno.writeTextFile(path, "{}");
  await assert.rejects(readReplay([path]), UsageError);
  await Deno.remove(path);
  await assert.rejects(readReplay([path]), UsageError);
  assert.equal(await readReplay(["caller.wav"]), undefined);
  assert.equal(await readReplay(["--say", "a.json"]), undefined);
});

Deno.test("the call of a record has its caller, its noise and its person", () => {
  assert.equal(
    replayArgs(replay).join(" "),
    "--from anonymous --language sw --dial no-answer --noise-db 20 --say Habari",
  );
});

Deno.test("it is made on the day of the record, by its agent, with its own knowledge", async () => {
  const env = { BACKEND_URL: "https://company.example", TOKEN_SECRET: "x" };
  let copy = "";
  await asRecorded(replay, env, new FakeClock(), async (given, clock) => {
    copy = given.AGENT_DIR!;
    assert.equal(new Date(clock.wallMs()).toISOString(), "2026-11-28T18:00:00.000Z");
    assert.deepEqual([given.LLM, given.BACKEND_URL, given.TOKEN_SECRET], [
      "embedded",
      undefined,
      "x",
    ]);
    assert.match(await Deno.readTextFile(`${copy}/knowledge/scenario.md`), /It is a thing/);
    assert.match(await Deno.readTextFile(`${copy}/agent.yaml`), /Soko Bora/);
  });
  await assert.rejects(Deno.stat(copy), Deno.errors.NotFound);
});

Deno.test("faults of a scenario reach tools in YAML, too", async () => {
  const clock = new FakeClock();
  const staged = stagedParts(parts, replay.scenario, clock);
  const tools = await openAgentTools({
    agent: parseAgent(await Deno.readTextFile("templates/shop/agent.yaml")),
    agentDir: "templates/shop",
    own: [],
    around: staged.around,
    env: {},
    clock,
    log: { info() {}, warn() {} },
  });
  const context = { signal: new AbortController().signal } as Parameters<
    NonNullable<ReturnType<typeof tools.catalog.get>>["run"]
  >[1];
  await assert.rejects(tools.catalog.get("get_points")!.run({}, context), /made to fail/);
  await tools.close();
});

Deno.test("a call that was acted as text is heard as text, misheard words and all", async () => {
  const ears = new WrittenEars([
    { caller: "[barge in 300ms] Where is [pause 2s] my order", confidence: 0.9 },
    { caller: "What is my balance", heard: "open your office" },
    { caller: "Something unclear", heard: "" },
  ]);
  const clock = new FakeClock();
  const unused = () => {
    throw new Error("it must not be asked");
  };
  const factory: EngineFactory = () => Promise.resolve({ stt: unused, llm: unused, tts: unused });
  const engines = { ...parts.engines, embedded: factory };
  const engine = await withEars({ ...parts, engines }, ears, clock).engines.embedded(
    {} as Parameters<EngineFactory>[0],
  );
  const hear = async () => {
    const audio = (async function* () {
      yield new Int16Array(320);
    })();
    const options = { languages: ["en"], vocabulary: [], expect: "free" as const };
    const events = Array.fromAsync(engine.stt(audio, options, new AbortController().signal));
    await clock.advance(1_000);
    return (await events).map((event) => [event.text, "confidence" in event && event.confidence]);
  };
  assert.deepEqual(await hear(), [["", undefined]], "nobody has spoken yet");
  ears.begin(0);
  assert.deepEqual(await hear(), [["Where is", 0.9]]);
  assert.deepEqual(await hear(), [["my order", 0.9]]);
  ears.begin(1);
  assert.deepEqual(await hear(), [["open your office", undefined]]);
  assert.deepEqual(await hear(), [["", undefined]]);
  ears.begin(2);
  assert.deepEqual(await hear(), [["", undefined]]);
});
