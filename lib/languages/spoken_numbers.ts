import type { Language } from "./language.ts";
import { spokenTogether } from "./languages.ts";
import { endsWithPhrase, type Word, wordsOf, wordsWithPlaces } from "./words.ts";

/** A number in a text, in figures or words. */
export interface SpokenNumber {
  /** Where it stands in the text. */
  start: number;
  end: number;
  value: number;
  /** As digits one after another, with leading zeros: "double four" is `44`. */
  digits: string;
}

/**
 * The numbers of a text in a language and those mixed into it, from left to right. "Zero seven" is
 * two numbers, "thirty-four" and "mia mbili thelathini na nne" are one.
 */
export function spokenNumbers(text: string, tag: string): SpokenNumber[] {
  const reader = new NumberReader(text, lexicon(tag));
  const numbers: SpokenNumber[] = [];
  for (let at = 0; at < reader.words.length;) {
    const found = reader.numberAt(at);
    if (found === undefined) at++;
    else {
      const { value, digits, next } = found;
      const start = reader.words[at].start;
      numbers.push({ start, end: reader.words[next - 1].end, value, digits });
      at = next;
    }
  }
  return numbers;
}

/** True when the text ends in the middle of a number: "seven hundred and", "elfu mbili na". */
export function endsInsideNumber(text: string, tag: string): boolean {
  const words = wordsOf(text);
  const grammars = spokenTogether(tag).map((one) => one.numbers);
  const dangling = grammars.flatMap((
    { joiners, repeats, points, multipliers, multiplierFirst },
  ) => [
    joiners,
    Object.keys(repeats),
    points,
    multiplierFirst ? Object.keys(multipliers) : [],
  ]);
  return endsWithPhrase(words, dangling) && spokenNumbers(text, tag).length > 0;
}

/** What a group of languages calls numbers. */
interface Lexicon {
  /** Names of numbers below 100, by first word, longest first. */
  atoms: Map<string, { words: string[]; value: number }[]>;
  multipliers: Map<string, { factor: number; isFirst: boolean }>;
  joiners: Set<string>;
  repeats: Map<string, number>;
  points: Set<string>;
}

const lexicons = new Map<string, Lexicon>();

function lexicon(tag: string): Lexicon {
  const known = lexicons.get(tag);
  if (known) return known;
  const made = makeLexicon(spokenTogether(tag));
  lexicons.set(tag, made);
  return made;
}

function makeLexicon(languages: Language[]): Lexicon {
  const grammars = languages.map((one) => one.numbers);
  const atoms: Lexicon["atoms"] = new Map();
  for (const { cardinal, heard } of grammars) {
    const names = Array.from({ length: 100 }, (_, value) => [cardinal(value), value] as const);
    for (const [name, value] of [...names, ...Object.entries(heard)]) {
      const words = wordsOf(name);
      atoms.set(words[0], [...(atoms.get(words[0]) ?? []), { words, value }]);
    }
  }
  for (const names of atoms.values()) names.sort((a, b) => b.words.length - a.words.length);
  return {
    atoms,
    multipliers: new Map(grammars.flatMap(({ multipliers, multiplierFirst }) => {
      return Object.entries(multipliers)
        .map(([word, factor]) => [word, { factor, isFirst: multiplierFirst }] as const);
    })),
    joiners: new Set(grammars.flatMap((one) => one.joiners)),
    repeats: new Map(grammars.flatMap((one) => Object.entries(one.repeats))),
    points: new Set(grammars.flatMap((one) => one.points)),
  };
}

interface Reading {
  value: number;
  digits: string;
  /** Index of the word after it. */
  next: number;
}

class NumberReader {
  readonly words: Word[];

  constructor(readonly text: string, readonly lexicon: Lexicon) {
    this.words = wordsWithPlaces(text);
  }

  numberAt(at: number): Reading | undefined {
    return this.#repeatedAt(at) ?? this.#withDecimals(this.#wholeAt(at));
  }

  #repeatedAt(at: number): Reading | undefined {
    const times = this.lexicon.repeats.get(this.words[at].text);
    const digit = times === undefined ? undefined : this.#atomAt(at + 1);
    if (times === undefined || digit === undefined || digit.digits.length !== 1) return undefined;
    const digits = digit.digits.repeat(times);
    return { value: Number(digits), digits, next: digit.next };
  }

  #wholeAt(at: number): Reading | undefined {
    const multiplier = this.#multiplierAt(at);
    if (multiplier?.isFirst) return this.#multiplierFirstAt(at);
    if (multiplier) return this.#multiplierLastFrom(reading(1, at));
    const atom = this.#atomAt(at);
    const after = atom && this.#multiplierAt(atom.next);
    if (!after || atom.value % 1 !== 0 && after.isFirst) return atom;
    if (!after.isFirst) return this.#multiplierLastFrom(atom);
    // "Kumi na tano elfu" says what "elfu kumi na tano" leaves open.
    const follows = this.#atomAt(atom.next + 1) ?? this.#multiplierAt(atom.next + 1);
    return follows ? atom : reading(atom.value * after.factor, atom.next + 1);
  }

  /** "Two thousand three hundred and four", from its first part on. */
  #multiplierLastFrom(first: Reading): Reading {
    let done = 0;
    let part = first.value;
    let next = first.next;
    let smallest = Infinity;
    for (;;) {
      const multiplier = this.#multiplierAt(next);
      if (multiplier && !multiplier.isFirst && multiplier.factor < smallest) {
        if (multiplier.factor === 100) {
          if (part >= 100 || part === 0 && done === 0) break;
          part = (part || 1) * 100;
        } else {
          done += (part || 1) * multiplier.factor;
          part = 0;
          smallest = multiplier.factor;
        }
        next++;
        continue;
      }
      if (part % 100 !== 0 || (part === 0 && done === 0)) break;
      const isJoined = this.#isJoinerAt(next);
      const atom = this.#atomAt(isJoined ? next + 1 : next);
      if (!atom || !isPartOf(atom, part > 0 ? 100 : smallest)) break;
      // "One hundred, two hundred" are two numbers.
      if (part > 0 && this.#multiplierAt(atom.next)?.factor === 100) break;
      part += atom.value;
      next = atom.next;
    }
    return reading(done + part, next);
  }

  /** "Elfu moja mia mbili thelathini na nne". */
  #multiplierFirstAt(at: number): Reading {
    let value = 0;
    let next = at;
    let smallest = Infinity;
    for (;;) {
      const isJoined = value > 0 && this.#isJoinerAt(next);
      const from = isJoined ? next + 1 : next;
      const multiplier = this.#multiplierAt(from);
      if (multiplier?.isFirst && multiplier.factor < smallest) {
        const times = this.#timesAt(from + 1, multiplier.factor);
        value += multiplier.factor * (times?.value ?? 1);
        next = times?.next ?? from + 1;
        smallest = multiplier.factor;
        continue;
      }
      const atom = value > 0 && !this.#isPauseBefore(next) || isJoined
        ? this.#atomAt(from)
        : undefined;
      const fits = atom && isPartOf(atom, smallest);
      // Digits read out after a number don't belong to it, unless joined: "mia mbili, tatu, nne".
      if (!fits || (!isJoined && atom.value < 10)) break;
      value += atom.value;
      next = atom.next;
      break;
    }
    return reading(value, next);
  }

  /** What a first multiplier multiplies: "mia mbili", "elfu kumi na tano", "elfu mia mbili". */
  #timesAt(at: number, factor: number): Reading | undefined {
    if (this.#isPauseBefore(at)) return undefined;
    const inner = this.#multiplierAt(at);
    if (inner?.isFirst && inner.factor === 100 && factor >= 1000) {
      return this.#hundredsAt(at);
    }
    const atom = this.#atomAt(at);
    if (!atom || atom.value === 0 || factor === 100 && atom.value > 9) return undefined;
    return atom;
  }

  /** "Mia mbili ishirini na tatu", as a multiple of a greater number. */
  #hundredsAt(at: number): Reading {
    const times = this.#timesAt(at + 1, 100);
    const value = 100 * (times?.value ?? 1);
    const next = times?.next ?? at + 1;
    const rest = this.#isPauseBefore(next)
      ? undefined
      : this.#atomAt(this.#isJoinerAt(next) ? next + 1 : next);
    return rest && isPartOf(rest, 100)
      ? reading(value + rest.value, rest.next)
      : reading(value, next);
  }

  #withDecimals(whole: Reading | undefined): Reading | undefined {
    if (!whole || !this.lexicon.points.has(this.words[whole.next]?.text)) return whole;
    let decimals = "";
    let next = whole.next + 1;
    for (let digit = this.#atomAt(next); digit?.digits.length === 1; digit = this.#atomAt(next)) {
      decimals += digit.digits;
      next = digit.next;
    }
    if (decimals === "") return whole;
    return { value: Number(`${whole.value}.${decimals}`), digits: whole.digits + decimals, next };
  }

  /** A number below 100 in words, or any in figures. */
  #atomAt(at: number): Reading | undefined {
    const word = this.words[at]?.text;
    if (word === undefined) return undefined;
    if (/^\d/.test(word)) {
      const value = Number(word.replaceAll(",", ""));
      return {
        value: Number.isNaN(value) ? 0 : value,
        digits: word.replace(/\D/g, ""),
        next: at + 1,
      };
    }
    const atom = this.lexicon.atoms.get(word)?.find(({ words }) => {
      return words.every((part, i) => {
        return this.words[at + i]?.text === part && (i === 0 || !this.#isPauseBefore(at + i));
      });
    });
    return atom && reading(atom.value, at + atom.words.length);
  }

  #multiplierAt(at: number): { factor: number; isFirst: boolean } | undefined {
    const word = this.words[at];
    // "5k" is five thousand; "five K" is a digit and a letter.
    if (word?.text.length === 1 && word.start !== this.words[at - 1]?.end) return undefined;
    return this.lexicon.multipliers.get(word?.text);
  }

  #isJoinerAt(at: number): boolean {
    return this.lexicon.joiners.has(this.words[at]?.text);
  }

  #isPauseBefore(at: number): boolean {
    if (at === 0 || at >= this.words.length) return false;
    return /[,;.…]/.test(this.text.slice(this.words[at - 1].end, this.words[at].start));
  }
}

function isPartOf({ value }: Reading, limit: number): boolean {
  return Number.isInteger(value) && value > 0 && value < limit;
}

function reading(value: number, next: number): Reading {
  return { value, digits: String(value), next };
}
