import assert from "node:assert/strict";
import type { BridgeParts } from "../lib/bridge.ts";
import { createSampleCompany } from "../lib/backends/sample_company.ts";
import { runTool } from "../lib/commands/tool.ts";
import { readToolOptions } from "../lib/commands/tool_options.ts";
import type { Tool } from "../lib/contracts/tool.ts";
import { checkOutage } from "../tools/check_outage.ts";
import { getAccount } from "../tools/get_account.ts";
import { handOver } from "../tools/hand_over.ts";
import { resetPassword } from "../tools/reset_password.ts";

const PARTS: BridgeParts = {
  engines: {} as BridgeParts["engines"],
  tools: () => [getAccount, checkOutage, resetPassword, handOver] as Tool[],
  backend: (_, clock) => createSampleCompany(clock),
};

const AGENT = `
name: Amani
company: Upepo Fibre
languages: [en, sw]
hand_over: { number: "+254700000100" }
`;

async function run(
  args: string[],
  { more = "", files = {} as Record<string, string>, answer = false, env = {} } = {},
) {
  const directory = await Deno.makeTempDir();
  const said: string[] = [];
  const asked: string[] = [];
  try {
    await Deno.writeTextFile(`${directory}/agent.yaml`, AGENT + more);
    await Deno.mkdir(`${directory}/tools`);
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${directory}/tools/${name}`, text);
    }
    const code = await runTool(args, PARTS, {
      print: (text) => said.push(text),
      complain: (text) => said.push(text),
      ask: (question) => {
        asked.push(question);
        return answer;
      },
    }, { AGENT_DIR: directory, ...env });
    return { code, said: said.join("\n"), asked };
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("a read shows its arguments, data, sentence and time", async () => {
  const { code, said } = await run(["check_outage", "--arg", "area=Westlands"]);
  assert.equal(code, 0);
  assert.match(said, /check_outage {2}read, identity none/);
  assert.match(said, /arguments: \{"area":"Westlands"\}/);
  assert.match(said, /worked in \d+ ms/);
  assert.match(said, /says: There is an outage in Westlands/);
  assert.match((await run(["check_outage", "--area=Karen", "--language", "sw"])).said, /Sioni/);
});

Deno.test("the caller's number is an option of its own, and may be withheld", async () => {
  assert.match((await run(["get_account"])).said, /worked in/);
  const withheld = await run(["get_account", "--from", "withheld"]);
  assert.equal(withheld.code, 1);
  assert.match(withheld.said, /Your number is hidden/);
  assert.equal((await run(["get_account", "--from", "banana"])).code, 2);
});

Deno.test("arguments that don't fit are told as the model is told", async () => {
  const { code, said } = await run(["check_outage", "--areaa", "Karen"]);
  assert.equal(code, 1);
  assert.match(said, /failed in 0 ms\ndata: .*areaa: must not be given/);
});

Deno.test("a change asks first, and --yes doesn't", async () => {
  const no = await run(["reset_password"]);
  assert.equal(no.code, 1);
  assert.equal(no.asked.length, 1);
  assert.match(no.said, /asks: I will send a link/);
  assert.match(no.said, /Nothing was changed/);
  assert.doesNotMatch(no.said, /worked/);
  const asked = await run(["reset_password"], { answer: true });
  assert.equal(asked.code, 0);
  assert.match(asked.said, /says: Done\. The link was sent/);
  const yes = await run(["reset_password", "--yes"]);
  assert.deepEqual([yes.code, yes.asked.length], [0, 0]);
});

Deno.test("what a tool wants of the call is told", async () => {
  const { said } = await run(["hand_over", "--arg", "reason=upset"]);
  assert.match(said, /wants to hand over:/);
});

Deno.test("tools in YAML are tried the same way, and their mistakes are told", async () => {
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    (request) => Response.json({ days: Number(new URL(request.url).searchParams.get("days")) + 1 }),
  );
  try {
    const host = `127.0.0.1:${server.addr.port}`;
    const file = `
name: add_days
description: Adds a day.
url: http://${host}/?days={days}
parameters: { days: { type: integer, description: Days } }
pick: { days: days }
effect: read
identity: none
say: { en: "Now it is {days}.", sw: "Sasa ni {days}." }
`;
    const more = `tools: { hosts: [{ host: "${host}", allow_private: true }] }\n`;
    const { code, said } = await run(["add_days", "--days", "4"], {
      more,
      files: { "add_days.yaml": file },
    });
    assert.equal(code, 0);
    assert.match(said, /data: \{"ok":true,"days":5\}\nsays: Now it is 5\./);
    const wrong = await run(["add_days"], { files: { "add_days.yaml": file } });
    assert.equal(wrong.code, 1);
    assert.match(wrong.said, /add_days\.yaml:4: url: must go to a host that agent\.yaml lists/);
  } finally {
    await server.shutdown();
  }
});

Deno.test("a server of tools that is down is told of, and the other tools are there", async () => {
  const more = "mcp: [{ name: crm, url: 'http://127.0.0.1:1/mcp', tools: [get_bill] }]\n";
  const { code, said } = await run(["--list"], { more });
  assert.equal(code, 0);
  assert.match(said, /MCP server crm can't be reached/);
  assert.match(said, /get_account {2}read, identity number/);
});

Deno.test("what can't be understood ends with 2, and help with 0", async () => {
  assert.equal((await run(["--help"])).code, 0);
  assert.equal((await run([])).code, 2);
  assert.equal((await run(["no_such_tool"])).code, 2);
  assert.equal((await run(["get_account", "--arg"])).code, 2);
  assert.equal((await run(["get_account", "--arg", "area"])).code, 2);
  assert.equal((await run(["one", "two"])).code, 2);
});

Deno.test("values become what the tool's parameters want", () => {
  const { argsFor } = readToolOptions([
    "x",
    "--n",
    "5",
    "--b=true",
    "--s",
    "5",
    "--o",
    '{"a":1}',
    "--bad",
    "five",
  ]);
  const schema = {
    properties: {
      n: { type: "integer" },
      b: { type: "boolean" },
      s: { type: "string" },
      o: { type: "object" },
      bad: { type: "number" },
    },
  };
  assert.deepEqual(argsFor(schema), { n: 5, b: true, s: "5", o: { a: 1 }, bad: "five" });
});
