/**
 * A parsed pattern of phrases. `any` with an empty `all` among its choices is an optional part.
 */
export type PatternNode =
  | { word: string }
  | { slot: string }
  | { all: PatternNode[] }
  | { any: PatternNode[] };

/** What a `<slot>` stands for: plain text, or patterns again. */
export type Slots = Record<string, readonly string[]>;

/** A pattern that can't be read, or names a slot that nobody filled. */
export class PatternError extends Error {
  override name = "PatternError";
}

/** Longest pattern that is read, in characters; longer ones are a mistake in a file. */
const MAX_PATTERN_LENGTH = 4000;
/** Slots inside slots; more is a circle. */
const MAX_SLOT_DEPTH = 6;
/** Tries per wanted phrase before sampling gives up on finding new ones. */
const TRIES_PER_PHRASE = 8;

/**
 * Reads a pattern: words, `(a|b)` alternatives, `[x]` optional parts, `<slot>` references.
 *
 * @throws {PatternError} when brackets don't match or a name is missing
 */
export function parsePattern(pattern: string): PatternNode {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    throw new PatternError(
      `Cannot read the pattern "${pattern.slice(0, 40)}…": it must have at most ` +
        `${MAX_PATTERN_LENGTH} characters: received ${pattern.length}`,
    );
  }
  const tokens = pattern.match(/[()[\]|]|<[^<>()[\]|\s]*>|[^()[\]|<>\s]+|[<>]/g) ?? [];
  let at = 0;
  const fail = (why: string): never => {
    throw new PatternError(`Cannot read the pattern "${pattern}": ${why}`);
  };
  const choices = (close: string | undefined): PatternNode => {
    const any: PatternNode[] = [];
    let all: PatternNode[] = [];
    while (true) {
      const token = tokens[at++];
      if (token === close) break;
      if (token === undefined) fail(`a "${close}" is missing`);
      if (token === "|") {
        any.push({ all });
        all = [];
      } else if (token === "(") all.push(choices(")"));
      else if (token === "[") all.push({ any: [{ all: [] }, choices("]")] });
      else if (token === ")" || token === "]") fail(`the "${token}" opens nowhere`);
      else if (token === "<" || token === ">" || token === "<>") {
        fail("a slot must be written <name>");
      } else all.push(token[0] === "<" ? { slot: token.slice(1, -1) } : { word: token });
    }
    any.push({ all });
    return any.length === 1 ? any[0] : { any };
  };
  return choices(undefined);
}

/** Names the slots that a pattern refers to, each once, in order. */
export function slotsOf(node: PatternNode): string[] {
  if ("slot" in node) return [node.slot];
  if ("word" in node) return [];
  return [...new Set(("all" in node ? node.all : node.any).flatMap(slotsOf))];
}

/**
 * Writes out what one pattern allows: all of it when that is at most `limit` phrases, else `limit`
 * of them, picked evenly over the alternatives, the same for the same seed.
 *
 * @throws {PatternError} when the pattern can't be read or a slot is unknown, empty or circular
 */
export function expandPattern(
  pattern: string,
  slots: Slots,
  limit: number,
  seed = 1,
): string[] {
  const node = resolve(parsePattern(pattern), slots, pattern, 0);
  const phrases = new Set<string>();
  const total = count(node);
  if (total <= limit) {
    for (let i = 0; i < total; i++) phrases.add(nth(node, i).join(" "));
  } else {
    const random = randomFrom(seed);
    for (let i = 0; i < limit * TRIES_PER_PHRASE && phrases.size < limit; i++) {
      phrases.add(sample(node, random).join(" "));
    }
  }
  phrases.delete("");
  return [...phrases];
}

/**
 * Writes out many patterns, each with an equal share of `limit` (at least one phrase each).
 *
 * @throws {PatternError} as {@linkcode expandPattern} does
 */
export function expandPatterns(
  patterns: readonly string[],
  slots: Slots,
  limit: number,
  seed = 1,
): string[] {
  const share = Math.max(1, Math.floor(limit / Math.max(1, patterns.length)));
  const phrases = new Set<string>();
  patterns.forEach((pattern, i) => {
    for (const phrase of expandPattern(pattern, slots, share, seed + i)) phrases.add(phrase);
  });
  return [...phrases];
}

/** Puts the slots' own patterns in place of their names. */
function resolve(node: PatternNode, slots: Slots, pattern: string, depth: number): PatternNode {
  if ("word" in node) return node;
  if ("all" in node) return { all: node.all.map((part) => resolve(part, slots, pattern, depth)) };
  if ("any" in node) return { any: node.any.map((part) => resolve(part, slots, pattern, depth)) };
  const values = Object.hasOwn(slots, node.slot) ? slots[node.slot] : [];
  if (values.length === 0) {
    throw new PatternError(
      `Cannot expand the pattern "${pattern}": the slot <${node.slot}> must have values: ` +
        "received none",
    );
  }
  if (depth >= MAX_SLOT_DEPTH) {
    throw new PatternError(
      `Cannot expand the pattern "${pattern}": slots must not go in circles: ` +
        `received <${node.slot}> more than ${MAX_SLOT_DEPTH} deep`,
    );
  }
  return { any: values.map((value) => resolve(parsePattern(value), slots, pattern, depth + 1)) };
}

/** How many ways there are through a resolved pattern; may be Infinity. */
function count(node: PatternNode): number {
  if ("all" in node) return node.all.reduce((product, part) => product * count(part), 1);
  if ("any" in node) return node.any.reduce((sum, part) => sum + count(part), 0);
  return 1;
}

function nth(node: PatternNode, index: number): string[] {
  if ("word" in node) return [node.word];
  if ("any" in node) {
    for (const part of node.any) {
      const ways = count(part);
      if (index < ways) return nth(part, index);
      index -= ways;
    }
  }
  if ("all" in node) {
    return node.all.flatMap((part) => {
      const ways = count(part), words = nth(part, index % ways);
      index = Math.floor(index / ways);
      return words;
    });
  }
  return [];
}

function sample(node: PatternNode, random: () => number): string[] {
  if ("word" in node) return [node.word];
  if ("any" in node) return sample(node.any[Math.floor(random() * node.any.length)], random);
  if ("all" in node) return node.all.flatMap((part) => sample(part, random));
  return [];
}

/** Mulberry32: small, even enough for picking phrases, the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}
