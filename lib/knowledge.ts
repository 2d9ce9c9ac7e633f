import type { Clock } from "./clock.ts";
import { parsePassages, type Passage } from "./knowledge/passage_file.ts";
import { type Found, indexPassages, type PassageIndex } from "./knowledge/passage_index.ts";
import { termsOf } from "./knowledge/terms.ts";
import { ProblemsError } from "./settings/problems_error.ts";

export type { Found, Passage };

/** Everything that is wrong in the knowledge files, one line per problem: `file:LINE: …`. */
export class KnowledgeError extends ProblemsError {
  override name = "KnowledgeError";
  constructor(problems: string[]) {
    super("Cannot read the knowledge", problems);
  }
}

/** What the company has written for its callers. */
export interface Knowledge {
  /** Those that have not expired. */
  passages(): Passage[];
  /** The passages that fit best, one per topic, in `language` where there is such a one. */
  search(query: string, options: { language: string; limit?: number }): Found[];
  /** The passage that answers the question, or none when that is not clear enough. */
  answer(query: string, options: { language: string }): Found | undefined;
  /** Notices for an area that have not expired; those without an area are for everyone. */
  notices(area: string | undefined, language: string): Passage[];
  /**
   * Reads the files again when one has changed since; true when it did.
   * @throws {KnowledgeError} when they are wrong now; what was read before stays in use
   */
  reloadIfChanged(): Promise<boolean>;
}

/** Files of one agent. */
export const MAX_KNOWLEDGE_FILES = 500;
/** Bytes of one file. */
export const MAX_KNOWLEDGE_FILE_BYTES = 512 * 1024;
/** Passages of one agent. */
export const MAX_PASSAGES = 5_000;

/** From this score on the best is an answer; these were chosen on the tests' questions. */
export const MIN_SCORE = 0.5;
/** By how much it must then beat the next best. */
export const MIN_MARGIN = 0.04;
/** The topic must speak of at least this share of what was asked. */
export const MIN_COVERED = 0.35;
/** A lower score is enough for what stands out by more, as where few questions are written. */
export const MIN_SCORE_APART = 0.34;
/** By how much that must beat the next best. */
export const MIN_MARGIN_APART = 0.17;

/** True when the best of what was found is the answer, and not only the nearest. */
export function isClear(
  best: Pick<Found, "score" | "covered">,
  next?: Pick<Found, "score">,
): boolean {
  if (best.covered < MIN_COVERED) return false;
  const margin = best.score - (next?.score ?? 0);
  return (best.score >= MIN_SCORE && margin >= MIN_MARGIN) ||
    (best.score >= MIN_SCORE_APART && margin >= MIN_MARGIN_APART);
}

const DAY_MS = 86_400_000;

/**
 * Reads the Markdown files in `directory`; a directory that does not exist has none.
 *
 * @throws {KnowledgeError} naming every problem with file and line
 */
export async function loadKnowledge(
  directory: string,
  { clock }: { clock: Clock },
): Promise<Knowledge> {
  let files = await listFiles(directory);
  let passages = await readAll(directory, files);
  const termsIn = new TextTerms();
  let index = termsIn.index(passages);
  const usable = ({ expires }: Passage) =>
    !expires || clock.wallMs() < Date.parse(expires) + DAY_MS;
  const answers = (passage: Passage) => passage.kind === "answer" && usable(passage);

  const search: Knowledge["search"] = (query, { language, limit = 3 }) =>
    index.search(query, answers, language, limit);

  return {
    passages: () => passages.filter(usable),
    search,
    answer(query, { language }) {
      const [best, next] = search(query, { language, limit: 2 });
      return best && isClear(best, next) ? best : undefined;
    },
    notices: (area, language) =>
      passages.filter((passage) =>
        passage.kind === "notice" && usable(passage) && passage.language === language &&
        (!passage.area || passage.area.toLowerCase() === area?.toLowerCase())
      ),
    async reloadIfChanged() {
      const now = await listFiles(directory);
      if (sameFiles(files, now)) return false;
      // Kept even when they are wrong, so that one mistake is reported once.
      files = now;
      passages = await readAll(directory, now);
      index = termsIn.index(passages);
      return true;
    },
  };
}

/** Keeps the terms of texts, so that a change takes apart what is new alone while calls go on. */
class TextTerms {
  #known = new Map<string, string[]>();

  index(passages: readonly Passage[]): PassageIndex {
    const before = this.#known;
    const known = this.#known = new Map<string, string[]>();
    return indexPassages(passages, (text) => {
      const terms = known.get(text) ?? before.get(text) ?? termsOf(text);
      known.set(text, terms);
      return terms;
    });
  }
}

interface KnowledgeFile {
  name: string;
  size: number;
  changedMs: number;
}

async function listFiles(directory: string): Promise<KnowledgeFile[]> {
  const files: KnowledgeFile[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(directory)) {
      if (!isFile || !name.endsWith(".md")) continue;
      const { size, mtime } = await Deno.stat(`${directory}/${name}`);
      files.push({ name, size, changedMs: mtime?.getTime() ?? 0 });
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function sameFiles(before: KnowledgeFile[], now: KnowledgeFile[]): boolean {
  return before.length === now.length &&
    before.every(({ name, size, changedMs }, i) =>
      name === now[i].name && size === now[i].size && changedMs === now[i].changedMs
    );
}

async function readAll(
  directory: string,
  files: KnowledgeFile[],
): Promise<Passage[]> {
  const passages: Passage[] = [];
  const problems: string[] = [];
  if (files.length > MAX_KNOWLEDGE_FILES) {
    problems.push(
      `${directory}:1: must have at most ${MAX_KNOWLEDGE_FILES} files: received ${files.length}`,
    );
  }
  for (const { name, size } of files.slice(0, MAX_KNOWLEDGE_FILES)) {
    if (size > MAX_KNOWLEDGE_FILE_BYTES) {
      problems.push(
        `${name}:1: must have at most ${MAX_KNOWLEDGE_FILE_BYTES} bytes: received ${size}`,
      );
      continue;
    }
    const read = parsePassages(name, await Deno.readTextFile(`${directory}/${name}`));
    passages.push(...read.passages);
    problems.push(...read.problems);
  }
  if (passages.length > MAX_PASSAGES) {
    problems.push(
      `${directory}:1: must have at most ${MAX_PASSAGES} topics: received ${passages.length}`,
    );
  }
  if (problems.length) throw new KnowledgeError(problems);
  return passages;
}
