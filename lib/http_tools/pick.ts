/** What may be picked from an answer: facts that can be said. */
export type Fact = string | number | boolean | (string | number | boolean)[];

/** Longest text, and most entries of a list, that one fact may have. */
export const MAX_FACT_CHARS = 500;
export const MAX_FACT_ENTRIES = 20;

/** Characters that stay readable at the end of a masked fact. */
const KEPT = 3;

/**
 * Picks facts from an answer by their paths, such as `data.accounts[0].balance`; what isn't there is
 * left out.
 *
 * @throws {TypeError} when there is a whole object at a path
 */
export function pick(answer: unknown, paths: Readonly<Record<string, string>>) {
  const facts: Record<string, Fact> = {};
  for (const [name, path] of Object.entries(paths)) {
    const value = at(answer, path);
    if (value === undefined || value === null) continue;
    facts[name] = factFrom(value, path);
  }
  return facts;
}

/** A fact with all but its end hidden. */
export function masked(fact: Fact): Fact {
  if (Array.isArray(fact)) return fact.map((one) => masked(one) as string);
  const text = String(fact);
  return text.length > KEPT ? `…${text.slice(-KEPT)}` : "…";
}

function at(answer: unknown, path: string): unknown {
  let value = answer;
  for (const step of path.match(/[^.[\]]+/g) ?? []) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) {
      return undefined;
    }
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

function factFrom(value: unknown, path: string): Fact {
  if (typeof value === "string") return value.slice(0, MAX_FACT_CHARS);
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) {
    return value.slice(0, MAX_FACT_ENTRIES).map((one) => factFrom(one, path)) as string[];
  }
  throw new TypeError(
    `Cannot pick ${path}: it must be text, a number, true or false, or a list of such: received an object`,
  );
}
