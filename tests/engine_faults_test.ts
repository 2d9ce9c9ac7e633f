import assert from "node:assert/strict";
import { bytesFromSamples } from "../lib/audio/pcm.ts";
import type { Stage } from "../lib/contracts/call_event.ts";
import type { EngineFault } from "../lib/contracts/engine_error.ts";
import { phraseVariants } from "../lib/languages/phrases.ts";
import { longestSilenceMs, placeCall } from "./engine_call.ts";
import type { Exchange, Exchanges } from "./fake_exchange.ts";
import { audioPart, chunk, type GeminiScript, problem, sse } from "./gemini_server.ts";
import { readSettings } from "../lib/settings.ts";
import { start } from "../main.ts";
import { startOpenAiServer } from "./openai_server.ts";
import { tone } from "./tone_speech.ts";

type Answer = (exchange: Exchange, requests: Exchanges) => Response | Promise<Response>;

/** How Gemini fails in one stage, and how its live socket does where that is another thing. */
interface Break {
  name: string;
  answers: Partial<Record<Stage, Answer>>;
  live?: GeminiScript["live"];
  faults: Partial<Record<Stage, EngineFault[]>>;
  /** Stages of which the caller has heard the beginning, so that nobody can begin anew. */
  begun?: Stage[];
}

const STAGES: Stage[] = ["stt", "llm", "tts"];
/** The caller never hears nothing for longer, whatever breaks. */
const MAX_SILENCE_MS = 3000;
const halfAWord = () => chunk([audioPart(bytesFromSamples(tone(220, 500, 24_000)))]);
const halfASentence = () => chunk([{ text: "Your balance is five hun" }]);
const halfATranscript = () => chunk([{ audioTranscription: { text: "what is" } }]);

const all = (answer: Answer) => ({ stt: answer, llm: answer, tts: answer });
const events = (
  end: "hang" | "cut" | "clean",
  ...made: [stt: unknown[], llm: unknown[], tts: unknown[]]
): Record<Stage, Answer> => ({
  stt: (exchange, requests) => sse(requests, exchange, made[0], end),
  llm: (exchange, requests) => sse(requests, exchange, made[1], end),
  tts: (exchange, requests) => sse(requests, exchange, made[2], end),
});
const onActivityEnd = (
  then: (peer: Parameters<NonNullable<NonNullable<GeminiScript["live"]>["intercept"]>>[0]) => void,
): GeminiScript["live"] => ({
  intercept(peer, message) {
    if (!message.realtimeInput?.activityEnd) return false;
    then(peer);
    return true;
  },
});

const breaks: Break[] = [
  {
    name: "opens a stream and sends nothing",
    answers: events("hang", [], [], []),
    live: onActivityEnd(() => {}),
    faults: { stt: ["timeout"], llm: ["timeout"], tts: ["timeout"] },
  },
  {
    name: "sends half a sentence and no more",
    answers: events("hang", [halfATranscript()], [halfASentence()], [halfAWord()]),
    live: onActivityEnd((peer) =>
      peer.send({ serverContent: { interimInputTranscription: { text: "what is" } } })
    ),
    faults: { stt: ["timeout"], llm: ["timeout"], tts: ["timeout"] },
    begun: ["tts"],
  },
  {
    name: "sends nothing that can be used, and ends properly",
    answers: {
      stt: (exchange, requests) => requests.json(exchange, { candidates: [] }),
      llm: (exchange, requests) => sse(requests, exchange, [chunk([{ text: "" }], "STOP")]),
      tts: (exchange, requests) =>
        sse(requests, exchange, [chunk([audioPart(new Uint8Array(0))], "STOP")]),
    },
    live: onActivityEnd((peer) => peer.close(1000)),
    faults: { stt: ["empty"], llm: ["empty"], tts: ["empty"] },
  },
  {
    name: "is killed in the middle of a word",
    answers: events("cut", [halfATranscript()], [halfASentence()], [halfAWord()]),
    live: onActivityEnd((peer) => peer.close(1011, "killed")),
    faults: { stt: ["broken", "unavailable"], llm: ["unavailable"], tts: ["unavailable"] },
    begun: ["tts"],
  },
  {
    name: "answers 429 for a minute",
    answers: all((exchange, requests) =>
      requests.json(
        exchange,
        problem(429, "RESOURCE_EXHAUSTED", "slow down", [{ retryDelay: "60s" }]),
        429,
      )
    ),
    live: { refuse: () => new Response("slow down", { status: 429 }) },
    faults: { stt: ["rate_limited"], llm: ["rate_limited"], tts: ["rate_limited"] },
  },
];

for (const broken of breaks) {
  Deno.test(`when Gemini ${broken.name}, in any stage, the call goes on and nobody waits in silence`, async () => {
    // Each waits for the end of its call, so that nothing of it is left when one fails.
    const calls = await Promise.allSettled(STAGES.map((stage) => callThrough(broken, stage)));
    for (const call of calls) if (call.status === "rejected") throw call.reason;
  });
}

/** Gemini works for the greeting and breaks in one stage when the caller begins to speak. */
async function callThrough({ answers, live, faults, begun = [] }: Break, stage: Stage) {
  let isBroken = false;
  const asked: string[] = [];
  const call = await placeCall({
    env: { STT: "gemini,openai", LLM: "gemini,openai", TTS: "gemini,openai" },
    args: [
      ...["--say", "what is my balance", "--say", "what is my plan", "--say", "[hang up]"],
      ...["--listen-ms", "2500"], // the agent may pause before an apology
    ],
    onLine: () => isBroken = true,
    gemini: {
      answer(exchange, requests) {
        if (!isBroken || stageOf(exchange) !== stage) return undefined;
        asked.push(exchange.path);
        return answers[stage]!(exchange, requests);
      },
      live: stage === "stt"
        ? {
          refuse: (before) => isBroken ? live?.refuse?.(before) : undefined,
          intercept: (peer, message) => isBroken && live?.intercept?.(peer, message) === true,
        }
        : undefined,
    },
  });
  const story = `${stage}\n${call.screen}`;
  assert.deepEqual(call.problems, [], story);
  const silentMs = longestSilenceMs(call);
  assert.ok(silentMs < MAX_SILENCE_MS, `${silentMs} ms of silence\n${story}`);

  const seen = call.events.flatMap((event) => event.type === "engine_fault" ? [event] : []);
  assert.ok(seen.length > 0, story);
  for (const event of seen) {
    assert.equal(`${event.stage} ${event.provider}`, `${stage} gemini`, story);
    assert.ok(faults[stage]!.includes(event.fault as EngineFault), `${event.fault}\n${story}`);
  }
  const turns = call.events.flatMap((event) => event.type === "agent_turn" ? [event.heard] : []);
  assert.equal(turns.length, 2, story);
  if (!begun.includes(stage)) {
    assert.deepEqual(
      turns,
      ["You said: what is my balance", "You said: what is my plan"],
      story,
    );
    const isBusy = stage === "llm" && seen[0].fault === "rate_limited";
    const told = phraseVariants("en", isBusy ? "fallback_llm_busy" : `fallback_${stage}`);
    const announced = call.sentences.join(" ").split(told[0]).length - 1;
    assert.equal(announced, 1, `it is told once\n${story}`);
    assert.ok(call.events.some(({ type }) => type === "engine_fallback"), story);
  }
  if (seen[0].fault === "rate_limited") {
    // Once by the call, and once for the prompts that are made in advance.
    assert.ok(asked.length <= (stage === "tts" ? 2 : 1), `${asked.length} requests\n${story}`);
  }
}

Deno.test("when a vendor is gone altogether, the embedded engine hears, looks up, speaks, and guesses nothing", async () => {
  let isGone = false;
  const call = await placeCall({
    env: { STT: "openai,embedded", LLM: "openai,embedded", TTS: "openai,embedded" },
    args: [
      ...["--say", "what is my balance", "--say", "can you recommend a restaurant"],
      ...["--say", "[hang up]", "--listen-ms", "2500"],
    ],
    onLine: () => isGone = true,
    openai: {
      answer: (exchange, requests) =>
        isGone ? requests.json(exchange, { error: { message: "gone" } }, 503) : undefined as never,
    },
  });
  const silentMs = longestSilenceMs(call);
  assert.ok(silentMs < MAX_SILENCE_MS, `${silentMs} ms of silence\n${call.screen}`);
  const said = call.sentences.join(" ");
  const answered = call.sentences.findIndex((sentence) => sentence.includes("KES 2,499"));
  const rest = call.sentences.slice(answered + 1);
  assert.ok(answered >= 0 && rest.length > 0, call.screen);
  assert.ok(rest.every((sentence) => !/\d/.test(sentence)), `nothing is made up: ${rest}`);
  for (const stage of STAGES) {
    const told = phraseVariants("en", `fallback_${stage}`)[0];
    assert.equal(said.split(told).length - 1, 1, `${stage} is told once\n${call.screen}`);
    const steps = call.events.filter((event) =>
      event.type === "engine_fallback" && event.stage === stage && event.to === "embedded" &&
      event.fault === "unavailable"
    );
    assert.ok(steps.length > 0, `${stage} is recorded\n${call.screen}`);
  }
});

Deno.test("when a recogniser is down and nothing stands behind it, keys lead to a person", async () => {
  const call = await placeCall({
    env: { STT: "openai", LLM: "openai", TTS: "openai" },
    args: ["--say", "what is my balance", "--say", "[press 0]", "--listen-ms", "2500"],
    openai: {
      answer: (exchange, requests) =>
        exchange.path.endsWith("/transcriptions")
          ? requests.json(exchange, { error: { message: "out of memory" } }, 500)
          : undefined,
    },
  });
  assert.ok(longestSilenceMs(call) < MAX_SILENCE_MS, call.screen);
  assert.ok(call.sentences.join(" ").includes(phraseVariants("en", "keypad_menu")[0]), call.screen);
  const states = call.events.flatMap((event) => event.type === "hand_over" ? [event.state] : []);
  assert.ok(states.includes("connected"), call.screen);
});

Deno.test("when two recognisers take the caller's speech and send nothing, a filler is heard and then a menu", async () => {
  const call = await placeCall({
    env: { STT: "gemini,openai", LLM: "openai", TTS: "openai" },
    args: ["--say", "what is my balance", "--say", "[press 0]", "--listen-ms", "2500"],
    gemini: {
      answer: (exchange, requests) =>
        stageOf(exchange) === "stt" ? requests.silence(exchange) : undefined,
      live: onActivityEnd(() => {}),
    },
    openai: {
      answer: (exchange, requests) =>
        exchange.path.endsWith("/transcriptions") ? requests.silence(exchange) : undefined,
    },
  });
  const silentMs = longestSilenceMs(call);
  assert.ok(silentMs < MAX_SILENCE_MS, `${silentMs} ms of silence\n${call.screen}`);
  const faults = call.events.flatMap((event) =>
    event.type === "engine_fault" ? [`${event.stage} ${event.provider} ${event.fault}`] : []
  );
  assert.deepEqual(faults, ["stt gemini timeout", "stt openai timeout"], call.screen);
  const fillers = call.events.filter(({ type }) => type === "filler");
  assert.equal(fillers.length, 1, call.screen);
  assert.ok(call.sentences.join(" ").includes(phraseVariants("en", "keypad_menu")[0]), call.screen);
  const states = call.events.flatMap((event) => event.type === "hand_over" ? [event.state] : []);
  assert.ok(states.includes("connected"), call.screen);
});

Deno.test("when nothing can think, the next caller gets a person before any stream is opened", async () => {
  const directory = await Deno.makeTempDir();
  const server = startOpenAiServer({
    answer: (exchange, requests) =>
      exchange.path.endsWith("/completions")
        ? requests.json(exchange, { error: { message: "no" } }, 429, { "retry-after": "60" })
        : undefined,
  });
  const bridge = await start(
    readSettings({
      ...{ PORT: "0", DATA_DIR: directory, STT: "embedded", LLM: "openai", TTS: "openai" },
      ...{ OPENAI_BASE_URL: server.baseUrl, OPENAI_LLM_MODEL: "own" },
    }),
    { hostname: "127.0.0.1" },
  );
  try {
    const ring = () =>
      placeCall({
        env: { DATA_DIR: directory },
        args: ["--url", bridge.url, "--say", "what is my balance", "--say", "[hang up]"],
      });
    const first = await ring();
    assert.ok(first.entries.some(({ type }) => type === "stream_open"), first.screen);
    assert.ok(first.sentences.join(" ").includes(phraseVariants("en", "apology_busy")[0]));
    const second = await ring();
    const types = second.entries.map(({ type }) => type);
    assert.ok(!types.includes("stream_open"), second.screen);
    assert.ok(types.includes("said") && types.includes("put_through"), second.screen);
  } finally {
    await bridge.close();
    await server.close();
    await Deno.remove(directory, { recursive: true });
  }
});

function stageOf({ path, body }: Exchange): Stage | undefined {
  if (path.endsWith(":generateContent")) return "stt";
  if (!path.endsWith(":streamGenerateContent")) return undefined;
  return body.generationConfig?.responseModalities?.includes("AUDIO") ? "tts" : "llm";
}
