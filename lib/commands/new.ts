import { parseArgs } from "node:util";
import { UsageError } from "./call_options.ts";

const TEMPLATES = {
  isp: "an internet provider: bills, plans, outages, routers",
  fintech: "a mobile wallet: balances, fees, wrong transfers, PINs",
  shop: "an online shop: orders, deliveries, returns",
} as const;
type TemplateName = keyof typeof TEMPLATES;

/** Where the templates are, beside the code. */
const TEMPLATES_DIR = new URL("../../templates/", import.meta.url);
const DEFAULT_DIR = "agent";
/** What engines and the line cost is the same for every company. */
const PRICES = new URL("../../agent/prices.yaml", import.meta.url);

/** Printed for `--help`. */
export const NEW_HELP =
  `Writes an agent to start from: its file, knowledge, tools, scenarios and a sample company.

  deno task new fintech               into ./${DEFAULT_DIR}
  deno task new shop ./my-shop        into ./my-shop

${Object.entries(TEMPLATES).map(([name, what]) => `  ${name.padEnd(8)}  ${what}`).join("\n")}

What is there already is never written over: it is kept beside as DIR.before-…, after a question
when somebody is there to answer.

  --force   keeps what is there without asking
  --dry-run tells what would be written`;

/** Where the command writes, and whom it asks. */
export interface NewTerminal {
  write(line: string): void;
  /** True when there is nobody to ask, or the answer is yes. */
  ask(question: string): boolean;
}

const terminal: NewTerminal = {
  write: (line) => console.log(line),
  ask: (question) => !Deno.stdin.isTerminal() || confirm(question),
};

/** Runs `deno task new`; the result is the exit code. */
export async function runNew(
  args: string[],
  on: NewTerminal = terminal,
  now: () => Date = () => new Date(),
): Promise<number> {
  try {
    const options = readNewOptions(args);
    if (!options) {
      on.write(NEW_HELP);
      return 0;
    }
    return await writeTemplate(options, on, now()) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof UsageError) console.error("deno task new --help lists everything.");
    return error instanceof UsageError ? 2 : 1;
  }
}

interface NewOptions {
  template: TemplateName;
  directory: string;
  isForced: boolean;
  isDry: boolean;
}

function readNewOptions(args: string[]): NewOptions | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const names = Object.keys(TEMPLATES) as TemplateName[];
  const template = names.find((name) => name === positionals[0]);
  if (!template || positionals.length > 2) {
    throw new UsageError(
      `Cannot make an agent: name one of ${names.join(", ")}, and perhaps a folder: received ` +
        (positionals.join(" ") || "nothing"),
    );
  }
  return {
    template,
    directory: (positionals[1] ?? DEFAULT_DIR).replace(/\/+$/, "") || "/",
    isForced: values.force ?? false,
    isDry: values["dry-run"] ?? false,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        force: { type: "boolean" },
        "dry-run": { type: "boolean" },
      },
    });
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new UsageError(`Cannot make an agent: ${cause.message}`, { cause });
  }
}

/** @returns false when nothing was written */
async function writeTemplate(
  { template, directory, isForced, isDry }: NewOptions,
  { write, ask }: NewTerminal,
  now: Date,
): Promise<boolean> {
  const isTaken = await hasEntries(directory);
  const kept = `${directory}.before-${now.toISOString().slice(0, 19).replace(/[:T]/g, "-")}`;
  if (isTaken && !isForced && !isDry) {
    if (!ask(`${directory} has files. Keep them as ${kept} and write the new agent?`)) {
      write("Nothing was written.");
      return false;
    }
  }
  // Read before anything is moved: the prices may be in the folder that is.
  const texts = await textsOf(new URL(`${template}/`, TEMPLATES_DIR));
  if (isTaken) {
    if (!isDry) await Deno.rename(directory, kept);
    write(`${isDry ? "Would keep" : "Kept"} ${directory} as ${kept}`);
  }
  for (const [file, text] of texts) {
    const target = `${directory}/${file}`;
    if (!isDry) {
      await Deno.mkdir(target.slice(0, target.lastIndexOf("/")), { recursive: true });
      // A copy would keep the template's permissions, which may be read-only.
      await Deno.writeTextFile(target, text);
    }
    write(`${isDry ? "Would write" : "Wrote"} ${target}`);
  }
  if (isDry) return true;
  const env = directory === DEFAULT_DIR ? "" : `AGENT_DIR=${directory} `;
  write("");
  write("Next:");
  write(`  ${env}deno task eval    acts its scenarios`);
  write(`  ${env}deno task talk    talks to it in the terminal`);
  write(`  ${env}deno task demo    plays a phone call`);
  return true;
}

/** What the new agent's files hold, by their paths in its folder. */
async function textsOf(source: URL): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const file of (await listFiles(source)).sort()) {
    texts.set(file, await Deno.readTextFile(new URL(file, source)));
  }
  try {
    texts.set("prices.yaml", await Deno.readTextFile(PRICES));
  } catch (error) {
    // An agent can do without prices.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return texts;
}

async function hasEntries(directory: string): Promise<boolean> {
  try {
    for await (const _ of Deno.readDir(directory)) return true;
    return false;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    if (error instanceof Deno.errors.NotADirectory) {
      throw new UsageError(
        `Cannot make an agent: ${directory} must be a folder: received a file`,
        { cause: error },
      );
    }
    throw error;
  }
}

/** Paths below a directory. */
async function listFiles(directory: URL, below = ""): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(below, directory))) {
    if (isDirectory) files.push(...await listFiles(directory, `${below}${name}/`));
    else files.push(`${below}${name}`);
  }
  return files;
}

if (import.meta.main) Deno.exit(await runNew(Deno.args));
