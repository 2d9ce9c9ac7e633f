import * as v from "valibot";
import { knownLanguages, language } from "../languages/languages.ts";
import { show } from "../settings/checked_yaml.ts";
import { issueText } from "../settings/issue_text.ts";
import { isRealDate } from "../settings/real_date.ts";
import { isBlock } from "../settings/yaml_block.ts";
import { YamlError, YamlText } from "../settings/yaml_text.ts";

/** One topic of the company's knowledge in one language. */
export interface Passage {
  /** File and topic: `paying.en#pay-mpesa`. */
  id: string;
  /** Passages with the same topic say the same in other languages. */
  topic: string;
  title: string;
  /** What may be said, one to a few sentences. */
  text: string;
  /** How callers ask for it. */
  questions: string[];
  /** Primary tag. */
  language: string;
  /** `notice` is told to callers of the area before anything else. */
  kind: "answer" | "notice";
  product?: string;
  area?: string;
  /** ISO date; the passage holds to its end, in UTC. */
  expires?: string;
  file: string;
  line: number;
}

/** Longest text of one passage; longer ones can't be listened to. */
export const MAX_PASSAGE_CHARS = 1_200;
/** Example questions of one passage. */
export const MAX_QUESTIONS = 60;

const frontMatter = v.object({
  language: v.optional(
    v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/, "must be a language tag such as en")),
    "en",
  ),
  kind: v.optional(v.picklist(["answer", "notice"], "must be answer or notice"), "answer"),
  product: v.optional(v.pipe(v.string(), v.maxLength(80))),
  area: v.optional(v.pipe(v.string(), v.maxLength(80))),
  expires: v.optional(v.pipe(
    v.string("must be a date such as 2026-12-31"),
    v.check(isRealDate, "must be a date such as 2026-12-31"),
  )),
});

type FrontMatter = v.InferOutput<typeof frontMatter>;

/** What stands above example questions, in any language. */
const QUESTIONS = new RegExp(
  `^(?:${
    knownLanguages().flatMap((tag) => language(tag).retrieval.questionsTitles).join("|")
  })\\s*:?$`,
  "i",
);

/** Reads one Markdown file; problems are `file:LINE: what is wrong`. */
export function parsePassages(
  file: string,
  markdown: string,
): { passages: Passage[]; problems: string[] } {
  const problems: string[] = [];
  const lines = markdown.replaceAll("\r\n", "\n").split("\n");
  const problem = (line: number, text: string) => problems.push(`${file}:${line}: ${text}`);

  let from = 0;
  let meta: FrontMatter = v.parse(frontMatter, {});
  if (lines[0] === "---") {
    const end = lines.indexOf("---", 1);
    if (end < 0) problem(1, "the front matter must end with a line of ---: received no such line");
    else {
      meta = readFrontMatter(lines.slice(1, end).join("\n"), problem) ?? meta;
      from = end + 1;
    }
  }
  const name = file.replace(/\.md$/, "");
  const passages: Passage[] = [];
  let current: Passage | undefined;
  let inQuestions = false;
  for (let i = from; i < lines.length; i++) {
    const line = lines[i].trim();
    const heading = /^(#{1,6})\s+(.+?)\s*(?:\{#([\w-]+)\})?\s*$/.exec(line);
    if (heading) {
      const [, , title, anchor] = heading;
      const topic = anchor ?? slug(title);
      inQuestions = false;
      current = {
        id: `${name}#${topic}`,
        topic,
        title,
        text: "",
        questions: [],
        ...meta,
        file,
        line: i + 1,
      };
      passages.push(current);
    } else if (QUESTIONS.test(line)) {
      inQuestions = true;
      if (!current) problem(i + 1, "questions must stand below a heading: received none above");
    } else if (inQuestions && line) {
      const question = /^[-*]\s+(.+)$/.exec(line)?.[1];
      if (question) current?.questions.push(question);
      else problem(i + 1, `a question must begin with "- ": received ${JSON.stringify(line)}`);
    } else if (line) {
      if (current) current.text += `${current.text ? " " : ""}${plain(line)}`;
      else problem(i + 1, "text must stand below a heading: received none above");
    }
  }
  // A heading without text only groups the ones below it.
  const told = passages.filter(({ text, questions }) => text || questions.length);
  const seen = new Set<string>();
  for (const { id, text, questions, line, title } of told) {
    if (!text) problem(line, `"${title}" must have a text: received only questions`);
    if (text.length > MAX_PASSAGE_CHARS) {
      const rule = `must have at most ${MAX_PASSAGE_CHARS} characters`;
      problem(line, `"${title}" ${rule}: received ${text.length}: split it into two topics`);
    }
    if (questions.length > MAX_QUESTIONS) {
      const rule = `must have at most ${MAX_QUESTIONS} questions`;
      problem(line, `"${title}" ${rule}: received ${questions.length}`);
    }
    if (seen.has(id)) problem(line, `the topic must be unique in its file: received ${id} again`);
    seen.add(id);
  }
  return { passages: told, problems };
}

function readFrontMatter(text: string, problem: (line: number, text: string) => void) {
  // The front matter begins in the file's second line.
  let yaml: YamlText;
  try {
    yaml = new YamlText(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return void problem(error.line + 1, `YAML: ${error.message}`);
  }
  const given = yaml.value ?? {};
  if (!isBlock(given)) {
    return void problem(2, `the front matter must be names and values: received ${show(given)}`);
  }
  const known = Object.keys(frontMatter.entries);
  const refuse = (key: string, message: string) =>
    problem(yaml.lineOf([key]) + 1, `${key}: ${message}: received ${JSON.stringify(given[key])}`);
  for (const key of Object.keys(given).filter((key) => !known.includes(key))) {
    refuse(key, `is not a setting; write one of ${known.join(", ")}`);
  }
  const { success, output, issues } = v.safeParse(frontMatter, given, { message: issueText });
  for (const issue of issues ?? []) refuse(v.getDotPath(issue)!, issue.message);
  if (success && output.kind === "notice" && !output.expires) {
    problem(1, "a notice must have an expiry: received none: write expires: 2026-12-31");
  }
  return success ? output : undefined;
}

/** Text without Markdown's marks, since it is spoken. */
function plain(line: string): string {
  return line
    .replace(/^([-*]|\d+\.)\s+/, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`]+/g, "");
}

function slug(title: string): string {
  return title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
}
