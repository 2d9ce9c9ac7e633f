import type { Tool } from "../contracts/tool.ts";
import { checkYaml } from "../settings/checked_yaml.ts";
import { ProblemsError } from "../settings/problems_error.ts";
import { fileProblems } from "./file_problems.ts";
import { httpTool, type HttpToolOptions } from "./http_tool.ts";
import { toolFileSchema } from "./tool_file.ts";

/** Everything that is wrong with tools written in YAML, one line per problem: `file:LINE: …`. */
export class ToolFileError extends ProblemsError {
  override name = "ToolFileError";
  constructor(problems: string[]) {
    super("Cannot read the tools", problems);
  }
}

/** Larger files are refused: a tool is written by hand. */
export const MAX_TOOL_FILE_BYTES = 64 * 1024;

export interface LoadToolsOptions extends HttpToolOptions {
  /** Languages that the agent speaks; every text must have them. */
  languages: string[];
}

/**
 * Reads the tools in `directory/*.yaml`, without those that are switched off; a directory that does
 * not exist has none.
 *
 * @throws {ToolFileError} naming every problem with file and line
 */
export async function loadHttpTools(directory: string, options: LoadToolsOptions): Promise<Tool[]> {
  const tools: Tool[] = [];
  const problems: string[] = [];
  for (const name of await filesIn(directory)) {
    const { size } = await Deno.stat(`${directory}/${name}`);
    if (size > MAX_TOOL_FILE_BYTES) {
      problems.push(
        `${name}:1: file: must have at most ${MAX_TOOL_FILE_BYTES} bytes: received ${size}: make two tools`,
      );
      continue;
    }
    const read = parseHttpTool(name, await Deno.readTextFile(`${directory}/${name}`), options);
    if (read.problems) problems.push(...read.problems);
    else if (read.tool) tools.push(read.tool);
  }
  if (problems.length) throw new ToolFileError(problems);
  return tools;
}

/** Makes the text of one file into a tool, none when it is switched off, or its problems. */
export function parseHttpTool(
  file: string,
  text: string,
  options: LoadToolsOptions,
): { tool?: Tool; problems?: undefined } | { problems: string[]; tool?: undefined } {
  const stem = file.replace(/\.ya?ml$/, "");
  const checked = checkYaml(
    file,
    text,
    toolFileSchema,
    (value) => fileProblems(value, stem, options),
  );
  if (checked.problems) return { problems: checked.problems };
  return checked.data.enabled ? { tool: httpTool(checked.data, options) } : {};
}

async function filesIn(directory: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(directory)) {
      if (isFile && /\.ya?ml$/.test(name)) names.push(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names.sort();
}
