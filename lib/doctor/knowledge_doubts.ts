import type { Passage } from "../knowledge.ts";

const DAY_MS = 86_400_000;
/** Smaller numbers are often written as words in one place and as digits in another. */
const MIN_DIGITS = 3;

/** Finds entries that have expired or that contradict each other, a line for each. */
export function knowledgeDoubts(passages: Passage[], wallMs: number): string[] {
  const expired = passages
    .filter(({ expires }) => expires && wallMs >= Date.parse(expires) + DAY_MS)
    .map((passage) => `${at(passage)} expired on ${passage.expires}`);
  const current = passages.filter(({ expires }) =>
    !expires || wallMs < Date.parse(expires) + DAY_MS
  );
  return [...expired, ...sharedQuestions(current), ...differentNumbers(current)];
}

/** The same question under two topics of a language: which one is the answer is left to chance. */
function sharedQuestions(passages: Passage[]): string[] {
  const owners = new Map<string, Passage>();
  const doubts: string[] = [];
  for (const passage of passages) {
    for (const question of passage.questions) {
      const key = [passage.language, passage.area ?? "", plain(question)].join("\n");
      const owner = owners.get(key);
      if (!owner) owners.set(key, passage);
      else if (owner.topic !== passage.topic) {
        doubts.push(`${at(passage)} has the question "${question}" of ${at(owner)}`);
      }
    }
  }
  return doubts;
}

/** The same heading, or the same topic in another language, with other amounts. */
function differentNumbers(passages: Passage[]): string[] {
  const seen = new Map<string, Passage>();
  const doubts = new Set<string>();
  for (const passage of passages) {
    const where = [passage.kind, passage.area ?? "", passage.product ?? ""].join("\n");
    const keys = [`title\n${where}\n${passage.language}\n${plain(passage.title)}`];
    if (passage.kind === "answer") keys.push(`topic\n${where}\n${passage.topic}`);
    for (const key of keys) {
      const other = seen.get(key);
      if (!other) seen.set(key, passage);
      else if (!sameNumbers(passage, other)) {
        doubts.add(`${at(passage)} gives other numbers than ${at(other)}`);
      }
    }
  }
  return [...doubts];
}

function sameNumbers(one: Passage, other: Passage): boolean {
  const [a, b] = [numbersOf(one.text), numbersOf(other.text)];
  return a.size === b.size && a.isSubsetOf(b);
}

function numbersOf(text: string): Set<string> {
  const written = text.match(/\d[\d,. ]*\d|\d/g) ?? [];
  const numbers = written.map((number) => number.replace(/\.\d{1,2}$/, "").replace(/[,. ]/g, ""));
  return new Set(numbers.filter((number) => number.length >= MIN_DIGITS));
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function at({ file, line, title }: Passage): string {
  return `${file}:${line} "${title}"`;
}
