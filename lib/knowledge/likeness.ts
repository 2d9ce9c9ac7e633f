import { editDistance } from "../agent/nearest.ts";
import { isFaint, isSubject } from "./terms.ts";

/** A misspelt or misheard word counts less than the word itself. */
const LOOKALIKE_SHARE = 0.4;
/** Shorter words look like too many others. */
const MIN_LOOKALIKE_LETTERS = 5;
/** What is said in passing counts less, so that long sentences still fit. */
const FAINT_SHARE = 0.55;
/** A word that no topic has is as often a name, a slip or slang as it is another subject. */
const UNKNOWN_SHARE = 0.5;
/** A subject that the topic doesn't have means that it answers something else. */
const OTHER_SUBJECT_TIMES = 16;
/** Flattens the weights: callers use common words for what only they mean. */
const WEIGHT_POWER = 0.45;
/** What was said beyond the example counts more than what the example has beyond it. */
const ASKED_ONLY_SHARE = 0.6;
const EXAMPLE_ONLY_SHARE = 0.32;
/** Being alike in one common word alone is little evidence; a rare one weighs about 1.7. */
const EVIDENCE = 0.06;

/** A set of terms with the sum of their weights. */
export interface Example {
  terms: ReadonlySet<string>;
  weight: number;
}

/** A term that was asked for. */
export interface AskedTerm {
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

  /** BM25's inverse document frequency, flattened; less for what is unknown or said in passing. */
  weightOf(term: string): number {
    const count = this.#topicsWith.get(term) ?? 0;
    const rarity = Math.log(1 + (this.#topics - count + 0.5) / (count + 0.5));
    const weight = count ? rarity ** WEIGHT_POWER : rarity * UNKNOWN_SHARE;
    return isFaint(term) ? weight * FAINT_SHARE : weight;
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
      lookalikes: this.has(term) || isSubject(term) ? [] : this.#lookalikesOf(term),
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

/** The weight of what was asked, as far as `share` says that it belongs, 0 to 1 for each term. */
export function weightBy(asked: Asked, share: (term: string) => number): number {
  let found = 0;
  for (const { term, weight, lookalikes } of asked) {
    const own = share(term);
    if (own > 0) found += weight * own;
    else if (lookalikes.length) {
      found += weight * LOOKALIKE_SHARE * Math.max(...lookalikes.map(share));
    }
  }
  return found;
}

/** The weight of all that was asked of a topic with these terms. */
export function weightFor(asked: Asked, topic: ReadonlySet<string>): number {
  return asked.reduce(
    (sum, { term, weight }) =>
      sum + weight * (isSubject(term) && !topic.has(term) ? OTHER_SUBJECT_TIMES : 1),
    0,
  );
}

/**
 * How much what was asked is like an example of a topic, 0 to 1.
 *
 * @param askedWeight of {@linkcode weightFor}
 * @param exampleOnlyShare what the example has beyond what was asked counts this much
 */
export function likeness(
  asked: Asked,
  example: Example,
  askedWeight: number,
  exampleOnlyShare = EXAMPLE_ONLY_SHARE,
): number {
  const common = weightBy(asked, (term) => (example.terms.has(term) ? 1 : 0));
  if (common === 0) return 0;
  const rest = ASKED_ONLY_SHARE * (askedWeight - common) +
    exampleOnlyShare * Math.max(0, example.weight - common);
  return common / (common + rest) * (common / (common + EVIDENCE));
}

/**
 * The share of what was asked that occurs in `topic`, by weight, 0 to 1; none where only words said
 * in passing do.
 */
export function coverage(asked: Asked, topic: ReadonlySet<string>): number {
  const isTold = asked.some(({ term, lookalikes }) =>
    !isFaint(term) && [term, ...lookalikes].some((one) => topic.has(one))
  );
  if (!isTold) return 0;
  const total = weightFor(asked, topic);
  return total === 0 ? 0 : weightBy(asked, (term) => (topic.has(term) ? 1 : 0)) / total;
}
