import assert from "node:assert/strict";
import type { Backend, BackendRequest } from "../lib/contracts/backend.ts";
import type { Tool } from "../lib/contracts/tool.ts";
import { loadHttpTools, parseHttpTool, ToolFileError } from "../lib/http_tools/load_tools.ts";
import { createIdentity } from "../lib/actions/identity.ts";
import { isNo, isYes } from "../lib/languages/answers.ts";
import { createConfirmGate } from "../lib/actions/safe_actions.ts";
import { createToolCatalog } from "../lib/actions/tool_catalog.ts";
import { createToolRunner } from "../lib/actions/tool_runner.ts";
import { FakeClock } from "./fake_clock.ts";
import { withApi } from "./company_api.ts";

const NUMBER = "+254700000001";
const never = new AbortController().signal;

function parse(name: string, yaml: string, host = "api.example.com", languages = ["en", "sw"]) {
  return parseHttpTool(`${name}.yaml`, yaml, {
    env: { CRM_TOKEN: "s3cret-token" },
    hosts: [{ host, allowPrivate: !host.startsWith("api.") }],
    languages,
  });
}

function made(name: string, yaml: string, host: string): Tool {
  const { tool, problems } = parse(name, yaml, host);
  assert.deepEqual(problems, undefined);
  return tool!;
}

function runnerOf(
  tool: Tool,
  { callerNumber = NUMBER as string | undefined, backend = {} as Backend } = {},
) {
  const gate = createConfirmGate({ isYes: (text) => isYes(text), isNo: (text) => isNo(text) });
  const identity = createIdentity(callerNumber);
  const runner = createToolRunner({
    callId: "HD_1",
    callerNumber,
    catalog: createToolCatalog([tool]),
    backend,
    clock: new FakeClock(),
    identity,
    gate,
    handOver() {},
    endCall() {},
  });
  return { runner, gate, identity };
}

const bill = (host: string, more = "") => `
name: get_bill
description: Gets the bill of an account.
url: http://${host}/accounts/{account_number}/bill?phone={caller_number}
headers:
  authorization: Bearer \${env:CRM_TOKEN}
parameters:
  account_number:
    description: The account number
    expect: account_no
    pattern: ^\\S{1,12}$
pick:
  amount: data.bills[0].amount
  due: data.bills[0].due
  meter: data.meter
mask: [meter]
effect: read
identity: number
say:
  en: Your bill is KES {amount}, due on {due}, for meter {meter}.
  sw: Bili yako ni KES {amount}, kufikia {due}, mita {meter}.
not_found:
  en: There is no account {account_number}.
  sw: Hakuna akaunti {account_number}.
${more}`;

const refund = (host: string) => `
name: send_refund
description: Sends money back.
method: POST
url: http://${host}/refunds
parameters:
  amount: { type: integer, description: The amount in shillings, min: 1, max: 500 }
  note: { description: Why, required: false }
body:
  phone: "{caller_number}"
  amount: "{amount}"
  note: "{note}"
  text: "Refund of KES {amount}"
pick: { reference: reference }
effect: irreversible
identity: fact
confirm:
  en: I will send KES {amount} back to your number. Shall I do that?
  sw: Nitarudisha KES {amount} kwenye namba yako. Nifanye hivyo?
say:
  en: Done. The reference is {reference}.
  sw: Tayari. Kumbukumbu ni {reference}.
`;

Deno.test("a tool written in YAML asks its host, picks, masks and says", async () => {
  await withApi(
    () =>
      Response.json({ data: { bills: [{ amount: 2500, due: "2026-12-01" }], meter: "14567890" } }),
    async (host, asked) => {
      const { runner } = runnerOf(made("get_bill", bill(host), host));
      const call = { id: "1", name: "get_bill", args: { account_number: "A/../b c" } };
      const bad = await runner.run([call], "en", never);
      assert.match(String(bad[0].data.error), /account_number/);

      const [outcome] = await runner.run(
        [{ ...call, args: { account_number: "77/4?x=1" } }],
        "sw",
        never,
      );
      assert.deepEqual(outcome.data, { ok: true, amount: 2500, due: "2026-12-01", meter: "…890" });
      assert.equal(outcome.say, "Bili yako ni KES 2500, kufikia 2026-12-01, mita …890.");
      const url = new URL(asked[0].request.url);
      assert.equal(url.pathname, "/accounts/77%2F4%3Fx%3D1/bill");
      assert.equal(url.searchParams.get("phone"), NUMBER);
      assert.equal(asked[0].request.headers.get("authorization"), "Bearer s3cret-token");
      assert.equal(asked.length, 1);
    },
  );
});

Deno.test("what the API does not know is told in the tool's own words", async () => {
  await withApi(() => new Response("", { status: 404 }), async (host) => {
    const { runner } = runnerOf(made("get_bill", bill(host), host));
    const args = { account_number: "123" };
    const [outcome] = await runner.run([{ id: "1", name: "get_bill", args }], "en", never);
    assert.equal(outcome.ok, true);
    assert.deepEqual(outcome.data, { found: false });
    assert.equal(outcome.say, "There is no account 123.");
  });
});

Deno.test("an API that fails or answers nonsense makes the tool fail, without its secrets", async () => {
  const answers = [
    new Response("no", { status: 500 }),
    new Response("<html>"),
    Response.json({ data: { meter: { number: 1 } } }),
  ];
  await withApi(() => answers.shift()!, async (host) => {
    const { runner } = runnerOf(made("get_bill", bill(host), host));
    for (const expected of [/status 500/, /must be JSON/, /received an object/]) {
      const args = { account_number: "123456" };
      const [outcome] = await runner.run([{ id: "1", name: "get_bill", args }], "en", never);
      assert.equal(outcome.ok, false);
      assert.match(String(outcome.data.error), expected);
      assert.doesNotMatch(JSON.stringify(outcome), /s3cret|\+254700000001|123456/);
      assert.match(outcome.say!, /Shall I get a person/);
    }
  });
});

Deno.test("a write in YAML is read back, needs a fact and a yes, and sends one key", async () => {
  await withApi(() => Response.json({ reference: "R77" }), async (host, asked) => {
    const { runner, gate, identity } = runnerOf(made("send_refund", refund(host), host));
    const call = { id: "1", name: "send_refund", args: { amount: 300 } };
    const [unknown] = await runner.run([call], "en", never);
    assert.equal(unknown.data.needsIdentity, "fact");

    identity.prove("fact", true);
    const [proposed] = await runner.run([call], "en", never);
    assert.equal(proposed.say, "I will send KES 300 back to your number. Shall I do that?");
    assert.equal(asked.length, 0, "nothing is sent before the yes");
    const answer = gate.answer("yes please", "en");
    assert.ok(answer && "run" in answer);
    const done = await runner.runConfirmed(answer.run, "en");
    assert.equal(done.say, "Done. The reference is R77.");
    await runner.runConfirmed(answer.run, "en");
    assert.equal(asked.length, 1, "a second yes doesn't send it again");
    assert.match(asked[0].request.headers.get("idempotency-key")!, /^[0-9a-f]{32}$/);
    assert.deepEqual(JSON.parse(asked[0].body), {
      phone: NUMBER,
      amount: 300,
      text: "Refund of KES 300",
    });
  });
});

const checkCode = (host: string, more = "") => `
name: check_code
description: Checks the code that we sent to the caller.
method: POST
url: http://${host}/codes/check
parameters:
  code: { description: The code, pattern: "^[0-9]{6}$" }
body: { phone: "{caller_number}", code: "{code}" }
pick: { holder: holder }
effect: read
identity: number
proves:
  level: code
  when: valid
  wrong:
    en: That is not the code that we sent.
    sw: Hiyo si kodi tuliyotuma.
say:
  en: Thank you {holder}.
  sw: Asante {holder}.
${more}`;

Deno.test("a one-time code is proven by the company's own API, for the caller's own number", async () => {
  const answer = async (request: Request) => {
    const { code } = await request.json();
    return Response.json({ valid: code === "481622" || "yes", holder: "Amina" });
  };
  await withApi(answer, async (host, asked) => {
    const tool = made("check_code", checkCode(host), host);
    assert.equal(tool.proves, "code");
    assert.equal(tool.waitsForTurn, true, "a try counts, so no draft may make one");
    const tryWith = async ({ runner }: ReturnType<typeof runnerOf>, code: string) =>
      (await runner.run([{ id: "1", name: "check_code", args: { code } }], "en", never))[0];

    const call = runnerOf(tool);
    const wrong = await tryWith(call, "000000");
    assert.equal(wrong.say, "That is not the code that we sent.", "only true is a proof");
    assert.equal(call.identity.level, "number");
    assert.doesNotMatch(JSON.stringify(wrong), /Amina/);
    const right = await tryWith(call, "481622");
    assert.equal(right.say, "Thank you Amina.");
    assert.equal(call.identity.level, "code");
    assert.deepEqual(JSON.parse(asked[1].body), { phone: NUMBER, code: "481622" });

    const guessed = runnerOf(tool);
    for (const code of ["000001", "000002", "000003"]) await tryWith(guessed, code);
    assert.equal(guessed.identity.locked, true);
    await tryWith(guessed, "481622");
    assert.equal(guessed.identity.level, "number", "no more proofs are taken");

    const hidden = runnerOf(tool, { callerNumber: "" });
    await tryWith(hidden, "481622");
    assert.equal(hidden.identity.level, "none");
  });
});

Deno.test("a proof that is not of the caller's number, or changes something, is refused", () => {
  const of = (change: (yaml: string) => string) =>
    parse("check_code", change(checkCode("127.0.0.1:1")), "127.0.0.1:1").problems?.join("\n") ?? "";
  assert.equal(of((yaml) => yaml), "");
  assert.match(of((yaml) => yaml.replace('phone: "{caller_number}", ', "")), /caller's own number/);
  assert.match(of((yaml) => yaml.replace("identity: number", "identity: none")), /number is known/);
  assert.match(of((yaml) => yaml.replace(/ {4}sw: Hiyo.*\n/, "")), /wrong: has no text in sw/);
});

Deno.test("a path asks the company's own system, in the caller's name and no other", async () => {
  const asked: BackendRequest[] = [];
  const backend = {
    request(request: BackendRequest) {
      asked.push(request);
      const text = request.path.includes("77") ? '{"data":{"meter":"14567890"}}' : "";
      return Promise.resolve({ status: text ? 200 : 404, text });
    },
  } as unknown as Backend;
  const text = bill("unused").replace(/url: .*/, "url: /accounts/{account_number}/bill");
  const { runner } = runnerOf(made("get_bill", text, "unused"), { backend });
  const read = (account: string) =>
    runner.run(
      [{ id: "1", name: "get_bill", args: { account_number: account } }],
      "en",
      never,
    );
  const [found] = await read("77/4");
  assert.match(found.say!, /for meter …890/);
  assert.equal(asked[0].path, "/accounts/77%2F4/bill");
  assert.equal(asked[0].callerNumber, NUMBER);
  assert.equal(asked[0].headers?.authorization, "Bearer s3cret-token");
  assert.equal((await read("9"))[0].say, "There is no account 9.");
  assert.equal((await read(".."))[0].ok, false);
  assert.equal(asked.length, 2, "dots never reach the company");

  const nobodys = text.replace("identity: number", "identity: none");
  const open = runnerOf(made("get_bill", nobodys, "unused"), { backend });
  await open.runner.run(
    [{ id: "1", name: "get_bill", args: { account_number: "77" } }],
    "en",
    never,
  );
  assert.equal(asked[2].callerNumber, undefined);
});

Deno.test("a write by a path carries its key and its body", async () => {
  const asked: BackendRequest[] = [];
  const backend = {
    request(request: BackendRequest) {
      asked.push(request);
      return Promise.resolve({ status: 200, text: '{"reference":"R1"}' });
    },
  } as unknown as Backend;
  const text = refund("unused").replace(/url: .*/, "url: /refunds");
  const { runner, gate, identity } = runnerOf(made("send_refund", text, "unused"), { backend });
  identity.prove("fact", true);
  await runner.run([{ id: "1", name: "send_refund", args: { amount: 200 } }], "en", never);
  assert.equal(asked.length, 0);
  const answer = gate.answer("yes", "en");
  assert.ok(answer && "run" in answer);
  const outcome = await runner.runConfirmed(answer.run, "en");
  assert.equal(outcome.say, "Done. The reference is R1.");
  assert.equal(asked[0].method, "POST");
  assert.match(asked[0].idempotencyKey!, /^[0-9a-f]{32}$/);
  assert.equal(asked[0].headers?.["idempotency-key"], undefined);
  assert.deepEqual(asked[0].body, { phone: NUMBER, amount: 200, text: "Refund of KES 200" });
});

Deno.test("every mistake in a tool's file is told with its line and what to do", () => {
  const { problems } = parse(
    "get_bill",
    `name: get_bil
description: Gets the bill.
method: GETT
urll: https://api.example.com/x
url: https://other.example.com/x
effect: reed
identity: number
say: { en: "Fine." }
`,
  );
  assert.deepEqual(problems, [
    'get_bill.yaml:3: method: must be GET, POST, PUT, PATCH or DELETE: received "GETT": write GET',
    'get_bill.yaml:4: urll: is not a setting: received "urll": did you mean url?',
    'get_bill.yaml:6: effect: must be read, write or irreversible: received "reed": write read ' +
    "when it changes nothing",
  ]);

  const more = parse(
    "get_bill",
    `name: get_bil
description: Gets the bill.
url: https://other.example.com/{acount}
headers:
  x-key: \${env:MISSING}
parameters:
  account: { description: The account }
  caller_number: { description: Whose }
pick: { amount: a.b }
mask: [amont]
effect: write
identity: number
say: { en: "{amoun}" }
confirm: { en: "I will.", sw: "Nifanye?" }
phrases: { en: ["pay for <acount>"] }
`,
  );
  const text = more.problems!.join("\n");
  for (
    const expected of [
      /:1: name: must be the file's name: received "get_bil": write get_bill/,
      /:3: url: must go to a host that agent.yaml lists: received "other.example.com"/,
      /:3: url: must have a value for every place: received "\{acount\}": did you mean account\?/,
      /:5: headers.x-key: must name a variable that is set: received "MISSING"/,
      /:8: parameters.caller_number: must not be a parameter/,
      /:10: mask: must name what is picked: received "amont": did you mean amount\?/,
      /:12: identity: must be none, fact or code for a change/,
      /:13: say: has no text in sw/,
      /:13: say.en: .*"\{amoun\}": did you mean amount\?/,
      /:14: confirm.en: must end in a question/,
      /:15: phrases.en: must name parameters: received "<acount>": did you mean account\?/,
      /method: must not be GET for a change/,
    ]
  ) assert.match(text, expected);
});

Deno.test("a host can't be made from a value, and a secret has no place in an address", () => {
  const file = (url: string) => `
name: x_tool
description: X.
url: ${url}
effect: read
identity: none
parameters: { host: { description: H } }
say: { en: "Fine.", sw: "Sawa." }
`;
  assert.match(parse("x_tool", file('"https://{host}/a"')).problems![0], /host has no \{values\}/);
  assert.match(parse("x_tool", file('"https://a:b@api.example.com/"')).problems![0], /host has no/);
  assert.match(parse("x_tool", file('"http://api.example.com/"')).problems![0], /over https/);
  assert.match(
    parse("x_tool", file('"https://api.example.com/?key=${env:CRM_TOKEN}"')).problems![0],
    /must be where secrets are.*move the secret into a header/,
  );
});

Deno.test("the tools of a directory are read, those switched off are checked and left out", async () => {
  const directory = await Deno.makeTempDir();
  const options = {
    env: { CRM_TOKEN: "x" },
    hosts: [{ host: "127.0.0.1:99", allowPrivate: true }],
    languages: ["en", "sw"],
  };
  try {
    await Deno.writeTextFile(`${directory}/get_bill.yaml`, bill("127.0.0.1:99"));
    await Deno.writeTextFile(
      `${directory}/send_refund.yaml`,
      refund("127.0.0.1:98") + "enabled: false\n",
    );
    const tools = await loadHttpTools(directory, options);
    assert.deepEqual(tools.map(({ name }) => name), ["get_bill"]);
    assert.deepEqual(createToolCatalog(tools).specs()[0].parameters, {
      type: "object",
      properties: {
        account_number: {
          type: "string",
          minLength: 1,
          maxLength: 200,
          pattern: "^\\S{1,12}$",
          description: "The account number",
        },
      },
      required: ["account_number"],
      additionalProperties: false,
    });
    await Deno.writeTextFile(`${directory}/broken.yaml`, "name: [");
    await assert.rejects(loadHttpTools(directory, options), ToolFileError);
    assert.deepEqual(await loadHttpTools(`${directory}/none`, options), []);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("the shipped example is a tool that only has to be switched on", async () => {
  const text = await Deno.readTextFile("agent/tools/get_usage.yaml");
  const hosts = [{ host: "api.example.com", allowPrivate: false }];
  const options = { env: { CRM_TOKEN: "x" }, hosts, languages: ["en", "sw"] };
  assert.deepEqual(parseHttpTool("get_usage.yaml", text, options), {});
  const { tool, problems } = parseHttpTool(
    "get_usage.yaml",
    text.replace("enabled: false", "enabled: true"),
    options,
  );
  assert.deepEqual(problems, undefined);
  assert.equal(tool?.name, "get_usage");
});
