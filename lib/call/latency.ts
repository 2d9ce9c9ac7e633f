import type { Waterfall } from "../contracts/call_event.ts";

/** Collects the moments of one exchange; each is noted once. Times are those of the call's journal. */
export class Latency {
  readonly waterfall: Waterfall;

  constructor(speechEndMs: number) {
    this.waterfall = { speechEndMs: tenths(speechEndMs) };
  }

  note(moment: keyof Waterfall, atMs: number): void {
    this.waterfall[moment] ??= tenths(atMs);
  }
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
