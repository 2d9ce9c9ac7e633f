import type { Clock } from "../clock.ts";
import type { Env } from "../settings/env.ts";
import type { EngineName } from "../settings.ts";
import { calendarClock } from "../scenarios/calendar_clock.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { UsageError } from "./call_options.ts";

/** What a record of `deno task eval` has for making its call again. */
export interface Replay {
  scenario: Scenario;
  agentDir: string;
  engine: EngineName;
  /** Absent when the scenario was acted as text. */
  noiseDb?: number;
}

/**
 * Reads the record when the first word names one.
 *
 * @throws {UsageError} when the file holds something else
 */
export async function readReplay([path]: string[]): Promise<Replay | undefined> {
  if (!path?.endsWith(".json")) return undefined;
  try {
    const record = JSON.parse(await Deno.readTextFile(path));
    if (Array.isArray(record.scenario?.turns)) return record;
  } catch (cause) {
    throw new UsageError(`Cannot call again: ${path} must be a record: ${cause}`, { cause });
  }
  throw new UsageError(`Cannot call again: ${path} must be a record of deno task eval`);
}

/** The words of `deno task call` for the call of a record. */
export function replayArgs({ scenario, noiseDb }: Replay): string[] {
  const { from, language, person, turns } = scenario;
  return [
    "--from",
    from ?? "anonymous",
    "--language",
    language,
    "--dial",
    person === "answers" ? "answered" : "no-answer",
    ...(noiseDb === undefined ? [] : ["--noise-db", `${noiseDb}`]),
    ...turns.flatMap(({ caller }) => ["--say", caller]),
  ];
}

/** Makes the call of a record where the record was made: its agent, engine, knowledge and day. */
export async function asRecorded<T>(
  { scenario, agentDir, engine }: Replay,
  env: Env,
  clock: Clock,
  call: (env: Env, clock: Clock) => Promise<T>,
): Promise<T> {
  const { BACKEND_URL: _, ...kept } = env;
  const stages = { STT: engine, LLM: engine, TTS: engine };
  const copy = scenario.knowledge === undefined ? undefined : await Deno.makeTempDir();
  try {
    if (copy) {
      await copyFolder(agentDir, copy);
      await Deno.writeTextFile(`${copy}/knowledge/scenario.md`, scenario.knowledge!);
    }
    return await call(
      { ...kept, ...stages, AGENT_DIR: copy ?? agentDir },
      calendarClock(clock, scenario.atWallMs),
    );
  } finally {
    if (copy) await Deno.remove(copy, { recursive: true });
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory, isFile } of Deno.readDir(from)) {
    if (isDirectory) await copyFolder(`${from}/${name}`, `${to}/${name}`);
    else if (isFile) {
      await Deno.writeTextFile(`${to}/${name}`, await Deno.readTextFile(`${from}/${name}`));
    }
  }
}
