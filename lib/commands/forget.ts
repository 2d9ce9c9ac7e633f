import { parseArgs } from "node:util";
import { callerSalt } from "../server/caller_salt.ts";
import { loadEnv } from "../settings/env.ts";
import { hashCaller } from "../outcomes/finish_call.ts";
import { toE164 } from "../platform/phone_number.ts";
import { Recordings } from "../server/recordings.ts";
import { readSettings } from "../settings.ts";
import { SettingsError } from "../settings/setting_reader.ts";
import { eraseCaller, type Erased } from "../store/erase_caller.ts";
import { whenUnlocked } from "../store/locked_file.ts";
import { keepTokenSecret } from "../server/token_secret.ts";

const HELP = `Removes a caller: calls, transcripts, recordings, memory and sums.

Usage: deno task forget NUMBER [NUMBER …]

  NUMBER  with country code, such as +254712345678

It may be run again, and while the bridge runs. What the platform and the company's own systems keep
is theirs to remove.

Ends with 0 also when nothing was kept, 1 when it failed, 2 when the command can't be understood.`;

/** What somebody typed can't be used. */
class UsageError extends Error {}

/** Runs `deno task forget` and resolves with its exit code. */
export async function runForget(
  args: string[],
  print: (text: string) => void = console.log,
  complain: (text: string) => void = console.error,
  env = loadEnv(),
): Promise<number> {
  try {
    const numbers = read(args);
    if (!numbers) {
      print(HELP);
      return 0;
    }
    const settings = readSettings(env);
    const callers = numbers.map((raw) => {
      const number = toE164(raw, settings.defaultCountry);
      if (number) return number;
      throw new UsageError(
        `Cannot forget a caller: the number must have + and a country code: received ${raw}`,
      );
    });
    const salt = callerSalt(settings.tokenSecret ?? await keepTokenSecret(settings.dataDir));
    const recordings = new Recordings(`${settings.dataDir}/recordings`, 0, () => {});
    const kv = await whenUnlocked(() =>
      Deno.openKv(settings.kvUrl ?? `${settings.dataDir}/calls.kv`)
    );
    try {
      for (const number of callers) {
        const erased = await eraseCaller(kv, number, hashCaller(number, salt));
        const removed = await Promise.all(erased.callIds.map((id) => recordings.remove(id)));
        print(inWords(number, erased, removed.filter(Boolean).length));
      }
    } finally {
      kv.close();
    }
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      complain(`${error.message}\nTry deno task forget --help`);
      return 2;
    }
    complain(
      error instanceof SettingsError
        ? error.message
        : `Cannot forget the caller: ${error instanceof Error ? error.message : error}`,
    );
    return 1;
  }
}

function read(args: string[]): string[] | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { help: { type: "boolean", short: "h", default: false } },
    });
    if (values.help) return undefined;
    if (positionals.length > 0) return positionals;
  } catch (error) {
    throw new UsageError(`Cannot understand the command: ${(error as Error).message}`);
  }
  throw new UsageError("Cannot forget a caller: a number must be given");
}

function inWords(number: string, erased: Erased, recordings: number): string {
  const caller = `…${number.slice(-3)}`;
  const { callIds, events, names, sums } = erased;
  if (callIds.length + names + sums === 0) return `Nothing is kept of ${caller}.`;
  return `Removed of ${caller}: ${
    [
      `${callIds.length} calls`,
      `${events} events`,
      `${recordings} recordings`,
      `${names} names`,
      `${sums} sums`,
    ].join(", ")
  }.`;
}

if (import.meta.main) Deno.exit(await runForget(Deno.args));
