import { editDistance } from "../agent/nearest.ts";

/** How rare terms are among a number of topics; rare ones tell more. */
export interface Rarity {
  of(term: string): number;
}

/** Counts in how many of the topics each term occurs; see BM25's inverse document frequency. */
export function rarityOf(topics: Iterable<ReadonlySet<string>>): Rarity {
  const counts = new Map<string, number>();
  let total = 0;
  for (const terms of topics) {
    total++;
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return {
    of(term) {
      const count = counts.get(term) ?? 0;
      return Math.log(1 + (total - count + 0.5) / (count + 0.5));
    },
  };
}

/** A misspelt or misheard word counts less than the word itself. */
const FUZZY_SHARE = 0.8;

/** How much of `term` is in `others`: 1 when it is, less when only a look-alike is. */
export function presence(term: string, others: ReadonlySet<string>): number {
  if (others.has(term)) return 1;
  if (term.length < 5) return 0;
  const allowed = term.length >= 10 ? 2 : 1;
  for (const other of others) {
    if (other.length < 4 || other[0] !== term[0]) continue;
    if (Math.abs(other.length - term.length) > allowed) continue;
    if (editDistance(term, other) <= allowed) return FUZZY_SHARE;
  }
  return 0;
}

/** The share of two sets of terms that they have in common, weighted by rarity, 0 to 1. */
export function likeness(
  asked: ReadonlySet<string>,
  example: ReadonlySet<string>,
  rarity: Rarity,
): number {
  let shared = 0;
  let total = 0;
  for (const term of asked) {
    const weight = rarity.of(term);
    total += weight;
    shared += 2 * weight * presence(term, example);
  }
  for (const term of example) total += rarity.of(term);
  return total === 0 ? 0 : Math.min(1, shared / total);
}

/** The share of what was asked that occurs in `known`, weighted by rarity, 0 to 1. */
export function coverage(
  asked: ReadonlySet<string>,
  known: ReadonlySet<string>,
  rarity: Rarity,
): number {
  let found = 0;
  let total = 0;
  for (const term of asked) {
    const weight = rarity.of(term);
    total += weight;
    found += weight * presence(term, known);
  }
  return total === 0 ? 0 : found / total;
}
