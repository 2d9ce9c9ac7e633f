import assert from "node:assert/strict";
import { newCallId } from "../lib/simulator/exchange.ts";
import type { Party } from "../lib/simulator/party.ts";
import { type PlatformOptions, startPlatform } from "../lib/simulator/platform.ts";
import { FakeClock, settle } from "./fake_clock.ts";
import { Changes, startTestBridge, type TestBridge } from "./simulator_bridge.ts";

// deno-lint-ignore no-explicit-any -- answers are looked at field by field
type Json = any;

interface Api {
  clock: FakeClock;
  bridge: TestBridge;
  changes: Changes;
  platform: ReturnType<typeof startPlatform>;
  ask(method: string, path: string, body?: unknown, headers?: HeadersInit): Promise<
    { status: number; body: Json; headers: Headers }
  >;
  ring(party?: Party): ReturnType<ReturnType<typeof startPlatform>["exchange"]["ring"]>;
}

const frames = (value: number): Party => ({
  next: () => ({ samples: new Int16Array(320).fill(value) }),
});

function withApi(
  options: Partial<PlatformOptions>,
  answer: Parameters<typeof startTestBridge>[0],
  play: (api: Api) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const clock = new FakeClock();
    const bridge = startTestBridge(answer);
    const platform = startPlatform({ clock, eventsUrl: `${bridge.url}/events`, ...options });
    const changes = new Changes();
    try {
      await play({
        clock,
        bridge,
        changes,
        platform,
        async ask(method, path, body, headers) {
          const response = await fetch(platform.api.url + path, {
            method,
            body: body === undefined ? undefined : JSON.stringify(body),
            headers,
          });
          const text = await response.text();
          return {
            status: response.status,
            body: text ? JSON.parse(text) : undefined,
            headers: response.headers,
          };
        },
        ring: (party = frames(0)) =>
          platform.exchange.ring({
            callerNumber: "+254700000001",
            dialledNumber: "+254711000000",
            direction: "Inbound",
            voiceUrl: `${bridge.url}/voice`,
            eventsUrl: `${bridge.url}/events`,
            party,
          }, { onEntry: () => changes.happened() }),
      });
    } finally {
      await platform.close();
      await bridge.close();
    }
  };
}

const inRoom = (fields: Record<string, string>) =>
  fields.isActive === "1" ? `<Response><Conference name="queue"/></Response>` : "";

Deno.test(
  "a call is found by either id, with the platform's field names",
  withApi({}, inRoom, async ({ ask, ring, changes }) => {
    const call = ring();
    await changes.until(() => call.leg.answeredMs !== undefined);
    for (const id of [call.id, call.plan.callId]) {
      const { body } = await ask("GET", `/v1/calls/${id}`);
      assert.equal(body.call.session_id, call.plan.callId);
      assert.equal(body.call.status, "answered");
      assert.equal(body.call.remote_e164, "+254700000001");
      assert.equal(body.call.duration_seconds, null);
    }
    await ask("POST", `/v1/calls/${call.id}/hangup`);
    await call.done;
    assert.equal((await ask("GET", `/v1/calls/${call.id}`)).body.call.status, "completed");
    const missing = await ask("GET", "/v1/calls/HD_000000000000");
    assert.equal(missing.status, 404);
    assert.equal(missing.body.error.code, "calls.not_found");
  }),
);

Deno.test(
  "calls are listed newest first, page by page",
  withApi({}, inRoom, async ({ ask, ring }) => {
    const calls = [ring(), ring(), ring()];
    const first = await ask("GET", "/v1/calls?limit=2");
    assert.deepEqual(first.body.data.map((call: Json) => call.id), [calls[2].id, calls[1].id]);
    const second = await ask("GET", `/v1/calls?limit=2&cursor=${first.body.next_cursor}`);
    assert.deepEqual(second.body.data.map((call: Json) => call.id), [calls[0].id]);
    assert.equal(second.body.next_cursor, null);
    const one = await ask("GET", `/v1/calls?session_id=${calls[1].plan.callId}`);
    assert.equal(one.body.data.length, 1);
  }),
);

Deno.test(
  "a supervisor rings, joins in barge mode, is heard by the caller, and leaves",
  withApi(
    { dial: () => ({ outcome: "answered", ringMs: 200, person: frames(9) }) },
    inRoom,
    async ({ ask, ring, clock, changes, bridge }) => {
      const heard: number[] = [];
      const call = ring({
        next: (frame) => {
          heard.push(frame[0]);
          return { samples: new Int16Array(320) };
        },
      });
      await changes.until(() => call.leg.log.some((entry) => entry.type === "joined_room"));
      const path = `/v1/calls/${call.plan.callId}/supervision`;
      assert.equal((await ask("GET", path)).body.supervision, null);
      const supervisor = { type: "phone", number: "+254722000000" };
      const started = await ask("POST", path, { mode: "barge", supervisor });
      assert.equal(started.status, 201);
      assert.equal(started.body.state, "ringing");
      assert.equal((await ask("PATCH", path, { mode: "listen" })).status, 409);
      const second = await ask("POST", path, { mode: "barge", supervisor });
      assert.equal(second.body.error.code, "calls.supervision_in_progress");
      await clock.advance(240);
      assert.equal((await ask("GET", path)).body.supervision.state, "connected");
      assert.equal(heard.at(-1), 9);
      await ask("PATCH", path, { mode: "listen" });
      await clock.advance(20);
      assert.equal(heard.at(-1), 0);
      assert.equal((await ask("DELETE", path)).status, 204);
      assert.equal((await ask("DELETE", path)).status, 204);
      assert.equal((await ask("GET", path)).body.supervision.state, "ended");
      const told = () => bridge.posts.filter((post) => /SupervisionConnected/.test(post.body));
      await bridge.until(() => told().length === 1);
    },
  ),
);

Deno.test(
  "a supervisor who does not answer fails, and another may be asked",
  withApi(
    { dial: () => ({ outcome: "no-answer", ringMs: 100 }) },
    inRoom,
    async ({ ask, ring, clock }) => {
      const call = ring();
      const path = `/v1/calls/${call.id}/supervision`;
      const request = { mode: "barge", supervisor: { type: "phone", number: "+1" } };
      await ask("POST", path, request);
      await clock.advance(100);
      assert.equal((await ask("GET", path)).body.supervision.state, "failed");
      assert.equal((await ask("POST", path, request)).status, 201);
    },
  ),
);

Deno.test(
  "a call that the API places rings, asks its own callback, and meets the caller in a room",
  withApi(
    { dial: () => ({ outcome: "answered", ringMs: 500, person: frames(7) }) },
    inRoom,
    async ({ ask, ring, clock, changes, bridge, platform }) => {
      let heard = 0;
      const call = ring({
        next: (frame) => {
          heard = frame[0];
          return { samples: new Int16Array(320) };
        },
      });
      await changes.until(() => call.leg.log.some((entry) => entry.type === "joined_room"));
      const body = {
        from: "+254711000000",
        to: ["+254722000000"],
        voice_callback_url: `${bridge.url}/voice/human`,
        client_request_id: "r1",
      };
      const placed = await ask("POST", "/v1/calls", body, { "idempotency-key": "k" });
      assert.equal(placed.status, 201);
      assert.equal(placed.body.status, "ringing");
      const again = await ask("POST", "/v1/calls", body, { "idempotency-key": "k" });
      assert.deepEqual(again.body, placed.body);
      assert.equal(platform.exchange.calls.length, 2);
      await clock.advance(500);
      const outbound = () =>
        bridge.callbacks.find((fields) =>
          fields.direction === "Outbound" && fields.callSessionState
        );
      await bridge.until(() => outbound() !== undefined);
      assert.equal(outbound()?.clientRequestId, "r1");
      assert.equal(outbound()?.callSessionState, "Answered");
      const human = platform.exchange.calls[1].leg;
      while (!human.log.some((entry) => entry.type === "joined_room")) await settle();
      await clock.advance(60);
      assert.equal(heard, 7);
      const asked = bridge.callbacks.filter((fields) => fields.direction === "Outbound");
      assert.equal(asked.length, 1);
    },
  ),
);

Deno.test(
  "a placed call that is busy says so in its record",
  withApi({ dial: () => ({ outcome: "busy", ringMs: 100 }) }, inRoom, async (api) => {
    const body = { from: "+1", to: "+2", voice_callback_url: `${api.bridge.url}/voice` };
    const { call_id } = (await api.ask("POST", "/v1/calls/originate", body)).body;
    await api.clock.advance(100);
    await api.platform.exchange.find(call_id)?.done;
    const { call } = (await api.ask("GET", `/v1/calls/${call_id}`)).body;
    assert.equal(call.status, "busy");
    assert.equal(call.cost_minor, 0);
    assert.equal((await api.ask("POST", "/v1/calls", {})).status, 422);
  }),
);

Deno.test(
  "requests without the key are refused, and faults come as they were asked for",
  async () => {
    const faults = [
      { status: 402, code: "wallet.insufficient_funds" },
      { status: 403, code: "api_key.scope_denied" },
      { status: 429, code: "rate_limited", retryAfterS: 7 },
      { status: 503, code: "unavailable" },
    ] as const;
    let next = 0;
    await withApi({ apiKey: "key", fault: () => faults[next++] }, inRoom, async ({ ask }) => {
      assert.equal((await ask("GET", "/v1/calls")).body.error.code, "api_key.invalid");
      const headers = { authorization: "Bearer key" };
      for (const fault of faults) {
        const answer = await ask("GET", "/v1/calls", undefined, headers);
        assert.equal(answer.status, fault.status);
        assert.equal(answer.body.error.code, fault.code);
        if ("retryAfterS" in fault) assert.equal(answer.headers.get("retry-after"), "7");
      }
      assert.equal((await ask("GET", "/v1/calls", undefined, headers)).status, 200);
    })();
  },
);

Deno.test(
  "a slow API answers when its time has come",
  withApi({ fault: () => ({ delayMs: 3000 }) }, inRoom, async ({ ask, clock, platform }) => {
    let answered = false;
    const asked = ask("GET", "/v1/calls").then(() => answered = true);
    while (clock.pending === 0) await settle();
    await clock.advance(2999);
    assert.equal(answered, false);
    await clock.advance(1);
    await asked;
    assert.equal(platform.api.requests.length, 1);
  }),
);

for (
  const [claim, path, body] of [
    ["available/claim", "/v1/numbers/available/claim", { inventory_id: "inv1" }],
    ["id/claim", "/v1/numbers/inv1/claim", {}],
    ["numbers", "/v1/numbers", { number: "+254711000001" }],
  ] as const
) {
  const routing = {
    "available/claim": "PUT routing",
    "id/claim": "PATCH routing",
    numbers: "PATCH number",
  } as const;
  Deno.test(
    `a number is claimed by ${path} and routed by ${routing[claim]}, and by no other form`,
    withApi(
      {
        numbers: {
          available: [{ inventory_id: "inv1", e164: "+254711000001", monthly_price_minor: 10000 }],
          balanceMinor: 15000,
          forms: { claim, routing: routing[claim] },
        },
      },
      inRoom,
      async ({ ask }) => {
        assert.equal((await ask("GET", "/v1/numbers/available")).body.available.length, 1);
        const claimed = await ask("POST", path, body);
        assert.equal(claimed.status, 201);
        assert.equal((await ask("GET", "/v1/wallet")).body.balance_minor, 5000);
        assert.equal((await ask("POST", path, body)).status, 404);
        const [method, tail] = routing[claim].split(" ");
        const address = `/v1/numbers/inv1${tail === "routing" ? "/routing" : ""}`;
        const field = tail === "routing" ? "voice_callback_url" : "routing_url";
        assert.equal(
          (await ask(method, address, { [field]: "https://a.example/voice" })).status,
          200,
        );
        const [owned] = (await ask("GET", "/v1/numbers")).body.numbers;
        assert.equal(owned.voice_callback_url, "https://a.example/voice");
        const other = method === "PUT" ? "PATCH" : "PUT";
        assert.equal((await ask(other, "/v1/numbers/inv1/routing", {})).status, 404);
      },
    ),
  );
}

Deno.test(
  "a number that costs more than the wallet holds is not claimed",
  withApi(
    {
      numbers: {
        available: [{ inventory_id: "i", e164: "+1", monthly_price_minor: 10000 }],
        balanceMinor: 9999,
      },
    },
    inRoom,
    async ({ ask }) => {
      const answer = await ask("POST", "/v1/numbers/available/claim", { inventory_id: "i" });
      assert.equal(answer.status, 402);
      assert.equal(answer.body.error.code, "wallet.insufficient_funds");
    },
  ),
);

Deno.test("call ids have the live form and differ", () => {
  const ids = new Set(Array.from({ length: 100 }, newCallId));
  assert.equal(ids.size, 100);
  for (const id of ids) assert.match(id, /^HD_[0-9a-f]{12}$/);
});
