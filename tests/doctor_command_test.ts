import assert from "node:assert/strict";
import { loadAgent } from "../lib/agent_file.ts";
import type { BridgeParts } from "../lib/bridge.ts";
import { systemClock } from "../lib/clock.ts";
import { runDoctor } from "../lib/commands/doctor.ts";
import type { Backend } from "../lib/contracts/backend.ts";
import { checkPrompts } from "../lib/doctor/prompts_check.ts";
import type { Engine } from "../lib/engines/engine.ts";
import { EngineSet } from "../lib/engines/engine_set.ts";
import { loadKnowledge } from "../lib/knowledge.ts";
import { readSettings } from "../lib/settings.ts";

/** A bridge's parts whose embedded engine answers at once. */
const parts: BridgeParts = {
  engines: {
    embedded: () => Promise.resolve(engine),
    gemini: () => Promise.reject(new Error("not used")),
    openai: () => Promise.reject(new Error("not used")),
  },
  tools: () => [],
  backend: () => ({}) as Backend,
};
const engine: Engine = {
  async *stt() {
    yield { type: "final", text: "hello" };
  },
  async *llm() {
    yield { type: "text", text: "Hello." };
    yield { type: "end", reason: "stop" };
  },
  async *tts() {
    yield new Int16Array(1600).fill(1000);
  },
};

const never = () => new AbortController().signal;

async function withDataDir(test: (dataDir: string) => Promise<void>): Promise<void> {
  const dataDir = await Deno.makeTempDir();
  await test(dataDir).finally(() => Deno.remove(dataDir, { recursive: true }));
}

Deno.test("prompts that nobody has made yet are counted, without making any", () =>
  withDataDir(async (DATA_DIR) => {
    const settings = readSettings({ DATA_DIR });
    const agent = await loadAgent("agent");
    const knowledge = await loadKnowledge("agent/knowledge", { clock: systemClock });
    const context = { settings, agent, knowledge, tools: [], areas: [], clock: systemClock };
    const before = await checkPrompts(context, never());
    assert.equal(before.level, "yellow");
    const [, missing, all] = /^(\d+) of (\d+) fixed/.exec(before.finding)!;
    assert.equal(missing, all);
    await new EngineSet(parts.engines, context).keepPrompts(never());
    assert.equal((await checkPrompts(context, never())).level, "green");
  }));

Deno.test("the command prints a table or JSON, ends with 0 on yellow and with 1 on red", () =>
  withDataDir(async (DATA_DIR) => {
    const run = async (args: string[], env: Record<string, string> = {}) => {
      const printed: string[] = [];
      const shown: string[] = [];
      const code = await runDoctor(args, parts, {
        env: { DATA_DIR, SAUTIKIT_BASE_URL: "http://127.0.0.1:1", ...env },
        print: (text) => printed.push(text),
        complain: (text) => printed.push(text),
        progress: (text) => shown.push(text),
      });
      return { code, text: printed.join("\n"), shown };
    };
    const table = await run([]);
    assert.equal(table.code, 0, table.text);
    assert.match(table.text, /^look {2}settings/);
    assert.match(table.text, /\nok {4}tts embedded +\d+, \d+, \d+ ms of 1500/);
    assert.match(table.text, /Calls work; \d+ of \d+ want a look\.$/);
    assert.ok(table.shown.includes("checking store…"));
    const { ok, checks } = JSON.parse((await run(["--json", "--quick"])).text);
    assert.equal(ok, true);
    assert.ok(checks.every(({ name, level }: Record<string, string>) => name && level));
    const weak = await run(["--quick"], { TOKEN_SECRET: "a".repeat(40) });
    assert.equal(weak.code, 1);
    assert.match(weak.text, /FAIL {2}secrets +TOKEN_SECRET repeats itself.*\n +→ make one with/);
    assert.equal((await run(["--quick"], { PORT: "x" })).code, 1);
    assert.equal((await run(["--fast"])).code, 2);
    assert.equal((await run(["--help"])).code, 0);
  }));

Deno.test("the bridge refuses to start on red, and says how to mend it", () =>
  withDataDir(async (DATA_DIR) => {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "-A", "main.ts"],
      env: { PORT: "0", DATA_DIR, TOKEN_SECRET: "a".repeat(40), NO_COLOR: "1" },
      signal: AbortSignal.timeout(30_000), // one that starts all the same would never end
    }).output();
    const text = new TextDecoder().decode(stderr);
    assert.equal(code, 1, text);
    assert.match(text, /Cannot start.*\n {2}secrets: TOKEN_SECRET repeats.*\n +→ make one with/);
    assert.match(text, /deno task doctor\n$/);
  }));
