import assert from "node:assert/strict";
import fc from "fast-check";
import { AgentFileError, loadAgent, MAX_AGENT_FILE_BYTES, parseAgent } from "../lib/agent_file.ts";
import { isOpen } from "../lib/agent/hours.ts";

const SMALL = `name: Neema
company: Ziwa Net
hand_over:
  number: "+254709900100"`;

/** The problems of a file, each without the rest of the file's problems around it. */
function problemsOf(text: string, promptNames?: string[]): string[] {
  try {
    parseAgent(text, { promptNames });
  } catch (error) {
    assert.ok(error instanceof AgentFileError, String(error));
    return error.problems;
  }
  return [];
}

Deno.test("a file of four lines makes a whole agent", () => {
  const agent = parseAgent(SMALL);
  assert.deepEqual(agent.languages, ["en"]);
  assert.match(agent.greeting.en, /Neema.+Ziwa Net/);
  assert.deepEqual(agent.handOver.target, { number: "+254709900100" });
  assert.equal(agent.maxCallMs, 600_000);
  assert.equal(agent.recording.enabled, false);
  assert.deepEqual(agent.silence, { promptAfterMs: 10_000, prompts: 2, hangUpAfterMs: 8_000 });
});

Deno.test("the project's own agent file is well formed and has both languages", async () => {
  const agent = await loadAgent("agent");
  assert.deepEqual(agent.languages, ["en", "sw"]);
  assert.match(agent.greeting.sw, /Habari/);
});

Deno.test("one greeting for all languages is filled in with name and company", () => {
  const agent = parseAgent(`${SMALL}\nlanguages: [en, sw]\ngreeting: "{company}, {name} here"`);
  assert.deepEqual(agent.greeting, { en: "Ziwa Net, Neema here", sw: "Ziwa Net, Neema here" });
});

Deno.test("all problems are named at once, each with its line, field, value and fix", () => {
  const problems = problemsOf(`nme: Neema
company: 5
hand_over:
  number: "0722"
turn:
  soft_pause_ms: 5
greeting:
  en: Hello
languages: [en, ki]`);
  assert.equal(problems.length, 6, problems.join("\n"));
  assert.match(problems[0], /^agent\.yaml:1: name: is missing: received nothing: .+/);
  assert.match(problems[1], /^agent\.yaml:1: nme: is not a setting: .+did you mean name\?/);
  assert.match(problems[2], /^agent\.yaml:2: company: must be text: received 5: .+/);
  assert.match(problems[3], /^agent\.yaml:4: hand_over\.number: .+ received "0722": .+\+254/);
  assert.match(problems[4], /^agent\.yaml:6: turn\.soft_pause_ms: .+100 to 3000: received 5: .+/);
  assert.match(problems[5], /^agent\.yaml:9: languages\.1: .+ received "ki": .+en, sw, fr/);
});

Deno.test("an unknown key inside a block is refused with the nearest key and its line", () => {
  const [problem, ...more] = problemsOf(`${SMALL}\n  caler_id: "+254709900100"`);
  assert.match(problem, /^agent\.yaml:5: hand_over\.caler_id: .+did you mean caller_id\?$/);
  assert.deepEqual(more, []);
});

Deno.test("a key like no other is answered with the list of keys", () => {
  assert.match(problemsOf(`${SMALL}\nzzzzzz: 1`)[0], /write one of name, company, languages/);
});

Deno.test("broken YAML is named by its line", () => {
  assert.match(problemsOf(`name: A\ncompany: "B`)[0], /^agent\.yaml:2: YAML: /);
  assert.match(problemsOf(`${SMALL}\nname: B`)[0], /^agent\.yaml:5: YAML: .*duplicated/);
});

Deno.test("a file that is no block of settings is refused", () => {
  assert.match(problemsOf("- a\n- b")[0], /^agent\.yaml:1: file: must be a block of settings/);
  assert.equal(problemsOf("").length, 3);
});

Deno.test("exactly one hand-over target must be named", () => {
  const head = "name: A\ncompany: B\nhand_over:\n";
  assert.match(problemsOf(`${head}  timeout_ms: 9000`)[0], /exactly one of .+ not 0/);
  assert.match(problemsOf(`${head}  queue: desk\n  sip: sip:a@b`)[0], /exactly one of .+ not 2/);
  assert.deepEqual(parseAgent(`${head}  queue: desk`).handOver.target, { queue: "desk" });
});

Deno.test("only known prompts may be replaced, in every language", () => {
  const file =
    `${SMALL}\nlanguages: [en, sw]\nprompts:\n  stil_there: Hello?\n  goodbye: {en: Bye}`;
  const [unknown, incomplete] = problemsOf(file, ["still_there", "goodbye"]);
  assert.match(unknown, /^agent\.yaml:7: prompts\.stil_there: .+did you mean still_there\?/);
  assert.match(incomplete, /^agent\.yaml:8: prompts\.goodbye: has no text in sw/);
});

Deno.test("without a list of its own the agent's built-in prompts are the ones that count", () => {
  assert.match(
    problemsOf(`${SMALL}\nprompts: {stil_there: Hello?}`)[0],
    /did you mean still_there\?/,
  );
  const { prompts } = parseAgent(`${SMALL}\nprompts: {still_there: "{name} is here."}`);
  assert.equal(prompts.still_there.en, "Neema is here.");
});

Deno.test("a text must be given in every language that has no built-in one", () => {
  const [problem] = problemsOf(`${SMALL}\nlanguages: [en, sw]\nprompts:\n  goodbye:\n    en: Bye`);
  assert.match(problem, /^agent\.yaml:8: prompts\.goodbye: has no text in sw: .+write sw: /);
});

Deno.test("hours that end before they begin are refused", () => {
  const [problem] = problemsOf(
    `${SMALL}\nhours:\n  time_zone: Africa/Nairobi\n  monday: 20:00-02:00`,
  );
  assert.match(problem, /^agent\.yaml:7: hours\.monday: must be hours of one day: .+next day/);
});

Deno.test("a time zone that does not exist is refused", () => {
  assert.match(
    problemsOf(`${SMALL}\nhours:\n  time_zone: Africa/Nowhere`)[0],
    /^agent\.yaml:6: hours\.time_zone: must be a time zone that exists: received "Africa\/Nowhere"/,
  );
});

Deno.test("people are there within the hours of the day, on the company's own clock", () => {
  const { hours } = parseAgent(`${SMALL}
hours:
  time_zone: Africa/Nairobi
  weekdays: [08:00-12:00, 13:00-24:00]
  friday: closed
  holidays: [2026-12-24]`);
  const open = (iso: string) => isOpen(hours, Date.parse(`${iso}:00+03:00`));
  assert.equal(open("2026-11-23T08:00"), true); // a Monday
  assert.equal(open("2026-11-23T07:59"), false);
  assert.equal(open("2026-11-23T12:00"), false);
  assert.equal(open("2026-11-23T23:59"), true);
  assert.equal(open("2026-11-27T10:00"), false); // Friday
  assert.equal(open("2026-11-28T10:00"), false); // Saturday
  assert.equal(open("2026-12-24T10:00"), false); // a Thursday, and a holiday
  assert.equal(isOpen(undefined, 0), true);
});

Deno.test("recording has a consent line in every language", () => {
  const agent = parseAgent(`${SMALL}\nlanguages: [en, sw]\nrecording: {enabled: true}`);
  assert.match(agent.recording.consent.sw, /inarekodiwa/);
});

Deno.test("a directory without an agent file is told what to make", async () => {
  const directory = await Deno.makeTempDir();
  try {
    await assert.rejects(loadAgent(directory), /agent\.yaml:1: file: is missing/);
    await Deno.writeTextFile(`${directory}/agent.yaml`, "#".repeat(MAX_AGENT_FILE_BYTES + 1));
    await assert.rejects(loadAgent(directory), /must have at most 262144 bytes/);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("whatever a file holds, it is an agent or a list of problems with lines", () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      ...SMALL.split("\n"),
      "hours:",
      "  en: x",
      "- a",
      "languages: [en]",
      "greeting: 5",
    ),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      try {
        assert.ok(parseAgent(lines.join("\n")).name);
      } catch (error) {
        assert.ok(error instanceof AgentFileError, String(error));
        assert.ok(error.problems.length > 0);
        for (const problem of error.problems) assert.match(problem, /^agent\.yaml:\d+: /);
      }
    }),
    { numRuns: 300 },
  );
});
