import assert from "node:assert/strict";
import { knownLanguages, language } from "../lib/languages/languages.ts";
import { toolWords } from "../lib/actions/tool_words.ts";

const others = knownLanguages().filter((tag) => tag !== "en").join("|");
const TABLE = new RegExp(`(?:^|[{,])\\s*(?:${others}):\\s*["'\`({[]`);
const RULE = new RegExp(`[!=]==\\s*"(?:en|${others})"|case "(?:en|${others})"`);
/** Flite has English sounds alone, so its folder knows how Swahili letters sound in them. */
const KNOWS_SOUNDS = "lib/providers/embedded/voice.ts";

async function* sources(directory: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(directory)) {
    const path = `${directory}/${name}`;
    if (isDirectory) yield* sources(path);
    else if (name.endsWith(".ts")) yield path;
  }
}

Deno.test("no file outside lib/languages has a table for a language or a rule for one", async () => {
  assert.match('  sw: "Karibu",', TABLE);
  assert.match('if (tag === "sw") {', RULE);
  const found: string[] = [];
  for await (const path of sources("lib")) {
    if (path.startsWith("lib/languages/") || path === KNOWS_SOUNDS) continue;
    const lines = (await Deno.readTextFile(path)).split("\n");
    for (const line of lines) {
      if (TABLE.test(line) || RULE.test(line)) found.push(`${path}: ${line.trim()}`);
    }
  }
  // A tool's own file speaks the languages of whoever writes it; every other one is brought.
  for await (const path of sources("tools")) {
    const text = await Deno.readTextFile(path);
    for (const tag of knownLanguages()) {
      if (language(tag).tools && new RegExp(`\\b${tag}:`).test(text)) found.push(`${path}: ${tag}`);
    }
  }
  assert.deepEqual(found, []);
});

Deno.test("a tool that nobody translated speaks English, in the languages that its file leaves out", () => {
  const words = toolWords("get_points", {
    en: { phrases: ["my points"], about: "your points", none: "You have none." },
    sw: { phrases: ["pointi zangu"], about: "pointi zako", none: "Huna." },
  });
  assert.equal(words.in("sw").none, "Huna.");
  assert.equal(words.in("fr").none, "You have none.");
  assert.deepEqual(words.about, { en: "your points", sw: "pointi zako" });
  assert.deepEqual(Object.keys(words.phrases), ["en", "sw"]);
});

/** A copy of the project with the language `zz`, by the README's steps: two files and a name. */
async function withNewLanguage(directory: string): Promise<void> {
  for (const name of ["lib", "tools", "agent"]) await copy(name, `${directory}/${name}`);
  for (const name of ["main.ts", "deno.json", "deno.lock"]) {
    await Deno.copyFile(name, `${directory}/${name}`);
  }
  await Deno.symlink(await Deno.realPath("node_modules"), `${directory}/node_modules`);
  const languages = `${directory}/lib/languages`;
  const change = async (from: string, to: string, edits: [string | RegExp, string][]) => {
    let text = await Deno.readTextFile(`${languages}/${from}`);
    for (const [old, now] of edits) {
      const next = text.replaceAll(old, now);
      assert.notEqual(next, text, `${from} must have ${old}`);
      text = next;
    }
    await Deno.writeTextFile(`${languages}/${to}`, text);
  };
  await change("fr.ts", "zz.ts", [
    [/\bfrench\b/g, "zed"],
    ['tag: "fr"', 'tag: "zz"'],
    ["./fr_phrases.ts", "./zz_phrases.ts"],
    ["novembre", "zovembre"],
    // Words that no other language has: what a caller asks, and by which passages are found.
    ["bonjour, bonsoir", "zizou, bonsoir"],
    ['"récompense cadeau prime"', '"zawadizo"'],
  ]);
  await change("fr_phrases.ts", "zz_phrases.ts", [
    [/\b([Vv])ous\b/g, "Zous"],
    ["Bonjour", "Zonjour"],
    ["Il y a une panne", "Zanne"],
    ["quel est mon (solde|forfait)", "zuel est mon (zolde|forfait)"],
  ]);
  await change("languages.ts", "languages.ts", [
    [
      'import { swahili } from "./sw.ts";',
      'import { swahili } from "./sw.ts";import{zed}from"./zz.ts";',
    ],
    ["[english, swahili, french]", "[english, swahili, french, zed]"],
  ]);
  // An agent's own texts are its company's: here it has none.
  await Deno.remove(`${directory}/agent/tools`, { recursive: true });
  const agent = await Deno.readTextFile(`${directory}/agent/agent.yaml`);
  await Deno.writeTextFile(
    `${directory}/agent/agent.yaml`,
    agent.replace("languages: [en, sw]", "languages: [zz]").replace(/^greeting:\n(?: .*\n)+/m, ""),
  );
}

async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copy(`${from}/${name}`, `${to}/${name}`);
    else await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}

async function deno(cwd: string, args: string[]): Promise<{ code: number; text: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd,
    clearEnv: true,
    env: { HOME: Deno.env.get("HOME") ?? "", DENO_DIR: Deno.env.get("DENO_DIR") ?? "" },
  }).output();
  const text = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("\n");
  return { code, text };
}

const TALK = `
import { parts } from "./main.ts";
import { runTalk } from "./lib/commands/talk.ts";
const lines = ["zizou", "zuel est mon zolde", "zawadizo pour un ami", "je voudrais parler à un conseiller"];
const terminal = {
  lines: (async function* () { yield* lines; })(),
  echoes: false,
  write: (line: string) => console.log(line),
};
Deno.exit(await runTalk(Deno.args, parts, { env: {}, terminal }));
`;

Deno.test("a fourth language is two files and its name: the whole agent speaks it", async () => {
  const directory = await Deno.makeTempDir();
  try {
    await withNewLanguage(directory);
    await Deno.writeTextFile(`${directory}/talk.ts`, TALK);
    const { code, text } = await deno(directory, ["run", "-A", "--no-check", "talk.ts"]);
    assert.equal(code, 0, text);
    const said = [
      /Pepo: Zonjour, je suis Pepo/, // the greeting
      /Pepo: Zonjour !\n/, // the brain
      /Zous avez Home 20 et votre compte est actif\./, // a tool
      /avant le \d+ (?:zovembre|décembre)/, // a day
      /both of you get one month at half price|mwezi mmoja kwa nusu bei/, // knowledge, found by the language's own word
      /A person is on the line/, // a request for a person
    ];
    for (const one of said) assert.match(text, one);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("whatever a language leaves out, the types name it", async () => {
  const directory = await Deno.makeTempDir();
  try {
    await withNewLanguage(directory);
    const path = `${directory}/lib/languages/zz_phrases.ts`;
    const whole = await Deno.readTextFile(path);
    const check = () => deno(directory, ["check", "--quiet", "lib/languages/zz.ts"]);
    assert.equal((await check()).code, 0);
    const lines: [RegExp, string][] = [
      [/^ {2}goodbye: .*\n/m, "goodbye"],
      [/^ {2}dropped: .*\n/m, "dropped"],
      [/^ {2}needsFact: .*\n/m, "needsFact"],
      [/^ {4}owesNothing: .*\n/m, "owesNothing"],
    ];
    await Deno.writeTextFile(path, lines.reduce((text, [line]) => text.replace(line, ""), whole));
    const { code, text } = await check();
    assert.notEqual(code, 0);
    for (const [, name] of lines) assert.match(text, new RegExp(`'${name}' is missing`), text);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
