import type { Party } from "../lib/simulator/party.ts";

/** The greeting is over, and nobody has been silent for long. */
const PRESS_AT_FRAME = 150;

/** A caller who presses 0 and then stays on the line whatever comes. */
export class Patient implements Party {
  #frames = 0;

  next(heard: Int16Array) {
    const keys = this.#frames++ === PRESS_AT_FRAME ? "0" : undefined;
    return { samples: new Int16Array(heard.length), keys };
  }
}
