import { parseArgs } from "node:util";
import { knownLanguages } from "../languages/languages.ts";
import { type CallerLine, parseLine, ScriptError } from "../simulator/caller_script.ts";
import type { DialOutcome } from "../simulator/leg_services.ts";
import type { PhoneLineOptions } from "../simulator/phone_line.ts";
import type { Quirks } from "../simulator/quirks.ts";

/** What somebody typed behind `deno task call` can't be used. */
export class UsageError extends Error {
  override name = "UsageError";
}

export interface CallOptions {
  lines: ({ line: CallerLine } | { file: string })[];
  url?: string;
  apiPort: number;
  from: string;
  to: string;
  out?: string;
  voice: CallerVoice;
  language: string;
  phoneLine: PhoneLineOptions;
  quirks: Quirks;
  dial: DialOutcome;
  listenMs: number;
  patienceMs: number;
  speaksFirst: boolean;
  maxMs: number;
}

const VOICES = ["rms", "awb", "slt", "kal16"] as const;
export type CallerVoice = (typeof VOICES)[number];

const PLATFORMS = { live: "hold", documented: "callback", verbs: "verbs" } as const;
const OUTCOMES = ["answered", "busy", "no-answer", "declined", "failed"] as const;

/** Numbers that the sample company knows: one of its customers, and its own. */
export const SAMPLE_CALLER = "+254700000001";
export const SAMPLE_NUMBER = "+254711000000";

/** The live platform's oddities that can be asked for by name. */
const QUIRKS: Record<string, Quirks> = {
  "completed-first": { firstState: "Completed" },
  "duplicate-callback": { firstCallbacks: 2 },
  "joined-frames": { audio: { joinedTicks: 0.3 } },
  "odd-bytes": { audio: { oddBytes: true } },
  "gaps": { audio: { gaps: [{ atMs: 4000, lengthMs: 3000 }] } },
  "no-metadata": { firstText: "none" },
  "glued-metadata": { firstText: "glued" },
  "broken-metadata": { firstText: "broken" },
  "deaf": { build: "drachtio-plain" },
  "events-twice": { duplicateEvents: true, swapEvents: true },
  "empty-last-frame": { gracefulFlush: true },
};

/** Printed for `--help`. */
export const CALL_HELP = `Calls an agent with a simulated phone, over the platform's own protocol.

  deno task call --say "what is my balance" --say "talk to a human"
  deno task call caller.wav
  deno task call --url http://localhost:8000 --say "hello"
  deno task call calls/eval/balance.json     makes the call of a scenario that failed again

Lines are spoken in the order given, each after the agent has spoken and paused:
  FILE.wav            plays a recording of a caller (the left channel)
  --say TEXT          speaks it; TEXT may hold [pause 1s], [press 0], [cough], [noise 2s],
                      [hang up], and [barge in 500ms] at its start to speak over the agent

  --url URL           calls a bridge that runs already; else one is started for the call
  --api-port N        port of the simulated REST API; start that bridge with
                      SAUTIKIT_BASE_URL=http://127.0.0.1:N, so that it can hang up
  --from NUMBER       the caller's number (${SAMPLE_CALLER})
  --to NUMBER         the number that is called (${SAMPLE_NUMBER})
  --out DIR           where call.wav and call.json go (calls/<call id>)
  --voice NAME        ${VOICES.join(", ")} (rms)
  --language en|sw    how --say is read (en)
  --telephone         narrow band and mu-law; on for --say, off for recordings
  --noise-db N        noise so far below speech level (40 with --say; none for recordings)
  --echo-db N         the phone gives the agent's voice back at this level, such as -15
  --listen-ms N       silence after which the caller speaks (900)
  --patience-ms N     how long the caller waits for an agent that is silent (10000)
  --speak-first       the caller does not wait for a greeting
  --platform NAME     live: a closed stream leaves the caller in silence (default);
                      documented: it asks the callback again; verbs: what trails the stream runs
  --dial OUTCOME      what becomes of phones that are dialled: ${OUTCOMES.join(", ")}
  --quirk NAME        ${Object.keys(QUIRKS).join(", ")}; may be given again
  --max-s N           ends the call (600)

Ends with 0 when the call went well, 1 when it did not, 2 when the command can't be understood.`;

/** Reads the words behind `deno task call`; `undefined` when help was asked for. */
export function readCallOptions(args: string[]): CallOptions | undefined {
  const { values, tokens } = parse(args);
  if (values.help) return undefined;
  const lines: CallOptions["lines"] = [];
  for (const token of tokens) {
    if (token.kind === "positional") lines.push({ file: token.value });
    if (token.kind === "option" && token.name === "say") {
      lines.push({ line: readLine(token.value ?? "") });
    }
  }
  if (lines.length === 0) {
    throw new UsageError(
      "Cannot call: the caller must have something to say: give --say or a file",
    );
  }
  const isSpoken = lines.some((line) => "line" in line);
  return {
    lines,
    url: values.url === undefined ? undefined : readUrl(values.url),
    apiPort: number("--api-port", values["api-port"], 0, 0, 65_535),
    from: values.from ?? SAMPLE_CALLER,
    to: values.to ?? SAMPLE_NUMBER,
    out: values.out,
    voice: oneOf("--voice", values.voice ?? "rms", VOICES),
    language: oneOf("--language", values.language ?? "en", knownLanguages()),
    phoneLine: {
      telephone: values.telephone ?? isSpoken,
      noiseDb: number("--noise-db", values["noise-db"], isSpoken ? 40 : undefined, 0, 90),
      echoDb: number("--echo-db", values["echo-db"], undefined, -60, 0),
    },
    quirks: readQuirks(values.quirk ?? [], values.platform ?? "live"),
    dial: oneOf("--dial", values.dial ?? "answered", OUTCOMES),
    listenMs: number("--listen-ms", values["listen-ms"], 900, 100, 60_000),
    patienceMs: number("--patience-ms", values["patience-ms"], 10_000, 1_000, 600_000),
    speaksFirst: values["speak-first"] ?? false,
    maxMs: number("--max-s", values["max-s"], 600, 1, 3_600) * 1000,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args: joinNegative(args),
      allowPositionals: true,
      allowNegative: true,
      tokens: true,
      options: {
        help: { type: "boolean", short: "h" },
        say: { type: "string", multiple: true },
        url: { type: "string" },
        "api-port": { type: "string" },
        from: { type: "string" },
        to: { type: "string" },
        out: { type: "string" },
        voice: { type: "string" },
        language: { type: "string" },
        telephone: { type: "boolean" },
        "noise-db": { type: "string" },
        "echo-db": { type: "string" },
        "listen-ms": { type: "string" },
        "patience-ms": { type: "string" },
        "speak-first": { type: "boolean" },
        platform: { type: "string" },
        dial: { type: "string" },
        quirk: { type: "string", multiple: true },
        "max-s": { type: "string" },
      },
    });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`Cannot call: ${error.message}`);
    throw error;
  }
}

/** `--echo-db -15` is what people type; the parser takes `-15` for an option. */
function joinNegative(args: string[]): string[] {
  return args.flatMap((arg, i) => {
    if (/^-\d/.test(arg) && args[i - 1]?.startsWith("--")) return [];
    const next = args[i + 1];
    return arg.startsWith("--") && /^-\d/.test(next ?? "") ? [`${arg}=${next}`] : [arg];
  });
}

function readLine(text: string): CallerLine {
  try {
    return parseLine(text);
  } catch (error) {
    if (error instanceof ScriptError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function readUrl(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text.replace(/\/+$/, "");
  throw new UsageError(
    `Cannot call: --url must be like http://localhost:8000: received ${text}`,
  );
}

function readQuirks(names: string[], platform: string): Quirks {
  const afterStream = PLATFORMS[oneOf("--platform", platform, keysOf(PLATFORMS))];
  return names.reduce<Quirks>((quirks, name) => {
    const added = QUIRKS[oneOf("--quirk", name, Object.keys(QUIRKS))];
    return { ...quirks, ...added, audio: { ...quirks.audio, ...added.audio } };
  }, { afterStream });
}

function keysOf<T extends object>(values: T): (keyof T & string)[] {
  return Object.keys(values) as (keyof T & string)[];
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === value);
  if (found !== undefined) return found;
  throw new UsageError(
    `Cannot call: ${option} must be one of ${allowed.join(", ")}: received ${value}`,
  );
}

function number(
  option: string,
  text: string | undefined,
  otherwise: number,
  min: number,
  max: number,
): number;
function number(
  option: string,
  text: string | undefined,
  otherwise: undefined | number,
  min: number,
  max: number,
): number | undefined;
function number(
  option: string,
  text: string | undefined,
  otherwise: number | undefined,
  min: number,
  max: number,
) {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (text.trim() !== "" && value >= min && value <= max) return value;
  throw new UsageError(
    `Cannot call: ${option} must be a number from ${min} to ${max}: received ${text}`,
  );
}
