import * as v from "valibot";
import { whole } from "../agent/fields.ts";
import { FIX_MARK, must } from "../settings/checked_yaml.ts";
import { block, blockOf } from "../settings/yaml_block.ts";
import { knownLanguages } from "../languages/languages.ts";
import { OUTCOMES } from "../outcomes/outcome.ts";
import { parseLine, ScriptError } from "../simulator/caller_script.ts";

/** Turns of one scenario; longer calls hide what went wrong. */
export const MAX_TURNS = 30;
/** Scenarios of one file. */
export const MAX_SCENARIOS = 200;

const text = (maxLength: number) =>
  v.pipe(
    v.string(must("must be text", "write words, in quotes when they are figures or hold a colon")),
    v.trim(),
    v.minLength(1, must("must not be empty", "write words or take the line out")),
    v.maxLength(maxLength, must(`must have at most ${maxLength} characters`, "make it shorter")),
  );

const oneOf = <const T extends string>(...values: T[]) => {
  const list = values.join(", ");
  return v.picklist(values, must(`must be one of ${list}`, `write one of ${list}`));
};

const yes = v.boolean(must("must be true or false", "write true"));

const tool = text(64);

/** A line, or a list of lines. */
const oneOrMore = (item: v.GenericSchema<string>) => {
  const only = v.pipe(item, v.transform((only) => [only]));
  const several = v.pipe(
    v.array(
      item,
      must("must be text, or a list of texts", "write - and a text on lines of their own"),
    ),
    v.minLength(1),
    v.maxLength(20),
  );
  return v.optional(v.lazy((given) => typeof given === "string" ? only : several));
};

/** A piece of text, or a pattern between slashes. */
const wanted = v.pipe(
  text(300),
  v.check((value) => {
    const [, pattern] = /^\/(.+)\/$/.exec(value) ?? [];
    try {
      return pattern === undefined || !!new RegExp(pattern);
    } catch {
      return false;
    }
  }, must("must be a pattern that can be read", "check its brackets and slashes")),
);

const values = blockOf(
  v.string(),
  v.unknown(),
  must("must be a block of values", "write name: value on lines below it"),
);

const expectations = {
  says: oneOrMore(wanted),
  says_any_of: oneOrMore(wanted),
  never_says: oneOrMore(wanted),
  calls: oneOrMore(tool),
  args: v.optional(blockOf(v.string(), values), {}),
  never_calls: oneOrMore(tool),
  refuses: oneOrMore(tool),
  changes: v.optional(whole(0, 20)),
  asks_yes_for: v.optional(tool),
  language: v.optional(oneOf(...knownLanguages())),
  identity: v.optional(oneOf("none", "number", "fact", "code", "locked")),
  person: v.optional(oneOf("not asked", "asked", "connected", "promised", "failed")),
  interrupted: v.optional(yes),
  within_ms: v.optional(whole(1, 120_000)),
};

const indented = must("must be a block", "indent says: or calls: below it");

const callerLine = v.pipe(
  text(500),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    try {
      parseLine(dataset.value);
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      const fix = error.message.replace(/^Cannot read the line: /, "")
        .replace(/: received .*$/, "");
      addIssue({ message: `must be a line that can be acted${FIX_MARK}${fix}` });
    }
  }),
);

const sureness = must("must be from 0 to 1", "write 0.5");

const turn = block({
  caller: callerLine,
  heard: v.optional(v.pipe(
    v.string(must("must be text", 'write words, or "" for none')),
    v.maxLength(500, must("must have at most 500 characters", "make it shorter")),
  )),
  confidence: v.optional(
    v.pipe(v.number(sureness), v.minValue(0, sureness), v.maxValue(1, sureness)),
  ),
  expect: v.optional(block(expectations, indented), {}),
}, must("must be a turn", 'write - caller: "…", and expect: below it'));

const step = block({
  say: v.optional(text(600)),
  call: v.optional(tool),
  with: v.optional(values, {}),
}, must("must be a step", "write - say: … or - call: …"));

const phone = v.pipe(
  v.string(must("must be a phone number in quotes", 'write "+254700000001"')),
  v.regex(
    /^(\+[1-9]\d{6,14}|withheld)$/,
    must("must be a phone number with + and country code, or withheld", 'write "+254700000001"'),
  ),
);

const dayAndTime = must("must be a day and a time", "write 2026-11-23 10:00");
const moment = v.pipe(
  v.string(dayAndTime),
  v.regex(/^\d{4}-\d\d-\d\d \d\d:\d\d$/, dayAndTime),
  v.transform((value) => Date.parse(`${value.replace(" ", "T")}:00+03:00`)),
  v.check((ms) => !Number.isNaN(ms), dayAndTime),
);

const scenario = block({
  name: text(80),
  language: v.optional(oneOf(...knownLanguages()), "en"),
  from: v.optional(phone, "+254700000001"),
  at: v.optional(moment, "2026-11-23 10:00"),
  hostile: v.optional(yes, false),
  audio: v.optional(yes, false),
  demo: v.optional(yes, false),
  faults: v.optional(
    block({
      backend: v.optional(oneOf("down", "slow")),
      llm: v.optional(oneOf("down", "silent")),
      tts: v.optional(oneOf("down")),
      tools: v.optional(blockOf(v.string(), oneOf("fails", "slow")), {}),
    }, must("must be a block", "write backend: down below it")),
    {},
  ),
  answers: v.optional(
    blockOf(
      v.string(),
      block(
        { say: text(800), data: v.optional(values, {}) },
        must("must be an answer", "write say: … below the tool's name"),
      ),
    ),
    {},
  ),
  knowledge: v.optional(text(20_000)),
  brain: v.optional(v.pipe(v.array(step), v.minLength(1), v.maxLength(100))),
  person: v.optional(oneOf("answers", "does not answer"), "answers"),
  turns: v.pipe(
    v.array(turn, must("must be a list of turns", "write - caller: …")),
    v.minLength(1, must("must have a turn", "write - caller: …")),
    v.maxLength(
      MAX_TURNS,
      must(`must have at most ${MAX_TURNS} turns`, "make two scenarios of it"),
    ),
  ),
  expect: v.optional(
    block({
      ...expectations,
      masked: oneOrMore(text(200)),
      outcome: v.optional(oneOf(...OUTCOMES)),
      ended_by: v.optional(oneOf("agent", "caller")),
    }, indented),
    {},
  ),
}, must("must be a scenario", "write - name: … and turns: below it"));

/** A file of scenarios as it is written. */
export const scenarioFileSchema = block({
  scenarios: v.pipe(
    v.array(scenario, must("must be a list", "write - name: … below it")),
    v.minLength(1, must("must hold a scenario", "write - name: … below it")),
    v.maxLength(
      MAX_SCENARIOS,
      must(`must hold at most ${MAX_SCENARIOS}`, "make two files of it"),
    ),
  ),
}, must("must be a block", "write scenarios: and a list below it"));

export type WrittenScenario = v.InferOutput<typeof scenario>;
