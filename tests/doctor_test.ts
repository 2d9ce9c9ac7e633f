import assert from "node:assert/strict";
import { dirname } from "node:path/posix";
import { checkAgent, checkKnowledge } from "../lib/doctor/agent_check.ts";
import { checkDisk } from "../lib/doctor/disk_check.ts";
import { type Check, green, red, yellow } from "../lib/doctor/finding.ts";
import { knowledgeDoubts } from "../lib/doctor/knowledge_doubts.ts";
import { checkLevelScale } from "../lib/doctor/level_check.ts";
import { checkModelDates } from "../lib/doctor/model_check.ts";
import { endOf, MODEL_DATES } from "../lib/doctor/model_dates.ts";
import { checkPrices } from "../lib/doctor/price_check.ts";
import { exitCode, runChecks } from "../lib/doctor/run_checks.ts";
import { checkSecrets, weakness } from "../lib/doctor/secrets_check.ts";
import { checkSettings } from "../lib/doctor/settings_check.ts";
import { checkStore } from "../lib/doctor/store_check.ts";
import { parsePassages } from "../lib/knowledge/passage_file.ts";
import { readSettings } from "../lib/settings.ts";
import { FakeClock } from "./fake_clock.ts";

const NOW_MS = Date.UTC(2026, 10, 23);
const AGENT = 'name: A\ncompany: B\nhand_over: { number: "+254700000100" }\n';
const PRICES = `valid_until: 2026-12-31
source: a test
usd_to_kes: { rate: 129, on: 2026-11-23 }
line_kes_per_minute: { inbound: 0, stream: 0.5, outbound: 3 }
models: { embedded: { free: true } }
`;

/** Runs a test in a directory of these files. */
async function withFiles(
  files: Record<string, string>,
  test: (directory: string) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.mkdir(dirname(`${directory}/${name}`), { recursive: true });
      await Deno.writeTextFile(`${directory}/${name}`, text);
    }
    await test(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("settings that can't be read are red, ones that look wrong yellow, and others green", () => {
  const wrong = checkSettings({ PORT: "eighty" });
  assert.equal(wrong.level, "red");
  assert.match(wrong.finding, /PORT must be a whole number/);
  const odd = checkSettings({ GEMINI_KEY: "x", SAUTIKIT_SIGNING_SECRETS: "s" });
  assert.equal(odd.level, "yellow");
  assert.match(odd.finding, /did you mean GEMINI_API_KEY/);
  assert.equal(checkSettings({ SAUTIKIT_SIGNING_SECRETS: "s" }).level, "green");
});

Deno.test("an agent file is red with its lines when it is wrong, and green when it is right", async () => {
  await withFiles({ "agent.yaml": "name: A\n" }, async (directory) => {
    const { level, finding } = await checkAgent(directory);
    assert.equal(level, "red");
    assert.match(finding, /agent\.yaml:1: company: is missing/);
  });
  await withFiles({ "agent.yaml": AGENT }, async (directory) => {
    assert.equal((await checkAgent(directory)).level, "green");
  });
});

Deno.test("knowledge is red when it can't be read, and yellow when it is stale or empty", async () => {
  const clock = new FakeClock(NOW_MS);
  const entry = (expires: string) => `---\nexpires: ${expires}\n---\n# Offer\n\nHalf price.\n`;
  const levels: [Record<string, string>, string, RegExp][] = [
    [{ "knowledge/a.md": "text above\n" }, "red", /a\.md:1: text must stand below a heading/],
    [{ "knowledge/a.md": entry("2026-11-21") }, "yellow", /a\.md:4 "Offer" expired on 2026-11-21/],
    [{ "agent.yaml": AGENT }, "yellow", /has no entries/],
    [{ "knowledge/a.md": entry("2026-11-23") }, "green", /1 entries, none stale/],
  ];
  for (const [files, level, says] of levels) {
    await withFiles(files, async (directory) => {
      const found = await checkKnowledge(directory, clock);
      assert.equal(found.level, level, found.finding);
      assert.match(found.finding, says);
    });
  }
});

function doubts(files: Record<string, string>): string[] {
  const passages = Object.entries(files).flatMap(([name, text]) => {
    const { passages, problems } = parsePassages(name, text);
    assert.deepEqual(problems, []);
    return passages;
  });
  return knowledgeDoubts(passages, NOW_MS);
}

Deno.test("one question under two topics, and one heading with two amounts, are doubtful", () => {
  const one = "# Paying {#pay}\n\nPay to 247247.\n\nQuestions:\n- How do I pay?\n";
  assert.deepEqual(doubts({ "a.md": one }), []);
  assert.deepEqual(
    doubts({ "a.md": one, "b.md": "# Bills {#bills}\n\nAsk.\n\nQuestions:\n- how do i PAY\n" }),
    ['b.md:1 "Bills" has the question "how do i PAY" of a.md:1 "Paying"'],
  );
  assert.deepEqual(
    doubts({ "a.md": one, "b.md": "# Paying {#pay-bills}\n\nPay to 880100.\n" }),
    ['b.md:1 "Paying" gives other numbers than a.md:1 "Paying"'],
  );
  assert.deepEqual(
    doubts({
      "a.en.md": "# Plans {#plans}\n\nHome 10 is KES 1,999.\n",
      "a.sw.md": "---\nlanguage: sw\n---\n# Mipango {#plans}\n\nHome 10 ni KES 2,999.\n",
    }),
    ['a.sw.md:4 "Mipango" gives other numbers than a.en.md:1 "Plans"'],
  );
});

Deno.test("a model is yellow before its end, and red after it when nothing stands behind it", () => {
  const settings = (env: Record<string, string>) =>
    readSettings({ GEMINI_API_KEY: "k", GEMINI_LLM_MODEL: "gemini-2.5-flash-001", ...env });
  const at = (date: string, env = {}) => checkModelDates(settings(env), Date.parse(date));
  assert.equal(at("2026-07-01").level, "green");
  const soon = at("2026-11-23");
  assert.equal(soon.level, "yellow");
  assert.match(soon.finding, /gemini-2\.5-flash-001 is shut down on 2026-12-01, in 8 days/);
  assert.equal(soon.fix, "set GEMINI_LLM_MODEL=gemini-3.5-flash-lite");
  assert.match(at("2026-12-02").finding, /so embedded does its work/);
  assert.equal(at("2026-12-02").level, "yellow");
  assert.equal(at("2026-12-02", { LLM: "gemini" }).level, "red");
});

Deno.test("a model's name means it and its editions, no other model and none of one's own server", () => {
  assert.equal(endOf("gemini-2.5-flash-lite"), undefined);
  assert.equal(endOf("gpt-5.6-sol"), undefined);
  assert.equal(endOf("models/gpt-4o-2024-08-06")?.shutDownOn, "2027-01-14");
  const vendors = readSettings({ STT: "openai", OPENAI_API_KEY: "k" });
  assert.equal(vendors.openai.sttModel, "gpt-transcribe");
  assert.equal(checkModelDates(vendors, Date.parse("2027-03-01")).level, "green");
  const whisper = readSettings({
    STT: "openai",
    OPENAI_API_KEY: "k",
    OPENAI_STT_MODEL: "whisper-1",
  });
  assert.match(
    checkModelDates(whisper, Date.parse("2026-11-23")).finding,
    /whisper-1 is shut down on 2027-02-26, in 95 days/,
  );
  const own = readSettings({ STT: "openai", OPENAI_STT_BASE_URL: "http://127.0.0.1:1/v1" });
  assert.equal(checkModelDates(own, Date.parse("2030-01-01")).level, "green");
  for (const { shutDownOn } of MODEL_DATES) assert.ok(Date.parse(shutDownOn) > 0);
});

Deno.test("prices are yellow when missing, running out, stale or incomplete, and red when wrong", async () => {
  const settings = (agentDir: string, env = {}) => readSettings({ AGENT_DIR: agentDir, ...env });
  const budget = { callKes: 5, softShare: 0.8, atLimit: "close" as const };
  await withFiles({ "agent.yaml": AGENT }, async (directory) => {
    const none = settings(directory);
    assert.equal((await checkPrices(none, undefined, NOW_MS)).level, "yellow");
    assert.equal((await checkPrices(none, budget, NOW_MS)).level, "red", "a budget needs prices");
  });
  await withFiles({ "prices.yaml": PRICES }, async (directory) => {
    const check = (date: string, env = {}) =>
      checkPrices(settings(directory, env), budget, Date.parse(date));
    assert.equal((await check("2026-11-23")).level, "green");
    assert.match((await check("2026-12-20")).finding, /run out on 2026-12-31/);
    const stale = await check("2027-01-02");
    assert.equal(stale.level, "yellow");
    assert.match(stale.finding, /ran out on 2026-12-31: costs are flagged as stale/);
    const unpriced = await check("2026-11-23", { GEMINI_API_KEY: "k", TTS: "embedded" });
    assert.match(unpriced.finding, /no price for gemini-3\.5-transcribe-live, gemini-3\.5-trans/);
  });
  await withFiles({ "prices.yaml": PRICES + "x: 1\n" }, async (directory) => {
    assert.equal((await checkPrices(settings(directory), undefined, NOW_MS)).level, "red");
  });
});

Deno.test("secrets that can be guessed, and ones that others can read, are found", async () => {
  const good = crypto.randomUUID().replaceAll("-", "");
  assert.equal(weakness(good), undefined);
  for (const bad of ["changeme-changeme-changeme", "short", "ab".repeat(20), "1".repeat(40)]) {
    assert.ok(weakness(bad), bad);
  }
  const check = (env: Record<string, string>) => checkSecrets(readSettings(env));
  const found = await check({ TOKEN_SECRET: "a".repeat(32), SAUTIKIT_SIGNING_SECRETS: "secret" });
  assert.equal(found.level, "red");
  assert.match(found.finding, /TOKEN_SECRET repeats itself.*SAUTIKIT_SIGNING_SECRETS is one that/);
  assert.ok(!found.finding.includes("aaaa"), "secrets are not shown");
  const open = { TOKEN_SECRET: good, PUBLIC_URL: "http://agent.example" };
  assert.match((await check(open)).finding, /plain http/);
  if (Deno.build.os === "windows") return;
  await withFiles({ token_secret: good }, async (DATA_DIR) => {
    await Deno.chmod(`${DATA_DIR}/token_secret`, 0o644);
    assert.match((await check({ DATA_DIR })).finding, /can be read by other users/);
    await Deno.chmod(`${DATA_DIR}/token_secret`, 0o600);
    assert.equal((await check({ DATA_DIR })).level, "green");
  });
});

Deno.test("the store is written, read and emptied again, and red where that can't be", async () => {
  await withFiles({ "file": "in the way" }, async (directory) => {
    const at = (DATA_DIR: string) => checkStore(readSettings({ DATA_DIR }));
    assert.equal((await at(`${directory}/data`)).level, "green");
    const kv = await Deno.openKv(`${directory}/data/calls.kv`);
    assert.deepEqual(await Array.fromAsync(kv.list({ prefix: [] })), []);
    kv.close();
    const blocked = await at(`${directory}/file`);
    assert.equal(blocked.level, "red");
    assert.match(blocked.fix!, /DATA_DIR writable/);
  });
});

Deno.test("a tone of −20 dBFS reads −20 dBFS, and another scale of samples is caught", () => {
  assert.equal(checkLevelScale().level, "green");
  const asFloats = (bytes: Uint8Array) => {
    const view = new DataView(bytes.buffer);
    let energy = 0;
    for (let at = 0; at < bytes.length; at += 2) energy += view.getInt16(at, true) ** 2;
    return 10 * Math.log10(energy / (bytes.length / 2)); // as if full scale were 1
  };
  const { level, finding } = checkLevelScale(asFloats);
  assert.equal(level, "red");
  assert.match(finding, /reads 70\.31 dBFS/);
});

Deno.test("a disk is yellow below a gigabyte and red when nearly full", async () => {
  const at = (bytes: number) => checkDisk(".", () => Promise.resolve(bytes));
  assert.equal((await at(2e9)).level, "green");
  assert.equal((await at(5e8)).level, "yellow");
  assert.equal((await at(5e7)).level, "red");
});

Deno.test("checks run one by one, are cut off in time, and only red ends with 1", async () => {
  const clock = new FakeClock();
  const seen: string[] = [];
  const checks: Check[] = [
    { name: "good", run: () => green("well") },
    { name: "doubtful", run: () => yellow("hm", "look") },
    { name: "broken", run: () => Promise.reject(new Error("no such thing")) },
    { name: "hanging", run: () => new Promise(() => {}) },
  ];
  const running = runChecks(checks, {
    clock,
    limitMs: 1000,
    onStart: (name) => seen.push(`? ${name}`),
    onResult: ({ name, level }) => seen.push(`${level} ${name}`),
  });
  await clock.advance(1000);
  const results = await running;
  assert.deepEqual(seen.slice(0, 4), ["? good", "green good", "? doubtful", "yellow doubtful"]);
  assert.match(results[2].finding, /could not be checked: no such thing/);
  assert.match(results[3].finding, /longer than 1000 ms/);
  assert.equal(clock.pending, 0);
  assert.equal(exitCode(results), 1);
  assert.equal(exitCode(results.slice(0, 2)), 0);
  assert.equal(exitCode([{ name: "x", ...red("bad", "mend") }]), 1);
});
