import type { Agent, ByLanguage } from "./agent/agent.ts";
import { agentSchema } from "./agent/agent_schema.ts";
import { defaultTexts } from "./agent/default_texts.ts";
import { checkYaml, show, unknownKey, type YamlProblem } from "./settings/checked_yaml.ts";
import { knownLanguages } from "./languages/languages.ts";
import { phraseFields } from "./languages/phrase_names.ts";
import { ProblemsError } from "./settings/problems_error.ts";

export type { Agent, ByLanguage, Hours } from "./agent/agent.ts";

/** Everything wrong with an agent file: `agent.yaml:LINE: field: what: received …: how to mend it`. */
export class AgentFileError extends ProblemsError {
  override name = "AgentFileError";
  constructor(problems: string[], options?: ErrorOptions) {
    super("Cannot read the agent", problems, options);
  }
}

export interface AgentFileOptions {
  /** Prompts that may be replaced. @default all that the agent has */
  promptNames?: string[];
}

/** Larger files are refused: an agent file is written by hand. */
export const MAX_AGENT_FILE_BYTES = 256 * 1024;

/**
 * Reads `agent.yaml` in `directory`.
 *
 * @throws {AgentFileError} naming every problem with its line
 */
export async function loadAgent(directory: string, options?: AgentFileOptions): Promise<Agent> {
  const path = `${directory}/agent.yaml`;
  let text: string;
  try {
    const { size } = await Deno.stat(path);
    if (size > MAX_AGENT_FILE_BYTES) {
      throw new AgentFileError([
        `agent.yaml:1: file: must have at most ${MAX_AGENT_FILE_BYTES} bytes: received ${size}: ` +
        "move texts into knowledge/",
      ]);
    }
    text = await Deno.readTextFile(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new AgentFileError([
      `agent.yaml:1: file: is missing: received no ${path}: make it with name, company and hand_over`,
    ], { cause });
  }
  return parseAgent(text, options);
}

/** Makes the text of an agent file into an agent; see {@linkcode loadAgent}. */
export function parseAgent(
  text: string,
  { promptNames = Object.keys(phraseFields) }: AgentFileOptions = {},
): Agent {
  const checked = checkYaml(
    "agent.yaml",
    text,
    agentSchema,
    (value) => textProblems(value, promptNames),
  );
  if (checked.problems) throw new AgentFileError(checked.problems);
  return checked.data;
}

/** What the schema cannot see: names of prompts, and languages that a text leaves out. */
function textProblems(value: unknown, promptNames: string[]): YamlProblem[] {
  if (!isRecord(value)) return [];
  const languages: string[] = (Array.isArray(value.languages) ? value.languages : ["en"])
    .filter((language) => knownLanguages().includes(language));
  const prompts = isRecord(value.prompts) ? value.prompts : {};
  const problems = Object.keys(prompts)
    .filter((name) => !promptNames.includes(name))
    .map((name) => unknownKey(["prompts", name], promptNames));
  const complete = (path: string[], given: unknown, fallback: ByLanguage) => {
    if (given !== undefined && !isRecord(given)) return;
    for (const language of languages) {
      if (given?.[language] || fallback[language]) continue;
      problems.push({
        path,
        message: `${path.join(".")}: has no text in ${language}: received ` +
          `${show(given)}: write ${language}: … below it`,
        key: false,
      });
    }
  };
  complete(["greeting"], value.greeting, defaultTexts("greeting_default"));
  for (const [name, given] of Object.entries(prompts)) complete(["prompts", name], given, {});
  if (isRecord(value.recording) && value.recording.enabled === true) {
    complete(["recording", "consent"], value.recording.consent, defaultTexts("consent_recording"));
  }
  return problems;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
