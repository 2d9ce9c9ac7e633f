import assert from "node:assert/strict";
import { requestAt } from "../lib/http_tools/pinned_request.ts";

// A key that guards nothing: for a name that can't exist, on the loopback.
const ca = await Deno.readTextFile("tests/fixtures/tls/certificate.pem");
const key = await Deno.readTextFile("tests/fixtures/tls/key.pem");
const NAME = "api.example.test";

/** An https API of that name, which no resolver knows. */
async function withApi(
  handle: (request: Request) => Response | Promise<Response>,
  run: (port: number) => Promise<void>,
): Promise<void> {
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", cert: ca, key, onListen() {} },
    handle,
  );
  try {
    await run(server.addr.port);
  } finally {
    await server.shutdown();
  }
}

const ask = (
  url: string,
  { signal = new AbortController().signal, ...more }: { signal?: AbortSignal; body?: string } = {},
) =>
  requestAt(["127.0.0.1"], new URL(url), {
    method: more.body === undefined ? "GET" : "POST",
    headers: new Headers({ "x-caller-number": "+254700000001" }),
    signal,
    ca,
    ...more,
  });

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  return await new Response(ReadableStream.from(body)).text();
}

Deno.test("a name is asked at the address that was checked, and is never looked up again", async () => {
  await withApi(async (request) => {
    const { method, headers } = request;
    const number = headers.get("x-caller-number");
    return Response.json([method, headers.get("host"), number, await request.text()]);
  }, async (port) => {
    const { status, body } = await ask(`https://${NAME}:${port}/a?b=1`, { body: '{"a":1}' });
    assert.equal(status, 200);
    assert.deepEqual(JSON.parse(await textOf(body)), [
      "POST",
      `${NAME}:${port}`,
      "+254700000001",
      '{"a":1}',
    ]);
  });
});

Deno.test("whoever has the address but not the name's certificate is told nothing", async () => {
  let asked = 0;
  await withApi(() => {
    asked++;
    return new Response("hello");
  }, async (port) => {
    await assert.rejects(ask(`https://other.example.test:${port}/`), /certificate|altnames/i);
  });
  assert.equal(asked, 0);
});

Deno.test("a redirect is given back and not followed", async () => {
  let asked = 0;
  await withApi(() => {
    asked++;
    return new Response(null, { status: 302, headers: { location: "/elsewhere" } });
  }, async (port) => {
    const { status, body } = await ask(`https://${NAME}:${port}/`);
    assert.deepEqual([status, await textOf(body)], [302, ""]);
  });
  assert.equal(asked, 1);
});

Deno.test("an abort ends the request with its reason", async () => {
  const controller = new AbortController();
  const arrived = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  await withApi(async () => {
    arrived.resolve();
    await release.promise;
    return new Response("late");
  }, async (port) => {
    const asking = ask(`https://${NAME}:${port}/`, { signal: controller.signal });
    await arrived.promise;
    controller.abort(new Error("the caller spoke"));
    await assert.rejects(asking, /the caller spoke/);
    release.resolve();
  });
});
