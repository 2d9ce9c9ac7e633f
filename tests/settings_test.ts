import assert from "node:assert/strict";
import { loadEnv } from "../lib/settings/env.ts";
import { SettingsError } from "../lib/settings/setting_reader.ts";
import { readSettings } from "../lib/settings.ts";
import { keepTokenSecret } from "../lib/server/token_secret.ts";

function problems(env: Record<string, string>): string[] {
  try {
    readSettings(env);
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    return error.problems;
  }
  return [];
}

Deno.test("an empty environment serves with the embedded engines", () => {
  const settings = readSettings({});
  assert.equal(settings.port, 8000);
  assert.deepEqual(settings.engines, { stt: ["embedded"], llm: ["embedded"], tts: ["embedded"] });
  assert.equal(settings.sautikit.baseUrl, "https://api.sautikit.com");
  assert.equal(settings.voiceFormat, "xml");
  assert.equal(settings.defaultCountry, "KE");
});

Deno.test("a Gemini key puts Gemini first, and each stage can be set by itself", () => {
  const settings = readSettings({
    GEMINI_API_KEY: "AIzaSy-test",
    OPENAI_STT_BASE_URL: "http://127.0.0.1:9000/v1/",
    STT: "openai, embedded",
  });
  assert.deepEqual(settings.engines.stt, ["openai", "embedded"]);
  assert.deepEqual(settings.engines.llm, ["gemini", "embedded"]);
  assert.equal(settings.openai.baseUrls.stt, "http://127.0.0.1:9000/v1");
});

Deno.test("all problems are told at once, each with variable, value and fix", () => {
  const lines = problems({
    PORT: "eighty",
    PUBLIC_URL: "agent.example",
    VOICE_FORMAT: "yaml",
    STT: "whisper",
    MAX_CALLS: "0",
    DEFAULT_COUNTRY: "Kenya",
    OWNED_NUMBERS: "0712",
    LOG_LEVEL: "loud",
    LLM: "openai",
    TOKEN_SECRET: "short",
  });
  const expected = {
    PORT: /eighty.*8000/,
    PUBLIC_URL: /agent\.example.*https:\/\//,
    VOICE_FORMAT: /xml, json.*yaml/,
    STT: /gemini, openai, embedded.*whisper/,
    MAX_CALLS: /from 1 to 10000.*"0"/,
    DEFAULT_COUNTRY: /KENYA.*KE/,
    OWNED_NUMBERS: /0712.*\+254/,
    LOG_LEVEL: /loud.*info/,
    OPENAI_API_KEY: /OPENAI_LLM_BASE_URL.*LLM names openai/,
    OPENAI_LLM_MODEL: /must name a model/,
    TOKEN_SECRET: /at least 32/,
  };
  for (const [name, says] of Object.entries(expected)) {
    const line = lines.find((line) => line.startsWith(`${name} `));
    assert.ok(line, `${name} is missing in\n${lines.join("\n")}`);
    assert.match(line, says);
  }
  assert.equal(lines.length, Object.keys(expected).length);
});

Deno.test("no problem shows a secret", () => {
  const secret = "hunter2 with a space";
  const lines = problems({
    GEMINI_API_KEY: secret,
    SAUTIKIT_API_KEY: secret,
    TOKEN_SECRET: secret,
    BACKEND_URL: "https://user:hunter2@backend.example",
  });
  assert.equal(lines.length, 4);
  assert.ok(!lines.join("\n").includes("hunter2"));
});

Deno.test("values that were pasted with quotes, spaces or a word before them are read", () => {
  const settings = readSettings({
    PORT: ' "9000" ',
    PUBLIC_URL: "'https://agent.example/'",
    SAUTIKIT_API_KEY: "Bearer eyJabc",
    SAUTIKIT_SIGNING_SECRETS: "one, two,",
    OWNED_NUMBERS: "+254709900100, +254 709 900 101",
    GEMINI_BASE_URL: "",
  });
  assert.equal(settings.port, 9000);
  assert.equal(settings.publicUrl, "https://agent.example");
  assert.equal(settings.sautikit.apiKey, "eyJabc");
  assert.deepEqual(settings.sautikit.signingSecrets, ["one", "two"]);
  assert.deepEqual(settings.ownedNumbers, ["+254709900100", "+254709900101"]);
  assert.equal(settings.gemini.baseUrl, undefined);
});

Deno.test("a variable that looks like one of ours is pointed out, and others are left in peace", () => {
  const { notes } = readSettings({
    GEMINI_KEY: "x",
    SAUTIKIT_SIGNING_SECRET: "x",
    PUBLIC_URI: "x",
    GOOGLE_API_KEY: "x",
    PATH: "/bin",
    HOME: "/",
    DATA_DIR: "./d",
    LANG: "C",
  });
  const named = notes.filter((note) => note.includes("did you mean")).join("\n");
  assert.match(named, /GEMINI_KEY is not read; did you mean GEMINI_API_KEY\?/);
  assert.match(named, /SAUTIKIT_SIGNING_SECRET .*SAUTIKIT_SIGNING_SECRETS/);
  assert.match(named, /PUBLIC_URI .*PUBLIC_URL/);
  assert.match(named, /GOOGLE_API_KEY .*GEMINI_API_KEY/);
  assert.equal(named.split("\n").length, 4);
  assert.ok(notes.some((note) => note.startsWith("SAUTIKIT_SIGNING_SECRETS is not set")));
});

Deno.test("a .env file fills in what the environment lacks, and a missing one is silent", async () => {
  const path = await Deno.makeTempFile();
  const home = Deno.env.toObject().PATH;
  await Deno.writeTextFile(path, '# ours\nPATH=wrong\nPOKEA_TEST_ONLY="a b"\n');
  assert.equal(loadEnv(path).POKEA_TEST_ONLY, "a b");
  assert.equal(loadEnv(path).PATH, home);
  assert.equal(Deno.env.get("POKEA_TEST_ONLY"), undefined);
  await Deno.remove(path);
  assert.equal(loadEnv(path).POKEA_TEST_ONLY, undefined);
  assert.throws(() => loadEnv("."), /Cannot read \.: it must be a readable file/);
});

Deno.test("the token secret is made once, kept for its owner, and the same for all who start", async () => {
  const parent = await Deno.makeTempDir();
  const dir = `${parent}/data`;
  const secrets = await Promise.all(Array.from({ length: 5 }, () => keepTokenSecret(dir)));
  assert.equal(new Set(secrets).size, 1);
  assert.ok(secrets[0].length >= 32);
  assert.equal(await keepTokenSecret(dir), secrets[0]);
  if (Deno.build.os !== "windows") {
    assert.equal((await Deno.stat(`${dir}/token_secret`)).mode! & 0o777, 0o600);
  }
  assert.equal([...Deno.readDirSync(dir)].length, 1, "no draft is left");
  await Deno.writeTextFile(`${dir}/token_secret`, "short");
  await assert.rejects(keepTokenSecret(dir), /token_secret must be a file .*32 characters/);
  await assert.rejects(keepTokenSecret(`${dir}/token_secret/x`), /TOKEN_SECRET must be set/);
  await Deno.remove(parent, { recursive: true });
});
