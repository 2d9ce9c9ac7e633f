import { loadAgent } from "../lib/agent_file.ts";
import { concatSamples, FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE_HZ } from "../lib/audio/pcm.ts";
import { systemClock } from "../lib/clock.ts";
import { loadKnowledge } from "../lib/knowledge.ts";
import { recogniserDomain } from "../lib/providers/embedded/agent_domain.ts";
import { wordsOf } from "../lib/providers/embedded/language_model.ts";
import {
  createEmbeddedStt,
  type EmbeddedRecogniser,
} from "../lib/providers/embedded/recogniser.ts";
import { createEmbeddedTts } from "../lib/providers/embedded/voice.ts";
import { percentile } from "./percentile.ts";
import { telephone } from "./telephone.ts";

type Print = (line: string) => void;
type Heard = { text: string; confidence: number; afterMs: number };

const CALLERS = ["rms", "slt", "awb"] as const;
const TALKING_AT_ONCE = 4;
const QUESTIONS = 24;
const UNEXPECTED = [
  "The children are building a castle out of sand",
  "She plays the violin in a small orchestra",
  "My grandmother used to bake bread on Sundays",
  "The mechanic replaced the brake pads on the truck",
  "We harvested maize and beans before the rains",
  "He writes poetry under a different name",
];
/** Below this the embedded brain asks again. */
const UNDERSTOOD_FROM = 0.75;

/** The embedded voice and recogniser: how fast, how heavy, how right. */
export async function benchSpeech(print: Print): Promise<void> {
  print("Method: the sample company's knowledge questions, spoken by Flite's voices, cut to");
  print("300–4000 Hz, mu-law coded, with white noise; recognised as the audio arrives.");
  const idleBytes = Deno.memoryUsage().rss;
  const speech = await benchVoice(print);
  const voiceBytes = Deno.memoryUsage().rss;
  const agent = await loadAgent("agent");
  const knowledge = await loadKnowledge("agent/knowledge", { clock: systemClock });
  const domain = recogniserDomain({ agent, knowledge, tools: [], areas: [] });
  const recogniser = createEmbeddedStt(domain, { decoders: 2, maxDecoders: TALKING_AT_ONCE });
  try {
    const startMs = performance.now();
    await recogniser.warm();
    print(`recogniser: two decoders loaded in ${ms(performance.now() - startMs)}`);
    const questions = domain.sentences.filter((_, i) => i % 3 === 1).slice(0, QUESTIONS);
    for (const snrDb of [30, 20]) await benchWords(print, recogniser, questions, snrDb);
    const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
    print(
      `memory added: voice ${megabytes(voiceBytes - idleBytes)} (with the audio made), ` +
        `recogniser ${megabytes(Deno.memoryUsage().rss - voiceBytes)}`,
    );
    await benchFrames(print, recogniser, speech);
  } finally {
    recogniser.close();
  }
}

async function benchVoice(print: Print): Promise<Int16Array> {
  const voice = createEmbeddedTts();
  try {
    let startMs = performance.now();
    await voice.warm();
    print(`voice: ready ${ms(performance.now() - startMs)} after it was asked for`);
    const sentence = "Your balance is four thousand shillings, and it is due on Friday.";
    const firstMs: number[] = [], speeds: number[] = [];
    let chunks: Int16Array[] = [];
    for (let i = 0; i < 15; i++) {
      chunks = [];
      startMs = performance.now();
      for await (const chunk of voice.tts(sentence, { language: "en" }, never())) {
        if (chunks.length === 0) firstMs.push(performance.now() - startMs);
        chunks.push(chunk);
      }
      speeds.push(durationMs(concatSamples(chunks)) / (performance.now() - startMs));
    }
    print(
      `voice: first audio of a sentence after ${ms(percentile(firstMs, 0.5))} (p50), ` +
        `${ms(percentile(firstMs, 0.95))} (p95), ${percentile(speeds, 0.5).toFixed(0)} × real time`,
    );
    return concatSamples(chunks);
  } finally {
    voice.close();
  }
}

async function benchWords(
  print: Print,
  recogniser: EmbeddedRecogniser,
  questions: string[],
  snrDb: number,
): Promise<void> {
  let errors = 0, words = 0, right = 0, asked = 0, wrong = 0, audioMs = 0, takenMs = 0;
  const lastMs: number[] = [];
  for (const [i, line] of [...questions, ...UNEXPECTED].entries()) {
    const samples = telephone(await spoken(CALLERS[i % CALLERS.length], line), snrDb);
    const startMs = performance.now();
    const heard = await hear(recogniser, samples);
    takenMs += performance.now() - startMs;
    audioMs += durationMs(samples);
    const understood = heard.confidence >= UNDERSTOOD_FROM;
    if (i >= questions.length) {
      if (understood) wrong++;
      continue;
    }
    const expected = wordsOf(line), distance = editDistance(expected, heard.text.split(" "));
    errors += distance;
    words += expected.length;
    if (!understood) asked++;
    else if (distance === 0) right++;
    if (i < 6) lastMs.push((await hear(recogniser, samples, true)).afterMs);
  }
  print(
    `${snrDb} dB: word errors ${(100 * errors / words).toFixed(0)} %, exact ${right} and asked ` +
      `again ${asked} of ${questions.length}; other speech taken for known: ${wrong} of ` +
      `${UNEXPECTED.length}; ${(takenMs / audioMs).toFixed(2)} of a core per caller who talks; ` +
      `final text ${ms(percentile(lastMs, 0.5))} (p50) after the last frame`,
  );
}

/** How late 20 ms frames are on the main thread while callers talk: what the workers are for. */
async function benchFrames(
  print: Print,
  recogniser: EmbeddedRecogniser,
  speech: Int16Array,
): Promise<void> {
  const quiet = await lateness(systemClock.until(performance.now() + durationMs(speech)));
  const calls = Array.from({ length: TALKING_AT_ONCE }, () => hear(recogniser, speech, true));
  const talking = await lateness(Promise.all(calls));
  print(`frames late by, nobody talking: ${quiet}; ${TALKING_AT_ONCE} callers talking: ${talking}`);
}

async function lateness(work: Promise<unknown>): Promise<string> {
  const lateMs: number[] = [];
  let over = false;
  const end = () => over = true;
  work.then(end, end);
  for (let dueMs = performance.now() + FRAME_MS; !over; dueMs += FRAME_MS) {
    await systemClock.until(dueMs);
    lateMs.push(performance.now() - dueMs);
  }
  await work;
  return `${ms(percentile(lateMs, 0.5))} (p50), ${ms(percentile(lateMs, 0.99))} (p99)`;
}

async function hear(
  recogniser: EmbeddedRecogniser,
  samples: Int16Array,
  realTime = false,
): Promise<Heard> {
  let endedMs = 0;
  async function* frames() {
    const startMs = performance.now();
    for (let at = 0; at < samples.length; at += FRAME_SAMPLES) {
      if (realTime) await systemClock.until(startMs + at / SAMPLE_RATE_HZ * 1000);
      yield samples.subarray(at, at + FRAME_SAMPLES);
    }
    endedMs = performance.now();
  }
  const options = { languages: ["en"], vocabulary: [], expect: "free" as const };
  for await (const event of recogniser.stt(frames(), options, never())) {
    if (event.type === "final") {
      const { text, confidence = 0 } = event;
      return { text, confidence, afterMs: performance.now() - endedMs };
    }
  }
  throw new Error("The recogniser gave no final text");
}

async function spoken(name: typeof CALLERS[number], line: string): Promise<Int16Array> {
  const voice = createEmbeddedTts({ voice: name });
  try {
    const chunks: Int16Array[] = [];
    for await (const chunk of voice.tts(line, { language: "en" }, never())) chunks.push(chunk);
    return concatSamples(chunks);
  } finally {
    voice.close();
  }
}

function editDistance(expected: string[], heard: string[]): number {
  let row = Array.from({ length: heard.length + 1 }, (_, i) => i);
  for (const [i, word] of expected.entries()) {
    const next = [i + 1];
    heard.forEach((other, j) => {
      next.push(Math.min(row[j + 1] + 1, next[j] + 1, row[j] + (word === other ? 0 : 1)));
    });
    row = next;
  }
  return row[heard.length];
}

function durationMs(samples: Int16Array): number {
  return samples.length / SAMPLE_RATE_HZ * 1000;
}

function never(): AbortSignal {
  return new AbortController().signal;
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

if (import.meta.main) await benchSpeech(console.log);
