import type { Expect } from "../contracts/expect.ts";
import type { CallerTurn, TurnText } from "../hearing/caller_turn.ts";
import { expectation } from "../hearing/expectations.ts";
import { numberAnswer } from "../hearing/number_answer.ts";
import { implausible } from "../hearing/plausibility.ts";
import type { PhraseName } from "../languages/phrase_names.ts";
import { Misunderstandings, type Rung, type Wanted } from "./misunderstandings.ts";

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

  /** Keys that complete the answer waited for; 0 when none is waited for. */
  get wantedDigits(): number {
    if (this.#wanted === "yes_no") return 1;
    return expectation(this.expect).keypad?.maxDigits ?? 0;
  }

  get #wanted(): Wanted {
    if (this.expect === "yes_no") return "yes_no";
    return expectation(this.expect).keypad ? "number" : "words";
  }

  /** True when a reply to these words is worth drafting: a number that can't be right gets none. */
  isWorthDrafting(text: string, language: string): boolean {
    const number = numberAnswer(text, this.expect, language);
    return !(number && "retry" in number);
  }

  /** Judges the words of a turn by its sound and by what was asked for. */
  judge(turn: CallerTurn, words: TurnText, language: string, line: LineQuality): Verdict {
    if (words.unheard && turn.ownText === "") {
      const rung = this.#misunderstandings.nextUnheard(this.#wanted);
      return verdictOf(rung, "no recogniser works", "The agent could not hear the caller");
    }
    const reason = implausible({
      // Words of a turn that was taken back were held against their own sound.
      text: turn.ownText || words.text,
      durationMs: turn.voicedMs,
      snrDb: line.snrDb,
      languages: this.languages,
    });
    if (reason !== undefined) {
      const rung = this.#misunderstandings.next(this.#wanted, line.isNoisy);
      return verdictOf(rung, reason, "The agent could not understand the caller");
    }
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
}

function verdictOf({ say, expect, handOver }: Rung, reason: string, why: string): Verdict {
  if (handOver) return { type: "person", reason: why };
  return { type: "ask", reason, say, offersPerson: expect === "yes_no" };
}
