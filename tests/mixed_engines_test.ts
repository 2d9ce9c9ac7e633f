import assert from "node:assert/strict";
import type { Stage } from "../lib/contracts/call_event.ts";
import { longestSilenceMs, placeCall } from "./engine_call.ts";
import { type OpenAiServer, startOpenAiServer } from "./openai_server.ts";
import { pitchOf } from "./tone_speech.ts";

type Vendor = "embedded" | "gemini" | "openai";
const QUESTION = "what is my balance";
/** What the fake models answer; the embedded one looks the account up. */
const ANSWERS = {
  gemini: /^You said: what is my balance$/,
  openai: /^You said: what is my balance$/,
  embedded: /KES 2,499/,
};
/** The fake voices are a tone; the embedded one speaks. */
const TONE_HZ = 220;
const MAX_SILENCE_MS = 3000;

/** Each vendor for each stage, once with the one and once with the other for the other two. */
const setUps: [Vendor, Vendor, Vendor][] = [
  ["embedded", "gemini", "openai"],
  ["embedded", "openai", "gemini"],
  ["gemini", "embedded", "openai"],
  ["gemini", "openai", "embedded"],
  ["openai", "embedded", "gemini"],
  ["openai", "gemini", "embedded"],
];

for (const [stt, llm, tts] of setUps) {
  Deno.test(`a call with STT=${stt} LLM=${llm} TTS=${tts} asks, is answered and hears it`, async () => {
    let opened = 0, openBefore: number | undefined;
    const call = await placeCall({
      gemini: { live: { refuse: () => void opened++ } },
      onLine: () => openBefore ??= opened,
      env: { STT: stt, LLM: llm, TTS: tts },
      args: ["--say", QUESTION, "--say", "[hang up]"],
    });
    assert.deepEqual(call.problems, [], call.screen);
    const turn = call.events.find(({ type }) => type === "caller_turn");
    assert.ok(turn?.type === "caller_turn" && turn.text === QUESTION, call.screen);
    const answer = call.events.find(({ type }) => type === "agent_turn");
    assert.ok(answer?.type === "agent_turn", call.screen);
    assert.match(answer.heard, ANSWERS[llm]);
    const faults = call.events.filter(({ type }) => /^engine_/.test(type));
    assert.deepEqual(faults, [], "the vendor that was asked for does the work");

    // The first question waits for no connection, and has the one that waited for it.
    assert.equal(openBefore, stt === "gemini" ? 1 : 0);
    if (stt === "gemini") assert.ok(call.gemini.sockets[0].heard.length > 0);
    assert.deepEqual(
      requestsOf(call),
      { stt: stt === "embedded" ? "none" : stt, llm: llm === "embedded" ? "none" : llm },
    );
    const heardHz = pitchesOf(call.heard);
    const share = heardHz.filter((hz) => Math.abs(hz - TONE_HZ) < 30).length / heardHz.length;
    assert.equal(share > 0.9, tts !== "embedded", `${heardHz}`);
    assert.ok(longestSilenceMs(call) < MAX_SILENCE_MS, call.screen);
  });
}

Deno.test("a server of its own for each stage does that stage's work and no other's", async () => {
  const [llm, tts] = [startOpenAiServer(), startOpenAiServer()];
  const pathsAt = ({ requests }: OpenAiServer) => [
    ...new Set(requests.all.map(({ path }) => path.replace(/^.*\/v1/, ""))),
  ];
  try {
    const call = await placeCall({
      env: {
        ...{ STT: "openai", LLM: "openai", TTS: "openai" },
        OPENAI_LLM_BASE_URL: llm.baseUrl,
        OPENAI_TTS_BASE_URL: tts.baseUrl,
      },
      args: ["--say", QUESTION, "--say", "[hang up]"],
    });
    assert.deepEqual(call.problems, [], call.screen);
    const answer = call.events.find(({ type }) => type === "agent_turn");
    assert.match(answer?.type === "agent_turn" ? answer.heard : "", ANSWERS.openai, call.screen);
    assert.deepEqual(pathsAt(call.openai), ["/audio/transcriptions"]);
    assert.deepEqual(pathsAt(llm), ["/chat/completions"]);
    assert.deepEqual(pathsAt(tts), ["/audio/speech"]);
  } finally {
    await llm.close();
    await tts.close();
  }
});

/** Which vendor's server heard, and which thought. */
function requestsOf({ gemini, openai }: Awaited<ReturnType<typeof placeCall>>) {
  const used: Record<Exclude<Stage, "tts">, string> = { stt: "none", llm: "none" };
  const isUsed = (path: RegExp, requests: typeof gemini.requests) =>
    requests.all.some((one) => path.test(one.path));
  if (gemini.sockets.some(({ heard }) => heard.length > 0)) used.stt = "gemini";
  if (isUsed(/transcriptions$/, openai.requests)) used.stt = "openai";
  const texts = gemini.requests.all.filter(({ path, body }) =>
    path.endsWith(":streamGenerateContent") && !body.generationConfig?.responseModalities
  );
  if (texts.length > 0) used.llm = "gemini";
  if (isUsed(/chat\/completions$/, openai.requests)) used.llm = "openai";
  return used;
}

/** Pitches of what was heard, for each 100 ms that are loud. */
function pitchesOf(samples: Int16Array): number[] {
  const pitches: number[] = [];
  for (let at = 0; at + 1600 <= samples.length; at += 1600) {
    const part = samples.subarray(at, at + 1600);
    const isWhole = part.subarray(0, 400).some((one) => Math.abs(one) > 5000) &&
      part.subarray(1200).some((one) => Math.abs(one) > 5000);
    if (isWhole) pitches.push(pitchOf(part, 16_000));
  }
  return pitches;
}
