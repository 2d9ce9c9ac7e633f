import assert from "node:assert/strict";
import * as v from "valibot";
import { checkYaml, must } from "../lib/settings/checked_yaml.ts";
import { issueText, refusalText } from "../lib/settings/issue_text.ts";
import { isRealDate } from "../lib/settings/real_date.ts";
import { block, blockOf } from "../lib/settings/yaml_block.ts";

const schema = block({
  name: v.string(must("must be a name", "write Amani")),
  limits: v.optional(block({ calls: v.optional(v.pipe(v.number(), v.maxValue(9))) }), {}),
  texts: v.optional(blockOf(v.pipe(v.string(), v.regex(/^[a-z]+$/)), v.string()), {}),
});
const problemsOf = (text: string) => checkYaml("a.yaml", text, schema).problems;

Deno.test("every unknown setting of a block is named, and so is a missing one in its own words", () => {
  assert.deepEqual(problemsOf("nam: A\nzzzzzzzz: 1\nlimits:\n  callz: 2\n  constructor: 3"), [
    "a.yaml:1: name: is missing: received nothing: write Amani",
    'a.yaml:1: nam: is not a setting: received "nam": did you mean name?',
    'a.yaml:2: zzzzzzzz: is not a setting: received "zzzzzzzz": write one of name, limits, texts',
    'a.yaml:4: limits.callz: is not a setting: received "callz": did you mean calls?',
    'a.yaml:5: limits.constructor: is not a setting: received "constructor": write one of calls',
  ]);
});

Deno.test("a list is no block, not even an empty one", () => {
  assert.deepEqual(problemsOf("name: A\nlimits: []\ntexts: [a]"), [
    "a.yaml:2: limits: must be a block: received []: indent its settings below it",
    'a.yaml:3: texts: must be a block: received ["a"]: indent its lines below it',
  ]);
  assert.match(problemsOf("[]")![0], /^a\.yaml:1: file: must be a block: received \[\]/);
});

Deno.test("a name that the writer chose is refused as such, a value without words of its own too", () => {
  assert.deepEqual(problemsOf("name: A\ntexts: { A1: x, b: 5 }\nlimits: { calls: 10 }"), [
    'a.yaml:2: texts.A1: must match /^[a-z]+$/: received "A1": change it',
    "a.yaml:2: texts.b: must be text: received 5: change it",
    "a.yaml:3: limits.calls: must be at most 9: received 10: change it",
  ]);
});

Deno.test("what a value must be is said without the value", () => {
  const pin = v.pipe(v.string(), v.minLength(5), v.regex(/^[a-z]+$/));
  const refused: [v.GenericSchema, unknown, string[]][] = [
    [pin, "4821", ["must have at least 5 characters", "must match /^[a-z]+$/"]],
    [pin, 4821, ["must be text: received number"]],
    [v.picklist(["a", "b"]), "4821", ['must be "a" or "b"']],
    [v.literal("a"), "4821", ['must be "a"']],
    [v.pipe(v.number(), v.minValue(9999), v.multipleOf(2)), 4821, [
      "must be at least 9999",
      "must be %2",
    ]],
    [v.pipe(v.number(), v.safeInteger()), 48.21, ["must be a whole number"]],
    [v.pipe(v.array(v.string()), v.maxLength(1)), ["4821", "x"], ["must have at most 1 item"]],
    [v.array(v.string()), { pin: 4821 }, ["must be a list: received object"]],
    [v.boolean(), null, ["must be true or false: received null"]],
    [v.object({ a: v.string() }), {}, ["is missing"]],
    [v.strictObject({}), { pin: 4821 }, ["must not be given"]],
    [v.union([v.string(), v.number()]), ["4821"], ["must be string or number"]],
    [v.pipe(v.string(), v.check(() => false)), "4821", ["must be a valid check"]],
  ];
  for (const [schema, given, texts] of refused) {
    const { issues } = v.safeParse(schema, given, { message: refusalText });
    assert.deepEqual(issues?.map(({ message }) => message), texts);
    assert.doesNotMatch(issues!.map(issueText).join(), /48\.?21/);
  }
});

Deno.test("a date must exist", () => {
  for (const real of ["2026-12-31", "2028-02-29"]) assert.ok(isRealDate(real), real);
  for (const text of ["2026-02-29", "2026-02-30", "2026-13-01", "2026-1-1", "2026", "soon", ""]) {
    assert.ok(!isRealDate(text), text);
  }
});
