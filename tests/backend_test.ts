import assert from "node:assert/strict";
import { readCompanyFile } from "../lib/backends/company_file.ts";
import { createHttpBackend, MAX_ANSWER_BYTES } from "../lib/backends/http_backend.ts";
import {
  createSampleCompany,
  DEMO_CALLER,
  MAX_SAMPLE_TICKETS,
} from "../lib/backends/sample_company.ts";
import { type Backend, BackendError } from "../lib/contracts/backend.ts";
import { FakeClock, settle } from "./fake_clock.ts";

const never = () => new AbortController().signal;
const ACCOUNT = {
  accountNumber: "1",
  name: "Amina",
  plan: "Home 10",
  status: "active",
  balanceMinor: 100,
  currency: "KES",
};

/** A request as it came; Deno forgets it once it was answered. */
interface Seen {
  url: string;
  headers: Headers;
}

/** A company's REST system on the loopback, answered by `handle`. */
async function withCompany(
  handle: (request: Request) => Response | Promise<Response>,
  run: (backend: Backend, clock: FakeClock, seen: Seen[]) => Promise<void>,
) {
  const seen: Seen[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    seen.push({ url: request.url, headers: new Headers(request.headers) });
    return handle(request);
  });
  const clock = new FakeClock();
  const url = `http://127.0.0.1:${server.addr.port}/api/`;
  try {
    await run(
      createHttpBackend(url, { clock, headers: { authorization: "Bearer t" } }),
      clock,
      seen,
    );
  } finally {
    await server.shutdown();
  }
}

Deno.test("a tool's own request goes to the company with its key, and any status comes back", async () => {
  const bodies: unknown[] = [];
  await withCompany(async (request) => {
    bodies.push(await request.json().catch(() => undefined));
    return request.method === "POST"
      ? Response.json({ reference: "V1" })
      : new Response("gone", { status: 302, headers: { location: "http://127.0.0.1:1/" } });
  }, async (backend, clock, seen) => {
    const sent = await backend.request({
      method: "POST",
      path: "/visits?day=1",
      headers: { "x-team": "support" },
      callerNumber: DEMO_CALLER,
      idempotencyKey: "k1",
      body: { reason: "fault" },
    }, never());
    assert.deepEqual(sent, { status: 200, text: '{"reference":"V1"}' });
    assert.deepEqual(bodies[0], { reason: "fault" });
    assert.match(seen[0].url, /\/api\/visits\?day=1$/);
    assert.equal(seen[0].headers.get("x-team"), "support");
    assert.equal(seen[0].headers.get("x-caller-number"), DEMO_CALLER);
    assert.equal(seen[0].headers.get("idempotency-key"), "k1");
    const moved = await backend.request({ method: "GET", path: "/usage" }, never());
    assert.equal(moved.status, 302, "no redirect is followed");
    assert.equal(seen[1].headers.get("x-caller-number"), null);
    assert.equal(clock.pending, 0);
  });
});

Deno.test("the sample company answers the requests of its file, each to its own caller", async () => {
  const path = await Deno.makeTempFile({ suffix: ".yaml" });
  await Deno.writeTextFile(
    path,
    `
requests:
  - path: /usage
    number: "+254700000001"
    answer: { used_gb: 214 }
  - { method: POST, path: /visits, answer: { reference: V1 } }
`,
  );
  const company = createSampleCompany(new FakeClock(), readCompanyFile(path));
  await Deno.remove(path);
  const ask = (method: string, path: string, callerNumber?: string) =>
    company.request({ method, path, callerNumber }, never());
  assert.deepEqual(await ask("GET", "/usage", DEMO_CALLER), {
    status: 200,
    text: '{"used_gb":214}',
  });
  assert.equal((await ask("GET", "/usage", "+254700000002")).status, 404);
  assert.equal((await ask("GET", "/usage")).status, 404);
  assert.equal((await ask("POST", "/visits")).status, 200);
  assert.equal((await ask("GET", "/visits")).status, 404);
});

Deno.test("the caller's number travels in a header and not in the address", async () => {
  await withCompany(() => Response.json(ACCOUNT), async (backend, clock, seen) => {
    assert.deepEqual(await backend.account({ callerNumber: DEMO_CALLER }, never()), ACCOUNT);
    assert.equal(clock.pending, 0);
    assert.equal(new URL(seen[0].url).pathname, "/api/account");
    assert.ok(!seen[0].url.includes("254700"));
    assert.equal(seen[0].headers.get("x-caller-number"), DEMO_CALLER);
    assert.equal(seen[0].headers.get("authorization"), "Bearer t");
  });
});

Deno.test("every request has its own path, method and body", async () => {
  const order = { orderNumber: "7", status: "packed", item: "router" };
  const ticket = { reference: "T1", subject: "s", status: "open", openedOn: "2026-11-23" };
  const outage = { area: "Karen", cause: "c", since: "2026-11-23T10:00:00+03:00" };
  const bodies: string[] = [];
  await withCompany(async (request) => {
    const { pathname, search } = new URL(request.url);
    if (request.method === "POST") bodies.push(await request.text());
    switch (`${request.method} ${pathname}${search}`) {
      case "GET /api/orders/7%2F8":
        return Response.json(order);
      case "GET /api/tickets":
        return Response.json([ticket]);
      case "GET /api/outages?area=Karen+North":
        return Response.json([outage]);
      case "GET /api/areas":
        return Response.json(["Karen"]);
      case "POST /api/password-resets":
        return Response.json({ sentTo: "•••1" });
      case "POST /api/tickets":
        return Response.json(ticket, { status: 201 });
    }
    return new Response(null, { status: 500 });
  }, async (backend, _, seen) => {
    const by = { callerNumber: DEMO_CALLER };
    assert.deepEqual(await backend.order({ ...by, orderNumber: "7/8" }, never()), order);
    assert.deepEqual(await backend.tickets(by, never()), [ticket]);
    assert.deepEqual(await backend.outages({ area: "Karen North" }, never()), [outage]);
    assert.deepEqual(await backend.areas(never()), ["Karen"]);
    const key = { idempotencyKey: "k1" };
    assert.deepEqual(await backend.resetPassword({ ...by, ...key }, never()), { sentTo: "•••1" });
    assert.equal(seen.at(-1)!.headers.get("idempotency-key"), "k1");
    const made = await backend.openTicket({ ...by, ...key, subject: "s", detail: "d" }, never());
    assert.deepEqual(made, ticket);
    assert.deepEqual(bodies.map((body) => JSON.parse(body)), [{}, { subject: "s", detail: "d" }]);
  });
});

Deno.test("404 means that there is no such thing, and for a write that it failed", async () => {
  await withCompany(() => new Response(null, { status: 404 }), async (backend) => {
    const by = { callerNumber: DEMO_CALLER };
    assert.equal(await backend.account(by, never()), undefined);
    assert.deepEqual(await backend.tickets(by, never()), []);
    const reset = backend.resetPassword({ ...by, idempotencyKey: "k" }, never());
    await assert.rejects(reset, /Cannot reset the password: .+ received 404/);
  });
});

Deno.test("an answer that is not what was agreed is refused by its field", async () => {
  const answers: [Response, RegExp][] = [
    [Response.json({ ...ACCOUNT, balanceMinor: "100" }), /the answer's balanceMinor/],
    [Response.json({ ...ACCOUNT, status: "gone" }), /the answer's status/],
    [new Response("<html>"), /the answer must be JSON/],
    [new Response(null, { status: 500 }), /the status must be 2xx or 404: received 500/],
    [Response.redirect("http://127.0.0.1:9/", 302), /received 302/],
    [new Response("x".repeat(MAX_ANSWER_BYTES + 1)), /must have at most 262144 bytes/],
  ];
  for (const [answer, message] of answers) {
    await withCompany(() => answer, async (backend) => {
      await assert.rejects(backend.account({ callerNumber: DEMO_CALLER }, never()), (error) => {
        assert.ok(error instanceof BackendError, String(error));
        return message.test(error.message);
      }, String(message));
    });
  }
});

Deno.test("a company that does not answer in time is given up", async () => {
  const { promise, resolve } = Promise.withResolvers<Response>();
  const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
  await withCompany(() => {
    onAsked();
    return promise;
  }, async (backend, clock) => {
    const account = backend.account({ callerNumber: DEMO_CALLER }, never());
    const refused = assert.rejects(account, /no answer within 3500 ms/);
    await asked;
    await clock.advance(3_500);
    await refused;
    assert.equal(clock.pending, 0);
    resolve(new Response());
  });
});

Deno.test("an abort ends the request with its reason", async () => {
  const { promise, resolve } = Promise.withResolvers<Response>();
  const controller = new AbortController();
  const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
  await withCompany(() => {
    onAsked();
    return promise;
  }, async (backend) => {
    const account = backend.account({ callerNumber: DEMO_CALLER }, controller.signal);
    const reason = new Error("barge-in");
    const refused = assert.rejects(account, (error) => error === reason);
    await asked;
    controller.abort(reason);
    await refused;
    resolve(new Response());
  });
});

Deno.test("a company that can't be reached is a sentence", async () => {
  const backend = createHttpBackend("http://127.0.0.1:1", { clock: new FakeClock() });
  await assert.rejects(backend.areas(never()), /^BackendError: Cannot get the areas: .+reachable/);
});

Deno.test("only http addresses are taken", () => {
  for (const url of ["file:///etc/passwd", "not a url", ""]) {
    assert.throws(
      () => createHttpBackend(url, { clock: new FakeClock() }),
      /must be an http\(s\) URL/,
    );
  }
});

Deno.test("the sample company knows its three customers and nobody else", async () => {
  const company = createSampleCompany(new FakeClock());
  const account = (callerNumber: string) => company.account({ callerNumber }, never());
  assert.equal((await account(DEMO_CALLER))?.name, "Amina Otieno");
  assert.equal((await account("+254700000002"))?.status, "suspended");
  assert.equal(await account("+254700000004"), undefined);
});

Deno.test("the sample company's dates follow the clock, in Kenya's time", async () => {
  const clock = new FakeClock(Date.UTC(2027, 4, 31, 22, 7));
  const company = createSampleCompany(clock);
  const [outage] = await company.outages({ area: "westlands" }, never());
  assert.equal(outage.since, "2027-05-31T23:00:00+03:00");
  const account = await company.account({ callerNumber: DEMO_CALLER }, never());
  assert.equal(account?.dueOn, "2027-06-06");
});

Deno.test("the sample company does the same action once", async () => {
  const company = createSampleCompany(new FakeClock());
  const open = (idempotencyKey: string) =>
    company.openTicket(
      { callerNumber: DEMO_CALLER, subject: "s", detail: "", idempotencyKey },
      never(),
    );
  const first = await open("a");
  assert.deepEqual(await open("a"), first);
  assert.notEqual((await open("b")).reference, first.reference);
  assert.equal((await company.tickets({ callerNumber: DEMO_CALLER }, never())).length, 3);
});

Deno.test("the sample company's tickets have a bound", async () => {
  const company = createSampleCompany(new FakeClock());
  const open = (key: number) =>
    company.openTicket({ subject: "s", detail: "", idempotencyKey: `${key}` }, never());
  for (let i = 0; i < MAX_SAMPLE_TICKETS; i++) await open(i);
  await assert.rejects(open(-1), /at most 1000/);
});

Deno.test("what the sample company hands out can't be changed from outside", async () => {
  const company = createSampleCompany(new FakeClock());
  (await company.areas(never())).length = 0;
  assert.ok((await company.areas(never())).length > 0);
  await assert.rejects(company.areas(AbortSignal.abort(new Error("over"))), /over/);
  await settle();
});
