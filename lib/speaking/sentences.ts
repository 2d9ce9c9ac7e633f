/** How long pieces of speech may be, in characters. */
export interface SentenceOptions {
  /** The first piece may end at a comma once it has this many. @default 20 */
  firstMinChars?: number;
  /** Shorter sentences join the next one. @default 2 */
  minChars?: number;
  /** Longer ones are cut at a clause, or else between words. @default 220 */
  maxChars?: number;
}

// The dot after these ends no sentence. English, Swahili and French; lower case, without the dot.
const ABBREVIATIONS = new Set(
  ("mr mrs ms dr prof st rd ave no na nos approx ltd vs e.g i.e a.m p.m kes ksh kshs sh shs tel ext " +
    "bw bi dkt mhe k.m k.v mme mlle p.ex c.-à-d inc dept est")
    .split(" "),
);
const CLOSERS = "\"'”’»)]";

/**
 * Cuts text that arrives in pieces into sentences to be spoken, each as soon as it is complete. The
 * first one may be a clause, so that the caller hears something early.
 */
export class SentenceSplitter {
  readonly #firstMinChars: number;
  readonly #minChars: number;
  readonly #maxChars: number;
  #text = "";
  #isFirst = true;

  constructor(options: SentenceOptions = {}) {
    this.#firstMinChars = options.firstMinChars ?? 20;
    this.#minChars = options.minChars ?? 2;
    this.#maxChars = options.maxChars ?? 220;
    if (!(this.#maxChars >= 10)) {
      throw new RangeError(`Cannot split: maxChars must be 10 or more: received ${this.#maxChars}`);
    }
  }

  /** Takes more text and gives the sentences that it completed. */
  push(text: string): string[] {
    this.#text += text;
    return this.#take(false);
  }

  /** Gives what is left; the splitter can then start anew. */
  flush(): string[] {
    const pieces = this.#take(true);
    const rest = this.#text.trim();
    this.#text = "";
    this.#isFirst = true;
    return rest === "" ? pieces : [...pieces, rest];
  }

  #take(isLast: boolean): string[] {
    const pieces: string[] = [];
    for (;;) {
      const end = this.#nextEnd(isLast);
      if (end === undefined) return pieces;
      const piece = this.#text.slice(0, end).trim();
      this.#text = this.#text.slice(end);
      if (piece === "") continue;
      this.#isFirst = false;
      pieces.push(piece);
    }
  }

  /** Where the next piece ends, or undefined when more text is needed to tell. */
  #nextEnd(isLast: boolean): number | undefined {
    const text = this.#text;
    const limit = text.length - text.trimStart().length + this.#maxChars;
    let clauseEnd = 0;
    let wordEnd = 0;
    for (let at = 0; at < text.length && at < limit; at++) {
      const end = sentenceEnd(text, at, isLast);
      if (end === "unknown") return undefined;
      if (end !== undefined && text.slice(0, end).trim().length >= this.#minChars) {
        return Math.min(end, limit);
      }
      if (isClauseEnd(text, at)) {
        clauseEnd = at + 1;
        const isEarly = this.#isFirst &&
          text.slice(0, clauseEnd).trim().length >= this.#firstMinChars;
        if (isEarly) return clauseEnd;
      }
      if (/\s/.test(text[at])) wordEnd = at + 1;
    }
    if (text.length <= limit) return undefined;
    return (clauseEnd > this.#maxChars / 3 ? clauseEnd : wordEnd) || limit;
  }
}

/** The end of the sentence that the character at `at` closes, closing quotes included. */
function sentenceEnd(text: string, at: number, isLast: boolean): number | "unknown" | undefined {
  const sign = text[at];
  if (sign === "\n") return at + 1;
  if (!".!?…".includes(sign)) return undefined;
  let end = at + 1;
  while (end < text.length && (".!?…" + CLOSERS).includes(text[end])) end++;
  if (end === text.length) return isLast ? end : "unknown";
  // Inside 1.5, acme.co.ke and 10.30.
  if (!/\s/.test(text[end])) return undefined;
  if (sign !== "." || text.slice(at, end).includes("..")) return end;
  const word = /[\p{L}\p{N}.-]*$/u.exec(text.slice(0, at))![0].toLowerCase();
  if (ABBREVIATIONS.has(word)) return undefined;
  // A single letter is an initial: J. Kamau.
  if (/^\p{L}$/u.test(word)) return undefined;
  // The list number of "1. Restart the router" belongs to what follows.
  if (/^\d{1,2}$/.test(word) && text.slice(0, at).trim() === word) return undefined;
  return end;
}

function isClauseEnd(text: string, at: number): boolean {
  return ",;:—–".includes(text[at]) && /\s/.test(text[at + 1] ?? "");
}
