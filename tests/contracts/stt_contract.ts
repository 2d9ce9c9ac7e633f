import assert from "node:assert/strict";
import { EngineError, type EngineFault } from "../../lib/contracts/engine_error.ts";
import type { Stt, SttEvent, SttOptions } from "../../lib/contracts/stt.ts";
import { SAMPLE_RATE_HZ } from "../../lib/audio/pcm.ts";

/** One stretch of speech and what must be found in its final text. */
export interface KnownSpeech {
  samples: Int16Array;
  words: RegExp;
  options?: Partial<SttOptions>;
}

/** A recogniser under test, and what may be expected of it. */
export interface SttUnderTest {
  stt: Stt;
  /** Two stretches of speech that are heard as different words. */
  speech: [KnownSpeech, KnownSpeech];
  /** Set when long speech must give at least one partial before the final. */
  partials: boolean;
  /** Set when the final must carry a confidence. */
  confidence: boolean;
  /** Recognitions the provider still works on; must fall to 0 after each check. */
  busy?(): number | Promise<number>;
  /** Recognisers of a provider that fails in a known way. */
  failing?: { name: string; stt: Stt; fault: EngineFault }[];
  close(): void | Promise<void>;
}

/** The longest that a provider may take to notice an abort, in wall time. */
const ABORT_WITHIN_MS = 1000;
const FREE_WITHIN_MS = 2000;

/** Registers one test that runs every check of the {@linkcode Stt} contract as a step. */
export function testSttContract(name: string, open: () => Promise<SttUnderTest>): void {
  Deno.test(`${name} keeps the speech-to-text contract`, async (t) => {
    const subject = await open();
    const check = async (what: string, run: (subject: SttUnderTest) => Promise<void>) => {
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
          return failsWith(failing.stt, failing.fault, subject.speech[0]);
        });
      }
    } finally {
      await subject.close();
    }
  });
}

const checks: [string, (subject: SttUnderTest) => Promise<void>][] = [
  ["speech gives partials and then exactly one final text", async (subject) => {
    for (const speech of subject.speech) {
      const events = await recognise(subject.stt, speech);
      const final = onlyFinal(events);
      assert.match(final.text.toLowerCase(), speech.words);
      if (subject.partials) assert.ok(events.length > 1, "there must be a partial");
      if (subject.confidence) assert.ok(final.confidence !== undefined, "there must be confidence");
      const { confidence } = final;
      if (confidence !== undefined) assert.ok(confidence >= 0 && confidence <= 1, `${confidence}`);
    }
  }],
  ["no audio at all gives one final without words", async ({ stt, speech: [speech] }) => {
    const events = await collect(stt(pieces(new Int16Array(0), []), optionsOf(speech), never()));
    assert.equal(onlyFinal(events).text, "");
    assert.equal(events.length, 1);
  }],
  ["digital silence gives one final without words", async ({ stt, speech: [speech] }) => {
    const silence = new Int16Array(SAMPLE_RATE_HZ);
    const events = await collect(stt(pieces(silence, [320]), optionsOf(speech), never()));
    assert.equal(onlyFinal(events).text, "");
  }],
  ["pieces of any length give the same words", async ({ stt, speech: [speech] }) => {
    for (const lengths of [[1, 0, 7, 320, 33, 4001], [speech.samples.length], [160], [12345]]) {
      const audio = pieces(speech.samples, lengths);
      const events = await collect(stt(audio, optionsOf(speech), never()));
      assert.match(onlyFinal(events).text.toLowerCase(), speech.words, `pieces of ${lengths}`);
    }
  }],
  ["the caller's buffer may be used again after each piece", async ({ stt, speech: [speech] }) => {
    async function* reused() {
      const buffer = new Int16Array(320);
      for await (const piece of pieces(speech.samples, [320])) {
        buffer.fill(0);
        buffer.set(piece);
        yield buffer.subarray(0, piece.length);
      }
    }
    const events = await collect(stt(reused(), optionsOf(speech), never()));
    assert.match(onlyFinal(events).text.toLowerCase(), speech.words);
  }],
  ["two at once do not mix", async (subject) => {
    const both = await Promise.all(subject.speech.map((speech) => recognise(subject.stt, speech)));
    both.forEach((events, i) => {
      assert.match(onlyFinal(events).text.toLowerCase(), subject.speech[i].words);
    });
  }],
  ["an abort before the start throws its reason and asks for no audio", async (subject) => {
    const [speech] = subject.speech;
    let asked = false;
    async function* audio() {
      asked = true;
      yield* pieces(speech.samples, [320]);
    }
    const reason = new Error("aborted before the start");
    const events: SttEvent[] = [];
    await assert.rejects(async () => {
      const signal = AbortSignal.abort(reason);
      for await (const event of subject.stt(audio(), optionsOf(speech), signal)) events.push(event);
    }, (error) => error === reason);
    assert.deepEqual(events, []);
    assert.equal(asked, false);
  }],
  [
    "an abort while audio is awaited throws its reason at once",
    async ({ stt, speech: [speech] }) => {
      const controller = new AbortController();
      const reason = new Error("aborted in the middle");
      let abortedAtMs = 0;
      const { promise: noMoreAudio, resolve: release } = Promise.withResolvers<void>();
      async function* audio() {
        yield* pieces(speech.samples.subarray(0, speech.samples.length >> 1), [320]);
        setTimeout(() => {
          abortedAtMs = performance.now();
          controller.abort(reason);
        }, 50);
        await noMoreAudio;
      }
      const finals: SttEvent[] = [];
      await assert.rejects(async () => {
        for await (const event of stt(audio(), optionsOf(speech), controller.signal)) {
          if (abortedAtMs) assert.fail("nothing may follow the abort");
          if (event.type === "final") finals.push(event);
        }
      }, (error) => error === reason);
      const tookMs = performance.now() - abortedAtMs;
      release();
      assert.deepEqual(finals, []);
      assert.ok(tookMs < ABORT_WITHIN_MS, `the abort took ${tookMs} ms`);
    },
  ],
  ["after aborted and abandoned recognitions the next one is clean", async (subject) => {
    const [speech, other] = subject.speech;
    const controller = new AbortController();
    const reason = new Error("aborted");
    const aborted = collect(subject.stt(
      pieces(speech.samples, [320], (n) => n === 20 && controller.abort(reason)),
      optionsOf(speech),
      controller.signal,
    ));
    await assert.rejects(aborted, (error) => error === reason);
    for await (const _ of subject.stt(pieces(speech.samples, [320]), optionsOf(speech), never())) {
      break;
    }
    const final = onlyFinal(await recognise(subject.stt, other));
    assert.match(final.text.toLowerCase(), other.words);
    assert.doesNotMatch(final.text.toLowerCase(), speech.words);
  }],
  ["an error of the audio comes through as it is", async ({ stt, speech: [speech] }) => {
    const broken = new Error("the line is gone");
    async function* audio() {
      yield speech.samples.subarray(0, 3200);
      await Promise.resolve();
      throw broken;
    }
    const run = collect(stt(audio(), optionsOf(speech), never()));
    await assert.rejects(run, (error) => error === broken);
  }],
];

async function failsWith(stt: Stt, fault: EngineFault, speech: KnownSpeech): Promise<void> {
  await assert.rejects(recognise(stt, speech), (error) => {
    assert.ok(error instanceof EngineError, `must be an EngineError: ${error}`);
    assert.equal(error.fault, fault);
    return true;
  });
}

function recognise(stt: Stt, speech: KnownSpeech): Promise<SttEvent[]> {
  return collect(stt(pieces(speech.samples, [320]), optionsOf(speech), never()));
}

async function collect(events: AsyncIterable<SttEvent>): Promise<SttEvent[]> {
  const collected: SttEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

function onlyFinal(events: SttEvent[]) {
  const last = events.at(-1);
  assert.equal(events.filter((event) => event.type === "final").length, 1);
  assert.ok(last?.type === "final", "the final must be last");
  return last;
}

function optionsOf(speech: KnownSpeech): SttOptions {
  return { languages: ["en"], vocabulary: [], expect: "free", ...speech.options };
}

/** Cuts samples into pieces whose lengths repeat, giving other work a turn after each. */
async function* pieces(samples: Int16Array, lengths: number[], after?: (n: number) => unknown) {
  for (let at = 0, n = 0; at < samples.length; n++) {
    const length = lengths[n % lengths.length];
    yield samples.subarray(at, at + length);
    at += length;
    if (n % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    after?.(n);
  }
}

function never(): AbortSignal {
  return new AbortController().signal;
}

async function becomesIdle(subject: SttUnderTest): Promise<void> {
  const endMs = performance.now() + FREE_WITHIN_MS;
  while (await subject.busy?.()) {
    assert.ok(performance.now() < endMs, "the recognition must be given up");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
