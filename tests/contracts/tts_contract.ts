import assert from "node:assert/strict";
import { concatSamples, levelDbfs, SAMPLE_RATE_HZ } from "../../lib/audio/pcm.ts";
import { EngineError, type EngineFault } from "../../lib/contracts/engine_error.ts";
import type { Tts } from "../../lib/contracts/tts.ts";

/** A voice under test, and what may be expected of it. */
export interface TtsUnderTest {
  tts: Tts;
  /** Primary tag of the language that the texts below are spoken in. */
  language: string;
  /** A sentence of two to six seconds, and one of clearly another length. */
  sentences: [string, string];
  /** Set when the same text always gives the same samples. */
  deterministic: boolean;
  /** Set when the first audio of a long text comes before all of it is made. */
  streams: boolean;
  /** Requests the provider still works on; must fall to 0 after each check. */
  busy?(): number | Promise<number>;
  /** Voices of a provider that fails in a known way. */
  failing?: { name: string; tts: Tts; fault: EngineFault }[];
  close(): void | Promise<void>;
}

/** The longest that a provider may take to notice an abort, in wall time. */
const ABORT_WITHIN_MS = 1000;
const FREE_WITHIN_MS = 2000;
/** Speaking rates of voices in use lie well inside these, spaces counted. */
const MIN_MS_PER_CHARACTER = 30;
const MAX_MS_PER_CHARACTER = 180;
const MIN_LEVEL_DBFS = -45;
/** Speech that clips has many samples at full scale. */
const MAX_CLIPPED_SHARE = 0.001;

/** Registers one test that runs every check of the {@linkcode Tts} contract as a step. */
export function testTtsContract(name: string, open: () => Promise<TtsUnderTest>): void {
  Deno.test(`${name} keeps the text-to-speech contract`, async (t) => {
    const subject = await open();
    const check = async (what: string, run: (subject: TtsUnderTest) => Promise<void>) => {
      await t.step({
        name: what,
        fn: async () => {
          await run(subject);
          await becomesIdle(subject);
        },
        sanitizeOps: false, // the provider outlives the step; the whole test is sanitised
        sanitizeResources: false,
      });
    };
    try {
      for (const [what, run] of checks) await check(what, run);
      for (const failing of subject.failing ?? []) {
        await check(`${failing.name} throws an EngineError with fault ${failing.fault}`, () => {
          return failsWith(subject, failing.tts, failing.fault);
        });
      }
    } finally {
      await subject.close();
    }
  });
}

const checks: [string, (subject: TtsUnderTest) => Promise<void>][] = [
  ["a sentence gives audible speech of a plausible length", async (subject) => {
    for (const sentence of subject.sentences) {
      const chunks = await collect(subject, sentence);
      assert.ok(chunks.every((chunk) => chunk instanceof Int16Array && chunk.length > 0));
      const samples = concatSamples(chunks);
      const perCharacterMs = durationMs(samples) / sentence.length;
      assert.ok(
        perCharacterMs > MIN_MS_PER_CHARACTER && perCharacterMs < MAX_MS_PER_CHARACTER,
        `${perCharacterMs} ms a character`,
      );
      const level = levelDbfs(samples);
      assert.ok(level > MIN_LEVEL_DBFS, `${level} dBFS`);
      const clipped = samples.filter((sample) => sample >= 32767 || sample <= -32768).length;
      assert.ok(clipped < samples.length * MAX_CLIPPED_SHARE, `${clipped} samples clip`);
    }
  }],
  ["text without words gives nothing", async (subject) => {
    for (const text of ["", "   ", "\n", "…"]) {
      assert.deepEqual(await collect(subject, text), [], JSON.stringify(text));
    }
  }],
  ["two at once do not mix", async (subject) => {
    const alone: Int16Array[] = [];
    for (const sentence of subject.sentences) {
      alone.push(concatSamples(await collect(subject, sentence)));
    }
    const together = await Promise.all(subject.sentences.map((text) => collect(subject, text)));
    together.forEach((chunks, i) => {
      const samples = concatSamples(chunks);
      if (subject.deterministic) assert.deepEqual(samples, alone[i]);
      else assertSimilarLength(samples, alone[i]);
    });
    assert.ok(Math.abs(alone[0].length - alone[1].length) > 0.2 * SAMPLE_RATE_HZ);
  }],
  ["chunks belong to the reader", async (subject) => {
    const kept: Int16Array[] = [], copies: Int16Array[] = [];
    for await (const chunk of speak(subject, subject.sentences[0])) {
      kept.push(chunk);
      copies.push(chunk.slice());
    }
    await collect(subject, subject.sentences[1]);
    assert.deepEqual(kept, copies);
  }],
  ["a long text starts before all of it is made", async (subject) => {
    if (!subject.streams) return;
    const long = Array(6).fill(subject.sentences[0]).join(" ");
    const startMs = performance.now();
    let firstMs = 0, chunks = 0;
    for await (const _ of speak(subject, long)) {
      if (chunks++ === 0) firstMs = performance.now() - startMs;
    }
    const allMs = performance.now() - startMs;
    assert.ok(chunks > 1, "there must be several chunks");
    assert.ok(firstMs < allMs, `first after ${firstMs} ms of ${allMs} ms`);
  }],
  ["an abort before the start throws its reason and yields nothing", async (subject) => {
    const reason = new Error("aborted before the start");
    const chunks: Int16Array[] = [];
    await assert.rejects(async () => {
      for await (
        const chunk of speak(subject, subject.sentences[0], AbortSignal.abort(reason))
      ) chunks.push(chunk);
    }, (error) => error === reason);
    assert.deepEqual(chunks, []);
  }],
  ["an abort after the first chunk throws its reason and yields no more", async (subject) => {
    const controller = new AbortController();
    const reason = new Error("aborted in the middle");
    const long = Array(20).fill(subject.sentences[0]).join(" ");
    let abortedAtMs = 0, chunks = 0;
    await assert.rejects(async () => {
      for await (const _ of speak(subject, long, controller.signal)) {
        chunks++;
        abortedAtMs = performance.now();
        controller.abort(reason);
      }
    }, (error) => error === reason);
    const tookMs = performance.now() - abortedAtMs;
    assert.equal(chunks, 1);
    assert.ok(tookMs < ABORT_WITHIN_MS, `the abort took ${tookMs} ms`);
  }],
  ["an abort while audio is awaited throws its reason at once", async (subject) => {
    const controller = new AbortController();
    const reason = new Error("aborted while waiting");
    const chunks = speak(subject, subject.sentences[0], controller.signal)[Symbol.asyncIterator]();
    const first = chunks.next();
    const startMs = performance.now();
    controller.abort(reason);
    await assert.rejects(first, (error) => error === reason);
    const tookMs = performance.now() - startMs;
    assert.ok(tookMs < ABORT_WITHIN_MS, `the abort took ${tookMs} ms`);
  }],
  ["after aborted and abandoned speech the next is clean", async (subject) => {
    const [sentence, other] = subject.sentences;
    const expected = concatSamples(await collect(subject, other));
    const controller = new AbortController();
    const aborted = collect(subject, sentence, controller.signal);
    const rejected = assert.rejects(aborted);
    controller.abort();
    for await (const _ of speak(subject, sentence)) break;
    const samples = concatSamples(await collect(subject, other));
    await rejected;
    if (subject.deterministic) assert.deepEqual(samples, expected);
    else assertSimilarLength(samples, expected);
  }],
];

async function failsWith(subject: TtsUnderTest, tts: Tts, fault: EngineFault): Promise<void> {
  await assert.rejects(collect({ ...subject, tts }, subject.sentences[0]), (error) => {
    assert.ok(error instanceof EngineError, `must be an EngineError: ${error}`);
    assert.equal(error.fault, fault);
    return true;
  });
}

function speak(subject: TtsUnderTest, text: string, signal = new AbortController().signal) {
  return subject.tts(text, { language: subject.language }, signal);
}

async function collect(subject: TtsUnderTest, text: string, signal?: AbortSignal) {
  const chunks: Int16Array[] = [];
  for await (const chunk of speak(subject, text, signal)) chunks.push(chunk);
  return chunks;
}

function durationMs(samples: Int16Array): number {
  return samples.length / SAMPLE_RATE_HZ * 1000;
}

function assertSimilarLength(samples: Int16Array, other: Int16Array): void {
  const ratio = samples.length / other.length;
  assert.ok(ratio > 0.8 && ratio < 1.25, `${samples.length} and ${other.length} samples`);
}

async function becomesIdle(subject: TtsUnderTest): Promise<void> {
  const endMs = performance.now() + FREE_WITHIN_MS;
  while (await subject.busy?.()) {
    assert.ok(performance.now() < endMs, "the request must be given up");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
