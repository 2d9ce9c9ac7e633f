import assert from "node:assert/strict";
import type { CallEvent, CallEventBody } from "../lib/contracts/call_event.ts";
import type { CallRecord } from "../lib/contracts/call_record.ts";
import { EngineError } from "../lib/contracts/engine_error.ts";
import type { LlmRequest } from "../lib/contracts/llm.ts";
import type { Usage } from "../lib/contracts/stt.ts";
import { CallMeter } from "../lib/costs/call_meter.ts";
import { engineCostMinor, personCostMinor } from "../lib/costs/cost_of_call.ts";
import { loadPrices, MAX_PRICE_FILE_BYTES, PriceFileError } from "../lib/costs/price_file.ts";
import { parsePrices } from "../lib/costs/price_file.ts";
import { isStale } from "../lib/costs/prices.ts";
import { CHARACTERS_PER_TOKEN, usageCost } from "../lib/costs/usage_cost.ts";
import type { Engine } from "../lib/engines/engine.ts";
import { Ladder } from "../lib/engines/ladder.ts";
import { makeReport } from "../lib/reports/report.ts";
import { FakeClock, settle } from "./fake_clock.ts";

const FILE = `valid_until: 2026-12-31
source: a test
usd_to_kes: { rate: 100, on: 2026-11-23 }
line_kes_per_minute: { inbound: 0, stream: 0.5, outbound: 3 }
person_kes_per_minute: 12
models:
  ears: { usd_per_1m_tokens: { text_in: 1, audio_in: 2, text_out: 12 } }
  minutes: { usd_per_minute: 0.006 }
  brain: { usd_per_1m_tokens: { text_in: 1, text_out: 10 } }
  voice: { usd_per_1m_tokens: { text_in: 1, audio_out: 8 }, audio_tokens_per_second: 25 }
  letters: { usd_per_1k_characters: 0.015 }
  rumour: { usd_per_minute: 1, assumed: true }
  embedded: { free: true }
`;
const prices = parsePrices(FILE);

function problemsOf(text: string): string[] {
  try {
    parsePrices(text);
  } catch (error) {
    assert.ok(error instanceof PriceFileError, String(error));
    return error.problems;
  }
  return [];
}

/** Runs bodies through a meter, each at its moment in milliseconds. */
function metered(bodies: [number, CallEventBody][], wallMs = Date.UTC(2026, 10, 23)): CallMeter {
  const meter = new CallMeter(prices);
  for (const [atMs, body] of bodies) {
    meter.take({ ...body, callId: "HD_1", seq: 0, atMs, wallMs: wallMs + atMs });
  }
  return meter;
}

const used = (
  stage: "stt" | "llm" | "tts",
  usage: Usage,
  provider = "gemini",
): CallEventBody => ({ type: "usage", stage, provider, usage });

Deno.test("the project's own price file is well formed, and prices every model of the defaults", async () => {
  const own = await loadPrices("agent");
  for (const model of ["gemini-3.5-transcribe", "gemini-3.5-flash-lite", "embedded"]) {
    assert.ok(own?.models[model], model);
  }
});

Deno.test("a wrong price file is refused with line, value and fix, and nothing is guessed", () => {
  const problems = problemsOf(
    FILE.replace("source:", "sauce:").replace("0.006", "-1").replace("2026-12-31", "soon")
      .replace("audio_in", "audioin").replace(
        "{ free: true }",
        "{ free: true, usd_per_minute: 1 }",
      ),
  );
  const expected = [
    /^prices\.yaml:1: valid_until: must be a date: received "soon": .+2026-12-31/,
    /^prices\.yaml:1: source: is missing/,
    /^prices\.yaml:2: sauce: is not a setting: .+did you mean source\?/,
    /^prices\.yaml:7: models\.ears\.usd_per_1m_tokens\.audioin: .+did you mean audio_in\?/,
    /^prices\.yaml:8: models\.minutes\.usd_per_minute: must not be below 0: received -1/,
    /^prices\.yaml:13: models\.embedded: must have exactly one of .+, not 2/,
  ];
  for (const pattern of expected) {
    assert.ok(problems.some((line) => pattern.test(line)), `${pattern} in\n${problems.join("\n")}`);
  }
  assert.equal(problems.length, expected.length, problems.join("\n"));
});

Deno.test("without a price file there are no prices, and one of megabytes is refused", async () => {
  const directory = await Deno.makeTempDir();
  assert.equal(await loadPrices(directory), undefined);
  await Deno.writeTextFile(`${directory}/prices.yaml`, "#".repeat(MAX_PRICE_FILE_BYTES + 1));
  await assert.rejects(loadPrices(directory), /must have at most 262144 bytes/);
  await Deno.remove(directory, { recursive: true });
});

Deno.test("prices hold to the end of their last day everywhere, and are stale after it", () => {
  assert.equal(isStale(prices, Date.UTC(2027, 0, 1, 11, 59)), false);
  assert.equal(isStale(prices, Date.UTC(2027, 0, 1, 12)), true);
});

Deno.test("reported tokens are billed as they are, and nothing of it is an estimate", () => {
  assert.deepEqual(
    usageCost("llm", { inputTokens: 2000, outputTokens: 100 }, prices.models.brain),
    { usd: 2000 * 1e-6 + 100 * 10e-6, isEstimated: false },
  );
  const { usd, isEstimated } = usageCost(
    "stt",
    { inputAudioTokens: 50, outputTokens: 10, audioMs: 9_999_999 },
    prices.models.ears,
  );
  assert.ok(Math.abs(usd - (50 * 2e-6 + 10 * 12e-6)) < 1e-12);
  assert.equal(isEstimated, false, "a recogniser is sent no text");
});

Deno.test("tokens that nobody reported are estimated from letters and seconds, and labelled", () => {
  const llm = usageCost("llm", { promptCharacters: 3000, characters: 300 }, prices.models.brain);
  assert.equal(llm.isEstimated, true);
  const [sent, written] = [3000 / CHARACTERS_PER_TOKEN, 300 / CHARACTERS_PER_TOKEN];
  assert.ok(Math.abs(llm.usd - (sent * 1e-6 + written * 10e-6)) < 1e-12);
  const tts = usageCost("tts", { characters: 30, audioMs: 2000 }, prices.models.voice);
  assert.equal(tts.isEstimated, true);
  assert.ok(Math.abs(tts.usd - (10 * 1e-6 + 50 * 8e-6)) < 1e-12, "25 tokens a second of sound");
});

Deno.test("minutes and letters are billed as measured, and a price by hearsay is an estimate", () => {
  assert.deepEqual(usageCost("stt", { audioMs: 30_000 }, prices.models.minutes), {
    usd: 0.003,
    isEstimated: false,
  });
  assert.deepEqual(usageCost("tts", { characters: 200 }, prices.models.letters), {
    usd: 0.003,
    isEstimated: false,
  });
  assert.equal(usageCost("stt", { audioMs: 1 }, prices.models.rumour).isEstimated, true);
});

Deno.test("a call costs its engines by stage, its stream, and the leg to a person from its proof on", () => {
  const { kes, totalKes, estimated, unpriced, stale } = metered([
    [0, { type: "started", engines: { stt: "gemini", llm: "gemini", tts: "gemini" } }],
    [5_000, used("stt", { model: "minutes", audioMs: 60_000 })],
    [6_000, used("llm", { model: "brain", inputTokens: 10_000, outputTokens: 1_000 })],
    [7_000, used("tts", { model: "letters", characters: 1_000 })],
    [30_000, { type: "hand_over", state: "attempting", strategy: "supervise" }],
    [60_000, { type: "hand_over", state: "connected", strategy: "supervise" }],
    [180_000, { type: "ended", reason: "caller" }],
  ]).cost();
  assert.deepEqual(kes, { stt: 0.6, llm: 2, tts: 1.5, inbound: 0, stream: 1.5, dial: 6 });
  assert.equal(totalKes, 11.6);
  assert.deepEqual(estimated, ["stream", "dial"], "only what the platform will tell better");
  assert.deepEqual(unpriced, []);
  assert.equal(stale, false);
});

Deno.test("an engine is priced by its model, else by its name, and an unknown one is named", () => {
  const { kes, unpriced, estimated } = metered([
    [0, used("tts", { characters: 9_000 }, "embedded")],
    [0, used("llm", { model: "mystery", inputTokens: 1_000_000 }, "openai")],
  ]).cost();
  assert.equal(kes.tts, 0);
  assert.deepEqual(unpriced, ["mystery"]);
  assert.deepEqual(estimated, ["llm"], "what is not known is not zero");
});

Deno.test("costs from prices that have run out are flagged as stale", () => {
  const ended: [number, CallEventBody][] = [[60_000, { type: "ended", reason: "caller" }]];
  assert.equal(metered(ended, Date.UTC(2026, 11, 31)).cost().stale, false);
  assert.equal(metered(ended, Date.UTC(2027, 0, 2)).cost().stale, true);
});

Deno.test("a report gets the engines' share of a call, and a person's, from its cost event", () => {
  const cost = metered([[60_000, used("llm", { model: "brain", inputTokens: 10_000 })]]).cost();
  const event: CallEvent = { type: "cost", ...cost, callId: "HD_1", seq: 1, atMs: 0, wallMs: 0 };
  assert.equal(engineCostMinor([event]), 100);
  assert.equal(personCostMinor([event]), 1200, "a minute of a person instead");
  assert.equal(engineCostMinor([]), undefined);
});

const never = () => new AbortController().signal;
const request: LlmRequest = {
  system: "s".repeat(100),
  messages: [{ role: "caller", text: "hello" }],
  tools: [],
  language: "en",
  maxOutputTokens: 100,
};

/** Engines that do a little, and what was told of their use. */
function ladderOf(first: Partial<Engine>, second?: Partial<Engine>) {
  const usages: [string, string, Usage][] = [];
  const engine: Engine = {
    async *stt(audio) {
      for await (const _ of audio);
      yield { type: "final", text: "hello", usage: { model: "ears-2", inputAudioTokens: 25 } };
    },
    async *llm() {
      yield { type: "text", text: "four" };
      yield { type: "end", reason: "stop", usage: { inputTokens: 7 } };
    },
    async *tts() {
      yield new Int16Array(16_000);
    },
  };
  const ladder = new Ladder({
    providers: (stage) => [
      { name: "one", run: { ...engine, ...first }[stage], model: `${stage}-1` },
      ...second ? [{ name: "two", run: { ...engine, ...second }[stage] }] : [],
    ],
  }, new FakeClock());
  const engines = ladder.forCall({ usage: (...use) => usages.push(use) });
  return { engines, usages };
}

async function* second() {
  yield new Int16Array(16_000);
}
const options = { languages: ["en"], vocabulary: [], expect: "free" as const };

Deno.test("every request is told once with provider, model, sound, letters and reported tokens", async () => {
  const { engines, usages } = ladderOf({});
  for await (const _ of engines.stt(second(), options, never()));
  for await (const _ of engines.llm(request, never()));
  for await (const _ of engines.tts("five!", { language: "en" }, never()));
  assert.deepEqual(usages, [
    ["stt", "one", { model: "ears-2", audioMs: 1000, characters: 5, inputAudioTokens: 25 }],
    ["llm", "one", {
      model: "llm-1",
      promptCharacters: 100 + JSON.stringify(request.messages).length,
      characters: 4,
      inputTokens: 7,
    }],
    ["tts", "one", { model: "tts-1", characters: 5, audioMs: 1000 }],
  ]);
});

Deno.test("a reply that is given up is told too, since it is billed", async () => {
  const { engines, usages } = ladderOf({
    async *llm(_request, signal) {
      yield { type: "text", text: "Let me" };
      signal.throwIfAborted();
    },
  });
  const given = new AbortController();
  await assert.rejects(async () => {
    for await (const _ of engines.llm(request, given.signal)) given.abort();
  });
  await settle();
  assert.equal(usages.length, 1);
  assert.equal(usages[0][2].characters, 6);
  assert.equal(usages[0][2].inputTokens, undefined);
});

Deno.test("a provider that failed with nothing done costs nothing, and the next one is named", async () => {
  const { engines, usages } = ladderOf({
    // deno-lint-ignore require-yield -- it fails before that
    async *tts() {
      throw new EngineError("one", "quota", "no more today");
    },
  }, {});
  for await (const _ of engines.tts("five!", { language: "en" }, never()));
  assert.deepEqual(usages.map(([stage, provider]) => [stage, provider]), [["tts", "two"]]);
});

Deno.test("silence that was never sent, and prompts that were kept, cost nothing", async () => {
  const silent = ladderOf({
    async *stt(audio) {
      for await (const _ of audio);
      yield { type: "final", text: "" };
    },
  });
  for await (const _ of silent.engines.stt(second(), options, never()));
  assert.deepEqual(silent.usages, []);

  const usages: Usage[] = [];
  const ladder = new Ladder({
    providers: (stage) => [{
      name: "one",
      run: { ...ladderOf({}).engines }[stage],
      isKept: (text) => text === "Goodbye.",
    }],
  }, new FakeClock());
  const { tts } = ladder.forCall({ usage: (_stage, _name, usage) => usages.push(usage) });
  for await (const _ of tts("Goodbye.", { language: "en" }, never()));
  for await (const _ of tts("Your balance is low.", { language: "en" }, never()));
  assert.deepEqual(usages.map(({ characters }) => characters), [20]);
});

Deno.test("the report sums the engines of all calls, and takes a person's cost from their minutes", async () => {
  const record = (callId: string): CallRecord => ({
    callId,
    aliases: [],
    createdMs: 0,
    changedMs: 0,
    expiresMs: 1,
    stage: "ended",
  });
  const calls = [1, 3].map((minutes) => {
    const meter = metered([[
      minutes * 60_000,
      used("llm", { model: "brain", outputTokens: 1000 }),
    ]]);
    const event = {
      type: "cost" as const,
      ...meter.cost(),
      callId: "",
      seq: 0,
      atMs: 0,
      wallMs: 0,
    };
    return { record: record(`HD_${minutes}`), events: [event] };
  });
  const { costs } = await makeReport(
    async function* () {
      yield* calls;
    }(),
    { sinceMs: 0, nowMs: 1, engineCostMinor, personCostMinor },
  );
  assert.equal(costs.engineMinor, 200);
  assert.equal(costs.humanMinor, 2400, "two minutes at twelve shillings");
});
