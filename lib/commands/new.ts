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

/** Printed for `--help`. */
export const NEW_HELP =
  `Writes an agent to start from: its file, knowledge, scenarios and a sample company.

  deno task new fintech               into ./${DEFAULT_DIR}
  deno task new shop ./my-shop        into ./my-shop

${Object.entries(TEMPLATES).map(([name, what]) => `  ${name.padEnd(8)}  ${what}`).join("\n")}

  --force   writes where there is an agent already, which is kept beside as DIR.before-…
  --dry-run tells what would be written`;

/** Runs `deno task new`; the result is the exit code. */
export async function runNew(
  args: string[],
  write: (line: string) => void = console.log,
  now: () => Date = () => new Date(),
): Promise<number> {
  try {
    const options = readNewOptions(args);
    if (!options) {
      write(NEW_HELP);
      return 0;
    }
    await writeTemplate(options, write, now());
    return 0;
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

async function writeTemplate(
  { template, directory, isForced, isDry }: NewOptions,
  write: (line: string) => void,
  now: Date,
): Promise<void> {
  const isTaken = await hasEntries(directory);
  if (isTaken && !isForced) {
    throw new UsageError(
      `Cannot make an agent: ${directory} must be empty or not be there: received a folder with ` +
        "files: name another one, or say --force to keep it beside the new one",
    );
  }
  const source = new URL(`${template}/`, TEMPLATES_DIR);
  const files = (await listFiles(source)).sort();
  const kept = `${directory}.before-${now.toISOString().slice(0, 19).replace(/[:T]/g, "-")}`;
  if (isTaken) {
    if (!isDry) await Deno.rename(directory, kept);
    write(`${isDry ? "Would keep" : "Kept"} ${directory} as ${kept}`);
  }
  for (const file of files) {
    const target = `${directory}/${file}`;
    if (!isDry) {
      await Deno.mkdir(target.slice(0, target.lastIndexOf("/")), { recursive: true });
      // A copy would keep the template's permissions, which may be read-only.
      await Deno.writeTextFile(target, await Deno.readTextFile(new URL(file, source)));
    }
    write(`${isDry ? "Would write" : "Wrote"} ${target}`);
  }
  if (isDry) return;
  const env = directory === DEFAULT_DIR ? "" : `AGENT_DIR=${directory} `;
  write("");
  write("Next:");
  write(`  ${env}deno task eval    acts its scenarios`);
  write(`  ${env}deno task talk    talks to it in the terminal`);
  write(`  ${env}deno task demo    plays a phone call`);
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
