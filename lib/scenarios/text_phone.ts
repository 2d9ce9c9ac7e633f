import { bytesFromSamples, FRAME_MS, SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import type { Line, LineListener } from "../contracts/line.ts";
import type { Party, PartyNote } from "../simulator/party.ts";
import { PlayoutModel } from "../simulator/playout_model.ts";
import type { VirtualClock } from "./virtual_clock.ts";

/** What is under way when a call ends gets so long to end: a write, the last events. */
const AFTERMATH_MS = 15_000;

/** A phone in this process, between a party and a call, at the pace of a virtual clock. */
export class TextPhone {
  readonly #model = new PlayoutModel({ rateHz: SAMPLE_RATE_HZ });
  #closed = false;

  constructor(readonly clock: VirtualClock) {}

  /** The call's end of the line. */
  readonly line: Line = {
    send: (samples) => this.#model.push(bytesFromSamples(samples)),
    killAudio: () => this.#model.killAudio(),
    close: () => this.#closed = true,
    flush() {},
    bufferedBytes: 0,
  };

  /**
   * Lets a party and a call talk until one of them ends it.
   *
   * @param beforeFrame asked before each frame; may take as long as it likes
   * @returns who ended it; `nobody` when `maxMs` had passed
   */
  async connect(
    party: Party,
    call: LineListener,
    options: {
      maxMs: number;
      onNote?(note: PartyNote): void;
      isOver(): boolean;
      beforeFrame?(): Promise<void> | void;
    },
  ): Promise<"caller" | "agent" | "nobody"> {
    const endMs = this.clock.now() + options.maxMs;
    let ended: "caller" | "agent" | "nobody" = "nobody";
    while (this.clock.now() < endMs && ended === "nobody") {
      await options.beforeFrame?.();
      await this.clock.advance(FRAME_MS);
      if (this.#closed || options.isOver()) {
        ended = "agent";
        break;
      }
      const { samples, keys, hangUp, notes } = party.next(this.#model.tick());
      for (const note of notes ?? []) options.onNote?.(note);
      for (const key of keys ?? "") call.press(key);
      call.hear(samples, this.clock.now());
      if (hangUp) ended = "caller";
    }
    if (ended !== "agent") call.lost("the caller hung up");
    for (let ms = 0; ms < AFTERMATH_MS; ms += 1_000) await this.clock.advance(1_000);
    return ended;
  }
}
