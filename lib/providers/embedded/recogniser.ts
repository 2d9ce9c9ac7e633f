import { type Clock, systemClock } from "../../clock.ts";
import type { Stt } from "../../contracts/stt.ts";
import { DecoderPool } from "./decoder_pool.ts";
import { DecoderWorker } from "./decoder_worker.ts";
import { partFor } from "./expected_answers.ts";
import type { RecogniserDomain } from "./recogniser_domain.ts";
import { createEmbeddedTts, type Pronounce } from "./voice.ts";

export interface EmbeddedRecogniserOptions {
  /** Pronounces words that the dictionary lacks. @default the embedded voice's, started for it */
  pronounce?: Pronounce;
  /** Decoders that `warm` loads; each takes 60 to 110 MB. @default 2 */
  decoders?: number;
  /** Decoders at most; each serves one caller who is speaking. @default 4 */
  maxDecoders?: number;
  /** How long a caller may wait for a decoder. @default 2000 */
  maxWaitMs?: number;
  clock?: Clock;
}

export interface EmbeddedRecogniser {
  stt: Stt;
  /** Loads decoders in the background; recognising before it is done only waits longer. */
  warm(): Promise<void>;
  close(): void;
}

/** Callers that may wait for a decoder at once. */
const MAX_WAITING = 32;

/**
 * Recognises English inside this process: no key, no network, each decoder in a worker of its own.
 *
 * It knows the wording of `domain` and marks the rest as not understood: words outside are left out
 * of the text, and `confidence` falls with their share and with how badly the rest fits. Digits come
 * as words. `expect` chooses what an utterance most likely is. The other options are not used: names
 * belong into the domain, and other languages come out with low confidence.
 */
export function createEmbeddedStt(
  domain: RecogniserDomain,
  options: EmbeddedRecogniserOptions = {},
): EmbeddedRecogniser {
  const { decoders = 2, maxDecoders = 4, maxWaitMs = 2000, clock = systemClock } = options;
  const known = new Map<string, string>();
  const pronounce: Pronounce = async (words) => {
    const missing = words.filter((word) => !known.has(word));
    const phones = await (options.pronounce ?? pronounceAlone)(missing);
    missing.forEach((word, i) => known.set(word, phones[i]));
    return words.map((word) => known.get(word)!);
  };
  const pool = new DecoderPool(
    () => new DecoderWorker(domain, pronounce),
    { max: Math.max(decoders, maxDecoders), maxWaiting: MAX_WAITING, maxWaitMs },
    clock,
  );

  const stt: Stt = async function* (audio, { expect }, signal) {
    const decoder = await pool.acquire(signal);
    try {
      yield* decoder.recognise(audio, partFor(expect), signal);
    } finally {
      pool.release(decoder);
    }
  };

  return {
    stt,
    async warm() {
      await Promise.all(pool.fill(decoders).map((decoder) => decoder.ready));
    },
    close: () => pool.close(),
  };
}

/** Pronounces with a voice that is started for these words and ended after them. */
async function pronounceAlone(words: string[]): Promise<string[]> {
  if (words.length === 0) return [];
  const voice = createEmbeddedTts();
  try {
    return await voice.pronounce(words);
  } finally {
    voice.close();
  }
}
