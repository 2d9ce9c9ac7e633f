import { SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import type { Passage, Speech } from "./speech.ts";

/** A stretch of one passage as it was sent without a gap. */
export interface Run {
  passage: Passage;
  /** First sample of the passage in this stretch. */
  fromSample: number;
  samples: number;
  /** When its first sample is heard, on the clock. */
  heardAtMs: number;
}

/** What a caller has heard of a speech. */
export interface Heard {
  /** Per passage of which anything was heard, the words heard, in order. */
  passages: { passage: Passage; text: string }[];
  /** The passage that was being heard last, and how far. */
  passage?: Passage;
  sample: number;
  /** Milliseconds of speech heard. */
  heardMs: number;
  /** True when everything written was heard. */
  whole: boolean;
}

export const nothingHeard: Heard = { passages: [], sample: 0, heardMs: 0, whole: false };

/** Speech takes about this long per written character: 15 characters a second. */
const MS_PER_CHARACTER = 65;

/** Works out from the times at which samples reach the ear which words were heard at `nowMs`. */
export function heardOf(speech: Speech | undefined, runs: readonly Run[], nowMs: number): Heard {
  const reached = new Map<Passage, number>();
  let last: Run | undefined;
  let heardSamples = 0;
  for (const run of runs) {
    const elapsed = Math.floor((nowMs - run.heardAtMs) * SAMPLE_RATE_HZ / 1000);
    const count = Math.min(run.samples, Math.max(0, elapsed));
    if (count === 0) continue;
    last = run;
    heardSamples += count;
    reached.set(
      run.passage,
      Math.max(reached.get(run.passage) ?? 0, run.fromSample + count),
    );
  }
  const passages = [...reached].map(([passage, samples]) => ({
    passage,
    text: heardWords(passage, samples),
  })).filter(({ text }) => text !== "");
  const whole = speech !== undefined && speech.finished &&
    speech.passages.every((p) =>
      p.samples === 0 || (p.complete && (reached.get(p) ?? 0) >= p.samples)
    );
  return {
    passages,
    passage: last?.passage,
    sample: last ? reached.get(last.passage)! : 0,
    heardMs: heardSamples * 1000 / SAMPLE_RATE_HZ,
    whole,
  };
}

/** The words of a passage that were heard to their end, by the share of its samples. */
function heardWords(passage: Passage, samples: number): string {
  const estimate = passage.text.length * MS_PER_CHARACTER * SAMPLE_RATE_HZ / 1000;
  const total = passage.complete ? passage.samples : Math.max(passage.samples, estimate);
  if (passage.complete && samples >= total) return passage.text;
  const reach = Math.floor(passage.text.length * samples / total);
  const cut = passage.text.slice(0, reach);
  // The word under the cut was not heard to its end.
  const wordEnd = /\s/.test(passage.text[reach] ?? " ") ? reach : cut.search(/\s\S*$/);
  return passage.text.slice(0, Math.max(0, wordEnd)).trimEnd();
}
