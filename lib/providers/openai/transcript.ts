/** One stretch of speech in a `verbose_json` answer; servers leave fields out. */
interface Segment {
  text?: string;
  avg_logprob?: number;
  no_speech_prob?: number;
  compression_ratio?: number;
}

export interface Transcript {
  text: string;
  /** 0 to 1, from the recogniser's own probabilities. */
  confidence?: number;
  /** As the server names it: `en` or `english`. */
  language?: string;
}

// Whisper's own limits for dropping a stretch as silence or as a loop (openai/whisper transcribe.py).
const NO_SPEECH_PROB = 0.6;
const LOW_LOGPROB = -1;
const LOOP_COMPRESSION_RATIO = 2.4;

/** Reads an answer of `/audio/transcriptions` in whichever form it came; undefined when in none. */
export function transcriptFrom(answer: unknown): Transcript | undefined {
  if (typeof answer === "string") return { text: answer.trim() };
  const { text, segments, language } = (answer ?? {}) as {
    text?: unknown;
    segments?: Segment[] | null;
    language?: string;
  };
  if (!segments?.length) {
    return typeof text === "string" ? { text: text.trim(), language } : undefined;
  }
  const spoken = segments.filter(isSpoken);
  const logprobs = spoken.flatMap(({ avg_logprob }) => avg_logprob ?? []);
  const mean = logprobs.reduce((sum, one) => sum + one, 0) / logprobs.length;
  return {
    text: spoken.map((segment) => segment.text?.trim() ?? "").filter(Boolean).join(" "),
    language,
    ...logprobs.length > 0 ? { confidence: Math.min(1, Math.exp(mean)) } : {},
  };
}

function isSpoken({ avg_logprob, no_speech_prob, compression_ratio }: Segment): boolean {
  const silent = (no_speech_prob ?? 0) > NO_SPEECH_PROB && (avg_logprob ?? 0) < LOW_LOGPROB;
  return !silent && (compression_ratio ?? 0) <= LOOP_COMPRESSION_RATIO;
}
