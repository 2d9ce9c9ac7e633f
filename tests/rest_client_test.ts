import assert from "node:assert/strict";
import { PlatformError, type PlatformFault } from "../lib/platform/platform_error.ts";
import { createHangUp, createPlatformClient } from "../lib/platform/rest_client.ts";
import { FakeClock } from "./fake_clock.ts";
import { type Answers, type Asked, refusal, withApi } from "./rest_client_server.ts";
import { InFlight } from "./store_in_flight.ts";

const KEY = "tskey_live_secret_0123456789";

type Client = ReturnType<typeof createPlatformClient>;

function withClient(
  answers: Answers,
  test: (client: Client, asked: Asked[], clock: FakeClock, inFlight: InFlight) => Promise<void>,
) {
  return withApi(answers, async (baseUrl, asked) => {
    const clock = new FakeClock();
    const inFlight = new InFlight();
    const client = createPlatformClient({
      baseUrl,
      apiKey: KEY,
      clock,
      fetch: inFlight.watchFunction(fetch),
    });
    await test(client, asked, clock, inFlight);
    assert.equal(clock.pending, 0, "no timer is left");
  });
}

function failure(promise: Promise<unknown>): Promise<PlatformError> {
  return promise.then(
    () => assert.fail("must be refused"),
    (error) => {
      assert.ok(error instanceof PlatformError, String(error));
      return error;
    },
  );
}

const CALL = {
  id: "uuid-1",
  session_id: "HD_1",
  direction: "inbound",
  status: "completed",
  duration_seconds: 61,
  cost_minor: 51,
  cost_currency: "KES",
  failure_code: null,
  events: [{ kind: "call.answered", payload: null }],
};

Deno.test("a call is fetched by its id, with the key in the header and nowhere else", () =>
  withClient([Response.json({ call: CALL })], async (client, asked) => {
    const call = await client.call("HD_/1");
    assert.equal(call.cost_minor, 51);
    assert.equal(call.failure_code, undefined);
    assert.equal(asked[0].path, "/v1/calls/HD_%2F1");
    assert.equal(asked[0].headers.get("authorization"), `Bearer ${KEY}`);
  }));

Deno.test("calls are listed page after page", () =>
  withClient([
    Response.json({ data: [CALL, CALL], next_cursor: "two" }),
    Response.json({ data: [CALL], next_cursor: null }),
  ], async (client, asked) => {
    const found = await Array.fromAsync(client.calls({ sessionId: "HD_1" }));
    assert.equal(found.length, 3);
    assert.deepEqual(asked.map(({ path }) => path), [
      "/v1/calls?session_id=HD_1&limit=100",
      "/v1/calls?session_id=HD_1&cursor=two&limit=100",
    ]);
  }));

const FAULTS: [number, string, PlatformFault][] = [
  [402, "wallet.insufficient_funds", "no_money"],
  [400, "wallet_insufficient_funds", "no_money"],
  [401, "api_key.expired", "not_allowed"],
  [403, "api_key.scope_denied", "not_allowed"],
  [404, "calls.not_found", "not_found"],
  [409, "calls.supervision_in_progress", "conflict"],
  [422, "bad_field", "bad_request"],
];
for (const [status, code, fault] of FAULTS) {
  Deno.test(`a refusal with ${status} ${code} is read as ${fault} and not repeated`, () =>
    withClient([refusal(status, code)], async (client, asked) => {
      const error = await failure(client.hangUp("HD_1"));
      assert.equal(error.fault, fault);
      assert.equal(error.status, status);
      assert.equal(error.code, code);
      assert.equal(error.requestId, "req_1");
      assert.equal(asked.length, 1);
      assert.doesNotMatch(error.message, /254712345678/);
      assert.match(error.message, /^Cannot hang up a call: .*req_1/);
    }));
}

Deno.test("a bare refusal and one that is no JSON are understood, too", () =>
  withClient([
    Response.json({ code: "gone", reason: "expired" }, { status: 410 }),
    new Response("<html>", { status: 418, headers: { "x-request-id": "req_2" } }),
  ], async (client) => {
    const bare = await failure(client.call("HD_1"));
    assert.deepEqual([bare.code, bare.fault], ["gone", "not_found"]);
    const html = await failure(client.call("HD_1"));
    assert.deepEqual([html.code, html.requestId], ["http_418", "req_2"]);
  }));

Deno.test("too many requests are repeated after the time that the platform names", () =>
  withClient([
    refusal(429, "rate_limited", { "retry-after": "2" }),
    Response.json({ status: "hung_up" }),
  ], async (client, asked, clock, inFlight) => {
    const done = client.hangUp("HD_1");
    await inFlight.advance(clock, 1_900);
    assert.equal(asked.length, 1);
    await inFlight.advance(clock, 200);
    await done;
    assert.equal(asked.length, 2);
  }));

Deno.test("a time to wait that is longer than the limit is not waited for", () =>
  withClient([refusal(429, "rate_limited", { "retry-after": "60" })], async (client, asked) => {
    const error = await failure(client.hangUp("HD_1"));
    assert.equal(error.retryAfterMs, 60_000);
    assert.equal(asked.length, 1);
  }));

Deno.test("an outage is tried three times when repeating is harmless, and once when it costs", () =>
  withClient([refusal(503, "down")], async (client, asked, clock, inFlight) => {
    const looked = failure(client.call("HD_1"));
    await inFlight.advance(clock, 2_000);
    assert.equal((await looked).fault, "unavailable");
    assert.equal(asked.length, 3);
    const free = { id: "inv", e164: "+254700000001", monthlyPriceMinor: 1, currency: "KES" };
    await failure(client.claimNumber(free));
    assert.equal(asked.length, 4);
  }));

Deno.test("placing a call is repeated under one key, so that it rings once", () =>
  withClient([
    refusal(500, "oops"),
    Response.json({ call_id: "uuid-2", session_id: "HD_2", status: "ringing" }, { status: 201 }),
  ], async (client, asked, clock, inFlight) => {
    const placed = client.placeCall({
      from: "+254700000001",
      to: ["+254700000002"],
      voiceCallbackUrl: "https://bridge.example/voice",
      idempotencyKey: "hand-over/HD_1",
    });
    await inFlight.advance(clock, 1_000);
    assert.deepEqual(await placed, { id: "HD_2" });
    assert.deepEqual(asked.map(({ headers }) => headers.get("idempotency-key")), [
      "hand-over/HD_1",
      "hand-over/HD_1",
    ]);
  }));

Deno.test("where the first address of originate is unknown the other is used", () =>
  withClient([
    refusal(405, "method"),
    Response.json({ call_id: "uuid-2", status: "ringing" }),
  ], async (client, asked) => {
    const call = {
      from: "+1",
      to: ["+2"],
      voiceCallbackUrl: "https://x.example",
      idempotencyKey: "k",
    };
    assert.deepEqual(await client.placeCall(call), { id: "uuid-2" });
    assert.equal(asked[1].path, "/v1/calls/originate");
  }));

Deno.test("a person joins by phone, able to speak, and their state is read back", () =>
  withClient([
    Response.json({ supervision_id: "s1", state: "connecting" }),
    Response.json({ supervision: { supervision_id: "s1", state: "connected" } }),
    Response.json({ supervision: null }),
    new Response(null, { status: 204 }),
  ], async (client, asked) => {
    const person = { number: "+254700000009", label: "x".repeat(80), idempotencyKey: "k" };
    assert.equal((await client.supervise("HD_1", person)).state, "connecting");
    assert.deepEqual(asked[0].body, {
      mode: "barge",
      supervisor: { type: "phone", number: "+254700000009" },
      announce: "none",
      label: "x".repeat(64),
      notify_agent: false,
    });
    assert.equal((await client.supervision("HD_1"))?.state, "connected");
    assert.equal(await client.supervision("HD_1"), undefined);
    await client.stopSupervision("HD_1");
    assert.equal(asked[3].method, "DELETE");
  }));

Deno.test("an API that never answers is given up after the limit", () =>
  withClient(["hang"], async (client, _asked, clock) => {
    const error = failure(client.call("HD_1"));
    await clock.advance(4_000);
    assert.equal((await error).fault, "timeout");
  }));

Deno.test("an aborted request throws the reason of who aborted it", () =>
  withClient(["hang"], async (client) => {
    const controller = new AbortController();
    const asked = client.call("HD_1", controller.signal);
    controller.abort(new Error("caller hung up"));
    await assert.rejects(asked, /caller hung up/);
  }));

Deno.test("an API that can't be reached is an outage", async () => {
  const clock = new FakeClock();
  const inFlight = new InFlight();
  const client = createPlatformClient({
    baseUrl: "http://127.0.0.1:1",
    apiKey: KEY,
    clock,
    fetch: inFlight.watchFunction(fetch),
  });
  const error = failure(client.call("HD_1"));
  await inFlight.advance(clock, 2_000);
  assert.equal((await error).fault, "unavailable");
});

Deno.test("the key is not sent on to where the API redirects", () =>
  withApi(
    [Response.json({ call: CALL })],
    (elsewhere, stolen) =>
      withClient([Response.redirect(elsewhere)], async (client, _asked, clock, inFlight) => {
        const error = failure(client.call("HD_1"));
        await inFlight.advance(clock, 2_000);
        await error;
        assert.equal(stolen.length, 0);
      }),
  ));

Deno.test("an answer that is not as expected names the field, and one without end is cut off", () =>
  withClient([
    Response.json({ call: { id: "uuid-1" } }),
    new Response("no json"),
    new Response("x".repeat(3 * 1024 * 1024)),
  ], async (client) => {
    assert.match((await failure(client.call("HD_1"))).message, /call\.status/);
    assert.equal((await failure(client.call("HD_1"))).code, "not_json");
    assert.equal((await failure(client.call("HD_1"))).code, "too_large");
  }));

Deno.test("a pasted key loses its trimmings, and one that can't be a key is refused unshown", () =>
  withApi([Response.json({ call: CALL })], async (baseUrl, asked) => {
    const clock = new FakeClock();
    for (const apiKey of [` "Bearer ${KEY}"\n`, `Authorization: Bearer ${KEY}`, `bearer  ${KEY}`]) {
      await createPlatformClient({ baseUrl, apiKey, clock }).call("HD_1");
      assert.equal(asked.at(-1)?.headers.get("authorization"), `Bearer ${KEY}`);
    }
    for (const apiKey of ["", "short", "two words of secret"]) {
      assert.throws(
        () => createPlatformClient({ baseUrl, apiKey, clock }),
        (error) => error instanceof RangeError && !error.message.includes("secret"),
      );
    }
  }));

Deno.test("the key never goes to a plain http address on another machine", () => {
  const options = { baseUrl: "http://api.example", apiKey: KEY, clock: new FakeClock() };
  assert.throws(() => createPlatformClient(options), /must be an https URL/);
});

Deno.test("hanging up is true when the platform said so, and false with a line in the log", () =>
  withClient(
    [Response.json({ status: "hung_up" }), refusal(404, "calls.not_found")],
    async (client) => {
      const log: string[] = [];
      const hangUp = createHangUp(client, { warn: (line) => log.push(line) });
      assert.equal(await hangUp("HD_1"), true);
      assert.equal(await hangUp("HD_1"), false);
      assert.match(log.join(), /HD_1: Cannot hang up a call.*calls\.not_found/);
    },
  ));
