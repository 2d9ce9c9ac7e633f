import { checkYaml, type YamlProblem } from "../settings/checked_yaml.ts";
import { ProblemsError } from "../settings/problems_error.ts";
import type { CallExpectations, Expectations, Scenario } from "./scenario.ts";
import { scenarioFileSchema, type WrittenScenario } from "./scenario_schema.ts";

/** Everything that is wrong in the scenario files, one line per problem: `file:LINE: …`. */
export class ScenarioFileError extends ProblemsError {
  override name = "ScenarioFileError";
  constructor(problems: string[]) {
    super("Cannot read the scenarios", problems);
  }
}

/** Larger files are refused: scenarios are written by hand. */
export const MAX_SCENARIO_FILE_BYTES = 512 * 1024;
/** Files of one agent. */
export const MAX_SCENARIO_FILES = 200;

/**
 * Reads every `*.yaml` in `directory`, in the order of their names; one that does not exist has none.
 *
 * @throws {ScenarioFileError} naming every problem with file and line
 */
export async function loadScenarios(directory: string): Promise<Scenario[]> {
  const names: string[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(directory)) {
      if (isFile && /\.ya?ml$/.test(name)) names.push(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  if (names.length > MAX_SCENARIO_FILES) {
    throw new ScenarioFileError([
      `${directory}:1: must have at most ${MAX_SCENARIO_FILES} files: received ${names.length}`,
    ]);
  }
  const scenarios: Scenario[] = [];
  const problems: string[] = [];
  for (const name of names.sort()) {
    const path = `${directory}/${name}`;
    const { size } = await Deno.stat(path);
    if (size > MAX_SCENARIO_FILE_BYTES) {
      problems.push(
        `${name}:1: file: must have at most ${MAX_SCENARIO_FILE_BYTES} bytes: received ${size}: ` +
          "make two files of it",
      );
      continue;
    }
    const read = parseScenarios(name, await Deno.readTextFile(path));
    problems.push(...read.problems ?? []);
    scenarios.push(...read.scenarios ?? []);
  }
  const seen = new Map<string, Scenario>();
  for (const scenario of scenarios) {
    const first = seen.get(scenario.name);
    if (first) {
      problems.push(
        `${scenario.file}:${scenario.line}: name: must be used once: received ` +
          `"${scenario.name}", which is in ${first.file}:${first.line} too: rename one`,
      );
    }
    seen.set(scenario.name, scenario);
  }
  if (problems.length) throw new ScenarioFileError(problems);
  return scenarios;
}

/** Reads the text of one file. */
export function parseScenarios(
  file: string,
  source: string,
): { scenarios: Scenario[]; problems?: undefined } | { scenarios?: undefined; problems: string[] } {
  const checked = checkYaml(file, source, scenarioFileSchema, contradictions);
  if (checked.problems) return { problems: checked.problems };
  const { lineOf } = checked;
  return {
    scenarios: checked.data.scenarios.map((written, i) => ({
      ...written,
      file,
      line: lineOf(["scenarios", i]),
      from: written.from === "withheld" ? undefined : written.from,
      atWallMs: written.at,
      turns: written.turns.map(({ expect, ...turn }, n) => ({
        ...turn,
        line: lineOf(["scenarios", i, "turns", n]),
        expect: expectationsOf(expect),
      })),
      expect: callExpectationsOf(written.expect),
    })),
  };
}

type WrittenExpectations = WrittenScenario["turns"][number]["expect"];

function expectationsOf(written: WrittenExpectations): Expectations {
  return {
    says: written.says ?? [],
    saysAnyOf: written.says_any_of ?? [],
    neverSays: written.never_says ?? [],
    calls: written.calls ?? [],
    args: written.args,
    neverCalls: written.never_calls ?? [],
    refuses: written.refuses ?? [],
    changes: written.changes,
    asksYesFor: written.asks_yes_for,
    language: written.language,
    identity: written.identity,
    person: written.person,
    interrupted: written.interrupted,
    withinMs: written.within_ms,
  };
}

function callExpectationsOf(written: WrittenScenario["expect"]): CallExpectations {
  return {
    ...expectationsOf(written),
    masked: written.masked ?? [],
    outcome: written.outcome,
    endedBy: written.ended_by,
  };
}

/** What the schema can't see: a step that does nothing, a scenario that proves nothing. */
function contradictions(value: unknown): YamlProblem[] {
  const problems: YamlProblem[] = [];
  entriesOf(value, "scenarios").forEach((scenario, i) => {
    entriesOf(scenario, "brain").forEach((step, n) => {
      if (isRecord(step) && !step.say && !step.call) {
        problems.push({
          path: ["scenarios", i, "brain", n],
          message: `scenarios.${i}.brain.${n}: must say or call something: received neither: ` +
            "write say: … or call: …",
          key: false,
        });
      }
    });
    if (!isRecord(scenario)) return;
    if (scenario.audio === true && scenario.knowledge !== undefined) {
      problems.push({
        path: ["scenarios", i, "audio"],
        message: `scenarios.${i}.audio: must not be true beside knowledge: received true: ` +
          "take the line out",
        key: false,
      });
    }
    if (isRecord(scenario.expect)) return;
    const turns = entriesOf(scenario, "turns");
    if (turns.length && !turns.some((turn) => isRecord(turn) && isRecord(turn.expect))) {
      problems.push({
        path: ["scenarios", i],
        message: `scenarios.${i}: must expect something: received no expect: ` +
          "write expect: below a turn or below the scenario",
        key: false,
      });
    }
  });
  return problems;
}

function entriesOf(value: unknown, key: string): unknown[] {
  const list = isRecord(value) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
