/**
 * Speaks one sentence.
 *
 * Yields mono 16-bit samples at 16 kHz in pieces of any length, as soon as they are made. Text is
 * already speakable: words only, no Markdown, tags or digits. When the signal aborts, the request is
 * closed and the iterable throws the signal's reason.
 *
 * @throws {EngineError} when the provider failed or made no sound
 */
export type Tts = (
  text: string,
  options: TtsOptions,
  signal: AbortSignal,
) => AsyncIterable<Int16Array>;

export interface TtsOptions {
  /** Primary tag of the language of `text`. */
  language: string;
  /** How to speak, such as "warm and calm"; never spoken. Providers without styles ignore it. */
  style?: string;
}
