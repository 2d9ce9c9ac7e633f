import { backoffOf, BEGIN, type Bigram, END } from "./language_model.ts";

/** The phones of CMUdict, which the acoustic model knows. */
export const PHONES =
  ("AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S " +
    "SH T TH UH UW V W Y Z ZH").split(" ");

/** Marks the "words" of one phone each that stand for speech outside the vocabulary. */
const UNKNOWN_MARK = "xx";

/** The word that stands for one phone of unknown speech. */
export function unknownWord(phone: string): string {
  return UNKNOWN_MARK + phone.toLowerCase();
}

export function isUnknown(word: string): boolean {
  return word.startsWith(UNKNOWN_MARK) && PHONES.includes(word.slice(2).toUpperCase());
}

/** One step between two states; without a word it takes no time. */
export interface Arc {
  from: number;
  to: number;
  word?: string;
  probability: number;
  /** Set when the language weight does not apply. */
  unweighted?: boolean;
}

/** A language model as states and arcs, with one way in per part and one way out. */
export interface WordGraph {
  stateCount: number;
  arcs: Arc[];
  /** Where an utterance begins, by the name of the part that is expected. */
  starts: Map<string, number>;
  end: number;
}

/** How readily the recogniser leaves its words. Set by the bench in `bench/speech.ts`. */
export interface GraphTuning {
  /** Chance that the next thing said is outside the vocabulary. */
  enterUnknown: number;
  /** Chance that unknown speech goes on after each phone. */
  stayUnknown: number;
  /** Chance that an answer is not of the part that is expected. */
  leavePart: number;
}

/** The tuning in use. */
export const TUNING: GraphTuning = { enterUnknown: 0.3, stayUnknown: 0.95, leavePart: 0.2 };

/** Name of the part that holds everything the agent understands. */
export const FREE = "free";

/**
 * Joins bigram models into one graph: the part {@linkcode FREE}, which may be entered from every
 * other part, and a loop over all phones for speech that no part knows.
 *
 * The recogniser follows at most one arc without a word at a time, so every such way is one arc.
 */
export function buildWordGraph(parts: Map<string, Bigram>, tuning = TUNING): WordGraph {
  const free = parts.get(FREE);
  if (!free) throw new Error(`Cannot build a word graph: a part named ${FREE} must be given`);
  const arcs: Arc[] = [], starts = new Map<string, number>();
  const end = 0, unknown = 1;
  let stateCount = 2;
  const backoffs = new Map<string, number>();
  for (const name of parts.keys()) {
    starts.set(name, stateCount++);
    backoffs.set(name, stateCount++);
  }
  const freeBackoff = backoffs.get(FREE)!;
  const freeEnd = free.unigrams.get(END) ?? 1e-3;
  const { enterUnknown, stayUnknown, leavePart } = tuning;

  for (const phone of PHONES) {
    const word = unknownWord(phone), each = 1 / PHONES.length;
    arcs.push({ from: freeBackoff, to: unknown, word, probability: enterUnknown * each });
    // Unweighted: under the language weight no long stretch of unknown speech could win.
    const probability = stayUnknown * each;
    arcs.push({ from: unknown, to: unknown, word, probability, unweighted: true });
  }
  arcs.push({ from: unknown, to: freeBackoff, probability: 1 - stayUnknown });
  arcs.push({ from: unknown, to: end, probability: (1 - stayUnknown) * freeEnd });

  for (const [name, bigram] of parts) {
    const isFree = name === FREE, backoff = backoffs.get(name)!;
    const states = new Map([[BEGIN, starts.get(name)!]]);
    for (const word of bigram.unigrams.keys()) if (word !== END) states.set(word, stateCount++);
    const kept = isFree ? 1 - enterUnknown : 1;
    for (const [word, probability] of bigram.unigrams) {
      const to = states.get(word);
      if (to !== undefined) {
        arcs.push({ from: backoff, to, word, probability: probability * kept });
      }
    }
    const endAlone = bigram.unigrams.get(END) ?? 1e-3;
    const stay = isFree ? 1 : 1 - leavePart;
    for (const [before, from] of states) {
      const seen = bigram.followers.get(before);
      const weight = backoffOf(bigram, before);
      for (const [word, probability] of seen ?? []) {
        const to = states.get(word);
        if (to !== undefined) arcs.push({ from, to, word, probability: probability * stay });
      }
      arcs.push({ from, to: backoff, probability: weight * stay });
      if (before !== BEGIN) {
        arcs.push({ from, to: end, probability: seen?.get(END) ?? weight * endAlone });
      }
      if (!isFree) arcs.push({ from, to: freeBackoff, probability: leavePart });
    }
    if (!isFree) {
      arcs.push({ from: starts.get(name)!, to: starts.get(FREE)!, probability: leavePart });
    }
  }
  return { stateCount, arcs, starts, end };
}
