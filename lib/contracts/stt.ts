import type { Expect } from "./expect.ts";

/**
 * Turns one stretch of a caller's speech into text.
 *
 * `audio` yields mono 16-bit samples at 16 kHz, in pieces of any length, as they arrive, pre-roll
 * first, and ends when the caller pauses. The result yields any number of partials and then exactly
 * one final. An empty final text means that no words were recognised. When the signal aborts, every
 * request is closed and the iterable throws the signal's reason.
 *
 * @throws {EngineError} when the provider failed
 */
export type Stt = (
  audio: AsyncIterable<Int16Array>,
  options: SttOptions,
  signal: AbortSignal,
) => AsyncIterable<SttEvent>;

/** What the recogniser may know in advance. */
export interface SttOptions {
  /** Languages the caller may speak, most likely first, as primary tags: `en`, `sw`. */
  languages: string[];
  /** Names and terms worth recognising; at most 100 are used. */
  vocabulary: string[];
  /** What the agent has just asked for. */
  expect: Expect;
}

/** One step of a recognition. */
export type SttEvent =
  | { type: "partial"; text: string }
  | {
    type: "final";
    text: string;
    /** 0 to 1; absent when the provider gives none. */
    confidence?: number;
    /** Primary tag of the language heard, when the provider tells. */
    language?: string;
    usage?: Usage;
  };

/**
 * What one request used. Tokens are the provider's own figures, absent when it reported none; sound
 * and characters are measured on our side.
 */
export interface Usage {
  /** Text tokens in and out; thinking counts as out. */
  inputTokens?: number;
  outputTokens?: number;
  inputAudioTokens?: number;
  outputAudioTokens?: number;
  /** Sound heard by a recogniser, or made by a voice. */
  audioMs?: number;
  /** Characters recognised, written or spoken. */
  characters?: number;
  /** Characters of everything that a language model was sent. */
  promptCharacters?: number;
  model?: string;
}
