import assert from "node:assert/strict";
import { YamlError, YamlText } from "../lib/settings/yaml_text.ts";

const TEXT = `# a comment
name: Amani
empty:
voice: &voice
  style: calm
  "speed": 1.2
list:
  - one
  - { key: two, other: 3 }
again: *voice
7: seven
`;

Deno.test("each value of a YAML text has a line, its key too, and a missing one that of its block", () => {
  const yaml = new YamlText(TEXT);
  assert.deepEqual(yaml.value, {
    name: "Amani",
    empty: null,
    voice: { style: "calm", speed: 1.2 },
    list: ["one", { key: "two", other: 3 }],
    again: { style: "calm", speed: 1.2 },
    "7": "seven",
  });
  const lines = (...paths: PropertyKey[][]) => paths.map((path) => yaml.lineOf(path));
  assert.deepEqual(lines(["name"], ["empty"], ["voice", "style"], ["voice", "speed"]), [
    2,
    3,
    5,
    6,
  ]);
  assert.deepEqual(lines(["list", 0], ["list", 1, "other"], ["again"], [7]), [8, 9, 10, 11]);
  assert.deepEqual(lines(["voice"], ["voice", "missing"], ["list", 9], ["nothing"]), [5, 4, 7, 2]);
  assert.equal(yaml.lineOf(["voice"], true), 4);
  assert.equal(yaml.lineOf([]), 2);
});

Deno.test("a text without YAML says nothing; words stay words, and dates too", () => {
  assert.equal(new YamlText("# nothing\n").value, undefined);
  assert.equal(new YamlText("").lineOf(["name"]), 1);
  assert.deepEqual(new YamlText("{ a: yes, b: 2026-12-31, c: 0712, d: true, e: ~ }").value, {
    ...{ a: "yes", b: "2026-12-31", c: 712, d: true, e: null },
  });
});

Deno.test("what is no YAML, says a key twice or holds two documents is refused by line", () => {
  const refusal = (text: string) => {
    try {
      new YamlText(text);
    } catch (error) {
      assert.ok(error instanceof YamlError, String(error));
      return `${error.line}: ${error.message}`;
    }
    assert.fail(`${text} was taken`);
  };
  assert.match(refusal("a: 1\nb: [1,\n"), /^[23]: /);
  assert.match(refusal("a: 1\nb: 2\na: 3\n"), /^3: .*duplicated/);
  assert.match(refusal("a: 1\n\tb: 2\n"), /^2: /);
  assert.match(refusal("a: 1\n---\nb: 2\n"), /^1: must be one document/);
  assert.match(refusal("a: !!js/function 'x'\n"), /^1: /);
  assert.match(refusal("a: *nobody\n"), /^1: /);
});
