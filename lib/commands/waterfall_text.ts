import type { Waterfall } from "../contracts/call_event.ts";

const STAGES: [keyof Waterfall, string][] = [
  ["softPauseMs", "soft pause"],
  ["commitMs", "commit"],
  ["transcriptMs", "transcript"],
  ["firstTokenMs", "first token"],
  ["firstSentenceMs", "first sentence"],
  ["firstAudioMs", "first audio"],
  ["firstSampleSentMs", "sent"],
  ["firstSampleHeardMs", "heard"],
];

/** Writes the moments of one exchange in the order in which they came, since the caller stopped. */
export function formatWaterfall(waterfall: Waterfall): string {
  const moments = STAGES.flatMap(([name, label]) => {
    const atMs = waterfall[name];
    return atMs === undefined ? [] : [{ label, sinceMs: Math.round(atMs - waterfall.speechEndMs) }];
  });
  moments.sort((a, b) => a.sinceMs - b.sinceMs);
  return moments.map(({ label, sinceMs }) => `${label} ${sinceMs}`).join(" · ") + " ms";
}
