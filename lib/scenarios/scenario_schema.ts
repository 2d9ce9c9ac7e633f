import { z } from "zod";
import { FIX_MARK, must } from "../settings/checked_yaml.ts";
import { knownLanguages } from "../languages/languages.ts";
import { OUTCOMES } from "../outcomes/outcome.ts";
import { parseLine, ScriptError } from "../simulator/caller_script.ts";

/** Turns of one scenario; longer calls hide what went wrong. */
export const MAX_TURNS = 30;
/** Scenarios of one file. */
export const MAX_SCENARIOS = 200;

const text = (maxLength: number) =>
  z.string(must("must be text", "write words, in quotes when they are figures or hold a colon"))
    .trim()
    .min(1, must("must not be empty", "write words or take the line out"))
    .max(maxLength, must(`must have at most ${maxLength} characters`, "make it shorter"));

const oneOf = <const T extends string>(...values: T[]) => {
  const list = values.join(", ");
  return z.enum(values, must(`must be one of ${list}`, `write one of ${list}`));
};

const yes = z.boolean(must("must be true or false", "write true"));

const whole = (min: number, max: number) => {
  const problem = must(`must be a whole number from ${min} to ${max}`, "change the number");
  return z.int(problem).min(min, problem).max(max, problem);
};

const tool = text(64);

/** A line, or a list of lines. */
const oneOrMore = <T extends z.ZodType<string>>(item: T) =>
  z.union(
    [item.transform((only) => [only as string]), z.array(item).min(1).max(20)],
    must("must be text, or a list of texts", "write - and a text on lines of their own"),
  ).default([]);

/** A piece of text, or a pattern between slashes. */
const wanted = text(300).superRefine((value, context) => {
  const [, pattern] = /^\/(.+)\/$/.exec(value) ?? [];
  if (pattern === undefined) return;
  try {
    new RegExp(pattern);
  } catch {
    context.addIssue({
      code: "custom",
      message: `must be a pattern that can be read${FIX_MARK}check its brackets and slashes`,
    });
  }
});

const values = z.record(
  z.string(),
  z.unknown(),
  must("must be a block of values", "write name: value on lines below it"),
);

const expectations = {
  says: oneOrMore(wanted),
  says_any_of: oneOrMore(wanted),
  never_says: oneOrMore(wanted),
  calls: oneOrMore(tool),
  args: z.record(z.string(), values).default({}),
  never_calls: oneOrMore(tool),
  refuses: oneOrMore(tool),
  changes: whole(0, 20).optional(),
  asks_yes_for: tool.optional(),
  language: oneOf(...knownLanguages()).optional(),
  identity: oneOf("none", "number", "fact", "code", "locked").optional(),
  person: oneOf("not asked", "asked", "connected", "promised", "failed").optional(),
  interrupted: yes.optional(),
  within_ms: whole(1, 120_000).optional(),
};

const block = must("must be a block", "indent says: or calls: below it");

const callerLine = text(500).superRefine((value, context) => {
  try {
    parseLine(value);
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    context.addIssue({
      code: "custom",
      message: `must be a line that can be acted${FIX_MARK}${
        error.message.replace(/^Cannot read the line: /, "").replace(/: received .*$/, "")
      }`,
    });
  }
});

const turn = z.strictObject({
  caller: callerLine,
  heard: z.string(must("must be text", 'write words, or "" for none')).max(500).optional(),
  confidence: z.number(must("must be from 0 to 1", "write 0.5")).min(0).max(1).optional(),
  expect: z.strictObject(expectations, block).prefault({}),
}, must("must be a turn", 'write - caller: "…", and expect: below it'));

const step = z.strictObject({
  say: text(600).optional(),
  call: tool.optional(),
  with: values.default({}),
}, must("must be a step", "write - say: … or - call: …"));

const phone = z.string(must("must be a phone number in quotes", 'write "+254700000001"')).regex(
  /^(\+[1-9]\d{6,14}|withheld)$/,
  must("must be a phone number with + and country code, or withheld", 'write "+254700000001"'),
);

const moment = z.string(must("must be a day and a time", "write 2026-11-23 10:00")).regex(
  /^\d{4}-\d\d-\d\d \d\d:\d\d$/,
  must("must be a day and a time", "write 2026-11-23 10:00"),
).transform((value) => Date.parse(`${value.replace(" ", "T")}:00+03:00`))
  .refine((ms) => !Number.isNaN(ms), must("must be a day and a time", "write 2026-11-23 10:00"));

const scenario = z.strictObject({
  name: text(80),
  language: oneOf(...knownLanguages()).default("en"),
  from: phone.default("+254700000001"),
  at: moment.prefault("2026-11-23 10:00"),
  hostile: yes.default(false),
  audio: yes.default(false),
  demo: yes.default(false),
  faults: z.strictObject({
    backend: oneOf("down", "slow").optional(),
    llm: oneOf("down", "silent").optional(),
    tts: oneOf("down").optional(),
    tools: z.record(z.string(), oneOf("fails", "slow")).default({}),
  }, must("must be a block", "write backend: down below it")).prefault({}),
  answers: z.record(
    z.string(),
    z.strictObject(
      { say: text(800), data: values.default({}) },
      must("must be an answer", "write say: … below the tool's name"),
    ),
  ).default({}),
  knowledge: text(20_000).optional(),
  brain: z.array(step).min(1).max(100).optional(),
  person: oneOf("answers", "does not answer").default("answers"),
  turns: z.array(turn).min(1, must("must have a turn", "write - caller: …"))
    .max(MAX_TURNS, must(`must have at most ${MAX_TURNS} turns`, "make two scenarios of it")),
  expect: z.strictObject({
    ...expectations,
    masked: oneOrMore(text(200)),
    outcome: oneOf(...OUTCOMES).optional(),
    ended_by: oneOf("agent", "caller").optional(),
  }, block).prefault({}),
}, must("must be a scenario", "write - name: … and turns: below it"));

/** A file of scenarios as it is written. */
export const scenarioFileSchema = z.strictObject({
  scenarios: z.array(scenario, must("must be a list", "write - name: … below it"))
    .min(1, must("must hold a scenario", "write - name: … below it"))
    .max(MAX_SCENARIOS, must(`must hold at most ${MAX_SCENARIOS}`, "make two files of it")),
}, must("must be a block", "write scenarios: and a list below it"));

export type WrittenScenario = z.infer<typeof scenario>;
