import { concatSamples, SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import { type Clock, deadline, systemClock } from "../clock.ts";
import { EngineError } from "../contracts/engine_error.ts";
import type { Tts, TtsOptions } from "../contracts/tts.ts";
import { abortable } from "./abortable.ts";
import { SpeechFiles } from "./speech_files.ts";

/** A text that the agent says in the same words on many calls. */
export interface FixedText extends TtsOptions {
  text: string;
}

export interface CachedTtsOptions {
  /** Folder of the audio; made when it is missing. */
  directory: string;
  /** Names provider, model and voice: other audio for the same text needs another key. */
  voiceKey: string;
  /** Bytes on disk; older prompts go first. @default 64 MiB, about half an hour of speech */
  maxBytes?: number;
  /** Bytes in memory; prompts not used for long go first. @default 2 MiB, about a minute */
  maxMemoryBytes?: number;
  clock?: Clock;
  /** Hears of what could not be kept; the message names no text. */
  warn?: (message: string, error: unknown) => void;
}

export interface CachedTts {
  tts: Tts;
  /**
   * Makes each text once, unless it is there already, and keeps it for later calls and starts.
   * Only texts given here are ever kept: what the agent says to one caller stays out of the store.
   *
   * @throws the signal's reason when it aborts
   */
  warm(
    texts: FixedText[],
    signal: AbortSignal,
  ): Promise<{ made: number; kept: number; failed: number }>;
  /** Tells whether the text is spoken without asking the provider. */
  has(text: string, language: string, style?: string): boolean;
}

const MEBIBYTE = 1024 * 1024;
/** Prompts longer than this are not prompts; they are spoken but not kept. */
const MAX_CLIP_BYTES = 60 * SAMPLE_RATE_HZ * 2;
/** Nobody waits for a prompt that is made in advance, but for no longer than this. */
const MAKE_MS = 20_000;
/** After so many in a row that could not be made no more are tried. */
const MAX_FAILURES = 3;
/** Rates are mostly counted by the minute. */
const RATE_REST_MS = 60_000;
/** Kept speech is handed out in pieces of half a second. */
const CHUNK_SAMPLES = SAMPLE_RATE_HZ / 2;

/**
 * Puts a store of fixed prompts in front of a voice, so that a greeting costs no synthesis.
 *
 * A prompt in memory is given without touching the disk. When the disk can't be read or written,
 * it warns and goes on from memory.
 */
export function createCachedTts(inner: Tts, options: CachedTtsOptions): CachedTts {
  const { directory, voiceKey, clock = systemClock, warn = () => {} } = options;
  const { maxBytes = 64 * MEBIBYTE, maxMemoryBytes = 2 * MEBIBYTE } = options;
  const files = new SpeechFiles(directory);
  const memory = new Map<string, Int16Array>();
  let memoryBytes = 0;
  /** Fixed texts by key, and whether the disk has them. */
  const fixed = new Map<string, { stored: boolean }>();

  const keyOf = (text: string, { language, style = "" }: TtsOptions) => {
    return JSON.stringify([voiceKey, language, style, text]);
  };

  const remember = (key: string, samples: Int16Array) => {
    forget(key);
    if (samples.byteLength > maxMemoryBytes) return;
    memory.set(key, samples);
    memoryBytes += samples.byteLength;
    for (const oldest of memory.keys()) {
      if (memoryBytes <= maxMemoryBytes) return;
      forget(oldest);
    }
  };
  const forget = (key: string) => {
    memoryBytes -= memory.get(key)?.byteLength ?? 0;
    memory.delete(key);
  };

  /** The samples of a fixed text, from memory or else from disk. */
  const find = async (key: string): Promise<Int16Array | undefined> => {
    let samples = memory.get(key);
    if (!samples) {
      try {
        samples = await files.read(key);
      } catch (error) {
        warn("Cannot read a kept prompt", error);
      }
      const entry = fixed.get(key);
      if (entry) entry.stored = samples !== undefined;
    }
    if (samples) remember(key, samples); // now the one used last
    return samples;
  };

  const keep = async (key: string, samples: Int16Array) => {
    if (samples.byteLength > MAX_CLIP_BYTES) return;
    remember(key, samples);
    try {
      await files.write(key, samples);
      fixed.get(key)!.stored = true;
    } catch (error) {
      warn("Cannot keep a prompt on disk", error);
    }
  };

  const tts: Tts = async function* (text, how, signal) {
    signal.throwIfAborted();
    const key = keyOf(text, how);
    if (!fixed.has(key)) return yield* inner(text, how, signal);
    const samples = await find(key);
    if (!samples) {
      const chunks: Int16Array[] = [];
      for await (const chunk of inner(text, how, signal)) {
        chunks.push(chunk.slice());
        yield chunk;
      }
      if (chunks.length > 0) await keep(key, concatSamples(chunks));
      return;
    }
    for (let at = 0; at < samples.length; at += CHUNK_SAMPLES) {
      signal.throwIfAborted();
      yield samples.slice(at, at + CHUNK_SAMPLES);
    }
    signal.throwIfAborted();
  };

  return {
    tts,
    has(text, language, style) {
      const key = keyOf(text, { language, style });
      return memory.has(key) || fixed.get(key)?.stored === true;
    },
    async warm(texts, signal) {
      const count = { made: 0, kept: 0, failed: 0 };
      for (const { text, ...how } of texts) {
        fixed.set(keyOf(text, how), { stored: false });
      }
      let failures = 0; // in a row
      for (const { text, ...how } of texts) {
        signal.throwIfAborted();
        const key = keyOf(text, how);
        // Not read now: a start must not pay for prompts that nobody may hear.
        if (memory.has(key) || await files.has(key).catch(() => false)) {
          fixed.get(key)!.stored = true;
          count.kept++;
          continue;
        }
        // A voice that doesn't work is left alone; the next start tries again.
        if (failures === MAX_FAILURES) {
          count.failed++;
          continue;
        }
        // One that is stuck must not keep the others from being made.
        const limit = deadline(clock, MAKE_MS, signal);
        try {
          for await (const _ of abortable(tts(text, how, limit.signal), limit.signal));
          failures = 0;
        } catch (error) {
          signal.throwIfAborted();
          warn("Cannot make a prompt", error);
          failures++;
          if (error instanceof EngineError && error.fault === "rate_limited") {
            await clock.until(clock.now() + (error.retryAfterMs ?? RATE_REST_MS), signal);
          }
        } finally {
          limit.clear();
        }
        if (memory.has(key) || fixed.get(key)!.stored) count.made++;
        else count.failed++;
      }
      await files.prune(fixed.keys(), maxBytes).catch((error) => {
        if (!(error instanceof Deno.errors.NotFound)) warn("Cannot tidy the kept prompts", error);
      });
      return count;
    },
  };
}
