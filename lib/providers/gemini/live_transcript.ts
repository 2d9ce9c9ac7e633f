import type { EngineFault } from "../../contracts/engine_error.ts";
import type { LiveEvent } from "./live_events.ts";

/** What became of an utterance on a Live connection. */
export type LiveOutcome =
  | { type: "waiting" }
  /** Something came after the end of the audio that looks final; more may still follow. */
  | { type: "settling" }
  | { type: "final"; text: string; language?: string }
  | { type: "failed"; fault: EngineFault; message: string };

/** The words of one utterance, from the events of its connection. */
export class LiveTranscript {
  #settled = "";
  #interim = "";
  #language?: string;
  #audioEnded = false;
  outcome: LiveOutcome = { type: "waiting" };

  /** All that was made out so far. */
  get text(): string {
    return [this.#settled, this.#interim].filter(Boolean).join(" ");
  }

  /** All audio was sent; what counts as the end of the words counts only from now on. */
  audioEnded(): void {
    this.#audioEnded = true;
  }

  take(event: LiveEvent): void {
    switch (event.type) {
      case "interim":
        this.#interim = event.text.trim();
        break;
      case "settled":
        this.#settled = [this.#settled, event.text.trim()].filter(Boolean).join(" ");
        this.#interim = "";
        this.#language = event.language ?? this.#language;
        if (this.#audioEnded) this.outcome = { type: "settling" };
        break;
      case "complete":
        if (this.#audioEnded) this.finish();
        break;
      case "end_seen":
        // Silence gets this and nothing more; where there were words, they follow.
        if (this.#audioEnded && this.text === "") this.finish();
        break;
      case "leaving":
        if (!this.#audioEnded) this.#fail("unavailable", "Gemini ends the connection");
        break;
      case "closed":
        if (this.outcome.type === "settling") this.finish();
        else this.#fail("unavailable", `Gemini closed the connection: ${event.reason}`);
    }
  }

  /** Takes what there is for final, unless words are still unsettled. */
  finish(): void {
    if (this.#interim) this.#fail("empty", "Gemini left words unsettled");
    else this.outcome = { type: "final", text: this.#settled, language: this.#language };
  }

  #fail(fault: EngineFault, message: string): void {
    if (this.outcome.type !== "final") this.outcome = { type: "failed", fault, message };
  }
}
