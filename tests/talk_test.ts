import assert from "node:assert/strict";
import { runTalk, TALK_HELP } from "../lib/commands/talk.ts";
import { parts } from "../main.ts";

async function talked(lines: string[], args: string[] = []) {
  const written: string[] = [];
  const code = await runTalk(args, parts, {
    env: {},
    terminal: {
      lines: (async function* () {
        yield* lines;
      })(),
      echoes: false,
      write: (line) => written.push(line),
    },
  });
  return { code, text: written.join("\n") };
}

Deno.test("typed words are answered by the agent's own tools, one after the other", async () => {
  const { code, text } = await talked(["What is my balance?", "How do I pay my bill?"]);
  assert.equal(code, 0);
  const places = [
    "How can I help?",
    "you: What is my balance?",
    "You have KES 2,499 to pay",
    "you: How do I pay my bill?",
    "555012",
    "(You hung up.)",
  ].map((piece) => text.indexOf(piece));
  assert.ok(places.every((at, i) => at >= 0 && (i === 0 || at > places[i - 1])), text);
});

Deno.test("a change needs the account number and a yes here, too", async () => {
  const { text } = await talked([
    "I forgot my account password",
    "two zero four five one eight",
    "yes",
  ], ["--verbose"]);
  assert.match(text, /What is your account number\?[^]*Shall I do that\?[^]*link was sent by SMS/);
  assert.match(text, /tool.*reset_password/);
});

Deno.test("a hidden number sees no account, and keys are pressed as in a phone call", async () => {
  const { text } = await talked(["What is my balance?", "[press 0]"], ["--from", "withheld"]);
  assert.match(text, /Your number is hidden/);
  assert.doesNotMatch(text, /2,499/);
  assert.match(text, /A person is on the line now/);
});

Deno.test("what is printed has no personal number in it, whoever typed it", async () => {
  const { text } = await talked([
    "My number is 0712345678 and my PIN is 4816",
    "Where is my order",
  ]);
  assert.doesNotMatch(text, /0712345678|4816/);
  assert.match(text, /you: My number is …678/);
});

Deno.test("a line that can't be acted is explained, and the call goes on", async () => {
  const { text } = await talked(["[shout]", "What is my balance?"]);
  assert.match(text, /a directive must be one of/);
  assert.match(text, /KES 2,499/);
});

Deno.test("what can't be understood ends with 2", async () => {
  const before = console.error;
  const said: string[] = [];
  console.error = (text) => said.push(String(text));
  try {
    assert.equal((await talked([], ["--engine", "parrot"])).code, 2);
    assert.equal((await talked([], ["--from", "0712"])).code, 2);
    assert.equal((await talked([], ["--agent", "/nowhere"])).code, 2);
  } finally {
    console.error = before;
  }
  assert.match(said[0], /--engine must be one of gemini, openai, embedded: received parrot/);
  const { code, text } = await talked([], ["--help"]);
  assert.deepEqual([code, text], [0, TALK_HELP]);
});
