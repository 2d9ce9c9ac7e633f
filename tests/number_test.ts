import assert from "node:assert/strict";
import { runNumber } from "../lib/commands/number.ts";
import { type Answers, type Asked, refusal, withApi } from "./rest_client_server.ts";

const OURS = { id: "n1", e164: "+254711000000", status: "active", voice_callback_url: null };
const FREE = { inventory_id: "inv1", e164: "+254711000009", monthly_price_minor: 10_000 };
const WALLET = { balance_minor: 25_000, currency: "KES" };

/** An API with one number of ours and one to rent, in the forms that live calls have shown. */
function platform(changes: Partial<Record<string, (asked: Asked) => Response>> = {}): Answers {
  let owned = [OURS] as Record<string, unknown>[];
  return [(asked) => {
    const { method, path, body } = asked;
    const route = `${method} ${path.split("?")[0]}`;
    const other = changes[route];
    if (other) return other(asked);
    const given = body as Record<string, string> | undefined;
    switch (route) {
      case "GET /v1/numbers":
        return Response.json({ numbers: owned });
      case "GET /v1/numbers/available":
        return Response.json({ available: [FREE] });
      case "GET /v1/wallet":
        return Response.json(WALLET);
      case "POST /v1/numbers/available/claim":
        owned = [...owned, { id: "n2", e164: FREE.e164, status: "active" }];
        return Response.json({});
      case "PUT /v1/numbers/n1/routing":
        owned = [{ ...OURS, voice_callback_url: given?.voice_callback_url }];
        return Response.json({});
      default:
        return refusal(404, "not_found");
    }
  }];
}

async function withCommand(
  answers: Answers,
  test: (
    run: (
      args: string[],
      answer?: boolean,
    ) => Promise<{ code: number; out: string; errors: string }>,
    asked: Asked[],
  ) => Promise<void>,
): Promise<void> {
  await withApi(answers, async (baseUrl, asked) => {
    const env = { SAUTIKIT_API_KEY: "tskey_test_1", SAUTIKIT_BASE_URL: baseUrl };
    const before = Object.keys(env).map((name) => [name, Deno.env.get(name)] as const);
    for (const [name, value] of Object.entries(env)) Deno.env.set(name, value);
    try {
      await test(async (args, answer = false) => {
        const out: string[] = [];
        const errors: string[] = [];
        const code = await runNumber(args, {
          print: (text) => out.push(text),
          complain: (text) => errors.push(text),
          ask: (question) => {
            out.push(question);
            return answer;
          },
        });
        return { code, out: out.join("\n"), errors: errors.join("\n") };
      }, asked);
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) Deno.env.delete(name);
        else Deno.env.set(name, value);
      }
    }
  });
}

const spent = (asked: Asked[]) => asked.filter(({ method }) => method !== "GET").length;

Deno.test("numbers are listed with where their calls go", () =>
  withCommand(platform(), async (run) => {
    const { code, out } = await run(["list"]);
    assert.equal(code, 0);
    assert.match(out, /\+254711000000 +active +calls: nowhere/);
  }));

Deno.test("numbers to rent are listed with their price, also when they come as a bare list", () =>
  withCommand(
    platform({
      "GET /v1/numbers/available": () =>
        Response.json([{ id: "x", number: "+254711000009", monthly_price_minor: 11_600 }]),
    }),
    async (run, asked) => {
      const { out } = await run(["available", "--country", "UG"]);
      assert.match(out, /\+254711000009 +KES 116\.00 a month/);
      assert.match(asked[0].path, /country=UG/);
    },
  ));

Deno.test("nothing is rented before price and balance were shown and somebody said yes", () =>
  withCommand(platform(), async (run, asked) => {
    const refused = await run(["claim", FREE.e164], false);
    assert.equal(refused.code, 1);
    assert.match(refused.out, /KES 100\.00 a month.*\n.*holds KES 250\.00.*\nRent it\?/);
    assert.equal(spent(asked), 0);
    const taken = await run(["claim", FREE.e164], true);
    assert.equal(taken.code, 0);
    assert.match(taken.out, /is yours/);
    assert.equal(spent(asked), 1);
  }));

Deno.test("with --yes nobody is asked", () =>
  withCommand(platform(), async (run) => {
    const { code, out } = await run(["claim", FREE.e164, "--yes"]);
    assert.equal(code, 0);
    assert.doesNotMatch(out, /Rent it/);
  }));

for (
  const [known, form] of [["POST /v1/numbers/inv1/claim", 2], ["POST /v1/numbers", 3]] as const
) {
  Deno.test(`a platform that only knows ${known} is asked in that form`, () => {
    let claimed = false;
    return withCommand(
      platform({
        "POST /v1/numbers/available/claim": () => refusal(404, "not_found"),
        [known]: () => {
          claimed = true;
          return Response.json({});
        },
        "GET /v1/numbers": () => Response.json({ numbers: claimed ? [{ id: "n2", ...FREE }] : [] }),
      }),
      async (run, asked) => {
        assert.equal((await run(["claim", FREE.e164, "--yes"])).code, 0);
        assert.equal(spent(asked), form);
      },
    );
  });
}

Deno.test("a wallet that is too small is said, and asked for only once", () =>
  withCommand(
    platform({
      "POST /v1/numbers/available/claim": () => refusal(402, "wallet.insufficient_funds"),
    }),
    async (run, asked) => {
      const { code, errors } = await run(["claim", FREE.e164, "--yes"]);
      assert.equal(code, 1);
      assert.match(errors, /Cannot claim a number: the platform answered 402.*insufficient_funds/);
      assert.equal(spent(asked), 1);
    },
  ));

Deno.test("the balance is found under its other address, too", () =>
  withCommand(
    platform({
      "GET /v1/wallet": () => refusal(404, "not_found"),
      "GET /v1/wallet/balance": () => Response.json({ wallet: WALLET }),
    }),
    async (run) => {
      assert.match((await run(["claim", FREE.e164])).out, /holds KES 250\.00/);
    },
  ));

Deno.test("routing shows what changes, asks, and is checked against the platform's list", () =>
  withCommand(platform(), async (run, asked) => {
    const args = ["route", OURS.e164, "--url", "https://bridge.example/"];
    assert.equal((await run(args, false)).code, 1);
    assert.equal(spent(asked), 0);
    const { code, out } = await run(args, true);
    assert.equal(code, 0);
    assert.match(out, /to https:\/\/bridge\.example\/voice, instead of nowhere/);
    assert.match(out, /Done\.$/);
  }));

for (
  const [name, known] of [
    ["PATCH of the routing", "PATCH /v1/numbers/n1/routing"],
    ["PATCH of the number", "PATCH /v1/numbers/n1"],
  ]
) {
  Deno.test(`a platform that only knows ${name} is asked in that form`, () => {
    let voiceUrl: string | undefined;
    return withCommand(
      platform({
        "PUT /v1/numbers/n1/routing": () => refusal(405, "method_not_allowed"),
        [known]: ({ body }) => {
          const given = body as Record<string, string>;
          voiceUrl = given.voice_url ?? given.routing_url;
          return Response.json({});
        },
        "GET /v1/numbers": () => Response.json({ numbers: [{ ...OURS, voice_url: voiceUrl }] }),
      }),
      async (run) => {
        const args = ["route", OURS.e164, "--url", "https://bridge.example", "--yes"];
        assert.equal((await run(args)).code, 0);
        assert.equal(voiceUrl, "https://bridge.example/voice");
      },
    );
  });
}

Deno.test("a change that the platform took and did not make is not called done", () =>
  withCommand(platform({ "PUT /v1/numbers/n1/routing": () => Response.json({}) }), async (run) => {
    const args = ["route", OURS.e164, "--url", "https://bridge.example", "--yes"];
    const { code, errors } = await run(args);
    assert.equal(code, 1);
    assert.match(errors, /calls of \+254711000000 go to nowhere/);
  }));

Deno.test("what can't be understood is named, and ends with 2", () =>
  withCommand(platform(), async (run) => {
    for (
      const args of [[], ["buy"], ["claim"], ["list", "+254711000000"], ["list", "--soon"], [
        "toString",
      ]]
    ) {
      assert.equal((await run(args)).code, 2, args.join(" "));
    }
    const plain = await run(["route", OURS.e164, "--url", "http://bridge.example"]);
    assert.equal(plain.code, 2);
    assert.match(plain.errors, /over https: received http:\/\/bridge\.example/);
    assert.match((await run(["--help"])).out, /Usage: deno task number/);
  }));

Deno.test("without a key nothing is asked", () =>
  withCommand(platform(), async (run, asked) => {
    Deno.env.delete("SAUTIKIT_API_KEY");
    const { code, errors } = await run(["list"]);
    assert.equal(code, 2);
    assert.match(errors, /SAUTIKIT_API_KEY must be set/);
    assert.equal(asked.length, 0);
  }));
