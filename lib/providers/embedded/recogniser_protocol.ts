import type { HeardWord } from "./decoder.ts";
import type { RecogniserDomain } from "./recogniser_domain.ts";

/** What a recogniser's worker is told; it hears one utterance at a time. */
export type RecogniserOrder =
  /** `over` holds the number of the last utterance that was given up, readable at once. */
  | { type: "load"; domain: RecogniserDomain; over: Int32Array<SharedArrayBuffer> }
  /** Answers `unknown`: the phones of each word, in the order asked. */
  | { type: "phones"; phones: string[] }
  | { type: "start"; utterance: number; part: string }
  | { type: "audio"; samples: Int16Array<ArrayBuffer> }
  | { type: "end" }
  | { type: "cancel" };

/** What it reports. */
export type RecogniserReport =
  /** Words that the dictionary lacks; it waits for their phones. */
  | { type: "unknown"; words: string[] }
  | { type: "ready" }
  | { type: "partial"; utterance: number; text: string }
  | {
    type: "final";
    utterance: number;
    words: HeardWord[];
    /** See `Wording`. */
    unexpectedShare: number;
    audioMs: number;
  }
  | { type: "failed"; message: string };
