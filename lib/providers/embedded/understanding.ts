import type { HeardWord } from "./decoder.ts";

/** What was understood of an utterance. */
export interface Understanding {
  text: string;
  confidence: number;
}

/** Above this share of speech outside the vocabulary, the words between are chance. */
const MOSTLY_UNKNOWN = 0.5;

/**
 * Tells what was understood: the words inside the vocabulary, and as confidence the share of speech
 * time that they cover. Below 0.75 the agent should ask again: of speech that it was never told
 * about, most lies below, and of expected wording on a clear line, nearly none.
 */
export function understand(words: HeardWord[]): Understanding {
  let allMs = 0, unknownMs = 0;
  for (const { durationMs, unknown } of words) {
    allMs += durationMs;
    if (unknown) unknownMs += durationMs;
  }
  const unknownShare = allMs === 0 ? 1 : unknownMs / allMs;
  const known = words.filter(({ unknown }) => !unknown).map(({ word }) => word);
  return {
    text: unknownShare > MOSTLY_UNKNOWN ? "" : known.join(" "),
    confidence: 1 - unknownShare,
  };
}
