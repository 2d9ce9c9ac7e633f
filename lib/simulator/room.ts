import { FRAME_SAMPLES } from "../audio/pcm.ts";

/** A conference: each member hears the sum of the others, a frame late. */
export class Room {
  readonly #frames = new Map<object, Int16Array>();

  /** Takes what `member` says and gives what it hears; the first call joins it. */
  exchange(member: object, says: Int16Array): Int16Array {
    this.#frames.set(member, says);
    const heard = new Int16Array(FRAME_SAMPLES);
    for (const [other, frame] of this.#frames) {
      if (other !== member) addTo(heard, frame);
    }
    return heard;
  }

  leave(member: object): void {
    this.#frames.delete(member);
  }
}

/** Adds one frame to another, in place and without wrapping around. */
export function addTo(frame: Int16Array, other: Int16Array): void {
  for (let i = 0; i < frame.length; i++) {
    frame[i] = Math.max(-32768, Math.min(32767, frame[i] + other[i]));
  }
}
