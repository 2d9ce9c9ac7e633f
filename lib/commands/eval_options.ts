import { parseArgs } from "node:util";
import { type EngineName, ENGINES } from "../settings.ts";
import { UsageError } from "./call_options.ts";

export interface EvalOptions {
  /** Parts of names; a scenario runs when its name has one of them. */
  names: string[];
  agentDir?: string;
  engine?: EngineName;
  audio: boolean;
  noiseDb: number;
  jobs: number;
  json: boolean;
  junit?: string;
  out: string;
  /** Keeps the sound of every call. */
  keep: boolean;
}

const TEXT_JOBS = 8;
/** A call that waits for a core misses its deadlines, as it would on a server that is too small. */
const AUDIO_JOBS = Math.max(1, Math.min(4, navigator.hardwareConcurrency));

/** Printed for `--help`. */
export const EVAL_HELP = `Acts the scenarios in agent/scenarios, and tells which went otherwise.

  deno task eval                       all of them as text, in seconds
  deno task eval balance pin           those with one of these words in their names
  deno task eval --audio               those marked audio, as telephone calls, in real time

  --agent DIR         where agent.yaml, knowledge/ and scenarios/ are (AGENT_DIR, or agent)
  --engine NAME       who thinks, and with --audio hears and speaks: ${
  ENGINES.join(", ")
} (embedded)
  --audio             through the whole pipeline: a simulated phone, HTTP, sockets, engines; who
                      is asked again says it once more, which is counted
  --noise-db N        noise so far below speech level, with --audio (30); below 25 a call counts as
                      unsure instead of failed when the agent asked again or offered a person
  --jobs N            how many at once (${TEXT_JOBS}, with --audio ${AUDIO_JOBS})
  --json              the results as JSON
  --junit FILE        the results for a build server
  --out DIR           where the record of each failure goes (calls/eval)
  --keep              with --audio: keeps call.wav and call.json of every call there

Ends with 0 when all passed, 1 when not, 2 when the command or a file can't be understood.`;

/** Reads the words behind `deno task eval`; `undefined` when help was asked for. */
export function readEvalOptions(args: string[]): EvalOptions | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const { audio = false, engine } = values;
  if (engine !== undefined && !ENGINES.some((name) => name === engine)) {
    throw new UsageError(
      `Cannot eval: --engine must be one of ${ENGINES.join(", ")}: received ${engine}`,
    );
  }
  return {
    names: positionals,
    agentDir: values.agent,
    engine: engine as EngineName | undefined,
    audio,
    noiseDb: whole("--noise-db", values["noise-db"], 30, 0, 90),
    jobs: whole("--jobs", values.jobs, audio ? AUDIO_JOBS : TEXT_JOBS, 1, 64),
    json: values.json ?? false,
    junit: values.junit,
    out: values.out ?? "calls/eval",
    keep: values.keep ?? false,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        agent: { type: "string" },
        engine: { type: "string" },
        audio: { type: "boolean" },
        "noise-db": { type: "string" },
        jobs: { type: "string" },
        json: { type: "boolean" },
        junit: { type: "string" },
        out: { type: "string" },
        keep: { type: "boolean" },
      },
    });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`Cannot eval: ${error.message}`);
    throw error;
  }
}

function whole(
  option: string,
  text: string | undefined,
  otherwise: number,
  min: number,
  max: number,
): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && text.trim() !== "" && value >= min && value <= max) return value;
  throw new UsageError(
    `Cannot eval: ${option} must be a whole number from ${min} to ${max}: received ${text}`,
  );
}
