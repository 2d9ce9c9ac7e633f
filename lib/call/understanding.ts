import type { Expect } from "../contracts/expect.ts";
import type { CallerTurn, TurnText } from "../hearing/caller_turn.ts";
import { expectation } from "../hearing/expectations.ts";
import { numberAnswer } from "../hearing/number_answer.ts";
import { implausible } from "../hearing/plausibility.ts";
import type { PhraseName } from "../languages/phrase_names.ts";
import { Misunderstandings } from "./misunderstandings.ts";

/** What to make of a turn that is over. */
export type Verdict =
  /** It goes on to be answered; `readBack` is a number in words, to be said first. */
  | { type: "answer"; readBack?: string }
  /** It could not be understood, or can't be right: this is said instead. */
  | { type: "ask"; reason: string; say: PhraseName; offersPerson: boolean }
  /** It could not be understood once too often. */
  | { type: "person"; reason: string };

/** How the line sounds. */
export interface LineQuality {
  /** Signal-to-noise ratio in dB, NaN until the caller has spoken. */
  snrDb: number;
  isNoisy: boolean;
}

/** Tells turns that were understood from those that were not, and what to do about these. */
export class Understanding {
  readonly #misunderstandings = new Misunderstandings();
  /** What the agent waits for. */
  expect: Expect = "free";

  constructor(readonly languages: string[]) {}

  /** Digits that complete the answer waited for; 0 when no number is waited for. */
  get wantedDigits(): number {
    return expectation(this.expect).keypad?.maxDigits ?? 0;
  }

  /** True when a reply to these words is worth drafting: a number that can't be right gets none. */
  isWorthDrafting(text: string, language: string): boolean {
    const number = numberAnswer(text, this.expect, language);
    return !(number && "retry" in number);
  }

  /** Judges the words of a turn by its sound and by what was asked for. */
  judge(turn: CallerTurn, words: TurnText, language: string, line: LineQuality): Verdict {
    const reason = implausible({
      // Words of a turn that was taken back were held against their own sound.
      text: turn.ownText || words.text,
      durationMs: turn.voicedMs,
      snrDb: line.snrDb,
      languages: this.languages,
    });
    if (reason !== undefined) return this.#nextRung(reason, line.isNoisy);
    const number = numberAnswer(words.text, this.expect, language);
    if (number && "retry" in number && this.#misunderstandings.mayRetry()) {
      return { type: "ask", reason: number.retry, say: number.retry, offersPerson: false };
    }
    this.understood();
    return {
      type: "answer",
      readBack: number && "readBack" in number ? number.readBack : undefined,
    };
  }

  /** The caller was understood, by words or keys. */
  understood(): void {
    this.#misunderstandings.understood();
  }

  #nextRung(reason: string, isNoisy: boolean): Verdict {
    const wantsDigits = expectation(this.expect).keypad !== undefined;
    const rung = this.#misunderstandings.next(wantsDigits, isNoisy);
    if (rung.handOver) {
      return { type: "person", reason: "The agent could not understand the caller" };
    }
    return { type: "ask", reason, say: rung.say, offersPerson: rung.expect === "yes_no" };
  }
}
