import { Server } from "@modelcontextprotocol/sdk/server";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import assert from "node:assert/strict";
import * as v from "valibot";
import { parseAgent } from "../lib/agent_file.ts";
import type { McpSettings } from "../lib/agent/agent.ts";
import { systemClock } from "../lib/clock.ts";
import type { Backend } from "../lib/contracts/backend.ts";
import type { Tool } from "../lib/contracts/tool.ts";
import { createIdentity } from "../lib/actions/identity.ts";
import { isNo, isYes } from "../lib/languages/answers.ts";
import { remoteParameters } from "../lib/mcp/remote_parameters.ts";
import { toolName } from "../lib/mcp/remote_tool.ts";
import { offerRemoteTools } from "../lib/mcp/remote_tools.ts";
import { createConfirmGate } from "../lib/actions/safe_actions.ts";
import { createToolCatalog } from "../lib/actions/tool_catalog.ts";
import { createToolRunner } from "../lib/actions/tool_runner.ts";
import { FakeClock, settle } from "./fake_clock.ts";

const never = new AbortController().signal;
const quiet = { info() {}, warn() {} };

interface Peer {
  url: string;
  port: number;
  calls: { name: string; args: unknown; key: unknown }[];
  authorizations: (string | null)[];
  close(): Promise<void>;
}

/** What the SDK gives for one use of a tool; its deeper modules come without types on Deno. */
interface Use {
  params: { name: string; arguments: Record<string, unknown>; _meta?: Record<string, unknown> };
}

const OFFERED = [
  {
    name: "get-bill",
    description: "Gets a bill",
    inputSchema: {
      $schema: "http://json-schema.org/draft-07/schema#",
      type: "object",
      properties: {
        account: { type: "string", minLength: 3, description: "The account", expect: "account_no" },
        months: { type: "array", items: { $ref: "#/$defs/month" }, maxItems: 2 },
      },
      required: ["account"],
      $defs: { month: { type: "integer", minimum: 1, maximum: 12 } },
    },
  },
  {
    name: "send_refund",
    description: "Sends a refund",
    inputSchema: {
      type: "object",
      properties: { amount: { type: "number" } },
      required: ["amount"],
    },
  },
  { name: "drop_database", description: "Never", inputSchema: { type: "object" } },
];

/** A server made with the SDK, over streamable HTTP on loopback. */
function startPeer(port = 0): Peer {
  const calls: Peer["calls"] = [];
  const authorizations: Peer["authorizations"] = [];
  const build = () => {
    const server = new Server({ name: "crm", version: "1.0.0" }, { capabilities: { tools: {} } });
    server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: OFFERED }));
    server.setRequestHandler(CallToolRequestSchema, ({ params }: Use) => {
      const { name, arguments: args, _meta } = params;
      calls.push({ name, args, key: _meta?.["pokea/idempotency-key"] });
      if (name === "send_refund") {
        return { content: [{ type: "text", text: `Sent ${args.amount}.` }] };
      }
      return args.account === "000"
        ? { content: [{ type: "text", text: "no such account" }], isError: true }
        : {
          content: [{ type: "text", text: `Account ${args.account} owes 2500 shillings.` }],
          structuredContent: { owed: 2500 },
        };
    });
    return server;
  };
  const server = Deno.serve({ port, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    authorizations.push(request.headers.get("authorization"));
    if (request.method === "GET") return new Response(null, { status: 405 }); // no stream of its own
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: undefined,
      enableJsonResponse: true,
    });
    await build().connect(transport);
    return await transport.handleRequest(request);
  });
  const bound = server.addr.port;
  return {
    url: `http://127.0.0.1:${bound}/mcp`,
    port: bound,
    calls,
    authorizations,
    close: () => server.shutdown(),
  };
}

function settingsFor(url: string): McpSettings[] {
  return parseAgent(`
name: Amani
company: Upepo
hand_over: { number: "+254700000100" }
mcp:
  - name: crm
    url: ${url}
    headers: { authorization: "Bearer \${env:CRM_TOKEN}" }
    tools:
      - get-bill
      - name: send_refund
        effect: write
        identity: fact
        confirm: { en: "I will send {amount} shillings. Shall I?" }
      - missing_tool
`).mcp;
}

function runnerOf(tools: Tool[]) {
  const gate = createConfirmGate({ isYes: (text) => isYes(text), isNo: (text) => isNo(text) });
  const identity = createIdentity("+254700000001");
  const runner = createToolRunner({
    callId: "HD_1",
    callerNumber: "+254700000001",
    catalog: createToolCatalog(tools),
    backend: {} as Backend,
    clock: new FakeClock(),
    identity,
    gate,
    handOver() {},
    endCall() {},
  });
  return { runner, gate, identity };
}

Deno.test("the tools of an MCP server that the agent file names keep the same contract", async () => {
  const peer = startPeer();
  const warnings: string[] = [];
  const remote = offerRemoteTools(settingsFor(peer.url), {
    clock: systemClock,
    env: { CRM_TOKEN: "s3cret" },
    log: { info() {}, warn: (message) => warnings.push(message) },
  });
  try {
    await remote.tried;
    assert.deepEqual(remote.tools.map(({ name }) => name), ["crm_get_bill", "crm_send_refund"]);
    assert.deepEqual(warnings, ["MCP server crm has no tool missing_tool, which agent.yaml names"]);
    const { runner, gate, identity } = runnerOf(remote.tools);
    const [bill, nobody, wrong, unlisted] = await runner.run(
      [
        { id: "1", name: "crm_get_bill", args: { account: "123" } },
        { id: "2", name: "crm_get_bill", args: { account: "000" } },
        { id: "3", name: "crm_get_bill", args: { account: "123", caller: "+254711111111" } },
        { id: "4", name: "crm_drop_database", args: {} },
      ],
      "en",
      never,
    );
    assert.deepEqual([bill.ok, bill.data, bill.say], [
      true,
      { owed: 2500 },
      "Account 123 owes 2500 shillings.",
    ]);
    assert.equal(nobody.ok, false);
    assert.equal(wrong.data.error, "caller: must not be given");
    assert.match(String(unlisted.data.error), /There is no tool/);

    const refund = { id: "5", name: "crm_send_refund", args: { amount: 300 } };
    assert.equal((await runner.run([refund], "en", never))[0].data.needsIdentity, "fact");
    identity.prove("fact", true);
    const [proposed] = await runner.run([refund], "en", never);
    assert.equal(proposed.say, "I will send 300 shillings. Shall I?");
    assert.deepEqual(peer.calls.map(({ name }) => name), ["get-bill", "get-bill"]);
    const answer = gate.answer("yes", "en");
    assert.ok(answer && "run" in answer);
    assert.equal((await runner.runConfirmed(answer.run, "en")).say, "Sent 300.");
    await runner.runConfirmed(answer.run, "en");
    assert.equal(peer.calls.length, 3, "a second yes does not send again");
    assert.match(String(peer.calls[2].key), /^[0-9a-f]{32}$/);
    assert.ok(peer.authorizations.every((sent) => sent === "Bearer s3cret"));
  } finally {
    await remote.close();
    await peer.close();
  }
});

Deno.test("a server that is down is told of, tried again, and offered once it is up", async () => {
  const gone = startPeer();
  await gone.close();
  const clock = new FakeClock();
  const told: string[] = [];
  let changes = 0;
  const remote = offerRemoteTools(settingsFor(gone.url), {
    clock,
    env: {},
    log: { info: (message) => told.push(message), warn: (message) => told.push(message) },
    onChange: () => changes++,
  });
  await remote.tried;
  assert.equal(remote.tools.length, 0);
  assert.equal(told[0], "MCP server crm needs CRM_TOKEN, which is not set");
  assert.match(told[1], /MCP server crm can't be reached, its tools are not offered/);
  const peer = startPeer(gone.port);
  try {
    await clock.advance(5_000);
    while (changes === 0) await settle();
    assert.equal(remote.tools.length, 2);
  } finally {
    await remote.close();
    await peer.close();
  }
});

Deno.test("a server that sends us elsewhere gets none of our secrets carried there", async () => {
  const elsewhere = startPeer();
  const door = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    () => Response.redirect(elsewhere.url, 307),
  );
  const told: string[] = [];
  const remote = offerRemoteTools(settingsFor(`http://127.0.0.1:${door.addr.port}/mcp`), {
    clock: new FakeClock(),
    env: { CRM_TOKEN: "s3cret" },
    log: { info: (message) => told.push(message), warn: (message) => told.push(message) },
  });
  await remote.tried;
  assert.equal(remote.tools.length, 0);
  assert.match(told[0], /can't be reached/);
  assert.deepEqual(elsewhere.authorizations, []);
  await remote.close();
  await door.shutdown();
  await elsewhere.close();
});

Deno.test("a server that sends us to another of its own addresses is not followed either", async () => {
  const asked: string[] = [];
  const door = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const { pathname } = new URL(request.url);
    asked.push(pathname);
    return pathname === "/mcp"
      ? new Response(null, { status: 307, headers: { location: "/internal/admin" } })
      : new Response(null, { status: 400 });
  });
  const told: string[] = [];
  const remote = offerRemoteTools(settingsFor(`http://127.0.0.1:${door.addr.port}/mcp`), {
    clock: new FakeClock(),
    env: { CRM_TOKEN: "s3cret" },
    log: { info: (message) => told.push(message), warn: (message) => told.push(message) },
  });
  await remote.tried;
  assert.match(told[0], /can't be reached/);
  assert.deepEqual([...new Set(asked)], ["/mcp"]);
  await remote.close();
  await door.shutdown();
});

Deno.test("a server that starts anew between two calls is met again", async () => {
  const first = startPeer();
  const remote = offerRemoteTools(settingsFor(first.url), {
    clock: systemClock,
    env: {},
    log: quiet,
  });
  await remote.tried;
  const { runner } = runnerOf(remote.tools);
  const call = { id: "1", name: "crm_get_bill", args: { account: "123" } };
  assert.equal((await runner.run([call], "en", never))[0].ok, true);
  await first.close();
  const [failed] = await runner.run([call], "en", never);
  assert.equal(failed.ok, false);
  assert.match(failed.say!, /Shall I get a person/);
  const second = startPeer(first.port);
  try {
    assert.equal((await runner.run([call], "en", never))[0].ok, true);
  } finally {
    await remote.close();
    await second.close();
  }
});

Deno.test("a write of a server without a question is refused by the catalog", async () => {
  const peer = startPeer();
  const [settings] = settingsFor(peer.url);
  settings.tools = [{ name: "send_refund", effect: "write", identity: "fact" }];
  const remote = offerRemoteTools([settings], { clock: systemClock, env: {}, log: quiet });
  try {
    await remote.tried;
    assert.throws(() => createToolCatalog(remote.tools), /must have a confirm text/);
  } finally {
    await remote.close();
    await peer.close();
  }
});

Deno.test("a server's parameters are told to models as they are, and held to", async () => {
  const peer = startPeer();
  const remote = offerRemoteTools(settingsFor(peer.url), {
    clock: systemClock,
    env: {},
    log: quiet,
  });
  try {
    await remote.tried;
    const [{ parameters }] = createToolCatalog(remote.tools).specs();
    assert.deepEqual(parameters, {
      type: "object",
      properties: {
        account: { type: "string", minLength: 3, description: "The account" },
        months: { type: "array", items: { $ref: "#/$defs/month" }, maxItems: 2 },
      },
      required: ["account"],
      additionalProperties: false,
      $defs: { month: { type: "integer", minimum: 1, maximum: 12 } },
    });
    const { runner } = runnerOf(remote.tools);
    const refusals = [
      [{}, /^arguments: .*"account"/],
      [{ account: 204518 }, /^account: .*"string"/],
      [{ account: "12" }, /^account: .*too short/],
      [{ account: "123", months: [3, 204518] }, /^months\.1: must not be greater than 12\.$/],
      [{ account: "123", a: 1, b: 2 }, /^a: must not be given; b: must not be given$/],
    ] as const;
    for (const [args, refusal] of refusals) {
      const [outcome] = await runner.run(
        [{ id: "1", name: "crm_get_bill", args }],
        "en",
        never,
      );
      assert.match(String(outcome.data.error), refusal);
      assert.doesNotMatch(String(outcome.data.error), /204518/, "the value is not repeated");
    }
    assert.deepEqual(peer.calls, []);
  } finally {
    await remote.close();
    await peer.close();
  }
});

Deno.test("a server's parameters that can't be checked, or that models refuse, are not offered", () => {
  const part = (schema: unknown) => ({ type: "object", properties: { a: schema } });
  for (
    const [inputSchema, why] of [
      [part({ type: "bogus" }), /bogus is no type/],
      [part({ $ref: "#/$defs/b" }), /#\/\$defs\/b is not in it/],
      [part({ type: "string", pattern: "(" }), /regular expression/],
      [{ type: "object", if: {}, then: {} }, /if is not supported/],
    ] as const
  ) {
    assert.throws(
      () => remoteParameters({ name: "get-bill", description: "Gets a bill", inputSchema }),
      (error) =>
        error instanceof TypeError && why.test(error.message) &&
        /^Cannot use the tool get-bill: its parameters must be a JSON Schema/.test(error.message),
    );
  }
});

Deno.test("arguments that a server's schema can't check are refused", () => {
  const parameters = remoteParameters({
    name: "get-bill",
    description: "Gets a bill",
    inputSchema: {
      type: "object",
      properties: { a: { $ref: "#/$defs/a" } },
      $defs: { a: { $ref: "#/$defs/a" } },
    },
  });
  assert.ok(v.is(parameters, {}));
  const { issues } = v.safeParse(parameters, { a: 1 });
  assert.deepEqual(issues?.map(({ message }) => message), [
    "can't be checked by the server's schema",
  ]);
});

Deno.test("names of servers' tools fit the names of ours", () => {
  assert.equal(toolName("crm", "Get Bill (v2)"), "crm_get_bill_v2");
  assert.equal(toolName("crm", "x".repeat(100)).length, 63);
});
