import type { CallEvent } from "../contracts/call_event.ts";
import type { CallReport } from "../simulator/call_report.ts";
import type { LegEntry } from "../simulator/leg_log.ts";
import { entryText } from "./entry_text.ts";
import { eventText } from "./event_text.ts";
import type { Ink } from "./ink.ts";
import type { ScreenLine } from "./screen_line.ts";
import { formatWaterfall } from "./waterfall_text.ts";

const WHO_WIDTH = 9;

/** Shows a call as it happens, a line for each thing, with seconds since the first ring. */
export class CallScreen {
  readonly #write: (line: string) => void;
  readonly #ink: Ink;

  constructor(write: (line: string) => void, ink: Ink) {
    this.#write = write;
    this.#ink = ink;
  }

  note(text: string): void {
    this.#write(this.#ink.dim(text));
  }

  entry(entry: LegEntry): void {
    this.#show(entry.atMs, entryText(entry, this.#ink));
  }

  event(event: CallEvent, atMs: number): void {
    this.#show(atMs, eventText(event, this.#ink));
  }

  /** The figures at the end, and what was wrong. */
  summary(report: CallReport): void {
    const { bold, red, green } = this.#ink;
    const { firstAudio, atTheEar } = report.latencies;
    this.#write("");
    for (const { turn, waterfall } of report.turns) {
      if (waterfall) this.#write(`Turn ${turn}: ${formatWaterfall(waterfall)}`);
    }
    if (firstAudio.count > 0) {
      this.#write(
        `First audio on the socket: p50 ${round(firstAudio.p50Ms)} ms, p95 ${
          round(firstAudio.p95Ms)
        } ms after the caller stopped, in ${firstAudio.count} turns (the bridge's figures).`,
      );
    }
    if (atTheEar.count > 0) {
      this.#write(
        `First sound in the caller's ear: p50 ${round(atTheEar.p50Ms)} ms, p95 ${
          round(atTheEar.p95Ms)
        } ms after the caller stopped, in ${atTheEar.count} lines (measured at the phone).`,
      );
    }
    for (const problem of report.problems) this.#write(red(`✗ ${problem}`));
    if (report.problems.length === 0) this.#write(green(bold("✓ The call went well.")));
  }

  #show(atMs: number, line: ScreenLine | undefined): void {
    if (!line) return;
    const [who, what] = line;
    const time = (atMs / 1000).toFixed(2).padStart(7);
    this.#write(`${this.#ink.dim(time)}  ${who.padEnd(WHO_WIDTH)}  ${what}`);
  }
}

function round(ms: number | undefined): string {
  return ms === undefined ? "?" : ms.toFixed(0);
}
