import { editDistance } from "../agent/nearest.ts";

/** A misspelt or misheard word counts less than the word itself. */
const LOOKALIKE_SHARE = 0.8;
/** Shorter words look like too many others. */
const MIN_LOOKALIKE_LETTERS = 5;

/** A set of terms with the sum of their weights. */
export interface Example {
  terms: ReadonlySet<string>;
  weight: number;
}

/** A term that was asked for. */
interface AskedTerm {
  term: string;
  weight: number;
  isKnown: boolean;
  /** Known terms that it may be a slip of; none when it is known itself. */
  lookalikes: readonly string[];
}

/** What was asked, ready to be compared. */
export type Asked = readonly AskedTerm[];

/** The terms of all topics, weighted by how few topics have them: rare ones tell more. */
export class Vocabulary {
  readonly #topicsWith = new Map<string, number>();
  readonly #byFirstLetter = new Map<string, string[]>();
  #topics = 0;

  constructor(topics: Iterable<ReadonlySet<string>>) {
    for (const terms of topics) {
      this.#topics++;
      for (const term of terms) {
        this.#topicsWith.set(term, (this.#topicsWith.get(term) ?? 0) + 1);
      }
    }
    for (const term of this.#topicsWith.keys()) {
      const same = this.#byFirstLetter.get(term[0]) ?? [];
      same.push(term);
      this.#byFirstLetter.set(term[0], same);
    }
  }

  has(term: string): boolean {
    return this.#topicsWith.has(term);
  }

  /** BM25's inverse document frequency; unknown terms weigh most. */
  weightOf(term: string): number {
    const count = this.#topicsWith.get(term) ?? 0;
    return Math.log(1 + (this.#topics - count + 0.5) / (count + 0.5));
  }

  example(terms: ReadonlySet<string>): Example {
    let weight = 0;
    for (const term of terms) weight += this.weightOf(term);
    return { terms, weight };
  }

  ask(terms: Iterable<string>): Asked {
    return [...new Set(terms)].map((term) => ({
      term,
      weight: this.weightOf(term),
      isKnown: this.has(term),
      lookalikes: this.has(term) ? [] : this.#lookalikesOf(term),
    }));
  }

  #lookalikesOf(term: string): string[] {
    if (term.length < MIN_LOOKALIKE_LETTERS) return [];
    const slips = term.length >= 10 ? 2 : 1;
    return (this.#byFirstLetter.get(term[0]) ?? []).filter((other) =>
      other.length >= MIN_LOOKALIKE_LETTERS - 1 &&
      Math.abs(other.length - term.length) <= slips && editDistance(term, other) <= slips
    );
  }
}

/** The weight of what was asked that is among `terms`. */
function weightIn(asked: Asked, terms: ReadonlySet<string>): number {
  let found = 0;
  for (const { term, weight, lookalikes } of asked) {
    if (terms.has(term)) found += weight;
    else if (lookalikes.some((other) => terms.has(other))) found += weight * LOOKALIKE_SHARE;
  }
  return found;
}

function weightOf(asked: Asked): number {
  return asked.reduce((sum, { weight }) => sum + weight, 0);
}

/** The share of two sets of terms that they have in common, by weight, 0 to 1. */
export function likeness(asked: Asked, example: Example): number {
  const total = weightOf(asked) + example.weight;
  return total === 0 ? 0 : Math.min(1, 2 * weightIn(asked, example.terms) / total);
}

/** The share of what was asked that occurs in `known`, by weight, 0 to 1. */
export function coverage(asked: Asked, known: ReadonlySet<string>): number {
  const total = weightOf(asked);
  return total === 0 ? 0 : weightIn(asked, known) / total;
}
