import assert from "node:assert/strict";
import { systemClock } from "../lib/clock.ts";
import { checkClock } from "../lib/doctor/clock_check.ts";
import { checkGemini } from "../lib/doctor/gemini_check.ts";
import { checkOpenAi } from "../lib/doctor/openai_check.ts";
import { checkPlatform } from "../lib/doctor/platform_check.ts";
import { checkPublicUrl } from "../lib/doctor/public_url_check.ts";
import { checkRoundTrip } from "../lib/doctor/round_trip_check.ts";
import type { Engine } from "../lib/engines/engine.ts";
import { EngineError } from "../lib/contracts/engine_error.ts";
import { readSettings } from "../lib/settings.ts";
import { listen, openBridge, SECRET } from "./app_bridge.ts";
import { FakeClock } from "./fake_clock.ts";
import { type GeminiScript, problem, startGeminiServer } from "./gemini_server.ts";
import { startOpenAiServer } from "./openai_server.ts";
import { refusal, withApi } from "./rest_client_server.ts";

const signal = new AbortController().signal;

async function geminiSays(script: GeminiScript) {
  const server = startGeminiServer(script);
  try {
    const env = { GEMINI_API_KEY: "k-secret", GEMINI_BASE_URL: server.baseUrl };
    return { ...await checkGemini(readSettings(env), signal), asked: server.requests.all };
  } finally {
    await server.close();
  }
}

Deno.test("each Gemini model is looked up, and one word is asked for", async () => {
  const { level, finding, asked } = await geminiSays({});
  assert.equal(level, "green", finding);
  assert.deepEqual(asked.map(({ path }) => path.replace("/v1beta/models/", "")), [
    "gemini-3.5-transcribe-live",
    "gemini-3.5-transcribe",
    "gemini-3.5-flash-lite",
    "gemini-3.8-flash-lite-tts",
    "gemini-3.5-flash-lite:streamGenerateContent",
  ]);
});

Deno.test("a Gemini model that isn't there is red and named, and the others are still looked up", async () => {
  const { level, finding, asked } = await geminiSays({
    answer: (exchange, requests) =>
      exchange.path.endsWith("-tts")
        ? requests.json(exchange, problem(404, "NOT_FOUND", "no such model"), 404)
        : undefined,
  });
  assert.equal(level, "red");
  assert.equal(finding, "Gemini has no gemini-3.8-flash-lite-tts");
  assert.equal(asked.length, 4, "and nothing is billed");
});

Deno.test("a wrong key, a throttled free tier and a used-up quota are told apart, without the key", async () => {
  const fail = (status: number, details: unknown[], path: RegExp): GeminiScript => ({
    answer: (exchange, requests) =>
      path.test(exchange.path)
        ? requests.json(exchange, problem(status, "X", "refused k-secret", details), status)
        : undefined,
  });
  const quota = (quotaId: string) => [{
    "@type": "type.googleapis.com/google.rpc.QuotaFailure",
    violations: [{ quotaId }],
  }];
  const wrong = await geminiSays(fail(400, [{ reason: "API_KEY_INVALID" }], /models\//));
  assert.equal(wrong.level, "red");
  assert.match(wrong.finding, /doesn't know the API key/);
  assert.equal(wrong.asked.length, 1, "one refusal is enough");
  const free = await geminiSays(
    fail(429, quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier"), /GenerateContent/),
  );
  assert.equal(free.level, "red");
  assert.match(free.finding, /free tier/);
  assert.match(free.fix!, /billing/);
  const spent = await geminiSays(
    fail(429, quota("GenerateRequestsPerDayPerProjectPerModel"), /GenerateContent/),
  );
  assert.match(spent.finding, /quota for the day is used up/);
  const busy = await geminiSays(
    fail(429, quota("GenerateRequestsPerMinutePerProject"), /GenerateContent/),
  );
  assert.equal(busy.level, "yellow");
  for (const { finding } of [wrong, free, spent, busy]) assert.ok(!finding.includes("k-secret"));
});

Deno.test("an OpenAI-compatible server is asked for its models once, and a missing one is red", async () => {
  const listed: Record<string, unknown>[] = [
    { id: "large-v3" },
    { id: "kokoro", shutdown_date: "2027-02-26" },
  ];
  const server = startOpenAiServer({
    answer: (exchange, requests) =>
      exchange.path === "/v1/models"
        ? requests.json(exchange, { object: "list", data: listed })
        : undefined,
  });
  const check = (stt: string, tts: string) =>
    checkOpenAi(
      readSettings({
        STT: "openai",
        TTS: "openai",
        OPENAI_BASE_URL: server.baseUrl,
        OPENAI_STT_MODEL: stt,
        OPENAI_TTS_MODEL: tts,
      }),
      signal,
    );
  assert.equal((await check("large-v3", "large-v3")).level, "green");
  assert.equal(server.requests.all.length, 1);
  const missing = await check("large-v9", "large-v3");
  assert.equal(missing.level, "red");
  assert.match(missing.fix!, /OPENAI_STT_MODEL to one of its own: large-v3, kokoro/);
  const ending = await check("large-v3", "kokoro");
  assert.equal(ending.level, "yellow");
  assert.match(ending.finding, /kokoro is shut down on 2027-02-26/);
  const { baseUrl } = server;
  await server.close();
  const gone = await check("large-v3", "large-v3");
  assert.equal(gone.level, "red");
  assert.ok(gone.finding.startsWith(`${baseUrl}: The server can't be reached`), gone.finding);
});

Deno.test("a server without a list of models is yellow, not broken", async () => {
  await withApi([new Response("not found", { status: 404 })], async (baseUrl) => {
    const settings = readSettings({ STT: "openai", OPENAI_STT_BASE_URL: baseUrl });
    assert.equal((await checkOpenAi(settings, signal)).level, "yellow");
  });
});

Deno.test("a provider is timed three times against the deadline that calls give it", async () => {
  const clock = new FakeClock();
  const taking = async (tookMs: number[], fails = 0) => {
    let trips = 0;
    const tts: Engine["tts"] = async function* (_text, _options, own) {
      await clock.until(clock.now() + tookMs[trips++], own);
      if (trips <= fails) throw new EngineError("x", "quota", "no more today");
      yield new Int16Array(320);
      await clock.until(clock.now() + 60_000, own); // what comes later is not waited for
    };
    const running = checkRoundTrip("tts", tts, clock, signal);
    await clock.advance(30_000);
    assert.equal(clock.pending, 0);
    return await running;
  };
  assert.deepEqual(await taking([100, 300, 200]), {
    level: "green",
    finding: "100, 300, 200 ms of 1500",
  });
  assert.equal((await taking([1000, 1000, 200])).level, "yellow", "near the deadline");
  assert.equal((await taking([1600, 200, 1700])).level, "red", "most calls would not wait");
  const once = await taking([10, 20, 30], 1);
  assert.equal(once.level, "yellow");
  assert.match(once.finding, /1 of 3 failed: no more today; 20, 30 ms/);
  const never = await taking([10, 20, 30], 3);
  assert.equal(never.level, "red");
  assert.match(never.finding, /all 3 tries failed: no more today/);
});

Deno.test("recognisers are timed to their final text, and heard nothing is no failure", async () => {
  const clock = new FakeClock();
  const stt: Engine["stt"] = async function* (audio, _options, own) {
    for await (const _ of audio);
    yield { type: "partial", text: "o" };
    await clock.until(clock.now() + 400, own);
    yield { type: "final", text: "" };
  };
  const running = checkRoundTrip("stt", stt, clock, signal);
  await clock.advance(5000);
  assert.deepEqual(await running, { level: "green", finding: "400, 400, 400 ms of 1500" });
});

Deno.test("the public address is green when our bridge is behind it and its socket echoes", async () => {
  await using bridge = await openBridge();
  await using server = listen(bridge);
  const found = await checkPublicUrl(server.url, SECRET, systemClock, signal);
  assert.equal(found.level, "green", found.finding);
  assert.deepEqual(bridge.calls, [], "no call begins");
  assert.equal(await bridge.store.get("doctor"), undefined, "and nothing is written down");
  const other = await checkPublicUrl(server.url, "x".repeat(40), systemClock, signal);
  assert.equal(other.level, "red");
  assert.match(other.finding, /signs with another secret/);
});

Deno.test("what is wrong between the internet and the bridge is told apart", async () => {
  await using bridge = await openBridge();
  const behind = (request: Request) => bridge.app.fetch(request);
  const proxies: [(request: Request) => Response | Promise<Response>, RegExp][] = [
    [() => new Response("Friendly warning!"), /something else answers at .* \(200\)/],
    [
      (request) =>
        request.url.endsWith("/healthz") ? behind(request) : new Response("no", { status: 404 }),
      /something else answers at .*\/audio \(404\)/,
    ],
    [
      (request) =>
        request.headers.has("upgrade") ? new Response("no", { status: 502 }) : behind(request),
      /no WebSocket opens/,
    ],
    [
      (request) => {
        if (!request.headers.has("upgrade")) return behind(request);
        const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
        socket.onopen = () => socket.close();
        return response;
      },
      /does not echo audio\.drachtio\.org|no WebSocket opens/,
    ],
  ];
  for (const [proxy, says] of proxies) {
    const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, proxy);
    const url = `http://127.0.0.1:${server.addr.port}`;
    const { level, finding } = await checkPublicUrl(url, SECRET, systemClock, signal);
    assert.equal(level, "red");
    assert.match(finding, says);
    await server.shutdown();
  }
  const gone = await checkPublicUrl("http://127.0.0.1:1", SECRET, systemClock, signal);
  assert.match(gone.finding, /can't be reached/);
});

Deno.test("a clock that is off is yellow, and red when signed callbacks would be refused", async () => {
  const atMs = Date.UTC(2026, 10, 23, 9);
  const date = { headers: { date: new Date(atMs).toUTCString() } };
  await withApi([new Response(null, date)], async (baseUrl) => {
    const off = (ms: number) => checkClock([baseUrl], new FakeClock(atMs + 500 + ms), signal);
    assert.equal((await off(2_000)).level, "green");
    assert.equal((await off(-20_000)).level, "yellow");
    const bad = await off(200_000);
    assert.equal(bad.level, "red");
    assert.match(bad.finding, /^200\.0 s against 127\.0\.0\.1/);
  });
  const none = await checkClock(["http://127.0.0.1:1"], new FakeClock(), signal);
  assert.equal(none.level, "yellow");
});

Deno.test("the platform's key is yellow when missing, and red when it is refused", async () => {
  const check = (env: Record<string, string>) =>
    checkPlatform(readSettings(env), systemClock, signal);
  assert.equal((await check({})).level, "yellow");
  await withApi([refusal(401, "api_key.invalid")], async (SAUTIKIT_BASE_URL) => {
    const refused = await check({ SAUTIKIT_API_KEY: "key-of-a-test", SAUTIKIT_BASE_URL });
    assert.equal(refused.level, "red");
  });
  await withApi([Response.json({ data: [] })], async (SAUTIKIT_BASE_URL) => {
    assert.equal(
      (await check({ SAUTIKIT_API_KEY: "key-of-a-test", SAUTIKIT_BASE_URL })).level,
      "green",
    );
  });
});
