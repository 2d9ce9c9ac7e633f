import assert from "node:assert/strict";
import { runEval } from "../lib/commands/eval.ts";
import { EVAL_HELP } from "../lib/commands/eval_options.ts";
import type { Llm } from "../lib/contracts/llm.ts";
import { loadScenarios } from "../lib/scenarios/scenario_file.ts";
import { VirtualClock } from "../lib/scenarios/virtual_clock.ts";
import { parts } from "../main.ts";
import { replayArgs } from "../lib/commands/replay.ts";

/** Runs the command on scenarios of a test, with the project's own agent. */
async function evaluated(
  yaml: string,
  args: string[] = [],
  agentYaml?: string,
  { given = parts, env = {} }: { given?: typeof parts; env?: Record<string, string> } = {},
) {
  const directory = await Deno.makeTempDir();
  const lines: string[] = [];
  const seen: string[] = [];
  try {
    await Deno.mkdir(`${directory}/scenarios`);
    await Deno.mkdir(`${directory}/knowledge`);
    await Deno.writeTextFile(`${directory}/scenarios/a.yaml`, yaml);
    await Deno.copyFile("agent/company.yaml", `${directory}/company.yaml`);
    if (agentYaml) await Deno.writeTextFile(`${directory}/agent.yaml`, agentYaml);
    else await Deno.copyFile("agent/agent.yaml", `${directory}/agent.yaml`);
    for (const name of ["paying.en.md", "service.en.md"]) {
      await Deno.copyFile(`agent/knowledge/${name}`, `${directory}/knowledge/${name}`);
    }
    const code = await runEval(
      ["--agent", directory, "--out", `${directory}/out`, ...args],
      given,
      { env, screen: { out: (line) => lines.push(line), progress: (text) => seen.push(text) } },
    );
    const read = (name: string) => Deno.readTextFile(`${directory}/${name}`).catch(() => undefined);
    return {
      code,
      text: lines.join("\n"),
      progress: seen,
      record: await read("out/a.json"),
      junit: await read("junit.xml"),
    };
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** A scenario named A whose caller asks for the balance. */
const balance = (expect: string, more = "") => `
scenarios:
  - name: A
${more}    turns:
      - caller: What is my balance?
        expect: { ${expect} }
`;

Deno.test("every scenario of the project passes as text, and a third is hostile or broken", async () => {
  const scenarios = await loadScenarios("agent/scenarios");
  const hostile = scenarios.filter((scenario) => scenario.hostile).length;
  assert.ok(scenarios.length >= 40, `${scenarios.length}`);
  assert.ok(hostile >= scenarios.length / 3, `${hostile} of ${scenarios.length}`);
  const lines: string[] = [];
  const out = await Deno.makeTempDir();
  try {
    const code = await runEval(["--out", out, "--json"], parts, {
      env: {},
      screen: { out: (line) => lines.push(line), progress() {} },
    });
    const result = JSON.parse(lines.join("\n"));
    assert.equal(
      code,
      0,
      JSON.stringify(
        result.scenarios.filter((one: { result: string }) => one.result !== "pass"),
        null,
        2,
      ),
    );
    assert.equal(result.passed, scenarios.length);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
});

for (
  const [expect, problem, more] of [
    [`says: a million`, /must say "a million"/],
    [`says: "/KES 9,\\\\d+/"`, /must say \/KES 9/],
    [`says_any_of: [one, million]`, /must say one of "one", "million"/],
    [`never_says: Home 20`, /must not say "Home 20"/],
    [`calls: get_order`, /must call get_order/],
    [`calls: get_account, args: { get_account: { a: 1 } }`, /must call get_account with \{"a":1\}/],
    [`never_calls: get_account`, /must not call get_account/],
    [`refuses: get_account`, /must refuse get_account/],
    [`changes: 1`, /must make 1 changes: received 0/],
    [`asks_yes_for: open_ticket`, /must ask for a yes to open_ticket/],
    [`language: sw`, /must answer in sw: received en/],
    [`identity: fact`, /identity must be fact: received number/],
    [`person: connected`, /a person must be connected: received not asked/],
    [`interrupted: true`, /the caller must stop the agent/],
    [`within_ms: 5`, /must begin to answer within 5 ms: received \d+/],
  ] as [string, RegExp, string?][]
) {
  Deno.test(`a call that breaks "${expect}" fails, with the line that wanted it`, async () => {
    const { code, text } = await evaluated(balance(expect, more));
    assert.equal(code, 1, text);
    assert.match(text, problem);
    assert.match(text, /a\.yaml:5: “What is my balance\?”/);
  });
}

for (
  const [expect, problem] of [
    [`masked: Kilimani`, /"Kilimani" was not masked for the model/],
    [`masked: Home 20`, /"Home 20" was not masked in the events/],
    [`outcome: silent`, /the outcome must be silent: received/],
    [`ended_by: agent`, /the agent must end the call: received the caller/],
  ] as const
) {
  Deno.test(`a call that breaks "${expect}" as a whole fails`, async () => {
    const { code, text } = await evaluated(
      `${balance("says: KES")}    expect: { ${expect} }\n`,
    );
    assert.equal(code, 1, text);
    assert.match(text, problem);
  });
}

Deno.test("a failure leaves a record that can be called again, and XML for a build server", async () => {
  const { code, record, junit, text, progress } = await evaluated(
    balance("says: <a & b>"),
    [
      "--junit",
      "junit.xml",
    ].map((arg) => arg === "junit.xml" ? `${Deno.makeTempDirSync()}/j.xml` : arg),
  );
  assert.equal(code, 1);
  const { verdict, events, ...replay } = JSON.parse(record!);
  assert.match(text, /hear the call again:\n {2}deno task call \S+\/out\/a\.json/);
  assert.deepEqual(
    replayArgs(replay).join(" "),
    "--from +254700000001 --language en --dial answered --say What is my balance?",
  );
  assert.equal(verdict.passed, false);
  assert.ok(events.some((event: { type: string }) => event.type === "caller_turn"));
  assert.equal(junit, undefined);
  assert.ok(progress.includes("1/1 A"));
});

Deno.test("a record and what is printed have no personal number in them", async () => {
  const { record, text } = await evaluated(`
scenarios:
  - name: A
    brain:
      - { call: get_order, with: { order_number: "0712345678" } }
      - say: All right.
    turns:
      - caller: My number is on the card
        expect: { args: { get_order: { order_number: "1" } } }
`);
  assert.match(text, /must call get_order with .* received .*…678/);
  // The scenario is written out as its file has it.
  const { scenario: _, ...seen } = JSON.parse(record!);
  assert.doesNotMatch(text + JSON.stringify(seen), /0712345678/);
});

Deno.test("a model that runs elsewhere sees no personal number here, either", async () => {
  const seen: string[] = [];
  const llm: Llm = async function* (request) {
    seen.push(JSON.stringify(request.messages));
    yield { type: "text", text: "All right." };
    yield { type: "end", reason: "stop" };
  };
  const openai = async (...given: Parameters<typeof parts.engines.openai>) => ({
    ...await parts.engines.embedded(...given),
    llm,
  });
  const { code, text } = await evaluated(
    `
scenarios:
  - name: A
    turns:
      - caller: Please ring me on 0712345678
        expect: { says: All right }
    expect: { masked: ["0712345678"] }
`,
    ["--engine", "openai"],
    undefined,
    {
      given: { ...parts, engines: { ...parts.engines, openai } },
      env: { OPENAI_BASE_URL: "http://127.0.0.1:1/v1", OPENAI_LLM_MODEL: "m" },
    },
  );
  assert.equal(code, 0, text);
  assert.match(seen.at(-1)!, /…678/);
  assert.doesNotMatch(seen.join(), /0712345678/);
});

Deno.test("JUnit's XML has every scenario, and escapes what failed", async () => {
  const path = `${await Deno.makeTempDir()}/junit.xml`;
  await evaluated(balance("says: <a & b>"), ["--junit", path]);
  const xml = await Deno.readTextFile(path);
  assert.match(xml, /<testsuites tests="1" failures="1">/);
  assert.match(xml, /<testcase classname="a\.yaml" name="A"/);
  assert.match(xml, /must say &quot;&lt;a &amp; b&gt;&quot;/);
});

Deno.test("scenarios are chosen by words of their names", async () => {
  const two = `${balance("says: KES")}  - name: Other\n    turns:\n` +
    "      - { caller: Where is your office?, expect: { says: Ngong Road } }\n";
  const { code, text } = await evaluated(two, ["OTH"]);
  assert.equal(code, 0);
  assert.match(text, /1 of 1 scenarios passed/);
  const none = await silently(() => evaluated(two, ["nothing"]));
  assert.equal(none.result.code, 2);
  assert.match(none.said, /scenarios named like nothing: received none/);
});

Deno.test("what can't be understood ends with 2, and says what can", async () => {
  for (
    const [args, message] of [
      [["--engine", "parrot"], /--engine must be one of gemini, openai, embedded/],
      [["--jobs", "0"], /--jobs must be a whole number from 1 to 64: received 0/],
      [["--loud"], /loud/],
    ] as const
  ) {
    const { result, said } = await silently(() => evaluated(balance("says: KES"), [...args]));
    assert.equal(result.code, 2);
    assert.match(said, message);
  }
  const broken = await silently(() => evaluated("scenarios: 5\n"));
  assert.equal(broken.result.code, 2);
  assert.match(broken.said, /a\.yaml:1: scenarios: must be a list/);
  const { code, text } = await evaluated(balance("says: KES"), ["--help"]);
  assert.deepEqual([code, text], [0, EVAL_HELP]);
});

Deno.test("in audio mode a scenario is a phone call over sockets", async () => {
  const { code, text } = await evaluated(
    `
scenarios:
  - name: A
    audio: true
    turns:
      - caller: "[hang up]"
    expect: { says: Hello, ended_by: caller, changes: 0 }
`,
    ["--audio"],
    "name: A\ncompany: B\nlanguages: [en]\ngreeting: Hello.\nhand_over: { number: '+254700000100' }\n",
  );
  assert.equal(code, 0, text);
});

Deno.test("a virtual clock leaps to the next timer, and keeps its pace for real work", async () => {
  const clock = new VirtualClock(1_000);
  const order: string[] = [];
  clock.at(60_000, () => order.push("later"));
  clock.at(20, () => order.push("soon"));
  const cancel = clock.at(30, () => order.push("never"));
  cancel();
  const until = clock.until(90_000).then(() => order.push("until"));
  const startMs = performance.now();
  await clock.advance(100_000);
  await until;
  assert.ok(performance.now() - startMs < 1_000);
  assert.deepEqual(order, ["soon", "later", "until"]);
  assert.equal(clock.wallMs(), 101_000);

  const beforeMs = clock.now();
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, 40);
  const held = clock.hold(promise);
  await clock.advance(20);
  assert.ok(performance.now() - startMs >= 15);
  await held;
  clearTimeout(timer);
  assert.equal(clock.now(), beforeMs + 20);

  await assert.rejects(clock.until(clock.now() + 5, AbortSignal.abort(new Error("over"))), /over/);
});

async function silently<T>(act: () => Promise<T>): Promise<{ result: T; said: string }> {
  const said: string[] = [];
  const before = console.error;
  console.error = (text) => said.push(String(text));
  try {
    return { result: await act(), said: said.join("\n") };
  } finally {
    console.error = before;
  }
}
