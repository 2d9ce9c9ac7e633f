import { FRAME_MS, FRAME_SAMPLES, levelDbfs } from "../audio/pcm.ts";
import type { CallEvent } from "../contracts/call_event.ts";
import { isUnderWay } from "../hand_over/states.ts";
import type { Step } from "../simulator/caller_lines.ts";
import type { Party, PartyFrame } from "../simulator/party.ts";
import { SampleQueue } from "../simulator/sample_queue.ts";

const SOUND_DBFS = -45;
/** So much silence after an answer, and it is the caller's turn to type. */
const ANSWERED_MS = 700;
/** The same when no answer came. */
const UNANSWERED_MS = 12_000;

/** A caller at a keyboard, for whom time stands still while they type. */
export class TypingCaller implements Party {
  readonly #mouth = new SampleQueue();
  #steps: Step[] = [];
  #silentMs = 0;
  #isAnswered = false;

  /** True when the agent has spoken and waits. */
  get mayType(): boolean {
    if (this.#mouth.length > 0 || this.#steps.length > 0) return false;
    return this.#silentMs >= (this.#isAnswered ? ANSWERED_MS : UNANSWERED_MS);
  }

  /** Says a line, after what is still to be said. */
  say(steps: Step[]): void {
    this.#steps.push(...steps);
    this.#isAnswered = false;
    this.#silentMs = 0;
  }

  /** Learns from the call whether it has answered. */
  onEvent(event: CallEvent): void {
    if (event.type === "agent_sentence") {
      this.#isAnswered = true;
      this.#silentMs = 0; // it is heard a moment later
    }
    if (event.type === "hand_over" && isUnderWay(event)) this.#isAnswered = false;
  }

  next(heard: Int16Array): PartyFrame {
    const frame: PartyFrame = { samples: new Int16Array(FRAME_SAMPLES) };
    this.#silentMs = levelDbfs(heard) > SOUND_DBFS ? 0 : this.#silentMs + FRAME_MS;
    while (this.#mouth.length === 0 && this.#steps.length > 0) {
      const step = this.#steps.shift()!;
      if ("samples" in step) this.#mouth.push(step.samples);
      else if ("keys" in step) frame.keys = (frame.keys ?? "") + step.keys;
      else return { ...frame, hangUp: true };
    }
    frame.samples.set(this.#mouth.take(FRAME_SAMPLES));
    if (this.#mouth.length > 0) this.#silentMs = 0;
    return frame;
  }
}
